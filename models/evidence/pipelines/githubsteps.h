// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/pipelines/githubtext.h>
#include <evidence/pipelines/sources.h>

namespace tenken {

/// Where steps stand: what is known of their contexts, and how their shell is set.
struct GithubScope {
    const YamlFile *file = nullptr;
    GithubValues values;
    QString shell;
    QString folder;                                ///< working-directory
    Expr condition = Expr::literal(true);          ///< of the step that uses the composite action
    Expr continueOnError = Expr::literal(false);
};

/// Adds the literal entries of a map under their context's name, and forgets those that are not known.
void addValues(GithubScope &scope, const QString &context, Yaml map);
/// What a callee knows of its inputs: the caller's `with`, else the defaults.
void addInputs(GithubScope &scope, Yaml declared, Yaml with, const GithubValues &callerValues);
void takeDefaults(GithubScope &scope, Yaml run);

std::vector<PipelineStep> readGithubSteps(Yaml steps, const GithubScope &scope, const PipelineSources &sources, int depth);

} // namespace tenken
