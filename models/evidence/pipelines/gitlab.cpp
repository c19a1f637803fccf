// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/gitlabjobs.h>

#include <algorithm>

namespace tenken {

namespace {

class GitlabReader
{
public:
    GitlabReader(const YamlFile &file, const PipelineSources &sources)
        : m_sources(sources)
        , m_files(readGitlabFiles(file, sources))
    {
        m_pipeline.system = Pipeline::System::GitLab;
        m_pipeline.file = file.name();
        m_pipeline.name = file.name();
    }

    Pipeline read()
    {
        m_pipeline.opaque = m_files.opaque;
        m_pipeline.occasions = gitlabOccasions(m_files);
        readStages();
        const std::vector<GitlabJob> jobs = readGitlabJobs(m_files, m_sources);
        for (const GitlabJob &job : jobs)
            addJob(job);
        for (size_t i = 0; i < jobs.size(); ++i)
            addNeeds(jobs[i], i);
        return std::move(m_pipeline);
    }

private:
    void readStages()
    {
        m_stages = m_files.root(QStringLiteral("stages")).node.strings();
        if (m_stages.isEmpty())
            m_stages = {QStringLiteral("build"), QStringLiteral("test"), QStringLiteral("deploy")};
        m_stages.prepend(QStringLiteral(".pre"));
        m_stages.append(QStringLiteral(".post"));
    }

    void addJob(const GitlabJob &given)
    {
        PipelineJob job;
        job.id = given.name;
        job.file = given.file->name();
        job.span = given.span;
        job.rules = gitlabRules(m_files, given);
        const GitlabValue rules = given.value(QStringLiteral("rules"));
        if (rules && rules.file)
            job.conditionText = QString::fromUtf8(rules.file->text()).section(u'\n', rules.node.span().line - 1, rules.node.span().endLine - 1);
        job.conditionSpan = (rules ? rules : given.value(QStringLiteral("only"))).node.keySpan();
        job.continueSpan = given.value(QStringLiteral("allow_failure")).node.entrySpan();
        const Yaml environment = given.value(QStringLiteral("environment")).node;
        const Yaml name = environment.isMap() ? environment["name"] : environment;
        const QString action = environment["action"].string();
        job.delivers = action.isEmpty() || action == u"start";
        if (job.delivers)
            job.environment = name.string();
        job.environmentSpan = name.entrySpan();
        if (!given.resolved)
            job.opaque.append(QStringLiteral("extends: ") + given.value(QStringLiteral("extends")).node.strings().join(QStringLiteral(", ")));
        addSteps(given, job);
        m_stageOf.append(given.value(QStringLiteral("stage")).node.stringOr(QStringLiteral("test")));
        m_pipeline.jobs.push_back(std::move(job));
    }

    /// before_script and script share a shell with -e and pipefail; after_script has its own, and cannot fail the job.
    void addSteps(const GitlabJob &given, PipelineJob &job)
    {
        bool opaque = false;
        std::vector<ShellSource> lines = scriptLines(m_files, given.value(QStringLiteral("before_script")), opaque);
        const GitlabValue script = given.value(QStringLiteral("script"));
        for (ShellSource &line : scriptLines(m_files, script, opaque))
            lines.push_back(std::move(line));
        if (opaque)
            job.opaque.append(QStringLiteral("!reference"));
        if (const GitlabValue trigger = given.value(QStringLiteral("trigger"))) {
            const Yaml include = trigger.node["include"];
            job.opaque.append(QStringLiteral("trigger: ") + (trigger.node.isScalar() ? trigger.node.string() : include.isScalar() ? include.string() : trigger.node["project"].string()));
        } else if (!script) {
            if (given.resolved && m_files.opaque.isEmpty())
                m_sources.report(job.file, m_files.job(job.id).node, Text{"ジョブ「%1」に `script` がありません", "the job “%1” has no `script`"}.arg(job.id));
            job.opaque.append(job.id);
        }
        if (!lines.empty())
            job.steps.push_back(step(given, lines, script ? script.node.keySpan() : job.span));
        const GitlabValue after = given.value(QStringLiteral("after_script"));
        lines = scriptLines(m_files, after, opaque);
        if (lines.empty())
            return;
        PipelineStep last = step(given, lines, after.node.keySpan());
        last.condition = Expr::call(QStringLiteral("always"));
        last.conditionText = QStringLiteral("after_script");
        last.continueOnError = Expr::literal(true);
        job.steps.push_back(std::move(last));
    }

    PipelineStep step(const GitlabJob &given, const std::vector<ShellSource> &lines, const Span &span) const
    {
        PipelineStep step;
        step.file = lines.front().file;
        step.span = span;
        step.env = given.variables;
        step.script = readScript(lines, {true, true}, given.variables, followIn(m_sources, {}));
        step.opaque = step.script->opaque;
        return step;
    }

    void addNeeds(const GitlabJob &given, size_t index)
    {
        const GitlabValue needs = given.value(QStringLiteral("needs"));
        PipelineJob &job = m_pipeline.jobs[index];
        if (needs.node.isSequence()) {
            for (const Yaml need : needs.node.items())
                addNeed(job, need);
            return;
        }
        const qsizetype stage = m_stages.indexOf(m_stageOf[qsizetype(index)]);
        if (stage < 0)
            job.opaque.append(QStringLiteral("stage: ") + m_stageOf[qsizetype(index)]);
        for (size_t other = 0; other < m_pipeline.jobs.size(); ++other) {
            const qsizetype earlier = m_stages.indexOf(m_stageOf[qsizetype(other)]);
            if (earlier >= 0 && earlier < stage)
                job.needs.push_back(other);
        }
    }

    void addNeed(PipelineJob &job, Yaml need)
    {
        const Yaml name = need.isMap() ? need["job"] : need;
        if (!name.isScalar() || need["project"].exists() || need["pipeline"].exists())
            return;
        const auto found = std::ranges::find(m_pipeline.jobs, name.string(), &PipelineJob::id);
        if (found != m_pipeline.jobs.end()) {
            const auto index = size_t(found - m_pipeline.jobs.begin());
            job.needs.push_back(index);
            job.needSpans.insert(index, name.span());
        } else if (!need["optional"].boolean().value_or(false) && m_files.opaque.isEmpty()) {
            m_sources.report(job.file, name, Text{"`needs` のジョブ「%1」がありません", "there is no job “%1” for `needs`"}.arg(name.string()),
                             {"ジョブの名前を確かめてください", "check the job's name"});
            job.opaque.append(name.string());
        }
    }

    const PipelineSources &m_sources;
    GitlabFiles m_files;
    Pipeline m_pipeline;
    QStringList m_stages;
    QStringList m_stageOf;
};

} // namespace

std::vector<Pipeline> readGitlabPipeline(const YamlFile &file, const PipelineSources &sources)
{
    return {GitlabReader(file, sources).read()};
}

} // namespace tenken
