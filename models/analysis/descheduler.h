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
    Yaml namespaceSelector;               ///< labels that a pod's namespace needs
    Yaml minPodAge;                       ///< younger pods are left alone: "1h"
    bool critical = false;                ///< evicts pods of whatever priority
    std::optional<qint64> priorityValue;  ///< pods of this priority or more are left alone …
    QString priorityClass;                ///< … or of this class's
    Yaml priorityNode;
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
    QString key;                          ///< of the ConfigMap
    Span placeOf(Yaml node) const;
};

std::vector<DeschedulerPolicy> deschedulerPolicies(const Manifests &manifests);

/// What runs the Descheduler: a workload with its image.
struct DeschedulerRun {
    const Workload *workload = nullptr;
    std::optional<QVersionNumber> version; ///< of the image's tag
    bool suspended = false, dryRun = false;
    bool once = false;                     ///< a Job
    QString policyMap, policyKey;          ///< the ConfigMap's entry that its --policy-config-file is; empty: none is mounted there

    bool reads(const DeschedulerPolicy &policy, const Manifests &manifests) const;
};

/// A schedule that leaves days out, as far as it can be read.
bool isSeldomerThanDaily(const QString &schedule);

std::vector<DeschedulerRun> deschedulerRuns(const Manifests &manifests);

/// emptyDir or hostPath among the pod's volumes: such pods are protected by default.
bool hasLocalStorage(const Workload &w);
bool hasClaims(const Workload &w);

} // namespace tenken
