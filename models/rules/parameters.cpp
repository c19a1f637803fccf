// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/parameters.h>

#include <evidence/numbers.h>

#include <algorithm>

namespace tenken
{

QMap<QString, double> parametersOf(const Rule &rule, const RuleUse &use, const Item &item,
                                   const Service &service, const Applied &applied,
                                   std::vector<Loosening> &loosened)
{
    QMap<QString, double> values;
    for (const RuleParameter &p : rule.parameters) {
        const QString name = QString::fromUtf8(p.name);
        double value = use.parameters.value(name, p.fallback);
        for (int i = 0; i < int(service.overrides.size()); ++i) {
            const ParameterOverride &o = service.overrides[size_t(i)];
            if (o.item != item.id || o.parameter != name)
                continue;
            if (!p.loosens(value, o.value)) {
                value = o.value;
                continue;
            }
            // Two rules of an item may have a parameter of the same name: it is said once.
            if (!std::ranges::contains(loosened, i, &Loosening::index))
                loosened.push_back({i, name, value, o.value, p.stricter != RuleParameter::Stricter::Neither,
                                    o.reason, o.span, {}});
            if (std::ranges::contains(applied, i))
                value = o.value;
        }
        values.insert(name, value);
    }
    return values;
}

QMap<QString, double> planningParameters(const Checklist &checklist, const Service &service)
{
    const QString name = QStringLiteral("event-capacity");
    const Rule *rule = findRule(name);
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items) {
            for (const RuleUse &use : item.rules) {
                std::vector<Loosening> reportedElsewhere;
                if (rule && use.rule == name)
                    return parametersOf(*rule, use, item, service, {}, reportedElsewhere);
            }
        }
    }
    return {};
}

std::vector<Applied> choicesOf(const std::vector<Loosening> &loosened)
{
    constexpr size_t few = 3;
    std::vector<Applied> choices;
    for (size_t mask = 1; mask < (size_t(1) << std::min(loosened.size(), few)); ++mask) {
        Applied applied;
        for (size_t i = 0; i < loosened.size(); ++i) {
            if (loosened.size() > few || (mask >> i) % 2 == 1)
                applied.push_back(loosened[i].index);
        }
        std::ranges::sort(applied);
        if (!std::ranges::contains(choices, applied))
            choices.push_back(applied);
    }
    return choices;
}

std::vector<Problem> checkOverrides(const Checklist &checklist, const Service &service)
{
    std::vector<Problem> problems;
    QStringList ids;
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items)
            ids << item.id;
    }
    const auto complain = [&](const ParameterOverride &o, const Text &message, const QString &word,
                              const QStringList &known) {
        const auto near = didYouMean(word, known);
        problems.push_back({service.file, o.span, message,
                            near ? Text{"`%1` のことですか。", "Did you mean `%1`?"}.arg(*near) : Text{}});
    };
    for (const ParameterOverride &o : service.overrides) {
        if (o.reason.trimmed().isEmpty())
            problems.push_back({service.file, o.span,
                                Text{"%1 の `%2` を変える理由がありません。", "Nothing says why `%2` of %1 is changed."}.arg(
                                    o.item, o.parameter),
                                {"`reason` を書いてください", "write a `reason`"}});
        const Item *item = checklist.item(o.item);
        if (!item) {
            complain(o,
                     Text{"項目 `%1` はチェックリストにありません。", "The checklist has no item `%1`."}.arg(
                         o.item),
                     o.item, ids);
            continue;
        }
        QStringList known;
        for (const RuleUse &use : item->rules) {
            const Rule *rule = findRule(use.rule);
            for (const RuleParameter &p : rule ? rule->parameters : std::vector<RuleParameter>{})
                known << QString::fromUtf8(p.name);
        }
        if (!known.contains(o.parameter)) {
            complain(o,
                     Text{"項目 %1 に `%2` という値はありません。", "Item %1 has no parameter `%2`."}.arg(
                         o.item, o.parameter),
                     o.parameter, known);
        }
    }
    return problems;
}

Text Loosening::words() const
{
    const Text change = Text{"%1: %2 → %3 — %4", "%1: %2 → %3 — %4"}.arg(
        parameter, formatNumber(from), formatNumber(to), reason.isEmpty() ? QString(u'–') : reason);
    const Text counts = waived
        ? Text{"免除により適用(%1が承認、%2 まで: %3)", "applied under a waiver (approved by %1 until %2: %3)"}.arg(
              waived->approver, waived->expires.toString(Qt::ISODate), waived->reason)
        : Text{"適用していません。緩めるには免除が必要です", "not applied: loosening takes a waiver"};
    return Text{"%1(%2)", "%1 (%2)"}.arg(change, counts);
}

} // namespace tenken
