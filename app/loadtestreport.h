// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/knee.h>
#include <analysis/runcomparison.h>
#include <analysis/scaling.h>

#include <optional>

namespace tenken::app {

/// One load test as it was read and analysed.
struct TestedRun {
    LoadTestRun run;
    std::vector<LoadStep> steps;
    Knee knee;
    QString name;              ///< of its first file
    std::optional<int> pods;   ///< under test, where they were given or the file's name says so
    /// Completed req/s to compare pod counts by: at the knee; without one, the most of any level.
    double throughput() const;
    bool isBad(int step) const; ///< past the knee
    bool isSpike(int step) const;
};

/// Without a duration there is none.
inline bool hasRate(const LoadStep &step) { return step.end > step.start; }

/// What `loadtest` prints.
struct LoadTestReport {
    std::vector<TestedRun> tests;            ///< one, or one for each pod count
    std::optional<Scaling> scaling;          ///< of two pod counts or more
    std::optional<TestedRun> before;         ///< what it is compared with
    std::optional<RunComparison> comparison;
    KneeOptions options;
};

QString loadTestText(const LoadTestReport &report, Lang lang);

/// Format "tenken.loadtest/1" (README). The first test stands at the top level; all of them under "tests" where there
/// are several.
QByteArray loadTestJson(const LoadTestReport &report, Lang lang);

/// One row for each step, for spreadsheets: unknown values are empty.
QByteArray loadTestCsv(const LoadTestReport &report);

/// Draws the knee chart, or the scaling curve of several pod counts; the ending of the name says how (svg, pdf, png).
Result<void> plotLoadTest(const LoadTestReport &report, const QString &target, Lang lang);

/// Text from a result file, fit for a terminal: without control characters and secrets.
QString printable(const QString &text);

Text percentileLabel(double q);    ///< p95, p97.5
Text wordsFor(KneeSign sign, const Knee &knee);

} // namespace tenken::app
