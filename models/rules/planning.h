// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

/// Pods per event for the rules that need them; what could not be known stands in `missing`.
struct Planning {
    CapacityPlan plan;
    std::vector<Finding> missing; ///< unknown findings; when there are any, the plan is empty
    std::optional<Finding> note; ///< the declared throughput was not used
};

/// With headroom and zone-spare of the checklist's event-capacity rule (RuleContext::planning), so that every rule
/// that speaks of an event's pods means the same number; a rule that has such a parameter itself uses its own.
Planning planFor(const RuleContext &context);
double planningParameter(const RuleContext &context, const QString &name);

/// "58 for the peak + 12 headroom + 34 spare for a lost zone": how the number comes about; empty where it is
/// the peak's alone.
Text planParts(const EventPlan &event);

/// Whether an event's load comes at once: all but the one named "normal", else the first if it is the
/// smallest.
bool isSudden(const Service &service, const CapacityEvent &event);

/// The most replicas a KEDA cron trigger asks for; 0 without one.
int cronReplicas(const KubeObject &scaledObject);

} // namespace tenken
