// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/objections.h>
#include <review/stale.h>

namespace tenken {

/// How one item counts once people have spoken. Answers stand beside the machine's verdict, never instead of
/// it: people can make a verdict stricter, and can fill a gap the machine leaves, but cannot talk a failure
/// away.
///
/// Judged by rules:
///  - fail stays fail, whatever anybody answers; only an unexpired, complete waiver changes how it counts
///    (waived).
///  - pass, warn and n/a stay so, unless the team says fail (fail), or not yet (unanswered) and no reviewer
///    accepted.
///  - unknown stays unknown, unless the team answered pass with a note or link *and* the reviewer accepted
///    (attested); likewise n/a with a note, accepted (not applicable).
///  - waived too is what is met only because unexpired waivers of findings or parameters are taken in (waived.h).
/// Answered by people (no rules):
///  - attested: the team says pass, with a note or link or the reviewer's acceptance.
///  - not applicable: the team says n/a with a note. fail: the team says fail. Anything else: unanswered.
/// A reviewer's open question leaves what rests on answers alone unanswered. A reviewer's rejection is a fail
/// in every case, also over a waiver: whoever rejected takes it back first.
/// A stale answer (stale.h) loosens nothing: a stale pass or n/a of the team counts as none, and so does a stale
/// acceptance. What makes an item stricter (fail, not yet, reject, ask) counts however old it is.
/// An answer that stands in the file and cannot be read may be a rejection: the item is unanswered, and no waiver counts.
/// No waiver counts for an item that the checklist never lets anybody waive.
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
    int stage = 0;                        ///< index of the first roll-out stage that needs it
    bool needed = true;                   ///< by the stage applied for
    bool stale = false;                   ///< the team's or the reviewer's answer; a person looks again
    bool teamStale = false, reviewerStale = false;
    Text staleWhy;                        ///< "deployment.yaml:41–60 changed", joined; empty when not stale
    std::vector<StaleReason> staleReasons; ///< of both answers, each once
    bool overridesFail = false;           ///< somebody takes it as met although the machine says fail
    bool unexplained = false;             ///< … and gives no note
};

/// What one roll-out stage asks: the items that it and those before it need.
struct StageOutcome {
    QString id;
    Text title;                           ///< "10 %"
    Decision decision = Decision::NoGo;
    bool applied = false;                 ///< the review applies for it
    std::vector<QString> blockers;        ///< ids
    int needed = 0, mustMet = 0, waived = 0; ///< items; mustMet: applicable must items that are met
    Text lead;                            ///< short: "必須 24 項目を満たしています"
};

/// A day to come on which the decision becomes another if nothing is done.
struct ForecastDay {
    QDate day;
    Decision decision = Decision::NoGo;
    std::vector<QString> items;           ///< what ends there
    Text why;                             ///< "タイムアウトの免除が切れます"
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
    std::vector<Objection> objections;    ///< beside the items: the decision of every stage is no better than they allow
    std::vector<StageOutcome> stages;     ///< empty where the checklist has none
    const StageOutcome *appliedStage() const;
    std::vector<ForecastDay> forecast;    ///< by day
    int stale = 0;                        ///< items with a stale answer
    std::vector<const ItemStanding *> blockers() const;
};

/// The referenced checklist, assessment and review must outlive the outcome. The decision is that of `stage`; left
/// out, of the stage that the review applies for; else of the last. `assessment` with the review's waivers taken in.
Outcome decide(const Checklist &checklist, const Assessment &assessment, const Review *review,
               const QDate &today, const QString &stage = {}, const std::vector<Objection> &objections = {});

/// "On 28 November this drops to NO-GO: the waiver of Timeouts ends."
Text sentenceOf(const ForecastDay &forecast, Decision now, const QDate &today);

/// Where somebody takes a machine's fail as met without saying why, and a stage that the checklist does not have.
std::vector<Problem> decisionProblems(const Outcome &outcome, const Checklist &checklist, const Review &review);

} // namespace tenken
