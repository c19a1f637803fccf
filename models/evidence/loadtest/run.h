// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/histogram.h>
#include <evidence/problem.h>

#include <QMap>

namespace tenken
{

/// How the generator decides when to send: at given times (open), or when the previous answer came (closed).
enum class LoadModel { Unknown, Open, Closed };

/// What happened in one second of a run.
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

/// A load test reduced to seconds. Merging two runs of the same test is exact.
struct LoadTestRun {
    QString tool; ///< "gatling", "k6", "jmeter"
    QString toolVersion;
    QString file; ///< as given, or the first of several
    LoadModel model = LoadModel::Unknown;
    QString latencyMeaning; ///< what the tool's latency spans, e.g. "sending + waiting + receiving"
    std::vector<LoadSecond> seconds; ///< sorted, without holes between first and last
    LatencyHistogram latency; ///< of all samples
    qint64 samples = 0;
    qint64 errors = 0;
    QMap<QString, qint64> errorKinds;
    double startSeconds = 0; ///< epoch, first request's start
    double endSeconds = 0; ///< epoch, last request's end
    qint64 skippedLines = 0; ///< lines that could not be read and are left out
    std::vector<Text> remarks; ///< truncated last record, skipped lines, dropped iterations …
};

} // namespace tenken
