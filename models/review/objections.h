// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// What speaks against going to production and belongs to no item of the checklist: the decision is no better than
/// `atMost`, whatever the items say.
struct Objection {
    Decision atMost = Decision::NoGo;
    Text brief;       ///< "the review cannot be read", without a full stop
    Problem problem;  ///< what and where, and the way out
};

/// The file is there and cannot be read: somebody may have rejected what the machine passes.
Objection unreadableReview(const Problem &why);

/// Rejections, questions and fails that stand under an id that the checklist does not have. Where the id is nearly
/// that of an item, the item is meant, most likely.
std::vector<Objection> strayObjections(const Review &review, const Checklist &checklist);

} // namespace tenken
