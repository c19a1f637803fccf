// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

/// Pods per event for the rules that need them; what could not be known stands in `missing`.
struct Planning {
    CapacityPlan plan;
    /// Findings to say instead of anything that wants a number for every event. The plan is empty, unless they are
    /// of single events that no number of pods carries.
    std::vector<Finding> missing;
    std::vector<Finding> notes; ///< the declared throughput was not used, or a test contradicts the one that was
};

/// With headroom and zone-spare of the checklist's event-capacity rule (RuleContext::planning), so that every rule
/// that speaks of an event's pods means the same number; a rule that has such a parameter itself uses its own.
Planning planFor(const RuleContext &context);
double planningParameter(const RuleContext &context, const QString &name);

/// "9,000 req/s by the scaling law, extrapolated beyond 16 pods" – how an event's pods were worked out, one sentence;
/// empty where it is a plain division.
Text lawWords(const EventPlan &event, const ScaleOut &scaleOut);

/// "58 for the peak + 12 headroom + 34 spare for a lost zone": how the number comes about; empty where it is
/// the peak's alone.
Text planParts(const EventPlan &event);

/// Whether an event's load comes at once: all but the one named "normal", else the first if it is the
/// smallest.
bool isSudden(const Service &service, const CapacityEvent &event);

/// The most replicas a KEDA cron trigger asks for; 0 without one.
int cronReplicas(const KubeObject &scaledObject);

} // namespace tenken
