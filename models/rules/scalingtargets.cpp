// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/scalingtargets.h>

#include <rules/findings.h>

#include <algorithm>
#include <unordered_set>

namespace tenken
{

namespace
{

/// Which autoscaler scales which workload: worked out once, for there may be a thousand of each.
struct Targets {
    QHash<QString, const KubeObject *> scalers; ///< by "namespace/kind/name" of the workload
    std::unordered_set<const KubeObject *> chosen;
};

QString targetKey(const QString &nameSpace, const QString &kind, const QString &name)
{
    return nameSpace + u'/' + kind + u'/' + name;
}

Targets targetsIn(const Manifests &manifests)
{
    Targets targets;
    for (const Workload &w : manifests.workloads) {
        if (const KubeObject *scaler = manifests.autoscalerOf(w)) {
            targets.scalers.insert(targetKey(w.object.nameSpace, w.object.kind, w.object.name), scaler);
            targets.chosen.insert(scaler);
        }
    }
    return targets;
}

/// Why the target of an autoscaler is none of the workloads.
Finding sayNoTarget(Finding f, const RuleContext &context, const KubeObject &scaler, const QString &kind,
                    const QString &name)
{
    static const QStringList known = {"Deployment", "StatefulSet", "ReplicaSet", "Rollout"};
    if (!known.contains(kind)) {
        return say(
            f, Verdict::Unknown,
            Text{"対象の種類 %1 を見られません。", "The target's kind %1 cannot be seen into."}.arg(kind),
            {"対象のマニフェストを `evidence.manifests` に加えてください。",
             "Add its manifest to `evidence.manifests`."});
    }
    const auto objects = context.manifests().ofKind(kind);
    if (std::ranges::any_of(objects, [&](const KubeObject *o) { return o->name == name && o->nameSpace == scaler.nameSpace; })) {
        return say(f, Verdict::Unknown,
                   {"対象はありますが、Pod のテンプレートがないか、apiVersion が合いません。",
                    "The target is there, but has no pod template, or its apiVersion is another one."},
                   {"展開した後のマニフェストを指定し、`scaleTargetRef.apiVersion` を確かめてください。",
                    "Point to rendered manifests, and check `scaleTargetRef.apiVersion`."});
    }
    return say(f, Verdict::Fail,
               {"同じ名前空間のその名の対象が、読んだマニフェストにありません。",
                "No workload of that name and namespace is in the manifests that were read."},
               {"`scaleTargetRef` の名前と名前空間を直すか、対象のマニフェストを加えてください。",
                "Mend the name or namespace of `scaleTargetRef`, or add the target's manifest."});
}

/// An autoscaler whose target is none of the workloads, or that shares its target with another.
std::optional<Finding> judgeTarget(const RuleContext &context, const Targets &targets, const KubeObject &scaler)
{
    if (targets.chosen.contains(&scaler))
        return {};
    const Yaml ref = scaler.node["spec"]["scaleTargetRef"];
    const QString name = ref["name"].string();
    const QString kind = ref["kind"].stringOr(QStringLiteral("Deployment"));
    if (const KubeObject *chosen = targets.scalers.value(targetKey(scaler.nameSpace, kind, name))) {
        Finding f = findingFor(context, {"二つの HPA", "Two autoscalers"}, scaler, ref);
        return say(f, Verdict::Fail,
                   Text{"%1 と同じ対象を取り合い、Pod の数が定まりません。", "It fights %1 over the same target."}
                       .arg(chosen->title()),
                   {"どちらか一つにしてください。", "Keep one of the two."});
    }
    Finding f = findingFor(context, {"対象", "Target"}, scaler, ref["name"]);
    const QString written = scaler.kind == u"ScaledObject" ? kind : ref["kind"].string();
    f.measured = sameText(written + u'/' + name);
    return sayNoTarget(std::move(f), context, scaler, written, name);
}

} // namespace

std::vector<Finding> judgeScalingTargets(const RuleContext &context)
{
    std::vector<Finding> findings;
    const Targets targets = targetsIn(context.manifests());
    for (const QString &kind : {QStringLiteral("HorizontalPodAutoscaler"), QStringLiteral("ScaledObject")}) {
        for (const KubeObject *scaler : context.manifests().ofKind(kind)) {
            if (auto f = judgeTarget(context, targets, *scaler))
                findings.push_back(std::move(*f));
        }
    }
    return findings;
}

} // namespace tenken
