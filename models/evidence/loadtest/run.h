// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/histogram.h>
#include <evidence/problem.h>

#include <QMap>

#include <optional>
#include <utility>
#include <vector>

namespace tenken
{

/// How the generator decides when to send: at given times (open), or when the previous answer came (closed).
enum class LoadModel { Unknown, Open, Closed };

/// What happened in one second of a run. Where the tool keeps no samples, `latency` is empty.
struct LoadSecond {
    qint64 second = 0; ///< epoch seconds
    qint64 started = 0; ///< requests that began in it
    qint64 completed = 0; ///< requests that ended in it, failed ones included
    qint64 failed = 0; ///< of these
    double users = -1; ///< concurrency or virtual users where the file says it, else -1
    qint64 arrivals = -1; ///< offered arrivals where the file knows them (Gatling USER START, k6 iterations +
                          ///< dropped), else -1
    LatencyHistogram latency; ///< of the requests that STARTED in it
};

/// A stretch of a run whose load the tool or a file's name states: one file of many (wrk, vegeta, ab), a phase.
struct LoadLevel {
    QString name; ///< "c16", "step-350": what named it
    double start = 0, end = 0; ///< [start, end), on the run's clock
    double users = -1; ///< connections, threads or virtual users; -1: not stated
    double offered = -1; ///< req/s that was asked for; -1: not stated
};

/// What a tool that keeps no samples says of a stretch of time, by its own definitions.
struct LoadAggregate {
    double start = 0, end = 0; ///< [start, end), on the run's clock
    double users = -1; ///< -1: not stated
    qint64 arrivals = -1; ///< offered, whether served or not; -1: not stated
    qint64 completed = 0; ///< requests, failed ones included
    qint64 failed = 0; ///< of these
    qint64 timed = -1; ///< latencies behind the figures below; -1: one for each request
    double minMs = -1, meanMs = -1, maxMs = -1; ///< -1: not stated
    std::vector<std::pair<double, double>> percentiles; ///< q in 0…1, ms; sorted by q
    std::optional<double> percentileMs(double q) const; ///< only where it is stated: never interpolated
};

/// One request name of a run.
struct LoadLabel {
    struct Second {
        qint64 second = 0; ///< on the run's clock
        qint64 started = 0, completed = 0, failed = 0;
        LatencyHistogram latency; ///< of the requests that started in it; empty where memory would not hold it
    };
    QString name;
    qint64 samples = 0, errors = 0;
    LatencyHistogram latency;
    std::vector<Second> seconds; ///< sorted; only those in which something happened
};

/// A load test reduced to seconds. Merging two runs of the same test is exact. Tools that keep samples fill
/// `seconds` with histograms; tools that keep only figures fill `aggregates`, and `seconds` where they count.
struct LoadTestRun {
    QString tool; ///< "gatling", "k6", "jmeter"
    QString toolVersion;
    QString file; ///< as given, or the first of several
    LoadModel model = LoadModel::Unknown;
    QString latencyMeaning; ///< what the tool's latency spans, e.g. "sending + waiting + receiving"
    Text percentileMeaning; ///< the definition behind stated percentiles; empty: nearest rank on the histogram
    bool hasClock = true; ///< false: the file knows no date, its times begin at 0
    std::vector<LoadSecond> seconds; ///< sorted, without holes between first and last; may be empty
    std::vector<LoadLevel> levels; ///< sorted by start; empty: to be found from the seconds
    std::vector<LoadAggregate> aggregates; ///< sorted by start
    std::optional<LoadAggregate> whole; ///< of the run as a whole, where the tool states it
    std::vector<LoadLabel> labels; ///< most samples first; the last may hold all names beyond a cap
    qint64 labelsBeyondCap = 0; ///< how many names that one holds
    LatencyHistogram latency; ///< of all samples; empty when the tool keeps none
    qint64 samples = 0;
    qint64 errors = 0;
    /// false: the file holds no failures (ab -g), or not all of them (hey), so that 0 errors mean nothing.
    bool knowsErrors = true;
    bool knowsWhen() const { return hasClock && zoneKnown; } ///< its times are those of other evidence
    bool showsErrors() const { return knowsErrors || errors > 0; }
    QMap<QString, qint64> errorKinds;
    double startSeconds = 0; ///< epoch, first request's start
    double endSeconds = 0; ///< epoch, last request's end
    qint64 skippedLines = 0; ///< lines that could not be read and are left out
    bool cutOff = false; ///< the file ends inside a record: how the run ended is not in it
    bool zoneKnown = true; ///< false: its dates name no time zone, so that they match nothing that was seen elsewhere
    qint64 otherRun = 0; ///< requests of another run in the same file, left out
    qint64 subSamples = 0; ///< requests that are probably parts of others and were counted beside them (JMeter)
    /// Answers such as 503 that the test declared as expected, and transactions or checks that failed although every
    /// request in them succeeded. None of them is among the errors.
    qint64 excusedFailures = 0;
    std::vector<Text> remarks; ///< truncated last record, skipped lines, dropped iterations …
    std::vector<Text> missing; ///< what the file cannot tell and people have to: the offered rate, connections
};

/// Definition that holds wherever Tenken itself computed a percentile.
Text nearestRankMeaning();

} // namespace tenken
