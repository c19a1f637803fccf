// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts/runbuckets.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

RunBucket bucketOf(const LoadTestRun &run, size_t first, size_t last, LatencySum &sum)
{
    RunBucket b;
    for (size_t i = first; i < last; ++i) {
        const LoadSecond &s = run.seconds[i];
        b.offered += double(s.arrivals >= 0 ? s.arrivals : s.started);
        b.completed += double(s.completed - s.failed);
        b.failed += double(s.failed);
        sum.add(s.latency);
    }
    LatencyHistogram latency;
    sum.moveInto(latency);
    const double seconds = double(last - first);
    b.from = double(run.seconds[first].second);
    b.to = b.from + seconds;
    b.at = b.from + seconds / 2;
    b.offered /= seconds;
    b.completed /= seconds;
    b.failed /= seconds;
    b.samples = latency.count();
    if (b.samples > 0) {
        b.p50 = latency.percentileMs(0.5);
        b.p95 = latency.percentileMs(0.95);
    }
    return b;
}

/// The rate that was asked for at a moment, where the run's levels say so; else −1.
double offeredAt(const LoadTestRun &run, double at)
{
    for (const LoadLevel &level : run.levels)
        if (at >= level.start && at < level.end)
            return level.offered;
    return -1;
}

std::optional<RunBucket> bucketOf(const LoadTestRun &run, const LoadAggregate &a)
{
    const double seconds = a.end - a.start;
    if (!(seconds > 0) || !std::isfinite(seconds))
        return std::nullopt;
    RunBucket b{a.start, a.end, a.start + seconds / 2};
    b.completed = double(a.completed - a.failed) / seconds;
    b.failed = double(a.failed) / seconds;
    const double wanted = offeredAt(run, b.at);
    b.offered = a.arrivals >= 0 ? double(a.arrivals) / seconds : wanted >= 0 ? wanted : double(a.completed) / seconds;
    b.samples = a.timed >= 0 ? a.timed : a.completed;
    b.p50 = a.percentileMs(0.5).value_or(-1);
    b.p95 = a.percentileMs(0.95).value_or(-1);
    return b;
}

std::vector<RunBucket> stretchesOf(const LoadTestPicture &t)
{
    std::vector<RunBucket> buckets;
    if (t.run)
        for (const LoadAggregate &a : t.run->aggregates)
            if (const auto bucket = bucketOf(*t.run, a))
                buckets.push_back(*bucket);
    if (!buckets.empty())
        return buckets;
    for (const LoadStep &s : t.steps) {
        const double seconds = s.end - s.start;
        if (!(seconds > 0))
            continue;
        buckets.push_back({s.start, s.end, s.start + seconds / 2, s.offered, s.throughput, double(s.errors) / seconds,
                           isStated(s.p50) ? s.p50 : -1, isStated(s.p95) ? s.p95 : -1, s.samples});
    }
    std::ranges::stable_sort(buckets, {}, &RunBucket::from);
    return buckets;
}

} // namespace

std::vector<RunBucket> bucketsOf(const LoadTestRun &run, int most, int leastSeconds)
{
    std::vector<RunBucket> buckets;
    const size_t n = run.seconds.size();
    if (n == 0 || most < 1)
        return buckets;
    const size_t length = std::max<size_t>({1, size_t(std::max(1, leastSeconds)), (n + size_t(most) - 1) / size_t(most)});
    LatencySum sum;
    for (size_t first = 0; first < n; first += length)
        buckets.push_back(bucketOf(run, first, std::min(first + length, n), sum));
    return buckets;
}

RunOverTime overTime(const LoadTestPicture &t, int most, int leastSeconds)
{
    RunOverTime r;
    r.passed = kneePassedAt(t);
    r.hasClock = !t.run || t.run->hasClock;
    if (t.run)
        r.counts = bucketsOf(*t.run, most, leastSeconds);
    std::ranges::copy_if(r.counts, std::back_inserter(r.latencies), &RunBucket::timed);
    const bool counted = std::ranges::any_of(r.counts, [](const RunBucket &b) { return b.completed + b.failed > 0; });
    if (!counted || r.latencies.empty()) {
        const std::vector<RunBucket> stretches = stretchesOf(t);
        if (!counted && !stretches.empty()) {
            r.counts = stretches;
            r.countsAreStretches = true;
        }
        if (r.latencies.empty()) {
            std::ranges::copy_if(stretches, std::back_inserter(r.latencies), &RunBucket::timed);
            r.latenciesAreStretches = true;
        }
    }
    const auto &all = r.counts.empty() ? r.latencies : r.counts;
    if (!all.empty()) {
        r.from = all.front().from;
        r.to = std::ranges::max(all, {}, &RunBucket::to).to;
    }
    return r;
}

std::optional<double> kneePassedAt(const LoadTestPicture &t)
{
    const size_t firstBad = size_t(t.knee.lastGoodStep + 1);
    if (!t.knee.usable || !t.knee.reached || firstBad >= t.steps.size())
        return std::nullopt;
    return t.steps[firstBad].start;
}

} // namespace tenken
