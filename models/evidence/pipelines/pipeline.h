// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/pipelines/expression.h>
#include <evidence/pipelines/shell.h>
#include <evidence/yaml.h>

namespace tenken {

/// An input of an action or of an orb's command, with its place.
struct PipelineInput {
    QString value;
    Span span;
};

/// One step: commands, or something made elsewhere that is used by name.
struct PipelineStep {
    QString name;
    QString file;
    Span span;
    QString uses;                         ///< "docker/build-push-action@v6", "slack/notify"; empty for commands
    QMap<QString, PipelineInput> inputs;
    QMap<QString, QString> env;           ///< as far as it is written out
    std::shared_ptr<const ShellScript> script;
    Expr condition = Expr::call(QStringLiteral("success")); ///< with success() where nothing else asks for the state
    QString conditionText;                ///< as written; empty: none
    Span conditionSpan;
    Expr continueOnError = Expr::literal(false);
    Span continueSpan;
    QStringList opaque;                   ///< what cannot be seen into, by name
    QString id;
};

/// When a job is part of the run: the first rule that holds decides.
struct PipelineRule {
    Expr condition;                       ///< with success() where the job waits for its needs
    Expr allowFailure = Expr::literal(false);
    bool part = true;                     ///< false: it is left out (`when: never`)
    bool manual = false;
    Expr isPart = Expr::literal(true);    ///< what decides about this rule, without the state of the run
};

struct PipelineJob {
    QString id;
    QString file;
    Span span;                            ///< of its key
    std::vector<size_t> needs;            ///< jobs that must end before it
    QMap<size_t, Span> needSpans;         ///< where that is written
    std::optional<size_t> parent;         ///< the job that calls this one, or whose matrix it is part of
    bool calls = false;                   ///< it has no steps of its own, only such parts
    std::vector<PipelineRule> rules;
    QString conditionText;
    Span conditionSpan;
    Span continueSpan;                    ///< continue-on-error, allow_failure
    QString environment;
    Span environmentSpan;
    bool delivers = true;                 ///< false: it stops or prepares an environment
    std::vector<PipelineStep> steps;
    QStringList opaque;
};

/// One way in which a pipeline is started, and what is known then.
struct Occasion {
    Text name;                            ///< "push (main)"
    QMap<QString, ExprValue> values;      ///< of names in conditions; what is not listed is unknown
};

struct Pipeline {
    enum class System { GitHub, GitLab, CircleCi };
    System system = System::GitHub;
    QString file;
    QString name;                         ///< of the workflow
    std::vector<Occasion> occasions;
    QStringList startedBy;                ///< workflows whose end starts it (workflow_run)
    std::vector<PipelineJob> jobs;
    QStringList opaque;                   ///< parts of the definition that cannot be seen: remote includes
    bool calledOnly = false;              ///< it runs only where another workflow calls it
};

/// A file of the repository that the pipelines lead to: Makefile, package.json, a script, an action.
struct RepositoryFile {
    QString path;
    QByteArray bytes;
    std::shared_ptr<const YamlFile> yaml; ///< of YAML and JSON
};

/// Gives a file of the repository, or null where there is none.
using FileLookup = std::function<const RepositoryFile *(const QString &path)>;
/// Gives the paths that a pattern of GitLab's `include: local` matches.
using GlobLookup = std::function<QStringList(const QString &pattern)>;

/// What the files of continuous integration say, with what they lead to.
struct Repository {
    std::vector<Pipeline> pipelines;
    std::vector<RepositoryFile> files;    ///< sorted by path
    std::vector<Problem> problems;        ///< a part of a definition that was not understood

    const RepositoryFile *file(const QString &path) const;
};

constexpr size_t mostPipelineJobs = 400;  ///< of one pipeline, calls and matrices opened

} // namespace tenken
