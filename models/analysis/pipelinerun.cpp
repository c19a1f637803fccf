// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/pipelinerun.h>

#include <analysis/shellrun.h>

#include <algorithm>

namespace tenken {

namespace {

using Job = PipelineOutcome::Job;

class Simulation
{
public:
    Simulation(const Pipeline &pipeline, const Scenario &scenario)
        : m_pipeline(pipeline)
        , m_scenario(scenario)
        , m_states(pipeline.jobs.size())
        , m_children(pipeline.jobs.size())
    {
        outcome.jobs.resize(pipeline.jobs.size());
        for (size_t i = 0; i < pipeline.jobs.size(); ++i) {
            if (pipeline.jobs[i].parent)
                m_children[*pipeline.jobs[i].parent].push_back(i);
        }
    }

    PipelineOutcome outcome;

    void finish(size_t index)
    {
        enter(index);
        State &state = m_states[index];
        if (state.finished || state.finishing) // a cycle of needs never runs
            return;
        state.finishing = true;
        Job &job = outcome.jobs[index];
        if (m_pipeline.jobs[index].calls) {
            Tri good = job.ran;
            for (const size_t child : m_children[index]) {
                finish(child);
                good = both(good, negated(failed(child)));
            }
            job.good = good;
        } else {
            job.good = both(job.ran, runSteps(index));
        }
        const Tri allowed = job.ran == Tri::No ? Tri::No : allowance(index);
        if (allowed == Tri::Yes)
            job.good = job.ran;
        else if (allowed == Tri::Maybe && job.good == Tri::No)
            job.good = Tri::Maybe;
        state.finished = true;
    }

private:
    struct State {
        bool entering = false, entered = false, finishing = false, finished = false;
        const PipelineRule *rule = nullptr;
        Tri goodBefore = Tri::Yes;   ///< of what it needs; for GitHub, of all that lies before
        Tri failedBefore = Tri::No;  ///< of all that lies before
    };

    Tri failed(size_t index) const
    {
        const Job &job = outcome.jobs[index];
        return both(job.ran, negated(job.good));
    }

    Tri allowance(size_t index) const
    {
        const PipelineRule *rule = m_states[index].rule;
        return rule ? holds(rule->allowFailure, context({}, {})) : Tri::No;
    }

    /// Whether the job is begun: what it waits for, what calls it, its rules.
    void enter(size_t index)
    {
        State &state = m_states[index];
        if (state.entered || state.entering)
            return;
        state.entering = true;
        const PipelineJob &given = m_pipeline.jobs[index];
        for (const size_t need : given.needs) {
            finish(need);
            state.goodBefore = both(state.goodBefore, good(need));
            if (m_pipeline.system == Pipeline::System::GitHub) // it looks at all that lies before, the others at what is named
                state.goodBefore = both(state.goodBefore, m_states[need].goodBefore);
            state.failedBefore = either(state.failedBefore, either(failed(need), m_states[need].failedBefore));
        }
        Tri parent = Tri::Yes;
        if (given.parent) {
            enter(*given.parent);
            parent = outcome.jobs[*given.parent].ran;
        }
        Job &job = outcome.jobs[index];
        job.part = Tri::No;
        Tri ran = Tri::No;
        const ExprContext known = context(index, {});
        ExprContext apart = context(index, {});
        apart.status = [](const QString &name) { return tri(name == u"success" || name == u"always"); };
        Tri left = Tri::Yes; // that no rule before this one held
        for (const PipelineRule &rule : given.rules) {
            const Tri taken = both(left, holds(rule.isPart, apart));
            if (taken == Tri::No)
                continue;
            state.rule = state.rule ? state.rule : &rule;
            if (rule.part) {
                job.part = either(job.part, taken);
                ran = either(ran, both(taken, holds(rule.condition, known)));
                job.manual |= rule.manual;
            }
            left = both(left, negated(taken));
            if (left == Tri::No)
                break;
        }
        if (m_scenario.withoutJob == index)
            ran = job.part = Tri::No;
        job.ran = both(parent, ran);
        state.entered = true;
    }

    Tri good(size_t need) const
    {
        const Job &job = outcome.jobs[need];
        if (m_pipeline.system == Pipeline::System::GitHub)
            return job.good;
        // What the rules leave out is not waited for; a job that people start and that may fail is none either.
        Tri waits = job.manual && allowance(need) == Tri::Yes ? Tri::No : job.part;
        const PipelineRule *rule = m_states[need].rule;
        if (rule && rule->condition.calls({QStringLiteral("failure")})) // `when: on_failure`: left out where nothing failed
            waits = both(waits, job.ran);
        return either(negated(waits), job.good);
    }

    /// success(), failure() … of a job.
    Tri jobStatus(size_t index, const QString &name) const
    {
        if (name == u"always")
            return Tri::Yes;
        if (name == u"cancelled")
            return Tri::No;
        // CircleCI: where filters take all required jobs out, the job is out too.
        const std::vector<size_t> &needs = m_pipeline.jobs[index].needs;
        const bool circle = m_pipeline.system == Pipeline::System::CircleCi && !needs.empty();
        if (circle && std::ranges::all_of(needs, [this](size_t n) { return outcome.jobs[n].part == Tri::No; }))
            return Tri::No;
        return name == u"success" ? m_states[index].goodBefore : m_states[index].failedBefore;
    }

    ExprValue resultOf(size_t need) const
    {
        const Job &job = outcome.jobs[need];
        if (job.ran == Tri::No)
            return ExprValue::of(QStringLiteral("skipped"));
        if (job.ran == Tri::Maybe || job.good == Tri::Maybe)
            return {};
        return ExprValue::of(job.good == Tri::Yes ? QStringLiteral("success") : QStringLiteral("failure"));
    }

    ExprContext context(std::optional<size_t> index, std::optional<Tri> jobGood) const
    {
        ExprContext c;
        c.name = [this, index](const QString &name) { return nameValue(name, index); };
        c.status = [this, index, jobGood](const QString &name) {
            if (jobGood && name != u"always" && name != u"cancelled")
                return name == u"success" ? *jobGood : negated(*jobGood);
            return index && !jobGood ? jobStatus(*index, name) : tri(name == u"success" || name == u"always");
        };
        return c;
    }

    /// `needs.*.result` as the words that `contains` looks through: none of them is a part of another.
    ExprValue resultsOf(const std::vector<size_t> &needs) const
    {
        QStringList words;
        for (const size_t need : needs) {
            const ExprValue result = resultOf(need);
            if (result.kind == ExprValue::Kind::Unknown)
                return {};
            words.append(result.text);
        }
        return ExprValue::of(words.join(u' '));
    }

    ExprValue nameValue(const QString &name, std::optional<size_t> index) const
    {
        if (index && name == u"needs.*.result")
            return resultsOf(m_pipeline.jobs[*index].needs);
        if (index && name.startsWith(u"needs.") && name.endsWith(u".result")) {
            const QString wanted = name.sliced(6).chopped(7);
            for (const size_t need : m_pipeline.jobs[*index].needs) {
                const QString id = m_pipeline.jobs[need].id.section(QStringLiteral(" / "), -1);
                if (id == wanted || m_pipeline.jobs[need].id == wanted)
                    return resultOf(need);
            }
            return {};
        }
        if (index && name.startsWith(u"steps.") && (name.endsWith(u".outcome") || name.endsWith(u".conclusion")))
            return stepValue(name.section(u'.', 1, 1), name.endsWith(u".outcome"), *index);
        return m_scenario.occasion ? m_scenario.occasion->values.value(name) : ExprValue();
    }

    ExprValue stepValue(const QString &id, bool outcomeAsked, size_t index) const
    {
        const PipelineJob &job = m_pipeline.jobs[index];
        for (size_t i = 0; i < outcome.jobs[index].steps.size(); ++i) {
            if (job.steps[i].id != id)
                continue;
            if (outcome.jobs[index].steps[i].ran == Tri::No)
                return ExprValue::of(QStringLiteral("skipped"));
            const bool fails = m_scenario.failing && m_scenario.failing->job == index && m_scenario.failing->step == i;
            if (fails && !outcomeAsked)
                return {};
            return ExprValue::of(fails ? QStringLiteral("failure") : QStringLiteral("success"));
        }
        return {};
    }

    /// Gives whether the job's steps let it pass.
    Tri runSteps(size_t index)
    {
        const PipelineJob &job = m_pipeline.jobs[index];
        Job &result = outcome.jobs[index];
        Tri good = Tri::Yes;
        for (size_t i = 0; i < job.steps.size(); ++i) {
            const PipelineStep &step = job.steps[i];
            const auto &failing = m_scenario.failing;
            const bool here = failing && failing->job == index && failing->step == i;
            PipelineOutcome::Step ran;
            ran.ran = both(result.ran, holds(step.condition, context(index, good)));
            Tri ok = here && !failing->command ? Tri::No : Tri::Yes;
            if (step.script) {
                const ShellOutcome shell = runShell(*step.script, here ? failing->command : std::nullopt);
                for (const Tri command : shell.ran)
                    ran.commands.push_back(both(ran.ran, command));
                ok = both(ok, shell.succeeds);
                if (!here && shell.succeeds == Tri::Maybe)
                    ok = Tri::Yes;
            }
            result.steps.push_back(std::move(ran));
            const Tri reached = result.steps.back().ran;
            if (ok == Tri::Yes || reached == Tri::No || (reached == Tri::Maybe && !here))
                continue;
            const Tri passedOver = holds(step.continueOnError, context(index, good));
            good = both(good, either(ok, passedOver));
        }
        return good;
    }

    const Pipeline &m_pipeline;
    const Scenario &m_scenario;
    std::vector<State> m_states;
    std::vector<std::vector<size_t>> m_children;
};

} // namespace

Tri PipelineOutcome::ran(const StepRef &ref) const
{
    if (ref.job >= jobs.size() || ref.step >= jobs[ref.job].steps.size())
        return Tri::No;
    const Step &step = jobs[ref.job].steps[ref.step];
    if (!ref.command)
        return step.ran;
    return *ref.command < step.commands.size() ? step.commands[*ref.command] : Tri::No;
}

Tri PipelineOutcome::fails() const
{
    Tri result = Tri::No;
    for (const Job &job : jobs)
        result = either(result, both(job.ran, negated(job.good)));
    return result;
}

PipelineOutcome simulate(const Pipeline &pipeline, const Scenario &scenario)
{
    Simulation simulation(pipeline, scenario);
    for (size_t i = 0; i < pipeline.jobs.size(); ++i)
        simulation.finish(i);
    return std::move(simulation.outcome);
}

ExprValue valueOn(const Occasion &occasion, const Expr &expr)
{
    ExprContext context;
    context.name = [&](const QString &name) { return occasion.values.value(name); };
    return evaluate(expr, context);
}

} // namespace tenken
