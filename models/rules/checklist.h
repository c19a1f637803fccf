// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/yaml.h>
#include <rules/signoffrule.h>

#include <QMap>

namespace tenken {

struct Assertion;
struct Evidence;

enum class Level { Must, Should };

/// A rule as an item names it, with the parameters the checklist sets.
struct RuleUse {
    QString rule;
    QMap<QString, double> parameters;
    QMap<QString, QStringList> lists;   ///< parameters that are lists of words (headings …)
    Span span;
    std::shared_ptr<const Assertion> assertion = {}; ///< an own rule of the checklist (rules/assertion.h), named `rule`
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

/// What a checklist leaves out of the one it extends, or asks less of: printed with its reason.
struct RemovedQuestion {
    QString item;               ///< empty: the decision's rule
    QString rule;               ///< only this rule of the item; empty: the item
    Text title;                 ///< the item's
    Text reason;                ///< of one that is loosened: how ("must → should", "seconds: 10 → 0")
    bool loosened = false;      ///< it is still asked

    Text words() const;         ///< "left out, resilience.graceful-stop"
};

/// checklists/*.yaml. Format: checklists/README.md.
struct Checklist {
    QString id;
    QString version;
    Text title;
    DecisionRule decision;
    SignOffRule signOff = {};
    std::vector<Section> sections;
    std::vector<ChecklistChange> changes;
    QStringList bases = {};     ///< "zozotown 1.0": those it extends, nearest first
    std::vector<RemovedQuestion> removed = {};
    bool complete = true;       ///< false: part of the file was not understood, so nothing may be decided with it

    const Item *item(const QString &id) const;
    int itemCount() const;
    QString name() const;       ///< "shop 3 (zozotown 1.0)": id, version and what it extends
};

using ChecklistFiles = std::vector<std::shared_ptr<const YamlFile>>;

/// Names of rules and parameters are checked against the rules table, expressions compiled. `extends` names one
/// that comes with Tenken, or one of `others` by its path relative to the file's.
Partial<Checklist> readChecklist(const YamlFile &file, const ChecklistFiles &others = {});

/// The checklist that comes with Tenken (compiled in), by id. Problem when there is no such one.
Result<Checklist> builtinChecklist(const QString &id);

/// The one that the service names, built in or read from its folder. What is not understood is a problem; a
/// checklist that is not complete is refused: a question that is not asked would look like one that is met.
Result<Partial<Checklist>> checklistOf(const Evidence &evidence);

/// The one named on the command line: an id, or a path.
Result<Partial<Checklist>> checklistNamed(const QString &idOrPath);
/// The same with all problems, and what could be understood, where it is not complete.
Partial<Checklist> readNamedChecklist(const QString &idOrPath);

} // namespace tenken
