// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// What becomes of one item when a review moves to another version of its checklist.
struct ItemMove {
    enum class Kind {
        Kept,      ///< what is asked is the same: its answers stay
        Reopened,  ///< something else is asked: its answers are stale
        New,       ///< the review has never seen it, or nobody has answered it
        Gone,      ///< the checklist has it no more; what was said stays in the file
    };
    QString item;
    Text title;
    Kind kind = Kind::Kept;
    Text why = {};
};

bool isOfOtherVersion(const Review &review, const Checklist &checklist);
/// Item by item, in checklist order; those that are gone last.
std::vector<ItemMove> movesOf(const Review &review, const Checklist &checklist);
/// The review, answering this version. Nothing that was said is lost: answers to other questions are stale.
Review movedTo(const Review &review, const Checklist &checklist);

Text label(ItemMove::Kind kind);
QString toString(ItemMove::Kind kind); ///< "kept", "reopened", "new", "gone"

} // namespace tenken
