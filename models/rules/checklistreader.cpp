// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/checklistreader.h>

#include <rules/decisionreader.h>
#include <rules/loosened.h>
#include <rules/signoffreader.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr int longestChain = 8;

Result<Checklist> readFrom(const YamlFile &file, const ChecklistFiles &others, QStringList visited,
                           std::vector<Problem> &problems)
{
    visited.append(file.name());
    Partial<Checklist> read = ChecklistReader(file, others, visited).read();
    problems = std::move(read.problems);
    return std::move(read.value);
}

} // namespace

void ChecklistReader::stages(Yaml node)
{
    constexpr size_t most = 12;
    if (!node.isSequence() || node.items().empty() || node.items().size() > most)
        return lose(
            node.span(),
            {"`stages` が 1 から 12 段の並びではありません。", "`stages` is no list of 1 to 12 stages."},
            {"`- {id: 10%, title: 10 %}` のように並べてください。",
             "Write entries such as `- {id: 10%, title: 10 %}`."});
    m_checklist.stages.clear();
    for (const Yaml entry : node.items()) {
        m_fields.checkKeys(entry, {"id", "title"});
        const Stage stage{m_fields.word(entry, "id"), m_fields.text(entry, "title")};
        if (stage.id.isEmpty() || m_checklist.stageIndex(stage.id))
            lose(entry.span(),
                 Text{"段階の id `%1` は空か、二度目です。", "The stage's id `%1` is empty, or there twice."}
                     .arg(stage.id));
        else
            m_checklist.stages.push_back(stage);
    }
}

/// A stage that is not there: the item is needed from the first, and the mistake is told.
void ChecklistReader::checkStages()
{
    QStringList known;
    for (const Stage &stage : m_checklist.stages)
        known << stage.id;
    for (const Yaml from : m_froms) {
        if (!known.contains(from.string()))
            m_fields.complainOfWord(
                from.span(),
                Text{"段階 `%1` は `stages` にありません。", "`stages` has no stage `%1`."}.arg(
                    from.string()),
                from.string(), known);
    }
}

void ChecklistReader::changes(Yaml root)
{
    const QStringList known = ids();
    const char *example = "- {version: \"2\", text: …, items: […]}";
    for (const Yaml entry : m_fields.list(root, "changes", example)) {
        if (!entry.isMap()) {
            lose(entry.span(), {"変更の記録を読めません。", "This change cannot be read."},
                 Text{"`%1` のように書いてください。", "Write it like `%1`."}.arg(example));
            continue;
        }
        m_fields.checkKeys(entry, {"version", "date", "text", "items"});
        ChecklistChange change{m_fields.word(entry, "version"), entry["date"].string(),
                               m_fields.text(entry, "text"), m_fields.words(entry, "items")};
        for (const Yaml item : entry["items"].items()) {
            const auto near = known.contains(item.string()) ? std::nullopt : didYouMean(item.string(), known);
            if (near) // one that is gone may stand in the log
                complain(item.span(), Text{"項目 `%1` はありません。", "There is no item `%1`."}.arg(item.string()),
                         Text{"`%1` のことですか。", "Did you mean `%1`?"}.arg(*near));
        }
        m_checklist.changes.push_back(std::move(change));
    }
}

void ChecklistReader::section(Yaml node)
{
    m_fields.checkKeys(node, {"id", "title", "items"});
    const QString id = m_fields.word(node, "id");
    auto known = std::ranges::find(m_checklist.sections, id, &Section::id);
    if (known == m_checklist.sections.end() || m_checklist.bases.isEmpty())
        known = m_checklist.sections.insert(m_checklist.sections.end(),
                                            Section{id, m_fields.text(node, "title"), {}});
    else if (node["title"])
        known->title = m_fields.text(node, "title");
    for (const Yaml entry : m_fields.list(node, "items", "- {id: …, title: …, question: …}"))
        item(entry, *known);
    if (known->items.empty())
        lose(node.span(), Text{"節 `%1` に項目がありません。", "Section `%1` has no items."}.arg(id));
}

bool ChecklistReader::removeRule(Yaml node, Item &item, const Text &reason)
{
    const QString rule = node["rule"].string();
    const auto use = std::ranges::find(item.rules, rule, &RuleUse::rule);
    if (use == item.rules.end()) {
        QStringList known;
        for (const RuleUse &u : item.rules)
            known << u.rule;
        m_fields.complainOfWord(
            node["rule"].span(),
            Text{"項目 %1 に規則 `%2` はありません。", "Item %1 has no rule `%2`."}.arg(item.id, rule), rule,
            known);
        return false;
    }
    item.rules.erase(use);
    m_checklist.removed.push_back({item.id, rule, item.title, reason});
    return true;
}

/// Nothing is left out without a reason that can be printed.
void ChecklistReader::remove(Yaml node)
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
    m_fields.complainOfWord(node["item"].span(),
                            Text{"項目 `%1` はありません。", "There is no item `%1`."}.arg(id), id, ids());
}

QStringList ChecklistReader::ids() const
{
    QStringList ids;
    for (const Section &section : m_checklist.sections) {
        for (const Item &item : section.items)
            ids << item.id;
    }
    return ids;
}

QStringList ChecklistReader::ruleNames() const
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

void ChecklistReader::extend(Yaml node)
{
    const QString name = node.string();
    Result<Checklist> base = failure({});
    std::vector<Problem> problems;
    if (isChecklistPath(name)) {
        const QString path = extendedPath(m_file.name(), name);
        const auto file = std::ranges::find_if(m_others, [&](const auto &f) { return f->name() == path; });
        if (m_visited.contains(path) || m_visited.size() >= longestChain)
            return lose(node.span(),
                        Text{"`extends` が輪になっています: %1", "`extends` goes round in a circle: %1"}.arg(
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

void ChecklistReader::file()
{
    m_fields.problems = m_file.errors();
    // A key that stands twice counts once: what stood under the other may have been a question.
    std::ranges::copy(m_file.warnings(), std::back_inserter(m_fields.problems));
    m_fields.complete = m_fields.problems.empty();
    const std::vector<Yaml> &documents = m_file.documents();
    if (documents.empty() && m_fields.complete)
        lose({}, {"ファイルが空です。", "The file is empty."});
    if (documents.size() > 1)
        lose(documents[1].span(),
             {"二つ目の文書は読みません。", "The file has a second document, which is not read."},
             {"`---` の行を消し、一つの文書にしてください。", "Remove the line `---`, so that it is one document."});
}

/// Its own names, and what it takes over under them.
void ChecklistReader::names(Yaml root)
{
    const Yaml format = root["format"], id = root["id"];
    const Text noFormat{"`format` が `tenken.checklist/1` ではありません。", "`format` is not `tenken.checklist/1`."};
    if (!format)
        complain(root.span(), noFormat);
    else if (format.string() != u"tenken.checklist/1")
        lose(format.span(), noFormat);
    if (root["extends"])
        extend(root["extends"]);
    m_checklist.id = m_fields.word(root, "id");
    m_checklist.version = m_fields.word(root, "version");
    if (m_checklist.bases.isEmpty() || root["title"])
        m_checklist.title = m_fields.text(root, "title");
    const QByteArray builtin = builtinChecklistText(m_checklist.id.simplified().toLower());
    if (!builtin.isEmpty() && builtin != m_file.text())
        lose(id.span(),
             Text{"`%1` は Tenken に同梱のチェックリストの id ですが、このファイルは中身が違います。",
                  "`%1` is the id of a checklist that comes with Tenken, and this file is another one."}
                 .arg(m_checklist.id),
             {"別の id を付けてください。同梱のものは `extends` で引き継げます。",
              "Give it an id of its own; `extends` takes over the one that comes with Tenken."});
}

void ChecklistReader::decisions(Yaml root)
{
    const DecisionRule decision = m_checklist.decision;
    const SignOffRule signOff = m_checklist.signOff;
    readDecision(m_fields, root["decision"], m_checklist.decision);
    readSignOff(m_fields, root["sign-off"], m_checklist.signOff);
    if (m_checklist.bases.isEmpty())
        return;
    std::ranges::move(looserThan(decision, m_checklist.decision), std::back_inserter(m_checklist.removed));
    std::ranges::move(looserThan(signOff, m_checklist.signOff), std::back_inserter(m_checklist.removed));
}

void ChecklistReader::questions(Yaml root)
{
    const bool extends = !m_checklist.bases.isEmpty();
    const Checklist extended = extends ? m_checklist : Checklist();
    if (root["stages"])
        stages(root["stages"]);
    for (const Yaml entry : m_fields.list(root, "sections", "- {id: …, title: …, items: […]}"))
        section(entry);
    checkStages();
    if (extends)
        std::ranges::move(laterThan(extended, m_checklist), std::back_inserter(m_checklist.removed));
    changes(root);
    for (const Yaml entry : m_fields.list(root, "remove", "- {item: …, reason: …}"))
        remove(entry);
    if (m_checklist.sections.empty())
        lose(root.span(), {"`sections` がありません。", "`sections` is missing."});
}

Partial<Checklist> ChecklistReader::read()
{
    file();
    if (!m_file.documents().empty()) {
        const Yaml root = m_file.documents().front();
        m_fields.checkKeys(root,
                           {"format", "id", "version", "title", "extends", "decision", "sign-off", "changes",
                            "stages", "sections", "remove"});
        names(root);
        decisions(root);
        questions(root);
    }
    m_checklist.complete &= m_fields.complete; // what it extends may not be complete either
    return {std::move(m_checklist), std::move(m_fields.problems)};
}

Partial<Checklist> readChecklist(const YamlFile &file, const ChecklistFiles &others)
{
    return ChecklistReader(file, others, {file.name()}).read();
}

} // namespace tenken
