// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/evaluate.h>

namespace tenken {

/// A manifest with the verdict that it is to get: <rule or item>/<verdict>/<name>.yaml, where the folder is pass,
/// fail, warn, unknown or n-a. A document with `format: tenken.service/1` in it is its service description.
struct Example {
    QString subject;      ///< the rule or item, the folder's name
    Verdict expected = Verdict::Pass;
    QString file;         ///< "graceful-stop/pass/native.yaml"
    QByteArray yaml;

    QString caption() const; ///< its first comment lines
};

/// Those that come with Tenken (docs/rules/examples); empty where a rule has none.
std::vector<Example> builtinExamples(const QString &rule);

/// Those of a folder. A folder whose name is no verdict, or a file that cannot be read, is a problem.
Partial<std::vector<Example>> readExamples(const QString &folder);

Evidence evidenceOf(const Example &example);

/// What a checklist says of it: of the item, or of the rule as the checklist uses it (else with its defaults).
/// A problem with a suggestion when the subject is neither.
Result<ItemResult> judgeExample(const Example &example, const Checklist &checklist);

} // namespace tenken
