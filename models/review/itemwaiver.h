// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// The waiver of an item as a whole that counts on a day: of several the one that lasts longest. Null when there is none.
const Waiver *validWaiver(const ItemReview *review, const QDate &today);

/// Why a waiver that people meant does not count; empty when they meant none.
Text waiverTrouble(const Item &item, const ItemReview &review, const QDate &today);

} // namespace tenken
