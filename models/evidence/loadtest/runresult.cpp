// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/builder.h>

#include <algorithm>
#include <functional>

namespace tenken
{

namespace
{

constexpr size_t mostErrorKinds = 20; // in a run

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
