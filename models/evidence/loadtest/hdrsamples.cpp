// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/hdrsamples.h>
#include <evidence/loadtest/labels.h>
#include <evidence/loadtest/levels.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

constexpr double secondsPerYear = 365 * 86400.0;
constexpr double longestRun = 4 * 86400.0;
constexpr qint64 longestLatencyUs = 6LL * 3600 * 1'000'000;
constexpr double largestSum = 4e18; // µs over all samples: the histogram's sum is 64 bits
constexpr qint64 mostCells = 16'000'000; // counts of a bucket in a second, which is what takes memory
constexpr size_t mostTags = 1000; // while reading, as the most frequent are kept
constexpr size_t mostOtherNames = 100'000;
constexpr size_t mostParts = 1000;

bool apart(const std::vector<LoadLevel> &parts)
{
    const auto overlap = [](const LoadLevel &a, const LoadLevel &b) { return b.start < a.end || b.end <= b.start; };
    return parts.size() > 1 && std::ranges::adjacent_find(parts, overlap) == parts.end();
}

} // namespace

void HdrSamples::count(LatencyHistogram &latency, const HdrBucket &bucket, qint64 count) const
{
    if (m_unit != HdrUnit::Open && count > 0)
        latency.add(microseconds(bucket.highest), count);
}

LoadLabel &HdrSamples::labelOf(const std::string &tag)
{
    if (const auto known = m_placeOfTag.find(tag); known != m_placeOfTag.end())
        return m_tags[known->second];
    if (m_tags.size() >= mostTags) {
        if (m_otherNames.size() < mostOtherNames)
            m_otherNames.insert(std::hash<std::string>()(tag));
        return m_otherTags;
    }
    m_placeOfTag.emplace(tag, m_tags.size());
    LoadLabel &label = m_tags.emplace_back();
    label.name = QString::fromStdString(tag);
    return label;
}

void HdrSamples::addTag(const std::string &tag, const std::vector<HdrBucket> &buckets)
{
    LoadLabel &label = labelOf(tag);
    for (const HdrBucket &bucket : buckets) {
        label.samples += bucket.count;
        count(label.latency, bucket, bucket.count);
    }
}

/// Without latencies that no request has: one of them does not make the others worthless.
std::vector<HdrBucket> HdrSamples::usable(const std::vector<HdrBucket> &buckets)
{
    std::vector<HdrBucket> kept;
    for (const HdrBucket &bucket : buckets) {
        if (m_unit == HdrUnit::Open || microseconds(bucket.highest) <= longestLatencyUs)
            kept.push_back(bucket);
        else
            m_tooLong += bucket.count;
    }
    return kept;
}

bool HdrSamples::fits(const std::vector<HdrBucket> &buckets, qint64 width)
{
    double sum = m_sum;
    qint64 cells = m_cells;
    for (const HdrBucket &bucket : buckets) {
        sum += m_unit == HdrUnit::Open ? double(bucket.count) : double(microseconds(bucket.highest)) * double(bucket.count);
        cells += std::min(width, bucket.count);
    }
    if (sum > largestSum || cells > mostCells)
        return false;
    m_sum = sum;
    m_cells = cells;
    return true;
}

void HdrSamples::addPart(Samples &samples, int part, double start, double end)
{
    const bool begins = samples.part != part;
    m_tooManyParts = m_tooManyParts || (begins && samples.parts.size() >= mostParts);
    if (begins && !m_tooManyParts)
        samples.parts.push_back({{}, start, end});
    samples.part = part;
    samples.parts.back().start = std::min(samples.parts.back().start, start);
    samples.parts.back().end = std::max(samples.parts.back().end, end);
}

bool HdrSamples::add(const HdrInterval &interval, double length)
{
    Samples &samples = interval.tag.empty() ? m_untagged : m_tagged;
    const double start = interval.base + interval.start, end = start + length;
    if (samples.any && std::max(end, samples.last) - std::min(start, samples.first) > longestRun)
        return false;
    const qint64 width = std::max<qint64>(1, std::llround(length));
    const std::vector<HdrBucket> buckets = usable(interval.buckets);
    if (!fits(buckets, width))
        return false;
    addPart(samples, interval.part, start, end);
    samples.first = samples.any ? std::min(samples.first, start) : start;
    samples.last = std::max(samples.last, end);
    samples.any = true;
    // An interval of several seconds is spread over them.
    const qint64 first = qint64(std::floor(start));
    qint64 next = 0;
    for (const HdrBucket &bucket : buckets) {
        for (qint64 i = 0; i < std::min(width, bucket.count); ++i, ++next) {
            const qint64 share = bucket.count / width + (i < bucket.count % width ? 1 : 0);
            LoadSecond &second = samples.seconds[first + next % width];
            second.started += share;
            second.completed += share;
            count(second.latency, bucket, share);
        }
    }
    if (!interval.tag.empty())
        addTag(interval.tag, buckets);
    return true;
}

LoadTestRun HdrSamples::take()
{
    Samples &samples = m_untagged.any ? m_untagged : m_tagged;
    LoadTestRun run;
    run.hasClock = samples.any && samples.first > secondsPerYear;
    run.startSeconds = samples.first;
    run.endSeconds = samples.last;
    for (auto &[number, second] : samples.seconds) {
        while (!run.seconds.empty() && run.seconds.back().second + 1 < number) {
            const qint64 next = run.seconds.back().second + 1;
            run.seconds.emplace_back().second = next;
        }
        second.second = number;
        run.samples += second.started;
        run.latency.merge(second.latency);
        run.seconds.push_back(std::move(second));
    }
    capLabels(m_tags, std::move(m_otherTags), mostLabels, run.labelsBeyondCap);
    run.labels = std::move(m_tags);
    run.labelsBeyondCap += qint64(m_otherNames.size());
    run.levels = !m_tooManyParts && apart(samples.parts) ? std::move(samples.parts) : std::vector{wholeLevel(run)};
    return run;
}

} // namespace tenken
