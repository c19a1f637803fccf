// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

/// How many pods a workload is given: by its autoscaler, else by its own replica count.
struct ReplicaRange {
    int min = 1; ///< HPA: 1 where unset; KEDA: minReplicaCount, 0 where unset
    int max = 1; ///< HPA: maxReplicas; KEDA: 100 where unset
    bool known = true; ///< false: a number there that cannot be read, or no count at all (DaemonSet)
    bool paused = false; ///< KEDA's annotation: nothing scales, no schedule either
    const KubeObject *autoscaler = nullptr; ///< null: a fixed count
    Yaml minNode, maxNode; ///< missing where a default holds
    bool isKeda() const;
    QString file(const Workload &w) const; ///< where min and max stand
};

ReplicaRange replicasOf(const Manifests &manifests, const Workload &workload);

/// The workloads that carry the service's requests: the long-running ones; of several, those that a Service
/// object selects, and of these the one named as the service (or an alias). A canary beside others is left
/// out.
std::vector<const Workload *> servingWorkloads(const RuleContext &context);
ServingWorkloads servingWorkloads(const Manifests &manifests, const Service &service);

/// The event with the highest peak rate, or null.
const CapacityEvent *largestEvent(const Service &service);

/// Pods for a rate: ⌈rate ÷ perPod⌉, kept within what an int holds. perPod must be positive.
int podsFor(double rps, double perPod);

} // namespace tenken
