// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/yaml.h>

#include <QMap>

namespace tenken {

/// One Kubernetes object as it stands in a file.
struct KubeObject {
    QString apiVersion;
    QString kind;
    QString nameSpace;  ///< empty when the manifest names none
    QString name;
    QString file;       ///< relative path
    Yaml node;          ///< the whole object

    QString title() const;   ///< "Deployment/shop/id-auth", or "Deployment/id-auth" without a namespace
    QString group() const;   ///< "apps" of "apps/v1", empty for core
};

/// A container of a pod template.
struct Container {
    enum class Role { App, Init, NativeSidecar };
    Role role = Role::App;
    QString name;
    Yaml node;
};

/// Something that makes pods, seen through its kind: Deployment, StatefulSet, DaemonSet, ReplicaSet, Job,
/// CronJob, Pod or Argo Rollout (also one with workloadRef).
struct Workload {
    KubeObject object;
    Yaml podTemplate;                    ///< has metadata and spec; for a Pod the object itself
    Yaml podSpec;
    std::vector<Container> containers;   ///< app, then init and native sidecars, in file order

    bool isLongRunning() const;          ///< neither Job nor CronJob
    std::vector<Container> appContainers() const;
    QMap<QString, QString> podLabels() const;
    int declaredReplicas() const;        ///< spec.replicas, 1 where unset (Kubernetes' default); 1 for a Pod; DaemonSet 0
};

/// A label selector, matched as Kubernetes does: every matchLabels pair and every matchExpressions term.
struct LabelSelector {
    Yaml node;       ///< {matchLabels, matchExpressions}; an empty map matches everything, a missing one nothing
    bool matches(const QMap<QString, QString> &labels) const;
};

/// A change that a kustomization makes in an object and that is not rendered: what it becomes is not known.
struct UnappliedPatch {
    QString file;        ///< of the patch, or of the kustomization that holds it
    Span span;
    QString objectFile, kind, name; ///< what it changes
};

struct ManifestIndex;

class Trace;
struct SourcePlace;

struct Manifests {
    std::vector<std::shared_ptr<const YamlFile>> files;
    std::vector<KubeObject> objects;     ///< `kind: List` opened
    std::vector<Workload> workloads;
    QMap<QString, std::shared_ptr<const Trace>> traces; ///< of rendered files, by name
    std::vector<UnappliedPatch> unapplied;
    std::vector<Problem> warnings;       ///< read, yet Kubernetes will not do what it seems to say
    std::shared_ptr<const ManifestIndex> index; ///< made by readManifests; without one everything is looked through

    std::vector<const KubeObject *> ofKind(const QString &kind) const;
    /// The HorizontalPodAutoscaler (or KEDA ScaledObject) whose target is this workload, or null.
    const KubeObject *autoscalerOf(const Workload &w) const;
    /// The PodDisruptionBudgets that select this workload's pods (same namespace).
    std::vector<const KubeObject *> budgetsOf(const Workload &w) const;
    /// The Services that select this workload's pods (same namespace).
    std::vector<const KubeObject *> servicesOf(const Workload &w) const;
    const YamlFile *fileOf(const QString &name) const;
    /// Where people edit what stands in a rendered file; nothing for a file they wrote, or where it cannot be told.
    std::optional<SourcePlace> sourceOf(const QString &file, const Span &span) const;
};

/// Takes the Kubernetes objects out of parsed files; documents without kind and apiVersion are passed over
/// (CI files, Helm values) unless the whole file holds none, which is reported when `strict`.
Partial<Manifests> readManifests(std::vector<std::shared_ptr<const YamlFile>> files, bool strict = false);

/// "250m" → 0.25, "2" → 2 (CPU cores); "512Mi" → bytes. Kubernetes' resource.Quantity grammar.
std::optional<double> parseQuantity(std::string_view text);

/// Int-or-percent as in maxSurge: "25%" of `total`, rounded up or down as asked; "3" → 3.
enum class Rounding { Up, Down };
std::optional<int> resolveIntOrPercent(Yaml value, int total, Rounding rounding);

} // namespace tenken
