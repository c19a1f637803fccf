// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/loosened.h>

#include <rules/assertion.h>
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

/// Notes what one item asks less of than another. Where it cannot be told which of two asks for more, any
/// change is noted.
class ItemNotes
{
public:
    explicit ItemNotes(const Item &now) : m_item(now) { }

    std::vector<RemovedQuestion> looser;

    void note(const QString &rule, const Text &change)
    {
        looser.push_back({m_item.id, rule, m_item.title, change, true});
    }
    void item(const Item &before, const Item &now);
    void rule(const RuleUse &before, const RuleUse &now);

private:
    void numbers(const Rule &rule, const RuleUse &before, const RuleUse &now);
    void lists(const Rule &rule, const RuleUse &before, const RuleUse &now);
    void assertion(const Assertion &before, const Assertion &now);

    const Item &m_item;
};

const Text arrow{"%1: %2 → %3", "%1: %2 → %3"};

QString shown(const QString &text)
{
    constexpr qsizetype most = 160;
    const QString line = text.simplified();
    return line.size() > most ? line.first(most) + u'…' : line;
}

QString shown(const QStringList &words)
{
    return u'[' + shown(words.join(QStringLiteral(", "))) + u']';
}

QString shown(const Selection &select)
{
    return shown(QStringList{select.toString(), select.within()}.join(u' '));
}

bool holdsAll(const QStringList &words, const QStringList &wanted)
{
    return std::ranges::all_of(wanted, [&](const QString &word) { return words.contains(word); });
}

void ItemNotes::item(const Item &before, const Item &now)
{
    if (before.level == Level::Must && now.level == Level::Should)
        note({}, {QStringLiteral("必須から推奨へ"), QStringLiteral("must → should")});
    if (!before.waivable && now.waivable)
        note({}, {QStringLiteral("免除できない → 免除できる"), QStringLiteral("never waived → may be waived")});
    const QDate day(2001, 1, 1); // months and days are compared from any
    if (before.validFor && now.validFor && now.validFor->lastDay(day) > before.validFor->lastDay(day))
        note({}, Text{"有効期間: %1 → %2", "valid for %1 → %2"}.arg(before.validFor->words(), now.validFor->words()));
    if (before.question != now.question)
        note({}, Text{"別の問い: 「%1」→「%2」", "another question: “%1” → “%2”"}.arg(
                     Text{shown(before.question.ja), shown(before.question.en)},
                     Text{shown(now.question.ja), shown(now.question.en)}));
    if (before.rules.empty() && !now.rules.empty())
        note({}, {"人の回答 → 規則の判定", "answered by people → judged by rules"});
}

void ItemNotes::numbers(const Rule &rule, const RuleUse &before, const RuleUse &now)
{
    for (const RuleParameter &p : rule.parameters) {
        const QString name = QString::fromUtf8(p.name);
        const double from = before.parameters.value(name, p.fallback);
        const double to = now.parameters.value(name, p.fallback);
        if (p.loosens(from, to))
            note(now.rule, arrow.arg(name, formatNumber(from), formatNumber(to)));
    }
}

void ItemNotes::lists(const Rule &rule, const RuleUse &before, const RuleUse &now)
{
    for (const char *list : rule.lists) {
        const QString name = QString::fromUtf8(list);
        const QStringList from = before.lists.value(name), to = now.lists.value(name);
        // Of headings each is asked for; of other lists one that is added may take another's place.
        const bool asksForMore = name == u"headings" && holdsAll(to, from);
        if (from != to && !asksForMore)
            note(now.rule, arrow.arg(name, shown(from), shown(to)));
    }
}

void ItemNotes::assertion(const Assertion &before, const Assertion &now)
{
    if (before.text.trimmed() != now.text.trimmed())
        note(now.name, Text{"式: `%1` → `%2`", "expression: `%1` → `%2`"}
                           .arg(shown(before.text), shown(now.text)));
    const Selection &from = before.select, &to = now.select;
    if (from.kinds != to.kinds || from.apiVersion != to.apiVersion || from.names != to.names
        || from.labels != to.labels || from.within() != to.within())
        note(now.name, Text{"対象: %1 → %2", "selects: %1 → %2"}.arg(shown(from), shown(to)));
    const auto strictness = [](Verdict v) { return v == Verdict::Fail ? 2 : v == Verdict::Unknown ? 1 : 0; };
    if (strictness(to.absent) < strictness(from.absent))
        note(now.name, Text{"対象がないとき: %1 → %2", "nothing selected: %1 → %2"}
                           .arg(toString(from.absent), toString(to.absent)));
    if (before.otherwise == Verdict::Fail && now.otherwise != Verdict::Fail)
        note(now.name, Text{"式が false のとき: %1 → %2", "when false: %1 → %2"}
                           .arg(toString(before.otherwise), toString(now.otherwise)));
}

void ItemNotes::rule(const RuleUse &before, const RuleUse &now)
{
    if (before.assertion && now.assertion)
        return assertion(*before.assertion, *now.assertion);
    if (const Rule *rule = findRule(now.rule)) {
        numbers(*rule, before, now);
        lists(*rule, before, now);
    }
}

} // namespace

std::vector<RemovedQuestion> looserThan(const Item &before, const Item &now)
{
    ItemNotes notes(now);
    notes.item(before, now);
    // Rules are changed in their places and added behind them: an item may name one twice.
    for (size_t i = 0; i < std::min(before.rules.size(), now.rules.size()); ++i)
        notes.rule(before.rules[i], now.rules[i]);
    return std::move(notes.looser);
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
