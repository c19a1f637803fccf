// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/pipelines/sources.h>

namespace tenken {

/// What `<< parameters.x >>` stand for, by name.
using CircleParameters = QMap<QString, QString>;

/// The parameters of a job or command: what is given, else its defaults. `outer` are those of the caller.
CircleParameters circleParameters(Yaml declared, Yaml given, const CircleParameters &outer);

/// Reads the steps of jobs of CircleCI, with the commands and orbs that they use.
class CircleSteps
{
public:
    CircleSteps(const YamlFile &file, const PipelineSources &sources);

    void enter(Yaml job); ///< the steps that follow are of this job, with its shell and folder
    void add(Yaml steps, std::vector<PipelineStep> &all, const CircleParameters &parameters, int depth);
    /// Known orbs are looked up by their own name; an orb of another owner with the same name is not one.
    PipelineStep use(Yaml name, Yaml inputs, const CircleParameters &parameters) const;

private:
    QString orbName(const QString &uses) const;
    void addStep(Yaml name, Yaml body, std::vector<PipelineStep> &all, const CircleParameters &parameters, int depth);
    void addConditional(const QString &word, Yaml body, std::vector<PipelineStep> &all, const CircleParameters &parameters, int depth);
    void addRun(Yaml body, std::vector<PipelineStep> &all, const CircleParameters &parameters);

    const YamlFile &m_file;
    const PipelineSources &m_sources;
    Yaml m_root;
    QString m_shell, m_folder;
};

} // namespace tenken
