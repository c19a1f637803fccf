// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/assertion.h>
#include <rules/checklistfields.h>
#include <rules/decisionreader.h>
#include <rules/loosened.h>
#include <rules/rule.h>
#include <rules/signoffreader.h>

#include <evidence/checklistfiles.h>
#include <evidence/numbers.h>

#include <QSet>

#include <algorithm>

namespace tenken {

namespace {

constexpr int longestChain = 8;

Result<Checklist> readFrom(const YamlFile &file, const ChecklistFiles &others, QStringList visited,
                           std::vector<Problem> &problems);

/// Reads one file over what it extends; every step adds to the problems and keeps what it could understand.
class Reader
{
public:
    Reader(const YamlFile &file, const ChecklistFiles &others, const QStringList &visited)
        : m_fields(file), m_file(file), m_others(others), m_visited(visited)
    {
    }

    Partial<Checklist> read();

private:
    void complain(const Span &span, const Text &message, const Text &hint = {}) { m_fields.complain(span, message, hint); }
    /// What was not understood may have been a question: the checklist is not complete.
    void lose(const Span &span, const Text &message, const Text &hint = {})
    {
        m_checklist.complete = false;
        complain(span, message, hint);
    }

    void extend(Yaml node);
    void section(Yaml node);
    void item(Yaml node, Section &section);
    void texts(Yaml node, Item &item, bool isNew);
    void level(Yaml node, Item &item);
    void rule(Yaml node, Item &item);
    void ownRule(Yaml node, Item &item);
    void parameter(RuleUse &use, const Rule *rule, Yaml key, Yaml value);
    void remove(Yaml node);
    bool removeRule(Yaml node, Item &item, const Text &reason);
    QStringList ids() const;
    QStringList ruleNames() const;

    ChecklistFields m_fields;
    const YamlFile &m_file;
    const ChecklistFiles &m_others;
    QStringList m_visited;
    Checklist m_checklist;
    QSet<QString> m_written; ///< ids of items in this file
};

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

void Reader::ownRule(Yaml node, Item &item)
{
    RuleUse use;
    use.span = node.span();
    use.assertion = readAssertion(m_fields, node, item, ruleNames());
    use.rule = use.assertion->name;
    const auto same = std::ranges::find(item.rules, use.rule, &RuleUse::rule);
    if (same != item.rules.end() && same->assertion)
        *same = std::move(use); // of the checklist that is extended
    else
        item.rules.push_back(std::move(use));
}

void Reader::rule(Yaml node, Item &item)
{
    if (node["assert"])
        return ownRule(node, item);
    m_fields.checkKeys(node, {"rule", "parameters"});
    const QString name = m_fields.word(node, "rule");
    if (name.isEmpty()) {
        m_checklist.complete = false;
        return;
    }
    const Rule *known = findRule(name);
    if (!known) {
        QStringList names;
        for (const Rule &r : allRules())
            names << QString::fromUtf8(r.name);
        const auto near = didYouMean(name, names);
        complain(node["rule"].span(), Text{"規則 `%1` はありません。", "There is no rule `%1`."}.arg(name),
                 near ? Text{"`%1` のことですか。", "Did you mean `%1`?"}.arg(*near)
                      : Text{"`tenken rules` で一覧を見られます。", "`tenken rules` lists them."});
    }
    // A rule that the extended item has keeps what is not written anew. Within one file an item may name it twice.
    auto use = std::ranges::find_if(item.rules, [&](const RuleUse &u) { return u.rule == name && !u.span.isValid(); });
    if (use == item.rules.end())
        use = item.rules.insert(item.rules.end(), RuleUse{name, {}, {}, {}});
    use->span = node.span();
    for (const auto &[key, value] : node["parameters"].entries())
        parameter(*use, known, key, value);
}

void Reader::level(Yaml node, Item &item)
{
    const QString word = node.string();
    if (word != u"must" && word != u"should")
        complain(node.span(), Text{"`level` が `%1` です。", "`level` is `%1`."}.arg(word),
                 {"`must` か `should` と書いてください。", "Write `must` or `should`."});
    item.level = word == u"should" ? Level::Should : Level::Must; // the stricter one in doubt
}

void Reader::texts(Yaml node, Item &item, bool isNew)
{
    const auto take = [&](const char *key, Text &place, bool required) {
        if (isNew || node[key])
            place = m_fields.text(node, key, required);
    };
    take("title", item.title, true);
    take("question", item.question, true);
    take("guidance", item.guidance, false);
    take("evidence", item.evidence, false);
}

void Reader::item(Yaml node, Section &section)
{
    m_fields.checkKeys(node, {"id", "level", "title", "question", "guidance", "evidence", "rules"});
    const QString id = m_fields.word(node, "id");
    if (id.isEmpty()) {
        m_checklist.complete = false;
        return;
    }
    if (!id.startsWith(section.id + u'.'))
        complain(node["id"].span(),
                 Text{"項目の id `%1` は `%2.` で始まりません。", "The item's id `%1` does not begin with `%2.`."}.arg(id, section.id));
    if (m_written.contains(id))
        complain(node["id"].span(), Text{"id `%1` は二度目です。", "The id `%1` is there twice."}.arg(id));
    auto known = m_written.contains(id) ? section.items.end() : std::ranges::find(section.items, id, &Item::id);
    const bool isNew = known == section.items.end();
    m_written.insert(id);
    if (isNew && !m_checklist.bases.isEmpty() && !node["question"]) {
        if (const auto near = didYouMean(id, ids()))
            complain(node["id"].span(), Text{"項目 `%1` は %2 にありません。", "%2 has no item `%1`."}.arg(id, m_checklist.bases.first()),
                     Text{"`%1` のことですか。", "Did you mean `%1`?"}.arg(*near));
    }
    if (isNew) {
        Item added;
        added.id = id;
        known = section.items.insert(section.items.end(), added);
    }
    const Item before = *known;
    known->span = node.span();
    texts(node, *known, isNew);
    if (node["level"])
        level(node["level"], *known);
    for (const Yaml entry : node["rules"].items())
        rule(entry, *known);
    for (RuleUse &use : known->rules)
        use.span = use.span.isValid() ? use.span : node.span();
    if (!isNew)
        std::ranges::move(looserThan(before, *known), std::back_inserter(m_checklist.removed));
}

void Reader::section(Yaml node)
{
    m_fields.checkKeys(node, {"id", "title", "items"});
    const QString id = m_fields.word(node, "id");
    auto known = std::ranges::find(m_checklist.sections, id, &Section::id);
    if (known == m_checklist.sections.end() || m_checklist.bases.isEmpty())
        known = m_checklist.sections.insert(m_checklist.sections.end(), Section{id, m_fields.text(node, "title"), {}});
    else if (node["title"])
        known->title = m_fields.text(node, "title");
    for (const Yaml entry : node["items"].items())
        item(entry, *known);
    if (known->items.empty())
        lose(node.span(), Text{"節 `%1` に項目がありません。", "Section `%1` has no items."}.arg(id));
}

bool Reader::removeRule(Yaml node, Item &item, const Text &reason)
{
    const QString rule = node["rule"].string();
    const auto use = std::ranges::find(item.rules, rule, &RuleUse::rule);
    if (use == item.rules.end()) {
        QStringList known;
        for (const RuleUse &u : item.rules)
            known << u.rule;
        m_fields.complainOfWord(node["rule"].span(), Text{"項目 %1 に規則 `%2` はありません。", "Item %1 has no rule `%2`."}.arg(item.id, rule),
                                rule, known);
        return false;
    }
    item.rules.erase(use);
    m_checklist.removed.push_back({item.id, rule, item.title, reason});
    return true;
}

/// Nothing is left out without a reason that can be printed.
void Reader::remove(Yaml node)
{
    m_fields.checkKeys(node, {"item", "rule", "reason"});
    const QString id = m_fields.word(node, "item");
    const Text reason = m_fields.text(node, "reason");
    if (id.isEmpty() || reason.isEmpty())
        return;
    for (Section &section : m_checklist.sections) {
        const auto known = std::ranges::find(section.items, id, &Item::id);
        if (known == section.items.end())
            continue;
        if (node["rule"]) {
            removeRule(node, *known, reason);
            return;
        }
        m_checklist.removed.push_back({id, {}, known->title, reason});
        section.items.erase(known);
        std::erase_if(m_checklist.sections, [](const Section &s) { return s.items.empty(); });
        return;
    }
    m_fields.complainOfWord(node["item"].span(), Text{"項目 `%1` はありません。", "There is no item `%1`."}.arg(id), id, ids());
}

QStringList Reader::ids() const
{
    QStringList ids;
    for (const Section &section : m_checklist.sections) {
        for (const Item &item : section.items)
            ids << item.id;
    }
    return ids;
}

QStringList Reader::ruleNames() const
{
    QStringList names;
    for (const Section &section : m_checklist.sections) {
        for (const Item &item : section.items) {
            for (const RuleUse &use : item.rules) {
                if (use.assertion && use.span.isValid())
                    names << use.rule;
            }
        }
    }
    return names;
}

void Reader::extend(Yaml node)
{
    const QString name = node.string();
    Result<Checklist> base = failure({});
    std::vector<Problem> problems;
    if (isChecklistPath(name)) {
        const QString path = extendedPath(m_file.name(), name);
        const auto file = std::ranges::find_if(m_others, [&](const auto &f) { return f->name() == path; });
        if (m_visited.contains(path) || m_visited.size() >= longestChain)
            return lose(node.span(), Text{"`extends` が輪になっています: %1", "`extends` goes round in a circle: %1"}.arg(
                                         (m_visited + QStringList{path}).join(QStringLiteral(" → "))));
        if (file == m_others.end())
            return lose(node.span(), Text{"ファイル %1 を読めません。", "The file %1 cannot be read."}.arg(path),
                        {"このファイルからの相対パスを確かめてください。", "Check the path; it is relative to this file."});
        base = readFrom(**file, m_others, m_visited, problems);
    } else {
        base = builtinChecklist(name);
    }
    std::ranges::move(problems, std::back_inserter(m_fields.problems));
    if (!base)
        return lose(node.span(), Text{"チェックリスト `%1` はありません。", "There is no checklist `%1`."}.arg(name),
                    {"`zozotown` か、ファイルの相対パスを書いてください。", "Write `zozotown`, or the relative path of a file."});
    m_checklist = std::move(*base);
    m_checklist.bases.prepend(m_checklist.id + u' ' + m_checklist.version);
    m_checklist.changes.clear();
    for (Section &section : m_checklist.sections) {
        for (Item &item : section.items) {
            for (RuleUse &use : item.rules)
                use.span = {}; // of another file
        }
    }
}

Partial<Checklist> Reader::read()
{
    m_fields.problems = m_file.errors();
    m_checklist.complete = m_fields.problems.empty();
    if (m_file.documents().empty()) {
        if (m_fields.problems.empty())
            lose({}, {"ファイルが空です。", "The file is empty."});
        return {std::move(m_checklist), std::move(m_fields.problems)};
    }
    const Yaml root = m_file.documents().front();
    m_fields.checkKeys(root, {"format", "id", "version", "title", "extends", "decision", "sign-off", "changes", "sections", "remove"});
    if (root["format"].string() != u"tenken.checklist/1")
        complain(root["format"] ? root["format"].span() : root.span(),
                 {"`format` が `tenken.checklist/1` ではありません。", "`format` is not `tenken.checklist/1`."});
    const bool complete = m_checklist.complete;
    if (root["extends"])
        extend(root["extends"]);
    m_checklist.complete = m_checklist.complete && complete;
    const bool extends = !m_checklist.bases.isEmpty();
    m_checklist.id = m_fields.word(root, "id");
    m_checklist.version = m_fields.word(root, "version");
    if (!extends || root["title"])
        m_checklist.title = m_fields.text(root, "title");
    const DecisionRule base = m_checklist.decision;
    m_checklist.complete &= readDecision(m_fields, root["decision"], m_checklist.decision);
    const SignOffRule baseSignOff = m_checklist.signOff;
    m_checklist.complete &= readSignOff(m_fields, root["sign-off"], m_checklist.signOff);
    if (extends) {
        std::ranges::move(looserThan(base, m_checklist.decision), std::back_inserter(m_checklist.removed));
        std::ranges::move(looserThan(baseSignOff, m_checklist.signOff), std::back_inserter(m_checklist.removed));
    }
    for (const Yaml entry : root["changes"].items()) {
        m_fields.checkKeys(entry, {"version", "date", "text"});
        m_checklist.changes.push_back({m_fields.word(entry, "version"), entry["date"].string(), m_fields.text(entry, "text")});
    }
    for (const Yaml entry : root["sections"].items())
        section(entry);
    for (const Yaml entry : root["remove"].items())
        remove(entry);
    if (m_checklist.sections.empty())
        lose(root.span(), {"`sections` がありません。", "`sections` is missing."});
    return {std::move(m_checklist), std::move(m_fields.problems)};
}

Result<Checklist> readFrom(const YamlFile &file, const ChecklistFiles &others, QStringList visited, std::vector<Problem> &problems)
{
    visited.append(file.name());
    Partial<Checklist> read = Reader(file, others, visited).read();
    problems = std::move(read.problems);
    return std::move(read.value);
}

} // namespace

Partial<Checklist> readChecklist(const YamlFile &file, const ChecklistFiles &others)
{
    return Reader(file, others, {file.name()}).read();
}

} // namespace tenken
