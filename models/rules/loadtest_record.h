// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

/// A load test is a record: where and with which image it ran must be known, or nobody can repeat it. Turns a
/// pass into a warning when the record does not say so, or when it says an image that the manifests no longer
/// run.
void weighRecord(Finding &finding, const RuleContext &context, const LoadTestSource &source);

/// A pass on latency becomes a warning where the load waited for the answers (a closed loop shows slow spells too
/// kindly), or where the file tells nothing of failures.
void weighLatency(Finding &finding, const LoadTestRun &run);

/// What keeps a result from being relied on although it reads well, and the way out.
struct ResultDoubt {
    Text why, remedy;
};

/// That nothing failed is not shown: the file ends early, cannot be read in part, or holds no failures or another run.
std::optional<ResultDoubt> doubtInSuccess(const LoadTestRun &run);

/// Failures that the test itself took for success; a pass becomes a warning.
void weighExcused(Finding &finding, const LoadTestRun &run);

/// The run's times match nothing that was seen elsewhere: its file names no date, or no time zone.
ResultDoubt doubtInTime(const LoadTestRun &run);

/// Whether the serving workloads run an image, named in full or by its tag alone. Nothing: they name none.
std::optional<bool> runsImage(const RuleContext &context, const QString &recorded);

/// A finding about one load test, placed at its entry in service.yaml.
Finding findingForTest(const RuleContext &context, const Text &title, const LoadTestSource &source);

/// Whether a series is of the environment in which a test ran; nothing where either does not say.
std::optional<bool> isOfEnvironment(const MetricSeries &series, const LoadTestSource &test);

/// How people call a test: its id, else its first file.
QString nameOf(const LoadTestSource &source);

Text label(Confidence confidence); ///< 高 / high

/// Why no test says anything about one pod: nothing declared, not readable, pod count missing, too few steps.
std::vector<Finding> whyNoKnee(const RuleContext &context, const Text &title);

} // namespace tenken
