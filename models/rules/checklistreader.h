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
    void waiving(Yaml node, Item &item);
    void validity(Yaml node, Item &item);
    void stages(Yaml node);
    void checkStages();
    void changes(Yaml node);
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
    std::vector<Yaml> m_froms; ///< names of stages, to be looked up when all are known
};

} // namespace tenken
