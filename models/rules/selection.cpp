// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/selection.h>

#include <rules/rule.h>

#include <algorithm>

namespace tenken {

namespace {

template<typename Wanted>
Checklist filtered(const Checklist &checklist, Wanted wanted)
{
    Checklist result = checklist;
    for (Section &section : result.sections)
        std::erase_if(section.items, [&](const Item &item) { return !wanted(item); });
    std::erase_if(result.sections, [](const Section &section) { return section.items.empty(); });
    return result;
}

bool needsManifestsOnly(const RuleUse &use)
{
    const Rule *rule = findRule(use.rule);
    return use.assertion || (rule && rule->needs == Rule::Source::Manifests);
}

} // namespace

Partial<Checklist> selectItems(const Checklist &checklist, const QStringList &ids)
{
    QStringList known;
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items)
            known.append(item.id);
    }
    Partial<Checklist> result;
    for (const QString &id : ids) {
        if (known.contains(id))
            continue;
        Problem problem{.file = {}, .span = {}, .message = {}, .hint = {}};
        problem.message = Text{"項目 %1 はチェックリスト %2 にありません。", "Checklist %2 has no item %1."}.arg(id, checklist.id);
        if (const auto near = didYouMean(id, known))
            problem.hint = Text{"%1 のことですか。", "Did you mean %1?"}.arg(*near);
        result.problems.push_back(problem);
    }
    result.value = filtered(checklist, [&](const Item &item) { return ids.contains(item.id); });
    return result;
}

Checklist selectManifestItems(const Checklist &checklist)
{
    Checklist result = checklist;
    for (Section &section : result.sections) {
        for (Item &item : section.items)
            std::erase_if(item.rules, [](const RuleUse &use) { return !needsManifestsOnly(use); });
    }
    return filtered(result, [](const Item &item) { return !item.rules.empty(); });
}

} // namespace tenken
