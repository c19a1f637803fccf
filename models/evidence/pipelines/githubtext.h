// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/pipelines/pipeline.h>

namespace tenken {

/// Known values of contexts: "inputs.push", "matrix.task", "env.IMAGE". A value may itself hold `${{ }}`.
using GithubValues = QMap<QString, QString>;

/// A text with `${{ inputs.x }}` and the like put in where they are known.
QString withValues(const QString &text, const GithubValues &values);

/// The expression that an `if`, or a value such as `${{ … }}`, stands for; Unknown where it is mixed with text.
Expr githubCondition(const QString &text, const GithubValues &values);

/// An `if`: with success() where it does not ask for the run's state itself.
Expr githubIf(Yaml node, const GithubValues &values);

std::vector<Occasion> githubOccasions(const YamlFile &file);
Yaml githubTriggers(Yaml root); ///< `on`, which YAML 1.1 writers may have made `true`
bool hasTrigger(Yaml root, const QString &event);

} // namespace tenken
