// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken::app {

/// What is said of a rule in one language: the terminal, SARIF's help and the pages of docs/rules say the same.
struct RuleText {
    QString summary;        ///< one sentence
    QString documentation;  ///< what, why, with sources
    QString plain;          ///< all of it for a terminal
    QString markdown;       ///< all of it but for the heading
};

/// Of a rule of the table, or of one that the checklist asserts; only the name where there is neither.
RuleText ruleText(const QString &name, const Checklist &checklist, Lang lang);

/// docs/rules/<rule>.md and docs/rules/README.md, in both languages.
QByteArray rulePage(const Rule &rule, const Checklist &checklist);
QByteArray ruleIndex(const Checklist &checklist);

Text directionOf(RuleParameter::Stricter direction); ///< "higher is stricter"

} // namespace tenken::app
