// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/decision.h>

#include <review/lead.h>
#include <review/standing.h>

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

Decision decisionOf(const Outcome &outcome, const DecisionRule &rule)
{
    // Nothing that applies: nothing speaks for the service.
    if (outcome.total.applicable() == 0)
        return Decision::NoGo;
    if (std::ranges::any_of(outcome.items, &ItemStanding::blocks))
        return Decision::NoGo;
    const bool anyCondition
        = std::ranges::any_of(outcome.items, [&](const ItemStanding &is) { return conditional(is, rule); });
    return anyCondition ? Decision::ConditionalGo : Decision::Go;
}

} // namespace

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
               const QDate &today)
{
    Outcome outcome;
    outcome.items.reserve(size_t(checklist.itemCount()));
    for (const Section &section : checklist.sections) {
        SectionCount count;
        count.id = section.id;
        count.title = section.title;
        for (const Item &item : section.items) {
            ItemStanding is =
                standingOf(item, assessment.item(item.id), review ? review->item(item.id) : nullptr, today);
            is.blocks =
                item.level == Level::Must && checklist.decision.noGoOnMust.contains(toString(is.standing));
            ++countOf(count, is.standing);
            ++countOf(outcome.total, is.standing);
            if (is.standing != Standing::NotApplicable)
                ++coverageOf(outcome, is);
            outcome.items.push_back(std::move(is));
        }
        outcome.sections.push_back(std::move(count));
    }
    outcome.decision = decisionOf(outcome, checklist.decision);
    outcome.lead = leadOf(outcome, checklist.decision, review != nullptr, today);
    return outcome;
}

} // namespace tenken
