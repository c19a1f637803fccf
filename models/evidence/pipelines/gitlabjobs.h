// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/pipelines/sources.h>

namespace tenken {

/// A value of a job together with the file it stands in: a job is put together from several.
struct GitlabValue {
    Yaml node;
    const YamlFile *file = nullptr;

    explicit operator bool() const { return node.exists() && !node.isNull(); }
};

/// A job with what it inherits: per key the value that counts.
struct GitlabJob {
    QString name;
    const YamlFile *file = nullptr;
    Span span;
    QMap<QString, GitlabValue> values;
    QMap<QString, QString> variables;
    bool resolved = true;       ///< false: something it extends cannot be seen

    GitlabValue value(const QString &key) const { return values.value(key); }
};

/// The files of a pipeline after `include`, the later ones first: own keys win.
struct GitlabFiles {
    std::vector<const YamlFile *> files;
    QStringList opaque;         ///< includes that are not local

    GitlabValue root(const QString &key) const;
    GitlabValue job(const QString &name) const;
};

GitlabFiles readGitlabFiles(const YamlFile &file, const PipelineSources &sources);
std::vector<GitlabJob> readGitlabJobs(const GitlabFiles &files, const PipelineSources &sources);

/// Lines of `script`, with `!reference [job, script]` and nested lists opened.
std::vector<ShellSource> scriptLines(const GitlabFiles &files, const GitlabValue &script, bool &opaque, int depth = 0);

/// `rules`, `when`, `only` and `except` of a job.
std::vector<PipelineRule> gitlabRules(const GitlabFiles &files, const GitlabJob &job);
std::vector<Occasion> gitlabOccasions(const GitlabFiles &files);

} // namespace tenken
