// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/decision.h>

#include <review/forecast.h>
#include <review/lead.h>
#include <review/reviewfile.h>
#include <review/standing.h>
#include <review/waived.h>

#include <QHash>

#include <algorithm>

namespace tenken {

namespace {

int &countOf(SectionCount &count, Standing standing)
{
    switch (standing) {
    case Standing::Pass:
    case Standing::Attested: return count.pass;
    case Standing::Warn:
    case Standing::Waived: return count.warn;
    case Standing::Fail: return count.fail;
    case Standing::NotApplicable: return count.notApplicable;
    case Standing::Unknown:
    case Standing::Unanswered: break;
    }
    return count.unknown;
}

/// What an applicable item's standing rests on: a machine's verdict, a person's word, or nothing.
int &coverageOf(Outcome &outcome, const ItemStanding &is)
{
    if (is.result && is.result->machine && is.result->verdict != Verdict::Unknown)
        return outcome.machineJudged;
    if (is.standing == Standing::Attested || is.standing == Standing::Fail)
        return outcome.attested;
    return outcome.unknown;
}

bool conditional(const ItemStanding &is, const DecisionRule &rule)
{
    if (is.standing == Standing::Waived)
        return true;
    return is.item->level == Level::Should && rule.conditionalOnShould.contains(toString(is.standing));
}

bool blocks(const ItemStanding &is, const DecisionRule &rule)
{
    return is.item->level == Level::Must && rule.noGoOnMust.contains(toString(is.standing));
}

bool isMet(Standing s)
{
    return s == Standing::Pass || s == Standing::Attested || s == Standing::Warn;
}

/// The decision on the items that a stage (by index) and those before it need.
Decision decisionAt(const std::vector<ItemStanding> &items, const DecisionRule &rule, int stage)
{
    bool applies = false, condition = false;
    for (const ItemStanding &is : items) {
        if (is.stage > stage)
            continue;
        if (blocks(is, rule))
            return Decision::NoGo;
        applies |= is.standing != Standing::NotApplicable;
        condition |= conditional(is, rule);
    }
    // Nothing that applies: nothing speaks for the service.
    if (!applies)
        return Decision::NoGo;
    return condition ? Decision::ConditionalGo : Decision::Go;
}

/// Decisions are in order: the later, the worse.
Decision allowedBy(const std::vector<Objection> &objections, Decision decision)
{
    for (const Objection &objection : objections)
        decision = std::max(decision, objection.atMost);
    return decision;
}

int lastStage(const Checklist &checklist) { return std::max(0, int(checklist.stages.size()) - 1); }

/// One that is not known is taken for the last: it asks most.
int stageApplied(const Checklist &checklist, const Review *review, const QString &stage)
{
    const QString id = stage.isEmpty() && review ? review->stage : stage;
    return checklist.stageIndex(id).value_or(lastStage(checklist));
}

std::vector<StageOutcome> stagesOf(const Outcome &outcome, const Checklist &checklist, int applied)
{
    std::vector<StageOutcome> stages;
    for (int i = 0; i < int(checklist.stages.size()); ++i) {
        StageOutcome stage;
        stage.id = checklist.stages[size_t(i)].id;
        stage.title = checklist.stages[size_t(i)].title;
        stage.decision = allowedBy(outcome.objections, decisionAt(outcome.items, checklist.decision, i));
        stage.applied = i == applied;
        for (const ItemStanding &is : outcome.items) {
            if (is.stage > i)
                continue;
            ++stage.needed;
            stage.mustMet += is.item->level == Level::Must && isMet(is.standing);
            stage.waived += is.standing == Standing::Waived;
            if (blocks(is, checklist.decision))
                stage.blockers.push_back(is.item->id);
        }
        stage.lead = stageLead(stage, outcome, checklist.decision, i);
        stages.push_back(std::move(stage));
    }
    return stages;
}

/// What decide() works with, on any day.
struct Deciding {
    const Checklist &checklist;
    const Assessment &assessment;
    const Review *review;
    int applied;
    const std::vector<Objection> &objections;

    Outcome on(const QDate &day, const std::function<const ItemResult *(const QString &)> &resultOf) const;
    Outcome later(const QDate &day) const;
};

Outcome Deciding::on(const QDate &day,
                     const std::function<const ItemResult *(const QString &)> &resultOf) const
{
    Outcome outcome;
    outcome.items.reserve(size_t(checklist.itemCount()));
    const StaleContext stale{checklist, assessment, review ? review->checklistVersion : QString(), day};
    for (const Section &section : checklist.sections) {
        SectionCount count;
        count.id = section.id;
        count.title = section.title;
        for (const Item &item : section.items) {
            ItemStanding is =
                standingOf(item, resultOf(item.id), review ? review->item(item.id) : nullptr, day, &stale,
                           checklist.decision);
            is.stage = checklist.stageOf(item);
            is.needed = is.stage <= applied;
            is.blocks = is.needed && blocks(is, checklist.decision);
            ++countOf(count, is.standing);
            ++countOf(outcome.total, is.standing);
            outcome.stale += is.stale;
            if (is.standing != Standing::NotApplicable)
                ++coverageOf(outcome, is);
            outcome.items.push_back(std::move(is));
        }
        outcome.sections.push_back(std::move(count));
    }
    outcome.objections = objections;
    outcome.decision = allowedBy(objections, decisionAt(outcome.items, checklist.decision, applied));
    return outcome;
}

bool mayEnd(const ItemResult &result, const QDate &day)
{
    return std::ranges::any_of(result.findings, [&](const Finding &f) {
               return f.waived || (f.holdsUntil.isValid() && f.holdsUntil < day);
           })
        || std::ranges::any_of(result.loosened, [](const Loosening &l) { return l.waived.has_value(); });
}

/// Only the decision counts: what it refers to does not live on.
Outcome Deciding::later(const QDate &day) const
{
    QHash<QString, ItemResult> changed; // few: findings are many
    for (const ItemResult &result : assessment.items) {
        if (mayEnd(result, day))
            changed.insert(result.id, onLaterDay(result, review ? review->item(result.id) : nullptr, day));
    }
    return on(day, [&](const QString &id) {
        const auto found = changed.constFind(id);
        return found == changed.cend() ? assessment.item(id) : &*found;
    });
}

} // namespace

const StageOutcome *Outcome::appliedStage() const
{
    const auto found = std::ranges::find(stages, true, &StageOutcome::applied);
    return found == stages.end() ? nullptr : &*found;
}

std::vector<const ItemStanding *> Outcome::blockers() const
{
    std::vector<const ItemStanding *> found;
    for (const ItemStanding &is : items) {
        if (is.blocks)
            found.push_back(&is);
    }
    return found;
}

Outcome decide(const Checklist &checklist, const Assessment &assessment, const Review *review,
               const QDate &today, const QString &stage, const std::vector<Objection> &objections)
{
    const Deciding deciding{checklist, assessment, review, stageApplied(checklist, review, stage), objections};
    Outcome outcome = deciding.on(today, [&](const QString &id) { return assessment.item(id); });
    outcome.stages = stagesOf(outcome, checklist, deciding.applied);
    outcome.forecast = forecastOf(outcome, today, [&](const QDate &day) { return deciding.later(day); });
    outcome.lead = leadOf(outcome, checklist.decision, review != nullptr, today);
    return outcome;
}

std::vector<Problem> decisionProblems(const Outcome &outcome, const Checklist &checklist,
                                      const Review &review)
{
    std::vector<Problem> problems;
    const QString file = QString::fromLatin1(reviewPath);
    if (!review.stage.isEmpty() && !checklist.stageIndex(review.stage)) {
        QStringList known;
        for (const Stage &stage : checklist.stages)
            known << stage.id;
        const auto near = didYouMean(review.stage, known);
        problems.push_back({file,
                            {},
                            Text{"チェックリストに段階 %1 はありません。最後の段階で判定します。",
                                 "The checklist has no stage %1; the last one is judged."}
                                .arg(review.stage),
                            near ? Text{"`%1` のことですか。", "Did you mean `%1`?"}.arg(*near)
                                 : Text{"使える段階: %1", "Known: %1"}.arg(
                                       known.isEmpty() ? QString(u'–') : known.join(u", "))});
    }
    for (const ItemStanding &is : outcome.items) {
        if (is.unexplained)
            problems.push_back({file,
                                {},
                                Text{"%1 — 機械の不合格に反する回答に、理由がありません。",
                                     "%1 — an answer against the machine's fail gives no reason."}
                                    .arg(is.item->id),
                                {"メモに理由を書いてください。不合格は免除がない限り不合格のままです。",
                                 "Write why in the note. Without a waiver the fail stays a fail."}});
    }
    return problems;
}

} // namespace tenken
