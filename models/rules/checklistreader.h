// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/checklistfields.h>

#include <evidence/checklistfiles.h>

#include <QSet>

namespace tenken {

struct Rule;

/// Reads one file over what it extends; every step adds to the problems and keeps what it could understand.
class ChecklistReader
{
public:
    ChecklistReader(const YamlFile &file, const ChecklistFiles &others, const QStringList &visited)
        : m_fields(file), m_file(file), m_others(others), m_visited(visited)
    {
    }

    Partial<Checklist> read();

private:
    void complain(const Span &span, const Text &message, const Text &hint = {}) { m_fields.complain(span, message, hint); }
    void lose(const Span &span, const Text &message, const Text &hint = {})
    {
        m_fields.lose(span, message, hint);
    }

    void file();
    void names(Yaml root);
    void decisions(Yaml root);
    void questions(Yaml root);
    void extend(Yaml node);
    void section(Yaml node);
    void item(Yaml node, Section &section);
    void checkId(Yaml node, const Section &section);
    Item &itemFor(Yaml node, Section &section, bool &isNew);
    void texts(Yaml node, Item &item, bool isNew);
    void level(Yaml node, Item &item);
    void waiving(Yaml node, Item &item);
    void validity(Yaml node, Item &item);
    void stages(Yaml node);
    void checkStages();
    void changes(Yaml root);
    void rule(Yaml node, Item &item);
    void ownRule(Yaml node, Item &item);
    void parameter(RuleUse &use, const Rule *rule, Yaml key, Yaml value);
    bool hasParameter(const RuleUse &use, const Rule &rule, Yaml key);
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
    std::vector<Yaml> m_froms; ///< names of stages, to be looked up when all are known
};

/// The text of the checklist that comes with Tenken under this id; empty where there is none.
QByteArray builtinChecklistText(const QString &id);

} // namespace tenken
