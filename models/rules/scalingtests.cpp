// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/newertests.h>
#include <rules/scalingtests.h>

#include <analysis/planninglaw.h>

#include <algorithm>

namespace tenken
{

std::vector<const LoadTestAnalysis *> scalingTests(const std::vector<LoadTestAnalysis> &tests)
{
    std::vector<const LoadTestAnalysis *> found;
    for (const LoadTestAnalysis &a : tests) {
        const QString &purpose = a.test->source.purpose;
        if (a.perPod() && a.knee.reached
            && (purpose.isEmpty() || purpose == u"scaling" || purpose == u"knee") && !isReplaced(a, tests))
            found.push_back(&a);
    }
    return found;
}

ScaleOut scaleOutOf(const std::vector<LoadTestAnalysis> &tests)
{
    const std::optional<Scaling> scaling = scalingOf(tests);
    return scaling ? ScaleOut{planningLaw(scaling->points), scaling->mostTested(), scaling->points} : ScaleOut{};
}

std::optional<Scaling> scalingOf(const std::vector<LoadTestAnalysis> &tests)
{
    std::vector<ScalingPoint> points;
    for (const LoadTestAnalysis *a : scalingTests(tests))
        points.push_back({*a->test->source.pods, a->knee.throughput});
    Scaling scaling = analyseScaling(std::move(points));
    if (scaling.points.size() < 2)
        return {};
    return scaling;
}

} // namespace tenken
