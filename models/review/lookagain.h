// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>

namespace tenken {

/// An answer on which something can rest: it may let an item pass.
inline bool loosens(TeamAnswer a) { return a == TeamAnswer::Pass || a == TeamAnswer::NotApplicable; }
inline bool loosens(ReviewAnswer a) { return a == ReviewAnswer::Accept; }

/// Which of an item's answers somebody has to look at again, and why: the evidence, the question or the age, and who
/// answered when. Writes the stale… members of `is`, which has a review.
void lookForStale(ItemStanding &is, const StaleContext &context);

} // namespace tenken
