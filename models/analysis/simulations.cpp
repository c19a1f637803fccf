// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/simulations.h>

namespace tenken {

const PipelineOutcome &Simulations::get(const Pipeline &pipeline, const Occasion &occasion, const std::optional<StepRef> &failing,
                                        std::optional<size_t> withoutJob)
{
    const bool usual = !failing && !withoutJob;
    const Key key(&pipeline, &occasion, failing, withoutJob);
    if (const auto known = m_done.find(key); known != m_done.end())
        return known->second;
    if (!usual && exhausted())
        return get(pipeline, occasion);
    m_work += weightOf(pipeline);
    return m_done.emplace(key, simulate(pipeline, {&occasion, failing, withoutJob})).first->second;
}

const Occasion &Simulations::afterFailure(const Occasion &occasion)
{
    std::unique_ptr<const Occasion> &failed = m_afterFailure[&occasion];
    if (!failed) {
        Occasion made = occasion;
        made.values.insert(QStringLiteral("github.event.workflow_run.conclusion"), ExprValue::of(QStringLiteral("failure")));
        failed = std::make_unique<const Occasion>(std::move(made));
    }
    return *failed;
}

/// What one simulation costs, in commands: a step's condition takes some ten times as long as a command.
size_t Simulations::weightOf(const Pipeline &pipeline)
{
    const auto [place, isNew] = m_weights.try_emplace(&pipeline, 0);
    if (!isNew)
        return place->second;
    size_t weight = 0;
    for (const PipelineJob &job : pipeline.jobs) {
        weight += 10 + job.needs.size();
        for (const PipelineStep &step : job.steps)
            weight += 10 + (step.script ? step.script->commands.size() : 0);
    }
    place->second = weight;
    return weight;
}

} // namespace tenken
