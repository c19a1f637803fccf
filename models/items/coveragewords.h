// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/coverage.h>
#include <rules/verdict.h>

namespace tenken
{

/// What screen and paper call the states of monitors and needs, and which verdict's mark stands before the
/// word.
Text label(Reach reach); ///< 届く / reaches …
Verdict verdictOf(Reach reach);
Text label(CoverageAnswer answer); ///< あり / covered …
Verdict verdictOf(CoverageAnswer answer);

/// What one monitor does for one need.
struct CoverageMark {
    Verdict verdict = Verdict::NotApplicable;
    Text word; ///< empty: nothing
};
CoverageMark markOf(const NeedCoverage &need, const MonitorReading &reading);

/// "8 monitors: 1 drafts, 2 muted without end → 3 reach people on alert", the line that a room understands.
Text sentenceOf(const Coverage &coverage);
size_t ownCount(const Coverage &coverage); ///< what the subtraction starts with

/// A fact about a monitor, with what it means where it is good or bad.
struct MonitorFact {
    Text name, words;
    Verdict verdict = Verdict::NotApplicable; ///< n/a: just so
    bool isCode = false;
};
/// Query, threshold, receivers, what holds it back, runbook, doubts: in that order.
std::vector<MonitorFact> factsOf(const MonitorReading &reading);

/// The message as it reads in that state; conditions stand in brackets before what they govern. Empty:
/// nothing is told.
QString messageText(const Monitor &monitor, MonitorState state);

/// Why there is no matrix: no snapshot, no list of monitors, not readable. Nothing when there is one.
struct NoMonitors {
    Text missing, how;
};
std::optional<NoMonitors> whyNoMonitors(const Evidence &evidence, const Coverage &coverage);

} // namespace tenken
