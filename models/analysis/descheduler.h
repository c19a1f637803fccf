// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/manifests.h>

#include <QVersionNumber>

namespace tenken {

/// What a Descheduler profile does about pods that violate a topologySpreadConstraint, and which pods it may evict.
struct SpreadEviction {
    QString profile;                      ///< its name; empty in v1alpha1
    bool configured = false;              ///< named at all
    bool enabled = false;                 ///< configured without being enabled has no effect
    bool hard = true, soft = false;       ///< kinds of constraint it looks at: DoNotSchedule, ScheduleAnyway
    QStringList included, excluded;       ///< namespaces
    std::vector<Yaml> selectors;          ///< labels a pod needs to be evicted: of the plugin, of the evictor
    int minReplicas = 0;                  ///< owners with fewer replicas are left alone
    bool localStorage = false;            ///< evicts pods with emptyDir or hostPath
    bool claims = true;                   ///< evicts pods with a PersistentVolumeClaim
    bool withoutBudget = true;            ///< evicts pods that no PodDisruptionBudget selects
    bool nodeFit = false;                 ///< evicts only what fits on another node
    QString nodeSelector;                 ///< looks at these nodes only
    Yaml node;                            ///< the plugin's entry, or the strategy
    Yaml constraintsNode, minReplicasNode, namespacesNode, selectorNode;
};

/// A DeschedulerPolicy, as an object or in a ConfigMap.
struct DeschedulerPolicy {
    QString object, file;
    Span span;                            ///< of the policy, or of the ConfigMap's entry
    bool embedded = false;                ///< in a ConfigMap: places inside it are those of the entry
    std::shared_ptr<const YamlFile> text; ///< keeps an embedded policy alive
    QString version;                      ///< "v1alpha2"
    bool readable = true;                 ///< false: the ConfigMap's text is no YAML (a template that was not filled in)
    bool evictsNothing = false;           ///< a limit on evictions of 0
    std::vector<SpreadEviction> profiles; ///< at least one
    Span placeOf(Yaml node) const;
};

std::vector<DeschedulerPolicy> deschedulerPolicies(const Manifests &manifests);

/// What runs the Descheduler: a workload with its image.
struct DeschedulerRun {
    const Workload *workload = nullptr;
    std::optional<QVersionNumber> version; ///< of the image's tag
    bool suspended = false, dryRun = false;
    bool once = false;                     ///< a Job
};

std::vector<DeschedulerRun> deschedulerRuns(const Manifests &manifests);

/// emptyDir or hostPath among the pod's volumes: such pods are protected by default.
bool hasLocalStorage(const Workload &w);
bool hasClaims(const Workload &w);

} // namespace tenken
