// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/manifests.h>

namespace tenken {

/// One step of a canary release, and the share of requests that the new version has while it lasts.
struct CanaryStep {
    enum class Kind { Weight, Pause, Analysis, Experiment, Match, Mirror, Other, Promote };
    Kind kind = Kind::Weight;
    double weight = 0;                ///< percent of the requests
    std::optional<double> asked;      ///< what setWeight says, where a whole number of pods gives another share
    std::optional<double> seconds;    ///< how long it lasts, where that is written
    bool person = false;              ///< goes on only when a person says so
    bool analysis = false;            ///< a failed analysis sends everything back
    QString label;                    ///< "setWeight 10", "pause", a template's name
    Span span;
};

/// What happens between an old and a new version, step by step. A value: holds no pointers into the manifests.
struct CanaryPlan {
    enum class Means { Argo, BlueGreen, Flagger };
    Means means = Means::Argo;
    QString object;                   ///< "Rollout/shop/id-auth"
    std::vector<CanaryStep> steps;    ///< the last one is the promotion
    int background = -1;              ///< the step from which an analysis runs beside all others; -1: none
    bool byPods = false;              ///< no traffic routing: pods stand for the share of requests
    int replicas = 0;
    bool replicasKnown = true;
    bool readable = true;             ///< false: a number or a duration cannot be read
    bool skipped = false;             ///< Flagger: skipAnalysis

    bool isPartial() const;           ///< some step gives the new version some requests, not all
    bool isAnalysed() const;
    bool waitsForPerson() const;
    std::optional<double> seconds() const; ///< all waits together; nothing when one has no end
    double worstRounding() const;     ///< percentage points between asked and given
};

CanaryPlan argoPlan(const KubeObject &rollout, int replicas, bool replicasKnown);
CanaryPlan flaggerPlan(const KubeObject &canary);

/// Argo without traffic routing: pods of the canary and pods in all, the nearest to the weight that whole pods allow
/// (approximateWeightedCanaryStableReplicaCounts of argo-rollouts).
struct CanaryPods {
    int canary = 0, total = 0;
    double percent() const { return total > 0 ? 100.0 * canary / total : 0; }
};
CanaryPods canaryPods(int replicas, int weight, int maxSurge);

/// Argo writes durations as "10m", "30" or 30: seconds where no unit stands.
std::optional<double> argoSeconds(Yaml node);

/// Labels that a destination of weighted traffic selects its pods by.
struct CanaryVersion {
    QString name;                     ///< "id-auth/canary"
    QMap<QString, QString> labels;
    bool known = true;                ///< false: neither the Service nor the subset is among the files
    bool missingSubset = false;       ///< its DestinationRule is there and does not have the subset
    qint64 weight = 0;
    std::vector<const Workload *> workloads;
};

enum class Distinct { Yes, SamePods, Unknown };
/// Whether two versions select different pods: by labels that contradict each other, else by the workloads there are.
Distinct distinct(const CanaryVersion &a, const CanaryVersion &b);

/// One action of an ALB Ingress that forwards to several target groups.
struct AlbAction {
    const KubeObject *ingress = nullptr;
    QString name;
    Yaml node;                        ///< the annotation
    bool readable = true;
    bool used = false;                ///< a path's backend names it
    std::vector<std::pair<QString, qint64>> groups; ///< service name and weight
};
std::vector<AlbAction> albActions(const Manifests &manifests);

/// The version behind a Service of the files, optionally narrowed by a subset's labels.
CanaryVersion versionOf(const Manifests &manifests, const QString &host, const QString &nameSpace, Yaml subset = {});

} // namespace tenken
