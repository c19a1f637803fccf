// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/labels.h>

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
/// long. The order of the records does not matter: builders that read pieces of a file add up to the one that
/// read it all.
class RunBuilder
{
public:
    /// A request; false when its times make no sense (the caller counts the line as skipped). `label` is its
    /// name, empty where it has none.
    bool request(qint64 startUs, qint64 endUs, qint64 latencyUs, bool failed, std::string_view label = {});
    /// The same of a virtual user, who was busy all that time, with how many users there were at its start; −1: not told.
    bool userRequest(qint64 startUs, qint64 endUs, bool failed, std::string_view label, qint64 users);
    /// A row that stands for several requests, of which it tells no latency.
    bool batch(qint64 timeUs, qint64 requests, qint64 failed);
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
    void skip(qint64 line) { skip(1, line); }
    void atLine(qint64 line) { m_line = line; } ///< where the next request stands, for remarks on garbage times
    /// Adds what another one gathered from the records behind, and empties it. Its lines count from 1.
    void merge(RunBuilder &later, qint64 linesBefore);

    qint64 samples() const { return m_samples; } ///< garbage times included
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
    qint64 batches() const { return m_batches; } ///< of the finished run

private:
    using Stretch = RunTimeline::Stretch;
    struct Seconds { ///< in which a request began and ended
        qint64 start = 0, end = 0;
        RunTimeline::Cell *first = nullptr, *last = nullptr; ///< null where its times make no sense
    };
    Seconds secondsOf(qint64 startUs, qint64 endUs);
    void count(const Seconds &seconds, qint64 startUs, qint64 endUs, qint64 latencyUs, bool failed, std::string_view label);
    void skip(qint64 lines, qint64 firstLine);
    void flush() { m_labels.flush(m_timeline); }
    void settle(Stretch &stretch, const Finish &how);
    void measureUtilisation(const Stretch &stretch);
    void leaveOut(const std::vector<Stretch> &stretches);
    void addErrorKinds(LoadTestRun &run) const;
    void addLabels(LoadTestRun &run, const Stretch &stretch);
    void remarkOnLosses(LoadTestRun &run) const;

    RunTimeline m_timeline;
    LabelTable m_labels;
    std::map<std::string, qint64, std::less<>> m_errorKinds;
    qint64 m_samples = 0;
    qint64 m_line = 0;
    qint64 m_skipped = 0;
    qint64 m_firstSkipped = 0;
    qint64 m_otherRun = 0; ///< requests of another stretch
    qint64 m_batches = 0;
    double m_utilisation = -1;
    bool m_hasArrivals = false;
};

} // namespace tenken
