// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/builder.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

constexpr qint64 second = 1'000'000;
constexpr qint64 largestHole = 6 * 3600; // further away is another run, or garbage
constexpr qint64 longestRun = 4 * 24 * 3600;
constexpr qint64 longestRequest = largestHole * second;
constexpr size_t mostErrorKinds = 20;
constexpr size_t longestErrorKind = 160;

qint64 secondOf(qint64 us)
{
    return us >= 0 ? us / second : (us - second + 1) / second;
}

} // namespace

bool RunBuilder::Cell::isEmpty() const
{
    return second.started == 0 && second.completed == 0 && arrivals == 0 && iterationStarts == 0;
}

RunBuilder::Cell *RunBuilder::Window::reach(qint64 second)
{
    if (cells.empty()) {
        base = second;
        cells.resize(1);
        return &cells.front();
    }
    const qint64 size = qint64(cells.size());
    qint64 index = second - base;
    if (index >= 0 && index < size)
        return &cells[size_t(index)];
    if (index > size + largestHole || index < -largestHole || std::max(index + 1, size - index) > longestRun)
        return nullptr;
    if (index >= size) {
        cells.resize(size_t(index) + 1);
        return &cells[size_t(index)];
    }
    const qint64 more = std::min(std::max<qint64>(-index, 64), longestRun);
    std::vector<Cell> longer(size_t(more) + cells.size());
    std::ranges::move(cells, longer.begin() + more);
    cells = std::move(longer);
    base -= more;
    return &cells[size_t(index + more)];
}

RunBuilder::Cell *RunBuilder::cell(qint64 timeUs)
{
    const qint64 wanted = secondOf(timeUs);
    for (const size_t i : {m_recent, 1 - m_recent}) {
        if (i != m_recent && m_windows[i].cells.empty() && m_windows[m_recent].cells.empty())
            continue;
        if (Cell *found = m_windows[i].reach(wanted)) {
            m_recent = i;
            return found;
        }
    }
    return nullptr;
}

bool RunBuilder::request(qint64 startUs, qint64 endUs, qint64 latencyUs, bool failed)
{
    if (latencyUs < 0 || endUs < startUs || endUs - startUs > longestRequest || latencyUs > longestRequest)
        return false;
    Cell *first = cell(startUs);
    if (!first)
        return false;
    Window &window = m_windows[m_recent];
    Cell *last = window.reach(secondOf(endUs));
    if (!last)
        return false;
    first = window.reach(secondOf(startUs)); // reaching the end may have moved it
    ++first->second.started;
    first->second.latency.add(latencyUs);
    ++last->second.completed;
    last->second.failed += failed ? 1 : 0;
    const bool none = window.samples++ == 0;
    window.firstUs = none ? double(startUs) : std::min(window.firstUs, double(startUs));
    window.lastUs = none ? double(endUs) : std::max(window.lastUs, double(endUs));
    return true;
}

bool RunBuilder::arrival(qint64 timeUs, qint64 count)
{
    Cell *at = cell(timeUs);
    if (at) {
        at->arrivals += count;
        m_hasArrivals = true;
    }
    return at;
}

bool RunBuilder::arrivalByEnd(qint64 timeUs, qint64 count)
{
    Cell *at = cell(timeUs);
    if (at)
        at->iterationEnds += count;
    return at;
}

bool RunBuilder::iterationStart(qint64 timeUs)
{
    Cell *at = cell(timeUs);
    if (at)
        ++at->iterationStarts;
    return at;
}

bool RunBuilder::failedApart(qint64 timeUs, qint64 count)
{
    Cell *at = cell(timeUs);
    if (at)
        at->failedApart += count;
    return at;
}

bool RunBuilder::usersGauge(qint64 timeUs, double users)
{
    Cell *at = std::isfinite(users) && users >= 0 ? cell(timeUs) : nullptr;
    if (at) {
        at->gaugeSum += users;
        ++at->gaugeCount;
    }
    return at;
}

bool RunBuilder::userStart(qint64 timeUs)
{
    Cell *at = cell(timeUs);
    if (at) {
        ++at->starts;
        ++at->arrivals;
        m_hasArrivals = true;
    }
    return at;
}

bool RunBuilder::userEnd(qint64 timeUs)
{
    Cell *at = cell(timeUs);
    if (at)
        ++at->ends;
    return at;
}

bool RunBuilder::busy(qint64 timeUs, qint64 durationUs)
{
    Cell *at = durationUs >= 0 && durationUs <= longestRequest ? cell(timeUs) : nullptr;
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
    if (known == m_errorKinds.end())
        known =
            m_errorKinds.emplace(m_errorKinds.size() < mostErrorKinds ? std::string(kind) : "other", 0).first;
    ++known->second;
}

qint64 RunBuilder::samples() const
{
    return std::max(m_windows[0].samples, m_windows[1].samples);
}

void RunBuilder::trim(Window &window)
{
    auto &cells = window.cells;
    const auto used = [](const Cell &cell) { return !cell.isEmpty(); };
    const auto first = std::ranges::find_if(cells, used);
    const auto last = std::ranges::find_if(cells.rbegin(), cells.rend(), used).base();
    if (first >= last) {
        cells.clear();
        return;
    }
    cells.erase(last, cells.end());
    window.base += first - cells.begin();
    cells.erase(cells.begin(), first);
}

void RunBuilder::settle(Window &window, const Finish &how)
{
    double gauge = -1;
    qint64 active = 0;
    qint64 at = window.base;
    for (Cell &cell : window.cells) {
        LoadSecond &out = cell.second;
        out.second = at++;
        if (how.arrivals) {
            const bool byEnd = how.arrivalsFrom == ArrivalsFrom::Ends;
            out.arrivals = cell.arrivals + (byEnd ? cell.iterationEnds : cell.iterationStarts);
        }
        if (how.failuresApart)
            out.failed = std::min(cell.failedApart, out.completed);
        if (how.users == UsersFrom::Gauge) { // a gauge holds until it is set again
            gauge = cell.gaugeCount > 0 ? cell.gaugeSum / double(cell.gaugeCount) : gauge;
            out.users = gauge;
        } else if (how.users == UsersFrom::StartsAndEnds) {
            active += cell.starts - cell.ends;
            out.users = double(std::max<qint64>(0, active));
        }
    }
}

// Little's law: users at work = what they did ÷ time. Users that wait for a schedule are idle while load is
// low.
void RunBuilder::measureUtilisation(const Window &window)
{
    std::vector<const Cell *> known;
    for (const Cell &cell : window.cells) {
        if (cell.second.users > 0 && cell.second.completed > 0)
            known.push_back(&cell);
    }
    std::ranges::sort(known, {}, [](const Cell *cell) { return cell->second.completed; });
    known.resize(known.size() / 2);
    double busy = 0, present = 0;
    for (const Cell *cell : known) {
        busy += double(cell->busyUs) / double(second);
        present += cell->second.users;
    }
    m_utilisation = present > 0 && busy > 0 ? busy / present : -1;
}

void RunBuilder::remarkOnLosses(LoadTestRun &run) const
{
    if (m_skipped > 0) {
        run.remarks.push_back(Text{"%1 行を読めず、除外しました（最初は %2 行目）。",
                                   "%1 lines could not be read and are left out (first: line %2)."}
                                  .arg(m_skipped, m_firstSkipped));
    }
    if (const qint64 outside = std::min(m_windows[0].samples, m_windows[1].samples); outside > 0) {
        run.remarks.push_back(Text{
            "%1 件は時刻がほかと 6 時間以上離れているため、別の試験とみなして除外しました。",
            "%1 requests lie more than 6 hours away from the others: taken for another run and left out."}
                                  .arg(outside));
    }
}

LoadTestRun RunBuilder::finish(const Finish &how)
{
    Window &window = m_windows[m_windows[1].samples > m_windows[0].samples ? 1 : 0];
    trim(window);
    settle(window, how);
    measureUtilisation(window);

    LoadTestRun run;
    run.samples = window.samples;
    run.skippedLines = m_skipped;
    run.startSeconds = window.firstUs / double(second);
    run.endSeconds = window.lastUs / double(second);
    run.seconds.reserve(window.cells.size());
    for (Cell &cell : window.cells) {
        run.errors += cell.second.failed;
        run.latency.merge(cell.second.latency);
        run.seconds.push_back(std::move(cell.second));
    }
    for (const auto &[kind, count] : m_errorKinds)
        run.errorKinds.insert(QString::fromUtf8(kind), count);
    remarkOnLosses(run);
    window.cells = {};
    return run;
}

} // namespace tenken
