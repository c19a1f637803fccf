// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>

namespace tenken {

/// One thing that a team has to say or supply before it asks for a review.
struct SelfTask {
    enum class Kind {
        Answer,   ///< people answer the item, and nobody has
        Reason,   ///< an answer that counts only with a note or a link
        Reply,    ///< the reviewer asked, or sent it back, after the team's answer
        Mend,     ///< the machine fails it
        Supply,   ///< the machine cannot see it: evidence, or an answer that attests it
        Later,    ///< the team said: not yet
    };

    const ItemStanding *standing = nullptr;
    Kind kind = Kind::Answer;
    bool silent = false;        ///< nobody has said anything of it: not ready for a review
    Text missing;               ///< one sentence
    Text how;                   ///< how to supply it: the rule's remedy, or what to attach
    QString file;               ///< where: "readiness/service.yaml", empty where it is said in the answer
    Span span;
    QString snippet;            ///< what to write there
};
Text label(SelfTask::Kind kind);

/// What is left for the team, heaviest first: must before should, silent before spoken of, then the checklist's
/// order. What is met needs nothing from the team and is not listed.
struct SelfAssessment {
    std::vector<SelfTask> tasks;
    int items = 0;              ///< of the checklist
    int silent = 0;
    bool isReady() const { return items > 0 && silent == 0; } ///< a review may be asked for

    const SelfTask *task(const QString &itemId) const;
};

/// The outcome must outlive the result.
SelfAssessment selfAssessmentOf(const Outcome &outcome);

} // namespace tenken
