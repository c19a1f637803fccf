// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/phases.h>

#include <analysis/commandpurpose.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

struct Starts {
    bool byBranch = false, byTag = false, byHand = false, afterOther = false, other = false;
    QStringList branches;
};

Starts startsOf(const PhaseUnit &unit, Simulations &simulations)
{
    Starts starts;
    const Pipeline &pipeline = *unit.steps->pipeline;
    for (const Occasion &occasion : pipeline.occasions) {
        const PipelineOutcome::Job &job = simulations.get(pipeline, occasion).jobs[unit.job];
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

/// What fails where staging does: one of its deliveries, else the last thing it does.
std::vector<StepRef> breaksOf(const PhaseUnit &staging)
{
    if (staging.at)
        return {*staging.at};
    std::vector<StepRef> breaks;
    for (const FoundStep *step : staging.steps->of(Deploys)) {
        if (step->ref.job == staging.job)
            breaks.push_back(step->ref);
    }
    const std::vector<PipelineStep> &steps = staging.steps->pipeline->jobs[staging.job].steps;
    if (!breaks.empty() || steps.empty())
        return breaks;
    StepRef last{staging.job, steps.size() - 1, {}};
    const auto &script = steps.back().script;
    for (size_t c = 0; script && c < script->commands.size(); ++c) {
        if (!onlyPrints(script->commands[c].words))
            last.command = c; // `|| true` is about the command
    }
    return {last};
}

/// Production stays away where staging fails.
bool waits(const PhaseUnit &staging, const PhaseUnit &production, const Occasion &occasion, Simulations &simulations)
{
    const Pipeline &pipeline = *staging.steps->pipeline;
    const auto stays = [&](const PipelineOutcome &outcome) {
        return (production.at ? outcome.ran(*production.at) : outcome.jobs[production.job].ran) == Tri::No;
    };
    const std::vector<StepRef> breaks = breaksOf(staging);
    if (breaks.empty())
        return stays(simulations.get(pipeline, occasion, {}, staging.job));
    return std::ranges::any_of(breaks, [&](const StepRef &ref) { return stays(simulations.get(pipeline, occasion, ref)); });
}

Order orderOfJobs(const PhaseUnit &staging, const PhaseUnit &production, Simulations &simulations)
{
    const Starts first = startsOf(staging, simulations), then = startsOf(production, simulations);
    if (staging.steps == production.steps) {
        const Pipeline &pipeline = *staging.steps->pipeline;
        bool any = false, all = true;
        for (const Occasion &occasion : pipeline.occasions) {
            const PipelineOutcome &usual = simulations.get(pipeline, occasion);
            if (usual.jobs[production.job].ran == Tri::No || usual.jobs[staging.job].ran == Tri::No)
                continue;
            any = true;
            all = all && waits(staging, production, occasion, simulations);
        }
        if (any && all)
            return Order::Gated;
        if (any)
            return then.byHand && !then.byBranch && !then.byTag ? Order::ByHand : Order::None;
    } else if (production.steps->pipeline->startedBy.contains(staging.steps->pipeline->name) && then.afterOther) {
        Tri runs = Tri::No;
        for (const Occasion &occasion : production.steps->pipeline->occasions) {
            if (occasion.name.en == u"workflow_run")
                runs = simulations.get(*production.steps->pipeline, simulations.afterFailure(occasion)).jobs[production.job].ran;
        }
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

std::vector<PhaseUnit> phasesIn(const Manifests &manifests)
{
    std::vector<PhaseUnit> units;
    for (const auto &file : manifests.files) {
        const QString name = file->name();
        const QString folder = name.left(name.lastIndexOf(u'/'));
        if (!name.contains(u"kustomization.y") || !folder.contains(u'/'))
            continue;
        if (const auto phase = phaseOf(folder.section(u'/', -1)))
            units.push_back({*phase, folder, name, {1, 1, 1, 2}, nullptr, 0, {}, nullptr});
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
            units.push_back({*phase, o.title(), o.file, o.node["metadata"]["name"].entrySpan(), nullptr, 0, {}, &o});
            break;
        }
    }
    return units;
}

Order orderOf(const PhaseUnit &staging, const PhaseUnit &production, Simulations &simulations)
{
    if (staging.steps && production.steps)
        return orderOfJobs(staging, production, simulations);
    if (staging.application && production.application)
        return orderOfApplications(*staging.application, *production.application);
    return Order::None;
}

} // namespace tenken
