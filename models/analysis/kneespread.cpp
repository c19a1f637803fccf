// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/kneespread.h>
#include <analysis/resampling.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

constexpr int draws = 200;
constexpr size_t fewestBlocks = 4; // of a step
constexpr quint64 seed = 20260101;

LoadStep drawn(const LoadStep &step, const ResampledStep &again, double percentile)
{
    LoadStep s;
    s.start = step.start;
    s.end = step.start + again.seconds();
    s.users = step.users;
    s.samples = qint64(std::llround(again.startedRate() * again.seconds()));
    s.errors = qint64(std::llround(again.errorShare() * double(s.samples)));
    s.throughput = again.throughput();
    // What was asked for does not scatter; what was counted does.
    const double counted = step.samples > 0 ? double(step.samples) / (step.end - step.start) : 0;
    s.offered = std::abs(step.offered - counted) <= 1e-6 * counted ? again.startedRate() : step.offered;
    s.timed = s.samples;
    s.growth = again.growth();
    s.p50 = again.percentile(0.5);
    s.p95 = again.percentile(0.95);
    s.p99 = again.percentile(0.99);
    if (percentile > 0)
        s.stated = {{percentile, again.percentile(percentile)}};
    return s;
}

double loadOf(const LoadStep &step, LoadModel model)
{
    return model == LoadModel::Closed ? step.users : step.offered;
}

} // namespace

std::optional<KneeSpread> spreadOf(const Knee &knee, const LoadTestRun &run, const std::vector<LoadStep> &steps,
                                   const KneeOptions &options)
{
    if (!knee.usable)
        return {};
    std::vector<ResampledStep> resampled;
    for (const LoadStep &step : steps) {
        resampled.emplace_back(run, step);
        if (resampled.back().isEmpty() || resampled.back().blocks() < fewestBlocks)
            return {};
    }
    Draws random(seed);
    KneeSpread spread;
    std::vector<double> loads;
    for (int i = 0; i < draws; ++i) {
        std::vector<LoadStep> again;
        for (size_t s = 0; s < steps.size(); ++s) {
            resampled[s].draw(random);
            again.push_back(drawn(steps[s], resampled[s], knee.percentile));
        }
        const Knee other = findKnee(again, run.model, options);
        if (!other.usable)
            continue;
        ++spread.draws;
        spread.reached += other.reached ? 1 : 0;
        spread.agreement += other.reached == knee.reached && other.lastGoodStep == knee.lastGoodStep ? 1 : 0;
        // The step's own load, so that a draw of the same knee is the same number.
        loads.push_back(loadOf(steps[size_t(other.lastGoodStep)], run.model));
    }
    if (loads.empty())
        return {};
    std::ranges::sort(loads);
    spread.reached /= spread.draws;
    spread.agreement /= spread.draws;
    const auto at = [&](double q) { return loads[size_t(std::lround(q * double(loads.size() - 1)))]; };
    spread.low = at(0.025);
    spread.high = at(0.975);
    return spread;
}

} // namespace tenken
