// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

#include <functional>

namespace tenken {

/// What both sides of a merge changed, and not alike.
struct MergeConflict {
    QString item;                ///< its id; empty: of the review itself
    Text field;                  ///< "the team's answer"
    Text base, ours, theirs;     ///< the values, as they are shown
    QString oursBy, theirsBy;    ///< who said them, where that is known

    Problem toProblem() const;   ///< "…: the team's answer was changed elsewhere too …"
};

enum class MergeSide { Ours, Theirs, Base };
/// Which side a conflict takes. Asked in the same order for the same three sides: the index counts from 0.
using ChooseSide = std::function<MergeSide(int index, const MergeConflict &conflict)>;

/// Three-way merge of one item, field by field. Also how an edit is undone after somebody else's came in:
/// undoing is merging "after → before" into what stands there now. What both sides changed differently stays
/// ours.
ItemReview mergeItem(const ItemReview &base, const ItemReview &ours, const ItemReview &theirs);

struct MergedReview {
    Review review;
    std::vector<MergeConflict> conflicts; ///< in the order in which they were asked
};

/// Of two whole reviews. Without `choose`, ours is taken in every conflict.
MergedReview mergeWith(const Review &base, const Review &ours, const Review &theirs, const ChooseSide &choose = {});

} // namespace tenken
