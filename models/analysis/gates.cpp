// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/gates.h>

#include <algorithm>

namespace tenken {

namespace {

const PipelineStep &stepOf(const Pipeline &pipeline, const StepRef &ref)
{
    return pipeline.jobs[ref.job].steps[ref.step];
}

/// The check's own conditions hold wherever the push's do.
bool runsWithin(const Pipeline &pipeline, const PipelineOutcome &usual, const StepRef &check, const StepRef &push)
{
    const PipelineStep &step = stepOf(pipeline, check);
    const PipelineOutcome::Job &job = usual.jobs[check.job];
    const PipelineOutcome::Step &ran = job.steps[check.step];
    const bool sameStep = check.job == push.job && check.step == push.step;
    if (ran.ran != job.ran && !sameStep) { // the step has a condition of its own
        const bool same = check.job == push.job && step.conditionText == stepOf(pipeline, push).conditionText;
        if (!same && step.conditionText != pipeline.jobs[push.job].conditionText)
            return false;
    }
    if (!check.command || ran.commands[*check.command] == ran.ran)
        return true;
    if (!sameStep || !push.command)
        return false;
    const QList<int> &outer = step.script->commands[*check.command].branches;
    const QList<int> &inner = step.script->commands[*push.command].branches;
    return std::ranges::equal(outer, inner.mid(0, outer.size()));
}

/// Without the check's job the push does not run either, or both ask the same.
bool jobRunsWithin(const Pipeline &pipeline, const PipelineOutcome &usual, const Occasion &occasion, const StepRef &check,
                   const StepRef &push)
{
    if (check.job == push.job || usual.jobs[check.job].ran == Tri::Yes)
        return true;
    Scenario without{&occasion, {}, check.job};
    if (simulate(pipeline, without).ran(push) == Tri::No)
        return true;
    const QString &asked = pipeline.jobs[check.job].conditionText;
    return !asked.isEmpty() && asked == pipeline.jobs[push.job].conditionText;
}

} // namespace

Tri pushesOn(const Pipeline &pipeline, const FoundStep &push, const Occasion &occasion)
{
    const Tri ran = simulate(pipeline, {&occasion, {}, {}}).ran(push.ref);
    return both(ran, truthOf(valueOn(occasion, push.pushes)));
}

const PipelineOutcome &Simulations::get(const Pipeline &pipeline, const Occasion &occasion, const std::optional<StepRef> &failing)
{
    const auto key = std::tuple(&pipeline, &occasion, failing);
    const auto known = m_done.find(key);
    if (known != m_done.end())
        return known->second;
    return m_done.emplace(key, simulate(pipeline, {&occasion, failing, {}})).first->second;
}

Gate gateOf(const Pipeline &pipeline, const FoundStep &check, const FoundStep &push, const Occasion &occasion,
            Simulations &simulations)
{
    const PipelineOutcome &usual = simulations.get(pipeline, occasion);
    if (usual.ran(check.ref) == Tri::No)
        return Gate::Elsewhere;
    if (check.canFail == Tri::No)
        return Gate::Ignored;
    const PipelineOutcome &failed = simulations.get(pipeline, occasion, check.ref);
    const Tri pushes = failed.ran(push.ref);
    if (pushes == Tri::No) {
        const bool always = runsWithin(pipeline, usual, check.ref, push.ref)
            && jobRunsWithin(pipeline, usual, occasion, check.ref, push.ref);
        return !always ? Gate::Conditional : check.canFail == Tri::Maybe ? Gate::Unclear : Gate::Holds;
    }
    if (pushes == Tri::Maybe && usual.ran(push.ref) == Tri::Yes)
        return Gate::Unclear;
    const PipelineOutcome::Job &job = failed.jobs[check.ref.job];
    if (job.manual)
        return Gate::Conditional;
    if (job.good == Tri::No)
        return Gate::Beside;
    return job.good == Tri::Maybe && job.ran == Tri::Yes ? Gate::Unclear : Gate::Ignored;
}

Gate gateAcross(const Pipeline &checking, const FoundStep &check, const Pipeline &pushing, const FoundStep &push,
                const Occasion &occasion)
{
    const QString conclusion = QStringLiteral("github.event.workflow_run.conclusion");
    if (!pushing.startedBy.contains(checking.name) || occasion.values.value(conclusion).kind != ExprValue::Kind::Text)
        return Gate::Elsewhere;
    Occasion afterFailure = occasion;
    afterFailure.values.insert(conclusion, ExprValue::of(QStringLiteral("failure")));
    if (simulate(pushing, {&afterFailure, {}, {}}).ran(push.ref) != Tri::No)
        return Gate::Beside; // it starts after failures too
    Gate best = Gate::Elsewhere;
    for (const Occasion &o : checking.occasions) {
        const Tri runs = simulate(checking, {&o, {}, {}}).ran(check.ref);
        if (runs == Tri::No)
            continue;
        const bool stops = simulate(checking, {&o, check.ref, {}}).fails() == Tri::Yes && check.canFail == Tri::Yes;
        best = std::min(best, !stops ? Gate::Ignored : runs == Tri::Yes ? Gate::Holds : Gate::Conditional);
    }
    return best;
}

} // namespace tenken
