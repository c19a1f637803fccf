// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/builder.h>

#include <algorithm>
#include <utility>

namespace tenken
{

namespace
{

constexpr qint64 longestRequest = 6 * 3600 * usPerSecond;
constexpr qint64 latestTime = 200'000'000'000'000'000; // about the year 8300; sums stay far from overflowing
constexpr size_t mostKindsAtOnce = 4096; // far more than a run names: the most frequent are kept
constexpr size_t longestErrorKind = 160;
constexpr qint64 mostInABatch = 10'000'000;
constexpr qint64 mostUsers = 1'000'000'000;

bool isPlausible(qint64 us)
{
    return us > -latestTime && us < latestTime;
}

} // namespace

inline RunBuilder::Seconds RunBuilder::secondsOf(qint64 startUs, qint64 endUs)
{
    Seconds seconds;
    if (!isPlausible(startUs) || !isPlausible(endUs) || endUs < startUs || endUs - startUs > longestRequest)
        return seconds;
    seconds.start = secondOf(startUs);
    const qint64 intoIt = startUs - seconds.start * usPerSecond;
    seconds.end = intoIt + (endUs - startUs) < usPerSecond ? seconds.start : secondOf(endUs);
    RunTimeline::Cell *const first = m_timeline.at(seconds.start);
    RunTimeline::Cell *const last = seconds.end == seconds.start ? first : m_timeline.at(seconds.end);
    if (first && last) {
        seconds.first = first;
        seconds.last = last;
    }
    return seconds;
}

inline void RunBuilder::count(const Seconds &seconds, qint64 startUs, qint64 endUs, qint64 latencyUs, bool failed,
                              std::string_view label)
{
    ++seconds.first->second.started;
    seconds.first->second.latency.tally(latencyUs); // its bucket follows when the labels are flushed
    ++seconds.last->second.completed;
    seconds.last->second.failed += failed ? 1 : 0;
    m_timeline.sample(seconds.start, startUs, endUs, m_line);
    m_labels.request(label, seconds.start, seconds.end, latencyUs, failed);
    ++m_samples;
    if (m_labels.wantsFlush())
        flush();
}

bool RunBuilder::request(qint64 startUs, qint64 endUs, qint64 latencyUs, bool failed, std::string_view label)
{
    if (latencyUs < 0 || latencyUs > longestRequest)
        return false;
    const Seconds seconds = secondsOf(startUs, endUs);
    if (!seconds.first)
        return false;
    count(seconds, startUs, endUs, latencyUs, failed, label);
    return true;
}

bool RunBuilder::userRequest(qint64 startUs, qint64 endUs, bool failed, std::string_view label, qint64 users)
{
    const Seconds seconds = secondsOf(startUs, endUs);
    if (!seconds.first)
        return false;
    if (users >= 0 && users <= mostUsers) {
        seconds.first->gaugeMilli += users * 1000;
        ++seconds.first->gaugeCount;
    }
    seconds.last->busyUs += endUs - startUs;
    count(seconds, startUs, endUs, endUs - startUs, failed, label);
    return true;
}

bool RunBuilder::batch(qint64 timeUs, qint64 requests, qint64 failed)
{
    const bool sound = isPlausible(timeUs) && requests > 0 && requests <= mostInABatch;
    RunTimeline::Cell *at = sound ? m_timeline.at(secondOf(timeUs)) : nullptr;
    if (!at)
        return false;
    at->second.started += requests;
    at->second.completed += requests;
    at->second.failed += std::clamp<qint64>(failed, 0, requests);
    ++at->batches;
    m_timeline.batch(secondOf(timeUs), requests, m_line);
    m_samples += requests;
    return true;
}

bool RunBuilder::arrival(qint64 timeUs, qint64 count)
{
    RunTimeline::Cell *at = isPlausible(timeUs) ? m_timeline.at(secondOf(timeUs)) : nullptr;
    if (at) {
        at->arrivals += count;
        m_hasArrivals = true;
    }
    return at;
}

bool RunBuilder::arrivalByEnd(qint64 timeUs, qint64 count)
{
    RunTimeline::Cell *at = isPlausible(timeUs) ? m_timeline.at(secondOf(timeUs)) : nullptr;
    if (at)
        at->iterationEnds += count;
    return at;
}

bool RunBuilder::iterationStart(qint64 timeUs)
{
    RunTimeline::Cell *at = isPlausible(timeUs) ? m_timeline.at(secondOf(timeUs)) : nullptr;
    if (at)
        ++at->iterationStarts;
    return at;
}

bool RunBuilder::failedApart(qint64 timeUs, qint64 count)
{
    RunTimeline::Cell *at = isPlausible(timeUs) ? m_timeline.at(secondOf(timeUs)) : nullptr;
    if (at)
        at->failedApart += count;
    return at;
}

bool RunBuilder::usersGauge(qint64 timeUs, double users)
{
    const bool sound = isPlausible(timeUs) && users >= 0 && users <= double(mostUsers);
    RunTimeline::Cell *at = sound ? m_timeline.at(secondOf(timeUs)) : nullptr;
    if (at) {
        at->gaugeMilli += qint64(users * 1000 + 0.5);
        ++at->gaugeCount;
    }
    return at;
}

bool RunBuilder::userStart(qint64 timeUs)
{
    RunTimeline::Cell *at = isPlausible(timeUs) ? m_timeline.at(secondOf(timeUs)) : nullptr;
    if (at) {
        ++at->starts;
        ++at->arrivals;
        m_hasArrivals = true;
    }
    return at;
}

bool RunBuilder::userEnd(qint64 timeUs)
{
    RunTimeline::Cell *at = isPlausible(timeUs) ? m_timeline.at(secondOf(timeUs)) : nullptr;
    if (at)
        ++at->ends;
    return at;
}

bool RunBuilder::busy(qint64 timeUs, qint64 durationUs)
{
    const bool sound = isPlausible(timeUs) && durationUs >= 0 && durationUs <= longestRequest;
    RunTimeline::Cell *at = sound ? m_timeline.at(secondOf(timeUs)) : nullptr;
    if (at)
        at->busyUs += durationUs;
    return at;
}

void RunBuilder::error(std::string_view kind)
{
    kind = kind.substr(0, longestErrorKind);
    if (kind.empty() || kind == " ")
        kind = "unnamed";
    auto known = m_errorKinds.find(kind);
    if (known == m_errorKinds.end()) {
        const bool room = m_errorKinds.size() < mostKindsAtOnce;
        known = m_errorKinds.emplace(room ? std::string(kind) : "other", 0).first;
    }
    ++known->second;
}

void RunBuilder::skip(qint64 lines, qint64 firstLine)
{
    if (lines > 0 && firstLine > 0 && (m_firstSkipped == 0 || firstLine < m_firstSkipped))
        m_firstSkipped = firstLine;
    m_skipped += lines;
}

void RunBuilder::merge(RunBuilder &later, qint64 linesBefore)
{
    flush();
    later.flush();
    m_timeline.merge(later.m_timeline, linesBefore);
    m_labels.merge(later.m_labels);
    for (const auto &[kind, count] : later.m_errorKinds) {
        const bool room = m_errorKinds.size() < mostKindsAtOnce || m_errorKinds.contains(kind);
        m_errorKinds[room ? kind : "other"] += count;
    }
    m_samples += std::exchange(later.m_samples, 0);
    skip(std::exchange(later.m_skipped, 0), later.m_firstSkipped > 0 ? later.m_firstSkipped + linesBefore : 0);
    m_hasArrivals = std::exchange(later.m_hasArrivals, false) || m_hasArrivals;
    later.m_timeline = {};
    later.m_errorKinds.clear();
    later.m_line = later.m_firstSkipped = 0;
}

} // namespace tenken
