// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>

namespace tenken {

/// One item's part of decide(): where it stands and why. `result` and `review` may be null. Without `stale` no
/// answer is taken for stale. `rule` says whether a warn is met.
ItemStanding standingOf(const Item &item, const ItemResult *result, const ItemReview *review,
                        const QDate &today, const StaleContext *stale = nullptr,
                        const DecisionRule &rule = {});

/// "pass", "attested", "warn", "fail", "unknown", "unanswered", "n/a", "waived": the words of a DecisionRule.
QString toString(Standing s);
Text label(Standing s);

} // namespace tenken
