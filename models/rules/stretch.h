// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

#include <QString>

#include <optional>
#include <vector>

namespace tenken
{

/// A part of a run in which a rate was sent without a break, and everything that happened in it.
struct Stretch {
    static constexpr int blockSeconds = 10;
    qint64 seconds = 0; ///< 0: the rate was never reached
    bool answered = false; ///< as much was completed too, on average
    double from = 0, to = 0; ///< on the run's clock
    double rate = 0; ///< completed req/s over the stretch
    qint64 completed = 0, failed = 0;
    LatencyHistogram latency;
    double highestRate = 0; ///< of any block of the run
};

/// Whether a run says what happened at which time: by seconds, or by windows of at most a minute.
bool knowsItsCourse(const LoadTestRun &run);

/// All of them in the order of time, at least one (of no seconds where the rate was never reached): in every block of 10 s at least 95 % of `rps` was sent (or completed), at its ends 99 %.
/// What was answered does not choose the stretch, so that a collapse under load stays inside. Three standard
/// deviations of a Poisson count are allowed on top, for low rates.
std::vector<Stretch> stretchesOf(const LoadTestRun &run, double rps);
Stretch longestStretch(const LoadTestRun &run, double rps);

/// What a tool that keeps no samples says of a percentile over some time. The percentile of the whole lies between the
/// least and the greatest of its windows'; with one window it is the tool's own.
struct StatedPercentile {
    double least = 0, most = 0; ///< ms
    qint64 timed = 0; ///< latencies behind it
};

/// Nothing where a window with requests does not state it, or where the tool's latencies cannot be believed.
std::optional<StatedPercentile> statedPercentile(const LoadTestRun &run, double from, double to, double quantile);

/// "p99" → 0.99, "p99.9" → 0.999; nothing for anything else.
std::optional<double> quantileOf(const QString &percentile);

/// Whether so many samples say anything about a quantile: 200 for p95, 1,000 for p99, 10 ÷ (1 − q) in
/// general.
bool isTrusted(double quantile, qint64 samples);

} // namespace tenken
