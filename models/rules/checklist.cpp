// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/checklist.h>
#include <rules/rule.h>

#include <QFile>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace tenken
{

const Item *Checklist::item(const QString &id) const
{
    for (const Section &section : sections) {
        const auto it = std::ranges::find(section.items, id, &Item::id);
        if (it != section.items.end())
            return &*it;
    }
    return nullptr;
}

int Checklist::itemCount() const
{
    qsizetype count = 0;
    for (const Section &section : sections)
        count += qsizetype(section.items.size());
    return int(count);
}

namespace
{

/// Reads one file; every step adds to the problems and keeps what it could understand.
class Reader
{
public:
    explicit Reader(const YamlFile &file) : m_file(file) {}

    Partial<Checklist> read();

private:
    void complain(const Span &span, const Text &message, const Text &hint = {})
    {
        m_problems.push_back({m_file.name(), span, message, hint});
    }
    void checkKeys(Yaml map, const QStringList &known)
    {
        for (Problem &p : unknownKeys(map, known, m_file.name()))
            m_problems.push_back(std::move(p));
    }
    QString word(Yaml parent, const char *key);
    Text text(Yaml parent, const char *key, bool required = true);
    DecisionRule decision(Yaml node);
    QStringList reasons(Yaml node, const QStringList &fallback);
    ChecklistChange change(Yaml node);
    Section section(Yaml node);
    Item item(Yaml node, const QString &sectionId);
    std::optional<RuleUse> ruleUse(Yaml node);
    void parameter(RuleUse &use, const Rule *rule, Yaml key, Yaml value);

    const YamlFile &m_file;
    QSet<QString> m_ids;
    std::vector<Problem> m_problems;
};

QString Reader::word(Yaml parent, const char *key)
{
    const Yaml node = parent[key];
    if (node.isScalar() && !node.text().empty())
        return node.string();
    complain(node ? node.span() : parent.span(), Text{"`%1` がありません。", "`%1` is missing."}.arg(key),
             Text{"`%1: …` と書いてください。", "Write `%1: …`."}.arg(key));
    return {};
}

Text Reader::text(Yaml parent, const char *key, bool required)
{
    const Yaml node = parent[key];
    if (node.isScalar() && !node.text().empty())
        return sameText(node.string());
    if (node.isMap()) {
        checkKeys(node, {"ja", "en"});
        Text t{node["ja"].string(), node["en"].string()};
        if (t.ja.isEmpty())
            t.ja = t.en;
        if (t.en.isEmpty())
            t.en = t.ja;
        if (!t.isEmpty())
            return t;
    }
    if (required || node) {
        complain(node ? node.span() : parent.span(),
                 Text{"`%1` の文がありません。", "`%1` has no text."}.arg(key),
                 Text{"`%1: {ja: …, en: …}` と書いてください。", "Write `%1: {ja: …, en: …}`."}.arg(key));
    }
    return {};
}

QStringList Reader::reasons(Yaml node, const QStringList &fallback)
{
    if (!node)
        return fallback;
    static const QStringList known = {"fail", "unknown", "unanswered", "warn"};
    QStringList result;
    for (const Yaml entry : node.items()) {
        const QString name = entry.string();
        if (known.contains(name)) {
            result << name;
            continue;
        }
        complain(entry.span(), Text{"判定の理由 `%1` はありません。", "There is no reason `%1`."}.arg(name),
                 Text{"使える語: %1", "Known: %1"}.arg(known.join(u", ")));
    }
    return result;
}

DecisionRule Reader::decision(Yaml node)
{
    DecisionRule rule;
    checkKeys(node, {"no-go", "conditional", "text"});
    checkKeys(node["no-go"], {"must"});
    checkKeys(node["conditional"], {"should"});
    checkKeys(node["text"], {"go", "conditional", "no-go"});
    rule.noGoOnMust = reasons(node["no-go"]["must"], rule.noGoOnMust);
    rule.conditionalOnShould = reasons(node["conditional"]["should"], rule.conditionalOnShould);
    rule.goText = text(node["text"], "go", false);
    rule.conditionalText = text(node["text"], "conditional", false);
    rule.noGoText = text(node["text"], "no-go", false);
    return rule;
}

ChecklistChange Reader::change(Yaml node)
{
    checkKeys(node, {"version", "date", "text"});
    return {word(node, "version"), node["date"].string(), text(node, "text")};
}

void Reader::parameter(RuleUse &use, const Rule *rule, Yaml key, Yaml value)
{
    const QString name = key.string();
    QStringList known;
    if (rule) {
        for (const RuleParameter &p : rule->parameters)
            known << QString::fromUtf8(p.name);
        for (const char *list : rule->lists)
            known << QString::fromUtf8(list);
        if (!known.contains(name)) {
            const auto near = didYouMean(name, known);
            complain(key.span(),
                     Text{"規則 %1 に `%2` という値はありません。", "Rule %1 has no parameter `%2`."}.arg(
                         use.rule, name),
                     near ? Text{"`%1` のことですか。", "Did you mean `%1`?"}.arg(*near)
                          : Text{"使える値: %1", "Known: %1"}.arg(known.isEmpty() ? QString(u'–')
                                                                                  : known.join(u", ")));
            return;
        }
    }
    if (value.isSequence()) {
        use.lists[name] = value.strings();
    } else if (const auto number = value.number()) {
        use.parameters[name] = *number;
    } else {
        complain(
            value.span(),
            Text{"`%1` は数でも語の並びでもありません。", "`%1` is neither a number nor a list."}.arg(name));
    }
}

std::optional<RuleUse> Reader::ruleUse(Yaml node)
{
    checkKeys(node, {"rule", "parameters"});
    RuleUse use;
    use.span = node.span();
    use.rule = word(node, "rule");
    if (use.rule.isEmpty())
        return {};
    const Rule *rule = findRule(use.rule);
    if (!rule) {
        QStringList names;
        for (const Rule &r : allRules())
            names << QString::fromUtf8(r.name);
        const auto near = didYouMean(use.rule, names);
        complain(node["rule"].span(),
                 Text{"規則 `%1` はありません。", "There is no rule `%1`."}.arg(use.rule),
                 near ? Text{"`%1` のことですか。", "Did you mean `%1`?"}.arg(*near)
                      : Text{"`tenken rules` で一覧を見られます。", "`tenken rules` lists them."});
    }
    for (const auto &[key, value] : node["parameters"].entries())
        parameter(use, rule, key, value);
    return use;
}

Item Reader::item(Yaml node, const QString &sectionId)
{
    checkKeys(node, {"id", "level", "title", "question", "guidance", "evidence", "rules"});
    Item item;
    item.span = node.span();
    item.id = word(node, "id");
    if (!item.id.isEmpty() && !item.id.startsWith(sectionId + u'.')) {
        complain(
            node["id"].span(),
            Text{"項目の id `%1` は `%2.` で始まりません。", "The item's id `%1` does not begin with `%2.`."}
                .arg(item.id, sectionId));
    }
    if (m_ids.contains(item.id))
        complain(node["id"].span(),
                 Text{"id `%1` は二度目です。", "The id `%1` is there twice."}.arg(item.id));
    m_ids.insert(item.id);
    const QString level = node["level"].stringOr(QStringLiteral("must"));
    if (level != u"must" && level != u"should") {
        complain(node["level"].span(), Text{"`level` が `%1` です。", "`level` is `%1`."}.arg(level),
                 Text{"`must` か `should` と書いてください。", "Write `must` or `should`."});
    }
    item.level = level == u"should" ? Level::Should : Level::Must; // the stricter one in doubt
    item.title = text(node, "title");
    item.question = text(node, "question");
    item.guidance = text(node, "guidance", false);
    item.evidence = text(node, "evidence", false);
    for (const Yaml entry : node["rules"].items()) {
        if (auto use = ruleUse(entry))
            item.rules.push_back(std::move(*use));
    }
    return item;
}

Section Reader::section(Yaml node)
{
    checkKeys(node, {"id", "title", "items"});
    Section section{word(node, "id"), text(node, "title"), {}};
    for (const Yaml entry : node["items"].items()) {
        Item read = item(entry, section.id);
        if (!read.id.isEmpty())
            section.items.push_back(std::move(read));
    }
    if (section.items.empty())
        complain(node.span(),
                 Text{"節 `%1` に項目がありません。", "Section `%1` has no items."}.arg(section.id));
    return section;
}

Partial<Checklist> Reader::read()
{
    m_problems = m_file.errors();
    Checklist checklist;
    if (m_file.documents().empty()) {
        if (m_problems.empty())
            complain({}, {"ファイルが空です。", "The file is empty."});
        return {checklist, std::move(m_problems)};
    }
    const Yaml root = m_file.documents().front();
    checkKeys(root, {"format", "id", "version", "title", "decision", "changes", "sections"});
    if (root["format"].string() != u"tenken.checklist/1") {
        complain(
            root["format"] ? root["format"].span() : root.span(),
            {"`format` が `tenken.checklist/1` ではありません。", "`format` is not `tenken.checklist/1`."});
    }
    checklist.id = word(root, "id");
    checklist.version = word(root, "version");
    checklist.title = text(root, "title");
    checklist.decision = decision(root["decision"]);
    for (const Yaml entry : root["changes"].items())
        checklist.changes.push_back(change(entry));
    for (const Yaml entry : root["sections"].items())
        checklist.sections.push_back(section(entry));
    if (checklist.sections.empty())
        complain(root.span(), {"`sections` がありません。", "`sections` is missing."});
    return {std::move(checklist), std::move(m_problems)};
}

} // namespace

Partial<Checklist> readChecklist(const YamlFile &file)
{
    return Reader(file).read();
}

Result<Checklist> builtinChecklist(const QString &id)
{
    static const QRegularExpression plain(QStringLiteral("\\A[a-z0-9][a-z0-9-]{0,63}\\z"));
    QFile file(QStringLiteral(":/checklists/%1.yaml").arg(id));
    if (!plain.match(id).hasMatch() || !file.open(QIODevice::ReadOnly)) {
        return failure(
            {{},
             {},
             Text{"チェックリスト `%1` は同梱されていません。", "No checklist `%1` comes with Tenken."}.arg(
                 id),
             Text{"service.yaml の `checklist` に `zozotown` と書けます。",
                  "`checklist: zozotown` in service.yaml is the default."}});
    }
    const auto yaml = YamlFile::parse(file.readAll(), id + QStringLiteral(".yaml"));
    auto read = readChecklist(*yaml);
    if (read.value.sections.empty() && !read.problems.empty())
        return failure(read.problems.front());
    return std::move(read.value);
}

} // namespace tenken
