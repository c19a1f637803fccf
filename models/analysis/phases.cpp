// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/phases.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

bool delivers(const PipelineSteps &steps, size_t job)
{
    return std::ranges::any_of(steps.found, [&](const FoundStep &s) { return s.ref.job == job && (s.kinds & Deploys); });
}

bool isOneWord(const QString &name)
{
    return std::ranges::all_of(name, [](QChar c) { return c.isLetterOrNumber(); });
}

/// A job's phase: by its environment, its name, the words of what it runs, then its workflow.
std::optional<Phase> phaseOfJob(const PipelineSteps &steps, size_t index)
{
    const PipelineJob &job = steps.pipeline->jobs[index];
    if (!job.delivers)
        return {};
    if (!job.environment.isEmpty())
        return phaseOf(job.environment);
    static const QRegularExpression delivery(QStringLiteral("deploy|deliver|release|rollout|promote|sync|\\bcd\\b"),
                                             QRegularExpression::CaseInsensitiveOption);
    const bool isDelivery = delivers(steps, index) || delivery.match(job.id).hasMatch();
    if (const auto phase = phaseOf(job.id); phase && (isDelivery || isOneWord(job.id)) && !job.id.contains(u"build", Qt::CaseInsensitive))
        return phase;
    if (!isDelivery)
        return {};
    for (const PipelineStep &step : job.steps) {
        for (const ShellCommand &command : step.script ? step.script->commands : std::vector<ShellCommand>{}) {
            if (const auto phase = phaseOf(command.words.join(u' ')))
                return phase;
        }
    }
    return phaseOf(steps.pipeline->name + u' ' + steps.pipeline->file.section(u'/', -1));
}

struct Starts {
    bool byBranch = false, byTag = false, byHand = false, afterOther = false, other = false;
    QStringList branches;
};

Starts startsOf(const PhaseUnit &unit)
{
    Starts starts;
    const Pipeline &pipeline = *unit.steps->pipeline;
    for (const Occasion &occasion : pipeline.occasions) {
        const PipelineOutcome::Job job = simulate(pipeline, {&occasion, {}, {}}).jobs[unit.job];
        if (job.ran == Tri::No)
            continue;
        const QString event = occasion.name.en;
        if (job.manual || event == u"workflow_dispatch" || event == u"repository_dispatch")
            starts.byHand = true;
        else if (event == u"release" || event.contains(u"(tag)") || occasion.values.value(QStringLiteral("github.ref_type")).text == u"tag"
                 || occasion.values.value(QStringLiteral("tag")).kind == ExprValue::Kind::Text)
            starts.byTag = true;
        else if (event.startsWith(u"push")) {
            starts.byBranch = true;
            starts.branches.append(event);
        } else if (event == u"workflow_run")
            starts.afterOther = true;
        else
            starts.other = true;
    }
    return starts;
}

Order orderOfJobs(const PhaseUnit &staging, const PhaseUnit &production)
{
    const Starts first = startsOf(staging), then = startsOf(production);
    if (staging.steps == production.steps) {
        const Pipeline &pipeline = *staging.steps->pipeline;
        bool any = false, all = true;
        for (const Occasion &occasion : pipeline.occasions) {
            const Scenario usual{&occasion, {}, {}};
            const PipelineOutcome outcome = simulate(pipeline, usual);
            if (outcome.jobs[production.job].ran == Tri::No || outcome.jobs[staging.job].ran == Tri::No)
                continue;
            Scenario broken = usual;
            if (pipeline.jobs[staging.job].steps.empty())
                broken.withoutJob = staging.job;
            else
                broken.failing = StepRef{staging.job, pipeline.jobs[staging.job].steps.size() - 1, {}};
            any = true;
            all = all && simulate(pipeline, broken).jobs[production.job].ran == Tri::No;
        }
        if (any && all)
            return Order::Gated;
        if (any)
            return then.byHand && !then.byBranch && !then.byTag ? Order::ByHand : Order::None;
    } else if (production.steps->pipeline->startedBy.contains(staging.steps->pipeline->name) && then.afterOther) {
        Occasion failed;
        for (const Occasion &occasion : production.steps->pipeline->occasions) {
            if (occasion.name.en == u"workflow_run")
                failed = occasion;
        }
        failed.values.insert(QStringLiteral("github.event.workflow_run.conclusion"), ExprValue::of(QStringLiteral("failure")));
        const Tri runs = simulate(*production.steps->pipeline, {&failed, {}, {}}).jobs[production.job].ran;
        return runs == Tri::No ? Order::Gated : Order::None;
    }
    const bool sameBranch = std::ranges::any_of(first.branches, [&](const QString &b) { return then.branches.contains(b); });
    if (first.byBranch && (then.byTag || then.byBranch) && !sameBranch && !then.other)
        return Order::Ref;
    return then.byHand && !then.byBranch && !then.byTag && !then.other ? Order::ByHand : Order::None;
}

Order orderOfApplications(const KubeObject &staging, const KubeObject &production)
{
    const auto revision = [](const KubeObject &o) {
        const Yaml spec = o.node["spec"];
        const Yaml source = spec["source"] ? spec["source"] : spec["sources"].at(0);
        return source["targetRevision"].stringOr(QStringLiteral("HEAD"));
    };
    if (revision(staging) != revision(production))
        return Order::Ref;
    const bool automatic = production.node["spec"]["syncPolicy"]["automated"].exists();
    return automatic ? Order::None : Order::ByHand;
}

} // namespace

std::optional<Phase> phaseOf(const QString &name)
{
    static const QRegularExpression separators(QStringLiteral("[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])"));
    static const QStringList staging{QStringLiteral("staging"), QStringLiteral("stage"), QStringLiteral("stg"), QStringLiteral("preprod"),
                                     QStringLiteral("preproduction"), QStringLiteral("uat"), QStringLiteral("qa"), QStringLiteral("nonprod")};
    static const QStringList production{QStringLiteral("production"), QStringLiteral("prod"), QStringLiteral("prd"), QStringLiteral("live")};
    static const QStringList before{QStringLiteral("pre"), QStringLiteral("non")};
    bool first = false, second = false;
    const QStringList words = name.split(separators, Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString word = words[i].toLower();
        const bool isBefore = i > 0 && before.contains(words[i - 1].toLower());
        first |= staging.contains(word) || (isBefore && production.contains(word));
        second |= production.contains(word) && !isBefore;
    }
    if (first == second)
        return {};
    return first ? Phase::Staging : Phase::Production;
}

std::vector<PhaseUnit> phasesIn(const PipelineSteps &steps)
{
    std::vector<PhaseUnit> units;
    const Pipeline &pipeline = *steps.pipeline;
    for (size_t j = 0; j < pipeline.jobs.size(); ++j) {
        const PipelineJob &job = pipeline.jobs[j];
        const bool inCall = job.parent && phaseOfJob(steps, *job.parent); // the call stands for its jobs
        const auto phase = phaseOfJob(steps, j);
        if (!phase || (inCall && job.environment.isEmpty()))
            continue;
        const bool ever = std::ranges::any_of(pipeline.occasions, [&](const Occasion &o) {
            return simulate(pipeline, {&o, {}, {}}).jobs[j].ran != Tri::No;
        });
        if (ever)
            units.push_back({*phase, job.id, job.file, job.environmentSpan.isValid() ? job.environmentSpan : job.span, &steps, j, nullptr});
    }
    return units;
}

std::vector<PhaseUnit> phasesIn(const Manifests &manifests)
{
    std::vector<PhaseUnit> units;
    for (const auto &file : manifests.files) {
        const QString name = file->name();
        const QString folder = name.left(name.lastIndexOf(u'/'));
        if (!name.contains(u"kustomization.y") || !folder.contains(u'/'))
            continue;
        if (const auto phase = phaseOf(folder.section(u'/', -1)))
            units.push_back({*phase, folder, name, {1, 1, 1, 2}, nullptr, 0, nullptr});
    }
    for (const KubeObject &o : manifests.objects) {
        if (o.kind != u"Application" || o.group() != u"argoproj.io")
            continue;
        const Yaml spec = o.node["spec"];
        const Yaml source = spec["source"] ? spec["source"] : spec["sources"].at(0);
        for (const QString &name : {o.name, source["path"].string(), spec["destination"]["name"].string(), spec["destination"]["namespace"].string()}) {
            const auto phase = phaseOf(name);
            if (!phase)
                continue;
            units.push_back({*phase, o.title(), o.file, o.node["metadata"]["name"].entrySpan(), nullptr, 0, &o});
            break;
        }
    }
    return units;
}

Order orderOf(const PhaseUnit &staging, const PhaseUnit &production)
{
    if (staging.steps && production.steps)
        return orderOfJobs(staging, production);
    if (staging.application && production.application)
        return orderOfApplications(*staging.application, *production.application);
    return Order::None;
}

} // namespace tenken
