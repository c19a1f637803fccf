// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// How one item counts once people have spoken. Answers stand beside the machine's verdict, never instead of
/// it: people can make a verdict stricter, and can fill a gap the machine leaves, but cannot talk a failure
/// away.
///
/// Judged by rules:
///  - fail stays fail, whatever anybody answers; only an unexpired, complete waiver changes how it counts
///    (waived).
///  - pass, warn and n/a stay so, unless the team says fail (fail) or not yet (unanswered) and no reviewer
///    accepted.
///  - unknown stays unknown, unless the team answered pass with a note or link *and* the reviewer accepted
///    (attested); likewise n/a with a note, accepted (not applicable).
///  - waived too is what is met only because unexpired waivers of findings or parameters are taken in (waived.h).
/// Answered by people (no rules):
///  - attested: the team says pass, with a note or link or the reviewer's acceptance.
///  - not applicable: the team says n/a with a note. fail: the team says fail. Anything else: unanswered.
/// A reviewer's open question leaves what rests on answers alone unanswered. A reviewer's rejection is a fail
/// in every case, also over a waiver: whoever rejected takes it back first.
enum class Standing { Pass, Attested, Warn, Fail, Unknown, Unanswered, NotApplicable, Waived };

struct ItemStanding {
    const Item *item = nullptr;
    const ItemResult *result = nullptr;   ///< null when the item was not judged
    const ItemReview *review = nullptr;   ///< null without a review
    Standing standing = Standing::Unknown;
    bool blocks = false;                  ///< alone enough for NO-GO
    bool disagreement = false;
    Text why;                             ///< one sentence
    const Waiver *waiver = nullptr;
};

struct SectionCount {
    QString id;
    Text title;
    /// Attested counts as pass, waived as warn, unanswered as unknown.
    int pass = 0, warn = 0, fail = 0, unknown = 0, notApplicable = 0;
    int total() const { return pass + warn + fail + unknown + notApplicable; }
    int applicable() const { return total() - notApplicable; }
};

/// GO, CONDITIONAL GO or NO-GO by the checklist's printed rule, with its reasons. Window, command line and
/// document all use this.
struct Outcome {
    Decision decision = Decision::NoGo;
    std::vector<ItemStanding> items;      ///< checklist order
    std::vector<SectionCount> sections;
    SectionCount total;
    /// Of the applicable items: what the decision stands on. Attested are all that people's word decides.
    int machineJudged = 0, attested = 0, unknown = 0;
    Text lead;                            ///< one sentence for the top of a page
    std::vector<const ItemStanding *> blockers() const;
};

/// The referenced checklist, assessment and review must outlive the outcome.
Outcome decide(const Checklist &checklist, const Assessment &assessment, const Review *review,
               const QDate &today);

} // namespace tenken
