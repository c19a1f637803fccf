// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/loosened.h>
#include <rules/rule.h>

#include <evidence/numbers.h>

#include <algorithm>

namespace tenken
{

namespace
{

void addFewer(std::vector<RemovedQuestion> &looser, const QString &level, const QStringList &before,
              const QStringList &now)
{
    for (const QString &reason : before) {
        if (!now.contains(reason))
            looser.push_back({{}, {}, {QStringLiteral("判定の規則"), QStringLiteral("the decision's rule")},
                                           Text{"%1 の %2 は、もう判定を下げません。", "%1: %2 no longer counts against it."}.arg(level, reason), true});
    }
}

} // namespace

std::vector<RemovedQuestion> looserThan(const Item &before, const Item &now)
{
    std::vector<RemovedQuestion> looser;
    const auto note = [&](const QString &rule, const Text &change) { looser.push_back({now.id, rule, now.title, change, true}); };
    if (before.level == Level::Must && now.level == Level::Should)
        note({}, {QStringLiteral("必須から推奨へ"), QStringLiteral("must → should")});
    if (!before.waivable && now.waivable)
        note({}, {QStringLiteral("免除できない → 免除できる"), QStringLiteral("never waived → may be waived")});
    const QDate day(2001, 1, 1); // months and days are compared from any
    if (before.validFor && now.validFor && now.validFor->lastDay(day) > before.validFor->lastDay(day))
        note({}, Text{"有効期間: %1 → %2", "valid for %1 → %2"}.arg(before.validFor->words(), now.validFor->words()));
    for (const RuleUse &use : now.rules) {
        const auto old = std::ranges::find(before.rules, use.rule, &RuleUse::rule);
        const Rule *rule = findRule(use.rule);
        if (old == before.rules.end() || !rule)
            continue;
        for (const RuleParameter &p : rule->parameters) {
            const QString name = QString::fromUtf8(p.name);
            const double from = old->parameters.value(name, p.fallback), to = use.parameters.value(name, p.fallback);
            if (p.loosens(from, to))
                note(use.rule, Text{"%1: %2 → %3", "%1: %2 → %3"}.arg(name, formatNumber(from), formatNumber(to)));
        }
    }
    return looser;
}

std::vector<RemovedQuestion> laterThan(const Checklist &before, const Checklist &now)
{
    std::vector<RemovedQuestion> later;
    for (const Section &section : now.sections) {
        for (const Item &item : section.items) {
            const Item *old = before.item(item.id);
            const int stage = now.stageOf(item);
            if (old && stage > before.stageOf(*old))
                later.push_back({item.id, {}, item.title,
                                 Text{"%1 の段階から求めます。", "It is needed from the stage %1 on."}.arg(now.stages[size_t(stage)].title), true});
        }
    }
    return later;
}

std::vector<RemovedQuestion> looserThan(const DecisionRule &before, const DecisionRule &now)
{
    std::vector<RemovedQuestion> looser;
    addFewer(looser, QStringLiteral("must"), before.noGoOnMust, now.noGoOnMust);
    addFewer(looser, QStringLiteral("should"), before.conditionalOnShould, now.conditionalOnShould);
    return looser;
}

} // namespace tenken
