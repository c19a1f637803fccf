// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/yaml.h>

#include <QMap>

namespace tenken {

enum class Level { Must, Should };

/// A rule as an item names it, with the parameters the checklist sets.
struct RuleUse {
    QString rule;
    QMap<QString, double> parameters;
    QMap<QString, QStringList> lists;   ///< parameters that are lists of words (headings …)
    Span span;
};

struct Item {
    QString id;                 ///< "resilience.graceful-stop"
    Level level = Level::Must;
    Text title;                 ///< a noun, for lists: "安全な停止"
    Text question;
    Text guidance;              ///< what good looks like; Markdown's **bold** and `code` only
    Text evidence;              ///< what a person attaches when no rule judges it
    std::vector<RuleUse> rules; ///< empty: answered by people
    Span span;
};

struct Section {
    QString id;
    Text title;
    std::vector<Item> items;
};

struct ChecklistChange {
    QString version;
    QString date;
    Text text;
};

/// When a review says GO: printed with every decision. Data, so that a company can be stricter.
struct DecisionRule {
    QList<QString> noGoOnMust = {"fail", "unknown", "unanswered"};
    QList<QString> conditionalOnShould = {"fail", "unknown", "unanswered"};
    Text goText, conditionalText, noGoText;
};

/// checklists/*.yaml. Format: checklists/README.md.
struct Checklist {
    QString id;
    QString version;
    Text title;
    DecisionRule decision;
    std::vector<Section> sections;
    std::vector<ChecklistChange> changes;

    const Item *item(const QString &id) const;
    int itemCount() const;
};

/// Names of rules and parameters are checked against the rules table.
Partial<Checklist> readChecklist(const YamlFile &file);

/// The checklist that comes with Tenken (compiled in), by id. Problem when there is no such one.
Result<Checklist> builtinChecklist(const QString &id);

} // namespace tenken
