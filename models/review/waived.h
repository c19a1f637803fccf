// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// What the machine says once accepted risks are taken in: findings that an unexpired waiver names are marked and
/// no longer count in their item's verdict, and parameters that a service loosened are applied where a waiver
/// covers them. `judged` is as evaluate() gave it; without a review it stays so. Pure.
Assessment withWaivers(const Assessment &judged, const Review *review, const QDate &today);

/// Waivers of findings and parameters that do not count, and why: incomplete, expired, or about nothing that is
/// there. `judged` with or without waivers taken in.
std::vector<Problem> waiverProblems(const Assessment &judged, const Review &review, const QDate &today);

/// The waivers of findings and parameters that count on a day: as long as they are the same, so is withWaivers().
std::vector<std::pair<QString, Waiver>> countedWaivers(const Review &review, const QDate &today);

/// What an item's result becomes on a day to come, with these waivers: those that ended no longer count, and what
/// rests on a record that is too old then is unknown. `result` with the waivers of an earlier day taken in.
ItemResult onLaterDay(const ItemResult &result, const ItemReview *review, const QDate &day);

/// The waiver of a finding or a parameter that an item's verdict stands on (the first to expire), or null when it
/// would be met without. `warnCounts`: a warn is not met, either.
const Waiver *waiverBehind(const ItemResult &result, const ItemReview &review, const QDate &today,
                           bool warnCounts = false);

} // namespace tenken
