// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/loadtestreport.h"

#include <analysis/givensteps.h>
#include <evidence/loadtest/reader.h>

#include <QCommandLineParser>

#include <functional>

namespace tenken::app {

/// What was asked for on the command line.
struct LoadTestWishes {
    QStringList files;         ///< absolute
    std::vector<int> pods;     ///< none, one for all, or one for each file
    GivenSteps steps;
    KneeOptions knee;
    QStringList before;        ///< files to compare with, absolute
    QString format = QStringLiteral("text");
    QString plot;
    bool follow = false;
};

void addLoadTestOptions(QCommandLineParser &parser);

/// The error names the option and the way out.
Result<LoadTestWishes> wishesIn(const QCommandLineParser &parser);

/// Files of one test each: all of them, or grouped by the pods that they were run with.
struct TestFiles {
    QStringList files;
    std::optional<int> pods;
};
std::vector<TestFiles> grouped(const LoadTestWishes &wishes);

/// "step-pods-3.txt", "3pods.json" → 3.
std::optional<int> podsInName(const QString &file);

/// Reads and analyses one test. Given rates as many as files are the files' own, in their order.
Result<TestedRun> readTest(const TestFiles &files, const LoadTestWishes &wishes, const ReadProgress &progress = {});

Result<TestedRun> analysed(LoadTestRun run, const TestFiles &files, const LoadTestWishes &wishes);

/// The earlier test to compare with; nothing where none is asked for.
Result<std::optional<TestedRun>> readBefore(const LoadTestWishes &wishes, const ReadProgress &progress = {});
LoadTestReport reportOf(std::vector<TestedRun> tests, const std::optional<TestedRun> &before, const KneeOptions &knee);

Result<LoadTestReport> readReport(const LoadTestWishes &wishes, const ReadProgress &progress = {});

/// Reads what is added to a file that is still written, and tells each time; ends when it has rested.
Result<LoadTestReport> followReport(const LoadTestWishes &wishes, const std::function<void(const LoadTestReport &)> &told);

} // namespace tenken::app
