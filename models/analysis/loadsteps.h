// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

namespace tenken {

/// One level of load held for a while. Latencies are ms; where the file does not tell one it is −1.
struct LoadStep {
    double start = 0, end = 0;   ///< epoch seconds, transients at the beginning dropped
    double offered = 0;          ///< req/s that the generator sent (or wanted to, where the file says so)
    double throughput = 0;       ///< completed req/s, failed ones left out
    double users = -1;           ///< concurrency, for closed loops
    qint64 samples = 0;
    qint64 errors = 0;
    double p50 = 0, p95 = 0, p99 = 0, max = 0; ///< by Tenken: nearest rank on log buckets (error ≤ 0.4 %)
    double growth = 1;           ///< median of the second half ÷ median of the first half
    QString name;                ///< of the level, where one was named: "c16"
    qint64 timed = -1;           ///< latencies behind the percentiles; −1: one for each sample
    int windows = 0;             ///< 0: Tenken computed the percentiles; 1: the tool states them; more: each is the
                                 ///< median of so many windows' figures, never an average
    bool distrusted = false;     ///< more latencies than requests: the tool's correction is wrong, none is used
    std::vector<std::pair<double, double>> stated; ///< what the tool states: q in 0…1, ms
    std::vector<std::pair<double, double>> statedLast; ///< the same of the last of several windows, where it has enough
    LatencyHistogram latency;    ///< empty where the tool keeps no samples

    double percentile(double q) const; ///< ms; −1: not known. Never interpolated
    double lastPercentile(double q) const; ///< of the last window; −1: not known
    /// Enough latencies for a quantile: 200 for p95, 1,000 for p99, 10 ÷ (1 − q) in general.
    bool trusts(double q) const;
    bool p95Trusted() const { return trusts(0.95); }
    bool p99Trusted() const { return trusts(0.99); }
};

/// The steps of a run: its own levels; else what its stated figures show; else change points of the offered rate,
/// ramps in windows.
std::vector<LoadStep> findSteps(const LoadTestRun &run);

/// Which definition the steps' percentiles follow, for every place that shows one.
Text percentileMeaningOf(const LoadTestRun &run, const std::vector<LoadStep> &steps);

/// Errors as a share of samples over a whole run or a window.
double errorRate(const LoadStep &step);

} // namespace tenken
