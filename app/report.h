// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/judged.h"

#include <QByteArray>

namespace tenken::app {

struct ReportOptions {
    Lang lang = Lang::En;
    bool all = false;              ///< passing findings too
    bool colour = true;            ///< where it goes to a terminal
    std::optional<Verdict> least;  ///< only findings at least this bad: fail > unknown > warn > pass
};

/// The result of `check` for people: the decision first, then by section what is not met, with file and line.
QString textReport(const Judged &judged, const ReportOptions &options);

/// The same of bare manifests: by file, as a linter does.
QString filesReport(const Judged &judged, const ReportOptions &options);

/// The result of `check` for programs: format "tenken.check/1" (README). Always complete.
QByteArray jsonReport(const Judged &judged, Lang lang);

/// SARIF 2.1.0, for code scanning: fails and warnings are results, what could not be decided is of kind "open".
QByteArray sarifReport(const Judged &judged, const ReportOptions &options);

/// JUnit XML, as test reporters read it: a suite per section (bare manifests: per file), a case per item.
QByteArray junitReport(const Judged &judged, const ReportOptions &options);

/// Markdown for a pull request's comment or a job's summary; at most 60,000 characters.
QByteArray markdownReport(const Judged &judged, const ReportOptions &options);

/// Workflow commands of GitHub Actions (::error file=…), which become annotations.
QByteArray githubReport(const Judged &judged, const ReportOptions &options);

} // namespace tenken::app
