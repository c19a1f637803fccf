// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/nodegroups.h>
#include <evidence/manifests.h>

namespace tenken {

/// Pods at one moment of a rolling update.
struct RolloutStep {
    int oldPods = 0;
    int newStarting = 0;
    int newReady = 0;
    int ready() const { return oldPods + newReady; }
    int total() const { return oldPods + newStarting + newReady; }
};

struct Rollout {
    int replicas = 0;
    int maxSurge = 0;         ///< resolved, rounded up
    int maxUnavailable = 0;   ///< resolved, rounded down; 1 when both come out as 0
    int lowestReady = 0;
    int highestTotal = 0;
    std::vector<RolloutStep> steps;
    int needed = 0;           ///< pods the chosen event needs, 0 when unknown
};

/// Deployment semantics (ResolveFenceposts); `strategy` is spec.strategy.
Rollout simulateRollout(Yaml strategy, int replicas);
Rollout simulateRollout(int replicas, int maxSurge, int maxUnavailable);

/// How a workload replaces its pods, with the defaults of its kind and resolved against a replica count.
struct UpdateStrategy {
    enum class Type {
        Rolling,      ///< step by step within maxSurge and maxUnavailable
        AllNewFirst,  ///< every old pod stays until the new ones are ready: blueGreen, or a canary with traffic routing
        Recreate,
        OnDelete,
        None,         ///< a bare Pod or ReplicaSet replaces nothing by itself
        Unreadable,   ///< a type or number that cannot be read
        Refused,      ///< maxSurge and maxUnavailable both 0: the API server refuses it
    };
    Type type = Type::Rolling;
    int maxSurge = 0, maxUnavailable = 0;
    bool raised = false;              ///< both came out as 0 by rounding, so maxUnavailable became 1
    int partition = 0;                ///< StatefulSet: pods below this ordinal are not replaced
    QString typeText;                 ///< as written
    Yaml node;                        ///< spec.strategy or spec.updateStrategy
    Yaml surgeNode, unavailableNode;  ///< missing where the default holds
};

UpdateStrategy updateStrategy(const Workload &w, int replicas);

/// What the cluster does between the loss of a zone and its return.
struct ZoneAftermath {
    std::optional<int> givenUpAfter = 300; ///< seconds until the lost pods are replaced (tolerationSeconds); nothing: never
    int replaced = 0;                      ///< replacements that find a place while the lost zone's nodes still count
    int waiting = 0;                       ///< those that stay Pending
    bool orderedIdentity = false;          ///< StatefulSet: a pod is not replaced before its node is known to be gone
    bool hasBudget = false;
    std::optional<int> evictable;          ///< pods that the budgets still let go with the lost ones missing; nothing: unreadable
    std::optional<int> autoscaledTo;       ///< pods the autoscaler asks for meanwhile; nothing: there is none
    int autoscalerMax = 0;
};

/// Pods per zone under the constraints of a workload, and what is left when one zone is lost.
struct ZoneLoss {
    int zones = 0;
    int replicas = 0;
    std::vector<int> best, worst;  ///< pods per zone
    int leftBest = 0, leftWorst = 0;
    int needed = 0;                ///< 0 when unknown
    bool hardConstraint = false;   ///< DoNotSchedule on the zone
    bool softConstraint = false;   ///< ScheduleAnyway on the zone
    bool selectorMatches = true;   ///< the constraint's selector selects the pod itself
    int maxSkew = 0;
    Span span;
    bool antiAffinity = false;     ///< required podAntiAffinity on the zone: one pod a zone
    bool hostnameOnly = false;     ///< spreads over nodes, which may all be in one zone
    bool unclearScope = false;     ///< a podAntiAffinity on the zone whose namespaceSelector may leave its own pods out
    bool together = false;         ///< required podAffinity to its own pods: all in one zone
    int pinnedZones = 0;           ///< zones that nodeName, nodeSelector, nodeAffinity or podAffinity leaves, 0: all
    int placed = 0;                ///< pods that find a place at all
    int pending = 0;               ///< replacements that wait while the lost zone's nodes still count
    Yaml selector;                 ///< of the constraint that decides
    std::optional<ZoneAftermath> aftermath;
};

/// With node groups, zones are those of the groups that the pod may go to.
ZoneLoss simulateZoneLoss(const Workload &w, int replicas, int zones, const std::vector<NodeGroup> &groups = {});

/// What PodDisruptionBudgets and the autoscaler do while the zone is gone. The loss itself asks no budget (it is no
/// eviction), but the missing pods use it up. An autoscaler counts pods without metrics as idle when it would scale up
/// (Kubernetes: Horizontal Pod Autoscaling), so the average stays and it asks for as many pods as before.
ZoneAftermath zoneAftermath(const Workload &w, const ZoneLoss &loss, const std::vector<const KubeObject *> &budgets);

/// What a PodDisruptionBudget leaves to an eviction at a number of pods.
struct DisruptionBudget {
    enum class State {
        Allows,     ///< some, not all
        AllowsAll,  ///< every pod at once: protects nothing
        Blocks,     ///< none, for ever
        BothFields, ///< refused by the API server
        NoPolicy,   ///< neither field: evictions are never allowed
        Invalid,    ///< neither a whole number nor a percentage: refused by the API server
        Unreadable, ///< a template that was not filled in
        AboveAll,   ///< more than 100 %: refused by the API server
    };
    State state = State::Unreadable;
    int allowed = 0;
    Yaml node;      ///< minAvailable or maxUnavailable
};

/// Percentages of both fields round up (getExpectedPodCount).
DisruptionBudget disruptionBudget(const KubeObject &budget, int replicas);

} // namespace tenken
