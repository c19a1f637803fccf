// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/stepkinds.h>

#include <algorithm>

namespace tenken {

namespace {

/// It asks how something else went, so a run in which all goes well says nothing about it.
bool asksForState(const Expr &expr)
{
    static const QStringList calls{QStringLiteral("failure"), QStringLiteral("cancelled")};
    if (expr.op == Expr::Op::Call && calls.contains(expr.name))
        return true;
    if (expr.op == Expr::Op::Not && expr.calls({QStringLiteral("success")}))
        return true;
    if (expr.op == Expr::Op::Name && (expr.name.startsWith(u"needs.") || expr.name.startsWith(u"steps.") || expr.name.endsWith(u".status")))
        return true;
    return std::ranges::any_of(expr.args, asksForState);
}

bool asksForState(const Pipeline &pipeline, size_t index)
{
    const PipelineJob &job = pipeline.jobs[index];
    const auto asks = [](const PipelineJob &j) {
        return std::ranges::any_of(j.rules, [](const PipelineRule &rule) { return asksForState(rule.condition); });
    };
    if (asks(job) || std::ranges::any_of(job.needs, [&](size_t need) { return asks(pipeline.jobs[need]); }))
        return true;
    return job.parent && *job.parent < index && asksForState(pipeline, *job.parent);
}

/// One for each event, and of the event alone something is known: branches and tags are only examples.
std::vector<Occasion> anyOccasions(const Pipeline &pipeline)
{
    std::vector<Occasion> all;
    for (const Occasion &given : pipeline.occasions) {
        Occasion any{given.name, {}};
        for (const char *key : {"github.event_name", "$CI_PIPELINE_SOURCE"}) {
            const QString name = QString::fromLatin1(key);
            if (given.values.contains(name))
                any.values.insert(name, given.values[name]);
        }
        const auto same = [&](const Occasion &o) {
            return std::ranges::equal(o.values.asKeyValueRange(), any.values.asKeyValueRange(),
                                      [](const auto &a, const auto &b) { return a.first == b.first && a.second.text == b.second.text; });
        };
        if (std::ranges::none_of(all, same))
            all.push_back(std::move(any));
    }
    return all;
}

} // namespace

void setIdleAside(PipelineSteps &steps)
{
    const Pipeline &pipeline = *steps.pipeline;
    const std::vector<Occasion> occasions = anyOccasions(pipeline);
    if (occasions.empty() || steps.found.empty())
        return;
    std::vector<PipelineOutcome> outcomes;
    for (const Occasion &occasion : occasions)
        outcomes.push_back(simulate(pipeline, {&occasion, {}, {}}));
    const auto runs = [&](const FoundStep &f) {
        const auto ran = [&](const PipelineOutcome &outcome) { return outcome.ran(f.ref) != Tri::No; };
        return std::ranges::any_of(outcomes, ran) || asksForState(pipeline.jobs[f.ref.job].steps[f.ref.step].condition)
            || asksForState(pipeline, f.ref.job);
    };
    const auto idle = std::ranges::stable_partition(steps.found, runs);
    steps.idle.assign(std::make_move_iterator(idle.begin()), std::make_move_iterator(idle.end()));
    steps.found.erase(idle.begin(), idle.end());
}

} // namespace tenken
