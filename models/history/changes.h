// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <history/past.h>

namespace tenken {

/// Why an item stands elsewhere than in an earlier review. The first that applies, in this order: another question
/// makes every other difference moot, and files that changed explain a verdict before anything else does.
enum class ChangeCause {
    Checklist, ///< something else is asked, or the item is new or gone
    Service,   ///< files that its findings speak of are others
    Evidence,  ///< nothing changed but the day: a record or an answer grew too old, a waiver ended
    Program,   ///< the same files judged by another version of Tenken
    Opinion,   ///< people answered otherwise, or waived
};
/// "3 項目" / "3 items"
Text itemsInWords(size_t count);
Text label(ChangeCause cause); ///< "サービスが変わった" / "The service changed"

struct ItemChange {
    QString id;
    Text title;
    ChangeCause cause = ChangeCause::Service;
    Text from, to;                           ///< standings, or answers where only those differ; empty: not asked then
    std::optional<Standing> stood, stands;   ///< nothing where it is not a standing
    bool better = false, worse = false;
    Text why;                                ///< "deployment.yaml changed", "the waiver ended on 2026-11-27"
};

struct Changes {
    std::vector<ItemChange> items;           ///< checklist order of `after`; those that are gone last
    std::optional<Decision> from, to;

    std::vector<const ItemChange *> because(ChangeCause cause) const;
};

/// What differs, item by item, with causes told apart. Items that stand the same and were answered the same are no
/// part of it.
Changes changesBetween(const PastReview &before, const PastReview &after);

} // namespace tenken
