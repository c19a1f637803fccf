// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signoff/container.h>
#include <signoff/frozen.h>

namespace tenken {

/// What review.json says of the review beside what is signed. It may come from anybody.
struct ReviewSays {
    QString decision;                    ///< the review's own: "GO", "CONDITIONAL GO", "NO-GO"
    QString stage;                       ///< the roll-out stage that was applied for: its id; may be empty
    Text stageTitle;
    QStringList stages = {};             ///< ids of all, the first step first
    QString checklistId = {}, checklistVersion = {};
    std::optional<QStringList> roots = {}; ///< names of the other folders that evidence came from

    bool saysNoGo() const { return decision == toString(Decision::NoGo); }
    Text ruling() const;                 ///< "GO for stage 1 %"; empty where the review says no decision
};

ReviewSays readReviewSays(const QByteArray &reviewJson);

/// Why review.json cannot be what Tenken wrote: it decides better than its own items allow, or holds for
/// longer than anything it stands on. Empty where nothing of the kind is seen.
Text contradictionIn(const QByteArray &reviewJson, const Frozen &frozen);

/// The digests that the last pages print for review.json, as text that can be read off them; none where the
/// pages name none, or cannot be read.
QList<QByteArray> reviewDigestsOnPages(const QByteArray &pdf);

/// Why the body's review.json was put in by hand: it is not what the PDF states, not what the pages name, or
/// contradicts itself. The JSON is what machines go by, the pages are what people read. Empty where nothing of
/// the kind is seen.
Text wrongWithReview(const SignedDocument &document, const QByteArray &reviewJson, const Frozen &frozen);

} // namespace tenken
