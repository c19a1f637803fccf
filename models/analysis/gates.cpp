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
                   const StepRef &push, Simulations &simulations)
{
    if (check.job == push.job || usual.jobs[check.job].ran == Tri::Yes)
        return true;
    if (simulations.get(pipeline, occasion, {}, check.job).ran(push) == Tri::No)
        return true;
    const QString &asked = pipeline.jobs[check.job].conditionText;
    return !asked.isEmpty() && asked == pipeline.jobs[push.job].conditionText;
}

/// The push asks for the results of all that it needs, in words that cannot be evaluated.
bool asksForResults(const Pipeline &pipeline, const StepRef &push)
{
    const QString asked = pipeline.jobs[push.job].conditionText + stepOf(pipeline, push).conditionText;
    return asked.contains(u"needs.*") || asked.contains(u"(needs");
}

} // namespace

Gate gateOf(const Pipeline &pipeline, const FoundStep &check, const FoundStep &push, const Occasion &occasion,
            Simulations &simulations)
{
    simulations.count(20);
    const PipelineOutcome &usual = simulations.get(pipeline, occasion);
    if (usual.ran(check.ref) == Tri::No)
        return Gate::Elsewhere;
    if (check.canFail == Tri::No)
        return Gate::Ignored;
    const PipelineOutcome &failed = simulations.get(pipeline, occasion, check.ref);
    const Tri pushes = failed.ran(push.ref);
    if (pushes == Tri::No) {
        const bool always = runsWithin(pipeline, usual, check.ref, push.ref)
            && jobRunsWithin(pipeline, usual, occasion, check.ref, push.ref, simulations);
        return !always ? Gate::Conditional : check.canFail == Tri::Maybe ? Gate::Unclear : Gate::Holds;
    }
    if (pushes == Tri::Maybe && (usual.ran(push.ref) == Tri::Yes || asksForResults(pipeline, push.ref)))
        return Gate::Unclear;
    const PipelineOutcome::Job &job = failed.jobs[check.ref.job];
    if (job.manual)
        return Gate::Conditional;
    if (job.good == Tri::No)
        return Gate::Beside;
    return job.good == Tri::Maybe && job.ran == Tri::Yes ? Gate::Unclear : Gate::Ignored;
}

Gate gateAcross(const Pipeline &checking, const FoundStep &check, const Pipeline &pushing, const FoundStep &push,
                const Occasion &occasion, Simulations &simulations)
{
    simulations.count(20);
    const QString conclusion = QStringLiteral("github.event.workflow_run.conclusion");
    if (!pushing.startedBy.contains(checking.name) || occasion.values.value(conclusion).kind != ExprValue::Kind::Text)
        return Gate::Elsewhere;
    if (simulations.get(pushing, simulations.afterFailure(occasion)).ran(push.ref) != Tri::No)
        return Gate::Beside; // it starts after failures too
    Gate best = Gate::Elsewhere;
    for (const Occasion &o : checking.occasions) {
        const Tri runs = simulations.get(checking, o).ran(check.ref);
        if (runs == Tri::No)
            continue;
        const bool fails = simulations.get(checking, o, check.ref).fails() == Tri::Yes;
        const bool stops = fails && check.canFail == Tri::Yes;
        const bool unclear = fails && check.canFail == Tri::Maybe;
        best = std::min(best, unclear ? Gate::Unclear : !stops ? Gate::Ignored : runs == Tri::Yes ? Gate::Holds : Gate::Conditional);
    }
    return best;
}

} // namespace tenken
