// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/builder.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tenken
{

namespace
{

constexpr qint64 longestRequest = 6 * 3600 * usPerSecond;
constexpr qint64 latestTime = 200'000'000'000'000'000; // about the year 8300; sums stay far from overflowing
constexpr size_t mostErrorKinds = 20; // in a run; while reading, far more, as the most frequent are kept
constexpr size_t mostKindsAtOnce = 4096;
constexpr size_t longestErrorKind = 160;
constexpr qint64 mostInABatch = 10'000'000;
constexpr qint64 mostUsers = 1'000'000'000;

bool isPlausible(qint64 us)
{
    return us > -latestTime && us < latestTime;
}

/// Only those in which something happened at the ends.
void trim(RunTimeline::Stretch &stretch)
{
    auto &cells = stretch.cells;
    const auto used = [](const RunTimeline::Cell &cell) { return !cell.isEmpty(); };
    const auto first = std::ranges::find_if(cells, used);
    const auto last = std::ranges::find_if(cells.rbegin(), cells.rend(), used).base();
    if (first >= last) {
        cells.clear();
        return;
    }
    cells.erase(last, cells.end());
    stretch.first += first - cells.begin();
    cells.erase(cells.begin(), first);
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

void RunBuilder::settle(Stretch &stretch, const Finish &how)
{
    double gauge = -1;
    qint64 active = 0;
    qint64 at = stretch.first;
    for (RunTimeline::Cell &cell : stretch.cells) {
        LoadSecond &out = cell.second;
        out.second = at++;
        if (how.arrivals) {
            const bool byEnd = how.arrivalsFrom == ArrivalsFrom::Ends;
            out.arrivals = cell.arrivals + (byEnd ? cell.iterationEnds : cell.iterationStarts);
        }
        if (how.failuresApart)
            out.failed = std::min(cell.failedApart, out.completed);
        if (how.users == UsersFrom::Gauge) { // a gauge holds until it is set again
            gauge = cell.gaugeCount > 0 ? double(cell.gaugeMilli) / 1000 / double(cell.gaugeCount) : gauge;
            out.users = gauge;
        } else if (how.users == UsersFrom::StartsAndEnds) {
            active += cell.starts - cell.ends;
            out.users = double(std::max<qint64>(0, active));
        }
    }
}

// Little's law: users at work = what they did ÷ time. Users that wait for a schedule are idle while load is
// low.
void RunBuilder::measureUtilisation(const Stretch &stretch)
{
    std::vector<const RunTimeline::Cell *> known;
    for (const RunTimeline::Cell &cell : stretch.cells) {
        if (cell.second.users > 0 && cell.second.completed > 0)
            known.push_back(&cell);
    }
    std::ranges::stable_sort(known, {}, [](const RunTimeline::Cell *cell) { return cell->second.completed; });
    known.resize(known.size() / 2);
    double busy = 0, present = 0;
    for (const RunTimeline::Cell *cell : known) {
        busy += double(cell->busyUs) / double(usPerSecond);
        present += cell->second.users;
    }
    m_utilisation = present > 0 && busy > 0 ? busy / present : -1;
}

// The second largest stretch may be a run of its own; what lies elsewhere are garbage times.
void RunBuilder::leaveOut(const std::vector<Stretch> &stretches)
{
    m_otherRun = stretches.size() > 1 ? stretches[1].samples : 0;
    for (size_t i = 2; i < stretches.size(); ++i)
        skip(stretches[i].rows, stretches[i].line);
}

void RunBuilder::addErrorKinds(LoadTestRun &run) const
{
    std::vector<std::pair<qint64, std::string_view>> kinds;
    for (const auto &[kind, count] : m_errorKinds)
        kinds.emplace_back(count, kind);
    std::ranges::stable_sort(kinds, std::greater(), &std::pair<qint64, std::string_view>::first);
    for (size_t i = 0; i < kinds.size(); ++i) {
        const auto &[count, kind] = kinds[i];
        const std::string_view name = i < mostErrorKinds ? kind : "other";
        run.errorKinds[QString::fromUtf8(name.data(), qsizetype(name.size()))] += count;
    }
}

void RunBuilder::addLabels(LoadTestRun &run, const Stretch &stretch)
{
    run.labels = m_labels.take(stretch.first, stretch.first + qint64(stretch.cells.size()), mostLabels,
                               run.labelsBeyondCap);
    if (run.labelsBeyondCap > 0) {
        run.remarks.push_back(Text{"リクエスト名が %1 種類あり、件数の多い %2 種類以外は 1 つにまとめて数えます。",
                                   "There are %1 request names; those beyond the %2 most frequent are counted "
                                   "together."}
                                  .arg(qint64(mostLabels) + run.labelsBeyondCap, qint64(mostLabels)));
    }
}

void RunBuilder::remarkOnLosses(LoadTestRun &run) const
{
    if (m_skipped > 0) {
        run.remarks.push_back(Text{"%1 行を読めず、除外しました（最初は %2 行目）。",
                                   "%1 lines could not be read and are left out (first: line %2)."}
                                  .arg(m_skipped, m_firstSkipped));
    }
    if (m_otherRun > 0) {
        run.remarks.push_back(Text{
            "%1 件は時刻がほかと 6 時間以上離れているため、別の試験とみなして除外しました。",
            "%1 requests lie more than 6 hours away from the others: taken for another run and left out."}
                                  .arg(m_otherRun));
    }
}

LoadTestRun RunBuilder::finish(const Finish &how)
{
    flush();
    std::vector<Stretch> stretches = m_timeline.takeStretches();
    leaveOut(stretches);
    Stretch stretch = stretches.empty() ? Stretch() : std::move(stretches.front());
    trim(stretch);
    settle(stretch, how);
    measureUtilisation(stretch);

    LoadTestRun run;
    run.samples = stretch.samples;
    run.skippedLines = m_skipped;
    run.otherRun = m_otherRun;
    run.startSeconds = double(stretch.firstUs) / double(usPerSecond);
    run.endSeconds = double(stretch.lastUs) / double(usPerSecond);
    remarkOnLosses(run);
    addErrorKinds(run);
    addLabels(run, stretch);
    LatencySum sum;
    run.seconds.reserve(stretch.cells.size());
    for (RunTimeline::Cell &cell : stretch.cells) {
        run.errors += cell.second.failed;
        m_batches += cell.batches;
        sum.add(cell.second.latency);
        run.seconds.push_back(std::move(cell.second));
    }
    sum.moveInto(run.latency);
    return run;
}

} // namespace tenken
