// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/scaling.h>

#include <algorithm>

namespace tenken
{

int Scaling::linearUpTo(double least, double lastPod) const
{
    if (points.size() < 2)
        return 0;
    const double perPod = points.front().throughput / points.front().pods;
    int pods = points.front().pods;
    for (size_t i = 1; i < points.size(); ++i) {
        const double added = (points[i].throughput - points[i - 1].throughput) / (points[i].pods - points[i - 1].pods);
        // Exactly at a bound is within it, whatever the last binary digit says.
        if (efficiency[i] < least - 1e-9 || added < (lastPod - 1e-9) * perPod)
            break;
        pods = points[i].pods;
    }
    return pods;
}

bool Scaling::isLinear(double least, double lastPod) const
{
    return points.size() >= 2 && std::ranges::all_of(efficiency, [&](double e) { return e >= least - 1e-9; })
        && lastMarginalShare >= lastPod - 1e-9;
}

Scaling analyseScaling(std::vector<ScalingPoint> points)
{
    Scaling scaling;
    std::erase_if(points, [](const ScalingPoint &p) { return p.pods <= 0 || !(p.throughput > 0); });
    std::ranges::stable_sort(points, {}, &ScalingPoint::pods);
    for (const ScalingPoint &point : points) { // one per pod count: the most that it was seen to carry
        if (scaling.points.empty() || scaling.points.back().pods != point.pods)
            scaling.points.push_back(point);
        else
            scaling.points.back().throughput = std::max(scaling.points.back().throughput, point.throughput);
    }
    if (scaling.points.empty())
        return scaling;
    const double perPod = scaling.points.front().throughput / scaling.points.front().pods;
    for (const ScalingPoint &point : scaling.points)
        scaling.efficiency.push_back(point.throughput / (point.pods * perPod));
    if (scaling.points.size() >= 2) {
        const ScalingPoint &last = scaling.points.back(), &before = scaling.points[scaling.points.size() - 2];
        scaling.lastMarginalShare =
            (last.throughput - before.throughput) / (last.pods - before.pods) / perPod;
    }
    scaling.fit = fitUsl(scaling.points);
    return scaling;
}

} // namespace tenken
