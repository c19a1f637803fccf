// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>

#include <algorithm>

namespace tenken {

// Explicit, for self-registration is lost in static libraries and hides the list. Sorted by name.
std::span<const Rule> allRules()
{
    static const std::vector<Rule> rules = {
        accessLogRule(),
        alert5xxRule(),
        alertBatchRule(),
        alertDependenciesRule(),
        alertLatencyRule(),
        alertResponseRule(),
        apmRule(),
        autoscalingRule(),
        bottleneckRule(),
        canaryRule(),
        dependencyLossRule(),
        errorReportingRule(),
        eventCapacityRule(),
        gracefulStopRule(),
        guideHeadingsRule(),
        healthEndpointsRule(),
        latencyTargetRule(),
        linearRule(),
        logQueryRule(),
        minReadyRule(),
        peakEnduredRule(),
        podResourcesRule(),
        podThroughputRule(),
        progressiveDeliveryRule(),
        proxyDrainRule(),
        proxyFirstRule(),
        retriesRule(),
        rollingUpdateRule(),
        runbookLinksRule(),
        safeStartRule(),
        timeoutsRule(),
        uptimeRule(),
        zoneLossRule(),
    };
    return rules;
}

const Rule *findRule(const QString &name)
{
    const auto rules = allRules();
    const auto it = std::ranges::find_if(rules, [&](const Rule &r) { return name == QLatin1StringView(r.name); });
    return it == rules.end() ? nullptr : &*it;
}

} // namespace tenken
