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
/// Name, tool, pods, purpose and date, for the list of tests.
QStringList choiceCells(const LoadTestPicture &test, const std::vector<LoadTest> &tests, Lang lang);
QString aboutTest(const LoadTestPicture &test, Lang lang);

/// What else there is to know of a test: which percentiles these are, how sure the knee is, what the file lacks.
struct TestFact {
    Text name, words;
};
std::vector<TestFact> factsOf(const LoadTestPicture &test);
QString aboutPlan(const CapacityPlan &plan, Lang lang);
QString aboutScaling(const Scaling &scaling, Lang lang);
Text kneeNote(const Knee &knee, double pods);

} // namespace tenken
