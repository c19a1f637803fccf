// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/evaluate.h>
#include <rules/loadtest_record.h>

namespace tenken {

/// The latency of the lowest step at or above a rate per pod, in the target's percentile (p99 by default).
struct LatencyAtLoad {
    bool known = false;
    double ms = 0;
    QString percentile;
};

LatencyAtLoad latencyAt(const LoadTestPicture &test, double perPodRps);
int bestTest(const std::vector<LoadTestPicture> &tests);             ///< the one to show first: most steps, knee reached
QString aboutTest(const LoadTestPicture &test, Lang lang);
QString aboutPlan(const CapacityPlan &plan, Lang lang);
QString aboutScaling(const Scaling &scaling, Lang lang);
Text kneeNote(const Knee &knee, double pods);

} // namespace tenken
