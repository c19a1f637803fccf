// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/eviction.h>

#include <evidence/numbers.h>
#include <rules/budgets.h>
#include <rules/replicas.h>

namespace tenken {

namespace {

std::optional<Obstacle> outOfScope(const EvictionCase &c)
{
    const SpreadEviction &e = c.e();
    const QString &nameSpace = c.w.object.nameSpace;
    if (!e.included.isEmpty() && !e.included.contains(nameSpace)) {
        if (nameSpace.isEmpty())
            return Obstacle{Verdict::Unknown, e.namespacesNode, {"対象の namespace がマニフェストになく、含まれるか分かりません。", "The manifest names no namespace, so whether it is included is not known."},
                            {"`metadata.namespace` を書くか、展開後のマニフェストを渡してください。", "Write `metadata.namespace`, or give the rendered manifest."}};
        return Obstacle{Verdict::Fail, e.namespacesNode, Text{"namespace %1 は対象に含まれません。", "Namespace %1 is not included."}.arg(nameSpace),
                        {"`namespaces.include` に加えてください。", "Add it to `namespaces.include`."}};
    }
    if (e.excluded.contains(nameSpace))
        return Obstacle{Verdict::Fail, e.namespacesNode, Text{"namespace %1 は除かれています。", "Namespace %1 is excluded."}.arg(nameSpace),
                        {"`namespaces.exclude` から外してください。", "Take it out of `namespaces.exclude`."}};
    for (const Yaml selector : e.selectors) {
        if (!LabelSelector{selector}.matches(c.w.podLabels()))
            return Obstacle{Verdict::Fail, selector, {"labelSelector が、この Pod を選びません。", "Its labelSelector does not select these pods."},
                            {"labelSelector か、Pod template の label を直してください。", "Mend the labelSelector or the labels of the pod template."}};
    }
    return {};
}

std::optional<Obstacle> isProtected(const EvictionCase &c)
{
    const SpreadEviction &e = c.e();
    const bool anyway = c.w.podTemplate["metadata"]["annotations"]["descheduler.alpha.kubernetes.io/evict"].exists();
    if (hasLocalStorage(c.w) && !e.localStorage && !anyway) {
        return Obstacle{Verdict::Fail, c.w.podSpec["volumes"],
                        {"Pod に emptyDir か hostPath があり、既定では追い出されません。", "The pods have an emptyDir or hostPath, and such pods are not evicted by default."},
                        c.isNewFormat() ? Text{"DefaultEvictor に `podProtections: {defaultDisabled: [PodsWithLocalStorage]}`（古い版は `evictLocalStoragePods: true`）を書いてください。",
                                               "Give DefaultEvictor `podProtections: {defaultDisabled: [PodsWithLocalStorage]}` (older versions: `evictLocalStoragePods: true`)."}
                                        : Text{"`evictLocalStoragePods: true` を書いてください。", "Write `evictLocalStoragePods: true`."}};
    }
    if (hasClaims(c.w) && !e.claims && !anyway)
        return Obstacle{Verdict::Fail, c.w.podSpec["volumes"], {"PersistentVolumeClaim のある Pod は除かれています。", "Pods with a PersistentVolumeClaim are left out."},
                        {"その保護を外すか、手順を決めて人が答えてください。", "Drop that protection, or agree on a step and answer by hand."}};
    if (!e.withoutBudget && evictionBudgets(c.context, c.w).empty() && !anyway)
        return Obstacle{Verdict::Fail, e.node, {"PodDisruptionBudget のない Pod は除かれています。", "Pods without a PodDisruptionBudget are left out."},
                        {"PodDisruptionBudget を書いてください。", "Write a PodDisruptionBudget."}};
    return {};
}

constexpr qint64 criticalPriority = 2'000'000'000;

std::optional<qint64> priorityOfClass(const RuleContext &context, const QString &name)
{
    if (name == u"system-cluster-critical")
        return criticalPriority;
    if (name == u"system-node-critical")
        return criticalPriority + 1000;
    for (const KubeObject *c : context.manifests().ofKind(QStringLiteral("PriorityClass"))) {
        if (name.isEmpty() ? c->node["globalDefault"].boolean() == true : c->name == name)
            return c->node["value"].integer();
    }
    return name.isEmpty() ? std::optional<qint64>(0) : std::nullopt;
}

std::optional<Obstacle> tooImportant(const EvictionCase &c)
{
    const SpreadEviction &e = c.e();
    if (e.critical || c.w.podTemplate["metadata"]["annotations"]["descheduler.alpha.kubernetes.io/evict"].exists())
        return {};
    const bool isSet = e.priorityValue || !e.priorityClass.isEmpty();
    const QString own = c.w.podSpec["priorityClassName"].string();
    const auto written = c.w.podSpec["priority"].integer();
    const std::optional<qint64> priority = written ? written : priorityOfClass(c.context, own);
    const std::optional<qint64> least = e.priorityValue ? e.priorityValue
        : isSet                                         ? priorityOfClass(c.context, e.priorityClass)
                                                        : std::optional(criticalPriority);
    if (!isSet && !priority)
        return {}; // no class of one's own reaches that high
    if (!priority || !least)
        return Obstacle{Verdict::Unknown, e.priorityNode, Text{"PriorityClass %1 がマニフェストになく、追い出せるか分かりません。", "PriorityClass %1 is not among the manifests, so whether the pods may be evicted is not known."}.arg(priority ? e.priorityClass : own),
                        {"その PriorityClass をマニフェストに加えてください。", "Add that PriorityClass to the manifests."}};
    if (*priority < *least)
        return {};
    return Obstacle{Verdict::Fail, isSet ? e.priorityNode : Yaml(), Text{"Pod の優先度は %1 で、%2 以上のものは追い出されません。", "The pods' priority is %1, and pods of %2 or more are not evicted."}.arg(*priority, *least),
                    isSet ? Text{"`priorityThreshold` を上げてください。", "Raise `priorityThreshold`."}
                          : Text{"`priorityClassName` を system-… でないものにしてください。", "Use a `priorityClassName` other than system-…."}};
}

std::optional<Obstacle> inAnotherNamespace(const EvictionCase &c)
{
    const Yaml selector = c.e().namespaceSelector;
    if (!selector || selector.size() == 0)
        return {};
    const QString &name = c.w.object.nameSpace;
    for (const KubeObject *o : c.context.manifests().ofKind(QStringLiteral("Namespace"))) {
        if (o->name != name)
            continue;
        QMap<QString, QString> labels{{QStringLiteral("kubernetes.io/metadata.name"), name}};
        for (const auto &[key, value] : o->node["metadata"]["labels"].entries())
            labels.insert(key.string(), value.string());
        if (LabelSelector{selector}.matches(labels))
            return {};
        return Obstacle{Verdict::Fail, selector, Text{"namespaceLabelSelector が namespace %1 を選びません。", "Its namespaceLabelSelector does not select namespace %1."}.arg(name),
                        {"Namespace に label を付けるか、namespaceLabelSelector を直してください。", "Label the Namespace, or mend the namespaceLabelSelector."}};
    }
    return Obstacle{Verdict::Unknown, selector, {"namespaceLabelSelector があり、Namespace の label がマニフェストにないため、対象か分かりません。", "There is a namespaceLabelSelector, and the Namespace with its labels is not among the manifests."},
                    {"Namespace もマニフェストに加えてください。", "Add the Namespace to the manifests too."}};
}

std::optional<Obstacle> tooYoung(const EvictionCase &c)
{
    const Yaml age = c.e().minPodAge;
    if (!age.exists() || age.isNull())
        return {};
    const std::optional<double> seconds = durationSeconds(age.text());
    const Text remedy{"`minPodAge` を 1h 以下にするか消してください。", "Set `minPodAge` to 1h or less, or remove it."};
    if (!seconds)
        return Obstacle{Verdict::Unknown, age, {"`minPodAge` が読めません。", "`minPodAge` cannot be read."}, remedy};
    if (*seconds <= 3600)
        return {};
    return Obstacle{*seconds > 86400 ? Verdict::Fail : Verdict::Warn, age,
                    Text{"作られて %1 に満たない Pod は追い出されず、偏りが残ります。", "Pods younger than %1 are not evicted, so the imbalance stays."}.arg(age.string()), remedy};
}

std::optional<Obstacle> tooFewReplicas(const EvictionCase &c)
{
    const ReplicaRange range = replicasOf(c.context.manifests(), c.w);
    const int least = c.e().minReplicas;
    if (least <= 1 || !range.known || range.min >= least)
        return {};
    const Text remedy{"`minReplicas` を下げるか、Pod を増やしてください。", "Lower `minReplicas`, or run more pods."};
    if (range.max < least)
        return Obstacle{Verdict::Fail, c.e().minReplicasNode, Text{"Pod は最大 %1 で、minReplicas の %2 に届かず、追い出されません。",
                                                                   "There are %1 pods at most, below minReplicas %2: they are never evicted."}.arg(range.max, least), remedy};
    return Obstacle{Verdict::Warn, c.e().minReplicasNode, Text{"Pod が %1 の間は、minReplicas の %2 に届かず、追い出されません。",
                                                               "While there are %1 pods, below minReplicas %2, they are not evicted."}.arg(range.min, least), remedy};
}

} // namespace

std::optional<Obstacle> obstacleTo(const EvictionCase &c)
{
    for (const auto &obstacle : {outOfScope(c), inAnotherNamespace(c), isProtected(c), tooImportant(c), tooYoung(c), tooFewReplicas(c)}) {
        if (obstacle)
            return obstacle;
    }
    return {};
}

} // namespace tenken
