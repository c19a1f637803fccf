// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/kneesteps.h>

#include <algorithm>

namespace tenken
{

constexpr qint64 fewestSamples = 20; // below, a step's percentiles say nothing

std::vector<int> wayUp(const std::vector<LoadStep> &steps, double (*load)(const LoadStep &))
{
    double most = 0;
    for (const LoadStep &step : steps)
        most = std::max(most, load(step));
    std::vector<int> order;
    bool atTop = false;
    for (int i = 0; i < int(steps.size()); ++i) {
        const bool top = load(steps[size_t(i)]) >= 0.97 * most;
        if (atTop && !top)
            break;
        atTop = top;
        if (steps[size_t(i)].samples >= fewestSamples)
            order.push_back(i);
    }
    std::ranges::stable_sort(order, {}, [&](int i) { return load(steps[size_t(i)]); });
    return order;
}

std::vector<LoadStep> secondClimb(const std::vector<LoadStep> &steps, double (*load)(const LoadStep &))
{
    constexpr size_t fewest = 3;
    if (steps.size() < 2 * fewest)
        return {};
    const double most = load(*std::ranges::max_element(steps, {}, load));
    const auto isTop = [&](const LoadStep &step) { return load(step) >= 0.97 * most; };
    const auto top = std::ranges::find_if(steps, isTop);
    const auto behind = std::find_if_not(top, steps.end(), isTop);
    const auto lowest = std::ranges::min_element(behind, steps.end(), {}, load);
    if (lowest == steps.end() || load(*lowest) > 0.5 * most)
        return {};
    std::vector<LoadStep> again;
    for (auto at = lowest; at != steps.end() && (again.empty() || load(*at) > load(again.back())); ++at)
        again.push_back(*at);
    return again.size() >= fewest ? again : std::vector<LoadStep>{};
}

double sharedPercentile(const std::vector<LoadStep> &steps, const std::vector<int> &order, double wanted)
{
    for (const double q : {wanted, 0.99, 0.975, 0.95, 0.9}) {
        const auto has = [&](int i) { return !steps[size_t(i)].distrusted && steps[size_t(i)].percentile(q) >= 0; };
        if (std::ranges::all_of(order, has))
            return q;
    }
    return 0;
}

static QString percentileName(double q)
{
    return u'p' + QString::number(q * 100, 'g', 5);
}

std::vector<Text> caveatsOf(const std::vector<LoadStep> &steps, double judged, double wanted)
{
    if (judged == wanted)
        return {};
    if (judged > 0)
        return {Text{"%1 のない段があるため、%2 で判定しました。", "Not every level has its %1, so %2 was judged."}.arg(
            percentileName(wanted), percentileName(judged))};
    if (std::ranges::any_of(steps, &LoadStep::distrusted))
        return {{"遅延の件数が要求より多く、このツールの補正は誤りです。遅延は使わず、完了した数と誤りで判定しました。",
                 "There are more latencies than requests: this tool's correction is wrong. Completed requests and errors "
                 "were judged, latency was not."}};
    return {{"遅延の分位点がそろわず、完了した数と誤りだけで判定しました。",
             "The levels share no latency percentile, so only completed requests and errors were judged."}};
}

double baseline(const std::vector<LoadStep> &steps, const std::vector<int> &order, double percentile)
{
    if (percentile <= 0)
        return 0;
    std::vector<double> low;
    for (size_t i = 0; i < (order.size() + 1) / 2; ++i)
        low.push_back(steps[size_t(order[i])].percentile(percentile));
    std::ranges::sort(low);
    low.resize((low.size() + 1) / 2);
    const size_t middle = low.size() / 2;
    return low.size() % 2 == 1 ? low[middle] : (low[middle - 1] + low[middle]) / 2;
}

std::vector<KneeSign> signsOf(const LoadStep &step, double baseline, double percentile, const KneeOptions &options)
{
    std::vector<KneeSign> signs;
    const double whole = percentile > 0 ? step.percentile(percentile) : 0;
    const double latency = percentile > 0 && !step.distrusted ? std::max(whole, step.lastPercentile(percentile)) : whole;
    if (latency > options.targetMs.value_or(options.ratio * baseline))
        signs.push_back(KneeSign::LatencyJump);
    // Requests still in flight at the end of a step are no shortfall.
    const double missing = (step.offered - step.throughput) * (step.end - step.start);
    const double inFlight = step.offered * baseline / 1000;
    if (step.throughput < (1 - options.shortfall) * step.offered && missing > 2 * inFlight + 3)
        signs.push_back(KneeSign::Shortfall);
    if (percentile > 0 && step.growth > options.growth && latency > 1.3 * baseline)
        signs.push_back(KneeSign::GrowthInStep);
    if (errorRate(step) > options.errorRate)
        signs.push_back(KneeSign::Errors);
    return signs;
}

double firstErrors(const std::vector<LoadStep> &steps, const std::vector<int> &order,
                   const KneeOptions &options)
{
    for (const int i : order) {
        if (errorRate(steps[size_t(i)]) > options.errorRate)
            return steps[size_t(i)].offered;
    }
    return 0;
}

} // namespace tenken
