// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/pipelines/pipeline.h>

namespace tenken {

/// Where readers find what a definition leads to, and where they say what they did not understand.
struct PipelineSources {
    FileLookup file;
    GlobLookup glob;
    std::vector<Problem> *problems = nullptr;

    void report(const QString &file, Yaml node, const Text &message, const Text &hint = {}) const;
};

/// A scalar of a pipeline's file as shell text: lines keep their places where the text is a literal block.
ShellSource shellSource(const QString &text, Yaml node, const YamlFile &file);

/// What make, npm, yarn, pnpm, sh and scripts of the repository run. `folder` is where the command runs.
ShellFollow followIn(const PipelineSources &sources, const QString &folder);

/// Prepends what every step's shell begins with, and reads.
std::shared_ptr<const ShellScript> readScript(const std::vector<ShellSource> &parts, const ShellOptions &options,
                                              const QMap<QString, QString> &variables, const ShellFollow &follow);

std::vector<Pipeline> readGithubWorkflow(const YamlFile &file, const PipelineSources &sources);
std::vector<Pipeline> readGitlabPipeline(const YamlFile &file, const PipelineSources &sources);
std::vector<Pipeline> readCircleConfig(const YamlFile &file, const PipelineSources &sources);

/// "a/./b/../c" below the repository's root; empty when it leads out of it.
QString pathBelow(const QString &folder, const QString &path);

} // namespace tenken
