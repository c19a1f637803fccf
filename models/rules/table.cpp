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
        dependenciesCapacityRule(),
        dependencyLossRule(),
        dependencyReturnRule(),
        errorReportingRule(),
        eventCapacityRule(),
        gracefulStopRule(),
        guideHeadingsRule(),
        healthEndpointsRule(),
        latencyTargetRule(),
        linearRule(),
        liveness200Rule(),
        logQueryRule(),
        minReadyRule(),
        mixedVersionsRule(),
        nodeAffinityRule(),
        nodeSizeRule(),
        peakEnduredRule(),
        podResourcesRule(),
        podThroughputRule(),
        progressiveDeliveryRule(),
        proxyDrainRule(),
        proxyFirstRule(),
        readiness503Rule(),
        retriesRule(),
        rollingUpdateRule(),
        runbookLinksRule(),
        safeStartRule(),
        smokeRule(),
        timeoutsRule(),
        uptimeRule(),
        zoneLossRule(),
        zoneReturnRule(),
    };
    return rules;
}

const Rule *findRule(const QString &name)
{
    const auto rules = allRules();
    const auto it = std::ranges::find_if(rules, [&](const Rule &r) { return name == QLatin1StringView(r.name); });
    return it == rules.end() ? nullptr : &*it;
}

QStringList recordKindsOf(const Item &item)
{
    QStringList kinds;
    for (const RuleUse &use : item.rules) {
        const Rule *rule = findRule(use.rule);
        for (const char *kind : rule ? rule->records : std::vector<const char *>())
            kinds << QString::fromLatin1(kind);
    }
    kinds.removeDuplicates();
    return kinds;
}

} // namespace tenken
