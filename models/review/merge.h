// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// Three-way merge of one item, field by field. Also how an edit is undone after somebody else's came in:
/// undoing is merging "after → before" into what stands there now. What both sides changed differently stays
/// ours, and is appended to `conflicts` with the other's value.
ItemReview mergeItem(const ItemReview &base, const ItemReview &ours, const ItemReview &theirs,
                     std::vector<Problem> *conflicts = nullptr);

} // namespace tenken
