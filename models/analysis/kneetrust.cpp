// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/kneesteps.h>
#include <analysis/kneetrust.h>

#include <algorithm>

namespace tenken
{

Confidence confidence(int points)
{
    return points >= 3 ? Confidence::High : points == 2 ? Confidence::Medium : Confidence::Low;
}

Confidence lowered(Confidence c)
{
    return c == Confidence::High ? Confidence::Medium : Confidence::Low;
}

bool trusted(const LoadStep &step, const Knee &knee)
{
    return knee.percentile > 0 ? step.trusts(knee.percentile) : step.samples >= 200;
}

bool areDoubtful(const std::vector<int> &spikes, const std::vector<int> &order, const std::vector<LoadStep> &steps,
                 const KneeOptions &options)
{
    const auto place = [&](int step) { return std::ranges::find(order, step) - order.begin(); };
    for (size_t i = 0; i < spikes.size(); ++i) {
        if (errorRate(steps[size_t(spikes[i])]) > options.errorRate)
            return true;
        if (i > 0 && place(spikes[i]) == place(spikes[i - 1]) + 1)
            return true;
    }
    return false;
}

Confidence kneeConfidence(const std::vector<LoadStep> &steps, const std::vector<int> &order, size_t good,
                          const Knee &knee)
{
    const LoadStep &last = steps[size_t(order[good])], &bad = steps[size_t(order[good + 1])];
    if (!trusted(last, knee) || !trusted(bad, knee))
        return Confidence::Low;
    int points = 0;
    points +=
        knee.signs.size() >= 2 || good + 2 < order.size() ? 1 : 0; // more signs, or more bad steps behind
    points += 1; // both steps have enough samples
    points += knee.secondOpinionAgrees ? 1 : 0;
    const bool wide = last.offered < 0.6 * bad.offered; // the knee is somewhere in a large interval
    return wide ? lowered(confidence(points)) : confidence(points);
}

double jumpOf(const LoadStep &bad, const Knee &knee)
{
    return knee.baselineP95 > 0 ? bad.percentile(knee.percentile) / knee.baselineP95 : 1;
}

} // namespace tenken
