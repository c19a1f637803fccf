// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

namespace tenken {

/// One level of load held for a while.
struct LoadStep {
    double start = 0, end = 0;   ///< epoch seconds, transients at the beginning dropped
    double offered = 0;          ///< req/s that the generator sent (or wanted to, where the file says so)
    double throughput = 0;       ///< completed req/s, failed ones left out
    double users = -1;           ///< concurrency, for closed loops
    qint64 samples = 0;
    qint64 errors = 0;
    double p50 = 0, p95 = 0, p99 = 0, max = 0; ///< ms, nearest rank on log buckets (error ≤ 0.4 %)
    double growth = 1;           ///< median of the second half ÷ median of the first half
    bool p95Trusted() const { return samples >= 200; }
    bool p99Trusted() const { return samples >= 1000; }
};

/// Finds the steps of a run: change points of the offered rate, ramps in windows.
std::vector<LoadStep> findSteps(const LoadTestRun &run);

/// Errors as a share of samples over a whole run or a window.
double errorRate(const LoadStep &step);

} // namespace tenken
