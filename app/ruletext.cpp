// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ruletext.h"

#include <evidence/markdowntext.h>
#include <evidence/numbers.h>
#include <rules/assertion.h>
#include <rules/examples.h>

#include <QRegularExpression>

namespace tenken::app {

namespace {

Text sourceOf(Rule::Source source)
{
    switch (source) {
    case Rule::Source::Manifests:
        return {"マニフェスト", "manifests"};
    case Rule::Source::LoadTests:
        return {"負荷試験の結果", "load-test results"};
    case Rule::Source::Datadog:
        return {"Datadog の記録", "a Datadog snapshot"};
    case Rule::Source::Documents:
        return {"文書", "documents"};
    default:
        break;
    }
    return {"service.yaml", "service.yaml"};
}

struct Use {
    const Item *item;
    const RuleUse *use;
};

std::vector<Use> usesOf(const QString &rule, const Checklist &checklist)
{
    std::vector<Use> uses;
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items) {
            for (const RuleUse &use : item.rules) {
                if (use.rule == rule)
                    uses.push_back({&item, &use});
            }
        }
    }
    return uses;
}

QString setBy(const RuleUse &use)
{
    QStringList values;
    for (auto it = use.parameters.cbegin(); it != use.parameters.cend(); ++it)
        values << QStringLiteral("%1: %2").arg(it.key(), formatNumber(it.value()));
    for (auto it = use.lists.cbegin(); it != use.lists.cend(); ++it)
        values << QStringLiteral("%1: [%2]").arg(it.key(), it.value().join(QStringLiteral(", ")));
    return values.join(QStringLiteral(", "));
}

/// Writes one rule, once for a terminal and once as Markdown.
class Writer
{
public:
    Writer(const Rule &rule, const Checklist &checklist, Lang lang) : m_rule(rule), m_checklist(checklist), m_lang(lang) { }

    RuleText text()
    {
        RuleText text;
        text.summary = in(m_rule.summary);
        text.documentation = in(m_rule.documentation).trimmed();
        m_plain = text.summary + u'\n';
        m_markdown = markdownText(text.summary) + u'\n';
        heading({"判定の仕方", "How it judges"});
        line(text.documentation);
        line(Text{"読むもの: %1", "Reads: %1"}.arg(sourceOf(m_rule.needs)));
        parameters();
        uses();
        text.plain = m_plain;
        text.markdown = m_markdown;
        return text;
    }

private:
    QString in(const Text &t) const { return t.in(m_lang); }

    void heading(const Text &t)
    {
        m_plain += u'\n' + in(t) + u'\n';
        m_markdown += QStringLiteral("\n### %1\n").arg(in(t));
    }

    void line(const Text &t) { line(in(t)); }

    void line(const QString &t)
    {
        for (const QString &one : t.split(u'\n'))
            m_plain += QStringLiteral("  ") + one + u'\n';
        m_markdown += u'\n' + markdownText(t) + u'\n';
    }

    void parameters()
    {
        if (m_rule.parameters.empty() && m_rule.lists.empty())
            return;
        heading({"値", "Parameters"});
        if (!m_rule.parameters.empty())
            m_markdown += QStringLiteral("\n| %1 | %2 | %3 | %4 |\n|---|---:|---|---|\n")
                              .arg(in({"名前", "Name"}), in({"既定", "Default"}), in({"向き", "Direction"}), in({"意味", "Meaning"}));
        for (const RuleParameter &p : m_rule.parameters) {
            const QString name = QString::fromUtf8(p.name), value = formatWithUnit(p.fallback, QString::fromUtf8(p.unit));
            m_plain += QStringLiteral("  %1 = %2  %3 (%4)\n").arg(name, value, in(p.meaning), in(directionOf(p.stricter)));
            m_markdown += QStringLiteral("| `%1` | %2 | %3 | %4 |\n")
                              .arg(name, markdownText(value), in(directionOf(p.stricter)), markdownText(in(p.meaning)));
        }
        for (const char *list : m_rule.lists) {
            const QString meaning = in({"語の並び", "a list of words"});
            m_plain += QStringLiteral("  %1: %2\n").arg(QString::fromUtf8(list), meaning);
            m_markdown += QStringLiteral("\n`%1`: %2\n").arg(QString::fromUtf8(list), meaning);
        }
    }

    void uses()
    {
        const std::vector<Use> all = usesOf(QString::fromUtf8(m_rule.name), m_checklist);
        if (all.empty())
            return;
        heading(Text{"この規則を使う項目 (%1)", "Items that use it (%1)"}.arg(m_checklist.id));
        m_markdown += u'\n';
        for (const auto &[item, use] : all) {
            const QString level = item->level == Level::Must ? QStringLiteral("must") : QStringLiteral("should");
            const QString set = setBy(*use);
            m_plain += QStringLiteral("  %1  %2 (%3)%4\n").arg(item->id, in(item->title), level, set.isEmpty() ? set : QStringLiteral("  ") + set);
            m_markdown += QStringLiteral("- `%1` %2 (%3)%4\n")
                              .arg(item->id, markdownText(in(item->title)), level,
                                   set.isEmpty() ? set : QStringLiteral(": `%1`").arg(set));
        }
    }

    const Rule &m_rule;
    const Checklist &m_checklist;
    Lang m_lang;
    QString m_plain, m_markdown;
};

QString exampleBlocks(const QString &rule)
{
    QString text;
    for (const Example &example : builtinExamples(rule)) {
        text += QStringLiteral("\n### %1\n\n```yaml\n%2\n```\n")
                    .arg(example.file.section(u'/', 1), QString::fromUtf8(example.yaml).trimmed());
    }
    return text;
}

QString exampleLines(const QString &rule, Lang lang)
{
    QString text;
    for (const Example &example : builtinExamples(rule)) {
        text += QStringLiteral("\n%1: %2\n").arg(Text{"例", "Example"}.in(lang), example.file.section(u'/', 1));
        for (const QString &line : QString::fromUtf8(example.yaml).trimmed().split(u'\n'))
            text += QStringLiteral("    ") + line + u'\n';
    }
    return text;
}

/// A rule that the checklist asserts itself: its title, what it says when it is not met, and the expression.
RuleText ownRuleText(const QString &name, const Checklist &checklist, Lang lang)
{
    const std::vector<Use> uses = usesOf(name, checklist);
    if (uses.empty() || !uses.front().use->assertion)
        return {name, {}, name, name};
    const Assertion &a = *uses.front().use->assertion;
    const QString head = Text{"%1 (チェックリスト %2 の規則)", "%1 (a rule of the checklist %2)"}.arg(a.title, checklist.id).in(lang);
    const QString said = QStringList{a.message.in(lang), a.remedy.in(lang)}.join(u' ').trimmed();
    return {head, said, QStringLiteral("%1\n%2\n\n  %3: %4\n  %5\n").arg(head, said, Text{"対象", "Of"}.in(lang), a.select.toString(), a.text.trimmed()),
            QStringLiteral("%1\n\n%2\n\n%3: %4\n\n```\n%5\n```\n")
                .arg(markdownText(head), markdownText(said), Text{"対象", "Of"}.in(lang), markdownText(a.select.toString()), a.text.trimmed())};
}

const QString generated = QStringLiteral("<!-- Written by `tenken explain --all --output docs/rules` (./dev docs): change the rule, not this page. -->\n");

} // namespace

Text directionOf(RuleParameter::Stricter direction)
{
    switch (direction) {
    case RuleParameter::Stricter::Higher:
        return {"大きいほど厳しい", "higher is stricter"};
    case RuleParameter::Stricter::Lower:
        return {"小さいほど厳しい", "lower is stricter"};
    case RuleParameter::Stricter::Neither:
        break;
    }
    return {"向きなし", "no direction"};
}

RuleText ruleText(const QString &name, const Checklist &checklist, Lang lang)
{
    const Rule *rule = findRule(name);
    if (!rule)
        return ownRuleText(name, checklist, lang);
    RuleText text = Writer(*rule, checklist, lang).text();
    text.plain += exampleLines(name, lang);
    return text;
}

QByteArray rulePage(const Rule &rule, const Checklist &checklist)
{
    const QString name = QString::fromUtf8(rule.name);
    QString page = generated + QStringLiteral("# %1\n\n[日本語](#日本語) · [English](#english) · [規則の一覧 / All rules](README.md)\n").arg(name);
    page += QStringLiteral("\n## 日本語\n\n") + Writer(rule, checklist, Lang::Ja).text().markdown;
    page += QStringLiteral("\n## English\n\n") + Writer(rule, checklist, Lang::En).text().markdown;
    if (const QString examples = exampleBlocks(name); !examples.isEmpty())
        page += QStringLiteral("\n## 例 / Examples\n") + examples;
    return page.toUtf8();
}

QByteArray ruleIndex(const Checklist &checklist)
{
    QString page = generated
        + QStringLiteral("# 規則 / Rules\n\n"
                         "`tenken explain RULE` は同じことを端末に出します。 / `tenken explain RULE` says the same in a terminal.\n\n"
                         "| 規則 / Rule | | | 項目 / Items |\n|---|---|---|---|\n");
    for (const Rule &rule : allRules()) {
        const QString name = QString::fromUtf8(rule.name);
        QStringList items;
        for (const auto &[item, use] : usesOf(name, checklist))
            items << QStringLiteral("`%1`").arg(item->id);
        page += QStringLiteral("| [%1](%1.md) | %2 | %3 | %4 |\n")
                    .arg(name, markdownText(rule.summary.ja), markdownText(rule.summary.en), items.join(QStringLiteral(", ")));
    }
    return page.toUtf8();
}

} // namespace tenken::app
