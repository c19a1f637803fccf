// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/finding.h>

#include <cmath>

namespace tenken {

/// A stretch of a run taken together: few enough to draw, nothing lost in the sums.
struct RunBucket {
    double from = 0, to = 0;     ///< on the run's clock
    double at = 0;               ///< the middle
    double offered = 0, completed = 0, failed = 0; ///< per second; completed without failed
    double p50 = -1, p95 = -1;   ///< ms; negative where nothing is known
    qint64 samples = 0;          ///< behind them
    bool timed() const { return p50 >= 0 && p95 >= 0; }
};

/// At most `most` buckets, each at least `leastSeconds` long, from the run's seconds.
std::vector<RunBucket> bucketsOf(const LoadTestRun &run, int most, int leastSeconds);

/// What is known of a run over time: its seconds; where the tool keeps none, the stretches it states, else the
/// steps that were found.
struct RunOverTime {
    std::vector<RunBucket> counts;    ///< offered, completed, failed
    std::vector<RunBucket> latencies; ///< only those that are timed
    bool countsAreStretches = false;  ///< not of equal, short length: to be drawn as steps
    bool latenciesAreStretches = false;
    bool hasClock = true;
    double from = 0, to = 1;
    std::optional<double> passed;     ///< when the load first went past the knee
    bool isEmpty() const { return counts.empty() && latencies.empty(); }
};
RunOverTime overTime(const LoadTestPicture &test, int most, int leastSeconds);

/// When the load first went past the knee; nothing when it never did.
std::optional<double> kneePassedAt(const LoadTestPicture &test);

/// Whether a percentile of a step is known at all: tools without samples state only some.
inline bool isStated(double ms) { return ms > 0 && std::isfinite(ms); }

} // namespace tenken
