// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/finding.h>

namespace tenken {

/// A stretch of a run's seconds taken together: few enough to draw, nothing lost in the sums.
struct RunBucket {
    double at = 0;               ///< epoch seconds, the middle
    double offered = 0, completed = 0, failed = 0; ///< per second; completed without failed
    double p50 = 0, p95 = 0;     ///< ms; 0 where no request started
    qint64 samples = 0;
};

/// At most `most` buckets, each at least `leastSeconds` long.
std::vector<RunBucket> bucketsOf(const LoadTestRun &run, int most, int leastSeconds);

/// When the load first went past the knee; nothing when it never did.
std::optional<double> kneePassedAt(const LoadTestPicture &test);

} // namespace tenken
