// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>

namespace tenken {

/// The sentence at the top of a page: what the decision follows from, in numbers.
Text leadOf(const Outcome &outcome, const DecisionRule &rule, bool hasReview, const QDate &today);

/// What a stage's tile says below its decision: "24 must items are met", "4 must fail, 2 unknown".
Text stageLead(const StageOutcome &stage, const Outcome &outcome, const DecisionRule &rule, int index);

/// "11 月 27 日" / "27 November", with the year when it is not today's.
Text dayInWords(const QDate &day, const QDate &today);

} // namespace tenken
