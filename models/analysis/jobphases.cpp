// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/phases.h>

#include <analysis/commandpurpose.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

struct Told {
    Phase phase = Phase::Staging;
    std::optional<StepRef> at;
};

bool isOneWord(const QString &name)
{
    return std::ranges::all_of(name, [](QChar c) { return c.isLetterOrNumber(); });
}

bool isOpaque(const PipelineSteps &steps, size_t job)
{
    return steps.pipeline->jobs[job].calls
        || std::ranges::any_of(steps.opaque, [job](const OpaqueStep &o) { return o.job == job; });
}

/// Nothing leaves the job: it says something at most.
bool onlySays(const PipelineSteps &steps, size_t job)
{
    const auto says = [](const PipelineStep &step) {
        if (!step.script)
            return step.uses.startsWith(u"actions/checkout");
        return std::ranges::all_of(step.script->commands, [](const ShellCommand &c) { return onlyPrints(c.words); });
    };
    return !isOpaque(steps, job) && std::ranges::all_of(steps.pipeline->jobs[job].steps, says);
}

/// A job that is called as its phase brings something there, or nobody sees what it does.
bool mayDeliver(const PipelineSteps &steps, size_t job)
{
    static const QStringList carriers{
        QStringLiteral("aws"), QStringLiteral("gcloud"), QStringLiteral("gsutil"), QStringLiteral("az"), QStringLiteral("git"),
        QStringLiteral("gh"), QStringLiteral("ssh"), QStringLiteral("scp"), QStringLiteral("rsync"), QStringLiteral("curl"),
        QStringLiteral("kubectl"), QStringLiteral("helm"), QStringLiteral("kustomize"), QStringLiteral("terraform"),
        QStringLiteral("doctl"), QStringLiteral("oc"), QStringLiteral("docker"), QStringLiteral("skopeo"), QStringLiteral("crane")};
    if (isOpaque(steps, job))
        return true;
    const auto carries = [](const PipelineStep &step) {
        return step.script && std::ranges::any_of(step.script->commands, [](const ShellCommand &c) {
            return !c.words.isEmpty() && carriers.contains(programName(c.words[0]));
        });
    };
    return std::ranges::any_of(steps.found, [job](const FoundStep &s) { return s.ref.job == job && (s.kinds & Deploys); })
        || std::ranges::any_of(steps.pipeline->jobs[job].steps, carries);
}

/// What the words of a job's commands say; one job may deliver both phases, one after the other.
std::vector<Told> toldByWords(const PipelineJob &job, size_t index)
{
    std::vector<Told> told;
    for (size_t s = 0; s < job.steps.size(); ++s) {
        const auto &script = job.steps[s].script;
        for (size_t c = 0; script && c < script->commands.size(); ++c) {
            const QStringList &words = script->commands[c].words;
            const auto phase = onlyPrints(words) ? std::nullopt : phaseOf(words.join(u' '));
            if (phase && std::ranges::none_of(told, [&](const Told &t) { return t.phase == *phase; }))
                told.push_back({*phase, StepRef{index, s, c}});
        }
    }
    if (told.size() == 1)
        told.front().at.reset(); // the whole job is that phase
    return told;
}

/// A job's phase: by its environment, its name, the words of what it runs, then its workflow.
std::vector<Told> phasesOfJob(const PipelineSteps &steps, size_t index)
{
    const auto one = [](std::optional<Phase> phase) { return phase ? std::vector<Told>{{*phase, {}}} : std::vector<Told>(); };
    const PipelineJob &job = steps.pipeline->jobs[index];
    if (!job.delivers)
        return {};
    if (!job.environment.isEmpty())
        return one(phaseOf(job.environment));
    if (onlySays(steps, index))
        return {};
    static const QRegularExpression delivery(QStringLiteral("deploy|deliver|release|rollout|promote|sync|\\bcd\\b"),
                                             QRegularExpression::CaseInsensitiveOption);
    const bool isDelivery = std::ranges::any_of(steps.found, [&](const FoundStep &s) { return s.ref.job == index && (s.kinds & Deploys); })
        || delivery.match(job.id).hasMatch();
    const bool byName = isDelivery || (isOneWord(job.id) && mayDeliver(steps, index));
    if (const auto phase = phaseOf(job.id); phase && byName && !job.id.contains(u"build", Qt::CaseInsensitive))
        return one(phase);
    if (!isDelivery)
        return {};
    if (std::vector<Told> told = toldByWords(job, index); !told.empty())
        return told;
    return one(phaseOf(steps.pipeline->name + u' ' + steps.pipeline->file.section(u'/', -1)));
}

} // namespace

std::vector<PhaseUnit> phasesIn(const PipelineSteps &steps)
{
    std::vector<PhaseUnit> units;
    const Pipeline &pipeline = *steps.pipeline;
    std::vector<PipelineOutcome> usual;
    for (const Occasion &occasion : pipeline.occasions)
        usual.push_back(simulate(pipeline, {&occasion, {}, {}}));
    for (size_t j = 0; j < pipeline.jobs.size(); ++j) {
        const PipelineJob &job = pipeline.jobs[j];
        if (std::ranges::none_of(usual, [j](const PipelineOutcome &o) { return o.jobs[j].ran != Tri::No; }))
            continue;
        if (job.parent && job.environment.isEmpty() && !phasesOfJob(steps, *job.parent).empty())
            continue; // the call stands for its jobs
        for (const Told &told : phasesOfJob(steps, j)) {
            PhaseUnit unit{told.phase, job.id, job.file, job.environmentSpan.isValid() ? job.environmentSpan : job.span, &steps, j, told.at, nullptr};
            if (told.at) {
                const ShellCommand &command = job.steps[told.at->step].script->commands[*told.at->command];
                unit.what = command.text.left(80);
                unit.file = command.file;
                unit.span = command.span;
            }
            units.push_back(std::move(unit));
        }
    }
    return units;
}

} // namespace tenken
