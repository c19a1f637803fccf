// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

#include <array>
#include <map>
#include <string>
#include <string_view>

namespace tenken
{

/// Where a run's users come from: nobody says, a gauge in the file, or users that start and end.
enum class UsersFrom { Nowhere, Gauge, StartsAndEnds };

/// k6 tells iterations twice: by their ends, and with durations, from which their starts follow.
enum class ArrivalsFrom { Starts, Ends };

/// Gathers a run second by second while a reader walks through a file. Times are microseconds since the
/// epoch. Memory grows with the seconds of the run, never with its rows; a garbage time stamp cannot make it
/// long.
class RunBuilder
{
public:
    /// A request; false when its times make no sense (the caller counts the line as skipped).
    bool request(qint64 startUs, qint64 endUs, qint64 latencyUs, bool failed);
    bool arrival(qint64 timeUs, qint64 count = 1); ///< offered, whether served or not
    bool arrivalByEnd(qint64 timeUs, qint64 count = 1); ///< an iteration known by its end (k6 `iterations`)
    bool iterationStart(qint64 timeUs); ///< the same by its start (k6 `iteration_duration`)
    bool failedApart(qint64 timeUs,
                     qint64 count); ///< failures told apart from the request (k6 `http_req_failed`)
    bool usersGauge(qint64 timeUs, double users);
    bool userStart(qint64 timeUs); ///< is an arrival too
    bool userEnd(qint64 timeUs);
    bool busy(qint64 timeUs, qint64 durationUs); ///< time that a virtual user spent working, by its end
    void error(std::string_view kind);
    void skip(qint64 line) { m_firstSkipped = m_skipped++ == 0 ? line : m_firstSkipped; }

    qint64 samples() const;
    bool hasArrivals() const { return m_hasArrivals; }
    qint64 skipped() const { return m_skipped; }

    struct Finish {
        UsersFrom users = UsersFrom::Nowhere;
        bool arrivals = false; ///< the file knows its arrivals
        ArrivalsFrom arrivalsFrom = ArrivalsFrom::Starts;
        bool failuresApart = false; ///< failures come from failedApart()
    };
    LoadTestRun finish(const Finish &how);
    /// Of the users, the share that was at work while the load was low (by busy() and usersGauge()); −1:
    /// unknown.
    double lowLoadUtilisation() const { return m_utilisation; }

private:
    struct Cell {
        LoadSecond second;
        double gaugeSum = 0;
        qint64 gaugeCount = 0;
        qint64 starts = 0, ends = 0;
        qint64 arrivals = 0, iterationStarts = 0, iterationEnds = 0;
        qint64 failedApart = 0;
        qint64 busyUs = 0;
        bool isEmpty() const;
    };
    /// A stretch of seconds without large holes. Times that fit nowhere are refused; the larger of two
    /// stretches wins.
    struct Window {
        qint64 base = 0;
        qint64 samples = 0;
        std::vector<Cell> cells;
        double firstUs = 0, lastUs = 0;
        Cell *reach(qint64 second);
    };

    Cell *cell(qint64 timeUs);
    void trim(Window &window);
    void settle(Window &window, const Finish &how);
    void measureUtilisation(const Window &window);
    void remarkOnLosses(LoadTestRun &run) const;

    std::array<Window, 2> m_windows;
    size_t m_recent = 0;
    std::map<std::string, qint64, std::less<>> m_errorKinds;
    qint64 m_skipped = 0;
    qint64 m_firstSkipped = 0;
    double m_utilisation = -1;
    bool m_hasArrivals = false;
};

} // namespace tenken
