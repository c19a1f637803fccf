// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/workloads.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

using Relation = Comparison::Relation;
using Type = UpdateStrategy::Type;

const Text typeTitle{"RollingUpdate である", "The strategy is RollingUpdate"};
const Text podsTitle{"更新中に残る Pod", "Pods left during the roll-out"};

QString strategyKey(const Workload &w)
{
    return w.object.kind == u"StatefulSet" || w.object.kind == u"DaemonSet" ? QStringLiteral("updateStrategy")
                                                                            : QStringLiteral("strategy");
}


// The whole strategy as YAML, in place of what is written or below spec.
QString strategySnippet(const Workload &w)
{
    const Yaml spec = w.object.node["spec"];
    const QString key = strategyKey(w);
    QString yaml = key + QStringLiteral(":\n  type: RollingUpdate");
    if (w.object.kind == u"Rollout")
        yaml = QStringLiteral("strategy:\n  canary:\n    maxSurge: 25%\n    maxUnavailable: 0");
    else if (w.object.kind == u"Deployment")
        yaml += QStringLiteral("\n  rollingUpdate:\n    maxSurge: 25%\n    maxUnavailable: 0");
    return entrySnippet(spec, QStringLiteral("spec"), yaml, spec[key.toStdString()].exists(), w);
}

Finding typeFinding(const RuleContext &context, const Workload &w, const UpdateStrategy &s)
{
    Finding f = findingFor(context, typeTitle, w, s.node["type"] ? s.node["type"] : s.node);
    f.measured = s.typeText.isEmpty() ? sameText(w.object.kind) : sameText(s.typeText);
    f.wanted = sameText(QStringLiteral("RollingUpdate"));
    return f;
}

Finding judgeType(const RuleContext &context, const Workload &w, const UpdateStrategy &s)
{
    Finding f = typeFinding(context, w, s);
    const Text remedy{"RollingUpdate にします。", "Set it to RollingUpdate."};
    switch (s.type) {
    case Type::Rolling:
        return say(f, Verdict::Pass, {"Pod を少しずつ入れ替えます。", "Pods are replaced step by step."});
    case Type::AllNewFirst:
        return say(f, Verdict::Pass, {"新しい Pod が受け持つまで、古い Pod が残ります。", "Old pods stay until the new ones have taken over."});
    case Type::Recreate:
        f.snippet = strategySnippet(w);
        return say(f, Verdict::Fail, {"すべての Pod を止めてから作り直すため、更新のたびに停止します。",
                                      "Every pod is stopped before new ones start: each release is an outage."}, remedy);
    case Type::OnDelete:
        f.snippet = strategySnippet(w);
        return say(f, Verdict::Fail, {"Pod を人が消すまで、新しい版に入れ替わりません。",
                                      "Nothing is replaced until a person deletes the pods."}, remedy);
    case Type::None:
        return say(f, Verdict::Fail, Text{"%1 だけでは、更新のときに入れ替えが行われません。", "A bare %1 does not replace its pods on an update."}
                                         .arg(w.object.kind), {"Deployment にします。", "Make it a Deployment."});
    case Type::Refused:
        f.snippet = strategySnippet(w);
        return say(f, Verdict::Fail, {"maxSurge と maxUnavailable がどちらも 0 で、API サーバーが拒みます。",
                                      "maxSurge and maxUnavailable are both 0, which the API server refuses."},
                   {"maxSurge を 1 以上にします。", "Give maxSurge at least 1."});
    case Type::Unreadable:
        break;
    }
    return say(f, Verdict::Unknown, {"更新の方式か数が読めません。", "The strategy, or a number in it, cannot be read."},
               {"展開した後のマニフェストを指定するか、整数か百分率で書いてください。",
                "Point to rendered manifests, or write whole numbers or percentages."});
}

Finding judgePartition(const RuleContext &context, const Workload &w, const UpdateStrategy &s, int replicas)
{
    Finding f = findingFor(context, {"すべての Pod が入れ替わる", "Every pod is replaced"}, w, s.node["rollingUpdate"]["partition"]);
    compare(f, s.partition, Relation::AtMost, 0, {});
    f.snippet = snippetIn(s.node["rollingUpdate"], QStringLiteral("partition: 0"), w.object.node);
    const Text remedy{"段階を進め終えたら 0 に戻します。", "Set it back to 0 when the staged update is done."};
    if (s.partition >= replicas) {
        return say(f, Verdict::Fail, Text{"partition が Pod の数 %1 以上で、どの Pod も入れ替わりません。",
                                          "The partition is not below the %1 pods, so none is replaced."}.arg(replicas), remedy);
    }
    return say(f, Verdict::Warn, Text{"%1 番より前の Pod は古い版のまま残ります。", "Pods below ordinal %1 stay on the old version."}
                                     .arg(s.partition), remedy);
}

Text resolvedText(const UpdateStrategy &s)
{
    const Text numbers = Text{"maxSurge %1 · maxUnavailable %2", "maxSurge %1 · maxUnavailable %2"}.arg(s.maxSurge, s.maxUnavailable);
    if (!s.raised)
        return numbers;
    return Text{"%1 (どちらも 0 に丸まるため 1 になります)", "%1 (both round to 0, so it becomes 1)"}.arg(numbers);
}

void markNumbers(Finding &f, const Workload &w, const UpdateStrategy &s, const ReplicaRange &range)
{
    addMark(f, w.object.file, s.surgeNode, Text{"切り上げて %1", "rounds up to %1"}.arg(s.maxSurge));
    if (f.span != placeOf(s.unavailableNode))
        addMark(f, w.object.file, s.unavailableNode, Text{"切り捨てて %1", "rounds down to %1"}.arg(s.maxUnavailable));
    addMark(f, range.file(w), range.minNode, {"Pod の最小数", "smallest number of pods"});
}

QString roomSnippet(const Workload &w, const UpdateStrategy &s)
{
    if (s.unavailableNode)
        return snippetIn(w.object.kind == u"Rollout" ? s.node["canary"] : s.node["rollingUpdate"],
                         QStringLiteral("maxSurge: 25%\nmaxUnavailable: 0"), w.object.node);
    return strategySnippet(w);
}

void sayTooFew(Finding &f, const Workload &w, const UpdateStrategy &s, const Rollout &r, const EventNeed &need)
{
    if (r.replicas < r.needed) {
        say(f, Verdict::Fail,
            Text{"イベント「%1」に %2 Pod が必要ですが、更新がなくても %3 Pod です。", "Event %1 needs %2 pods; there are %3 even without a roll-out."}
                .arg(need.event->id, r.needed, r.replicas),
            {"最小の Pod 数を増やします。", "Raise the smallest number of pods."});
        return;
    }
    f.snippet = roomSnippet(w, s);
    if (w.object.kind == u"StatefulSet") {
        say(f, Verdict::Fail, Text{"入れ替え中に %1 Pod まで減ります (%2)。", "%1 pods are left while one is replaced (%2)."}
                                  .arg(r.lowestReady, resolvedText(s)), {"Pod の数を 1 増やします。", "Run one pod more."});
        f.snippet.clear();
        return;
    }
    say(f, Verdict::Fail,
        r.lowestReady == 0
            ? Text{"入れ替え中に Ready の Pod がなくなります (%1)。", "No pod is ready while it rolls out (%1)."}.arg(resolvedText(s))
            : Text{"入れ替え中に %1 Pod まで減ります (%2)。", "It goes down to %1 pods while it rolls out (%2)."}.arg(r.lowestReady, resolvedText(s)),
        {"maxUnavailable を 0 にし、maxSurge で増やしてから入れ替えます。", "Set maxUnavailable to 0 and let maxSurge add pods first."});
}

Finding judgePods(const RuleContext &context, const Workload &w, const UpdateStrategy &s, const EventNeed &need)
{
    const ReplicaRange range = replicasOf(context.manifests(), w);
    Finding f = findingFor(context, podsTitle, w, s.unavailableNode ? s.unavailableNode : s.node);
    Rollout r = s.type == Type::Recreate      ? simulateRollout(need.replicas, 0, need.replicas)
              : s.type == Type::AllNewFirst ? simulateRollout(need.replicas, need.replicas, 0)
                                            : simulateRollout(need.replicas, s.maxSurge, s.maxUnavailable);
    r.needed = need.needed;
    f.measured = Text{"%1 Pod", "%1 pods"}.arg(r.lowestReady);
    markNumbers(f, w, s, range);
    if (!need.replicasKnown) {
        return say(f, Verdict::Unknown, {"Pod の数が読めません。", "The number of pods cannot be read."},
                   {"replicas か HPA の minReplicas を整数で書いてください。", "Write replicas, or minReplicas of the HPA, as a whole number."});
    }
    setPicture(f, r);
    const int wanted = std::max(1, r.needed);
    compare(f, r.lowestReady, Relation::AtLeast, wanted, QStringLiteral("Pod"));
    if (r.replicas > 0 && r.lowestReady < wanted) {
        sayTooFew(f, w, s, r, need);
    } else if (r.replicas == 0) {
        say(f, Verdict::Unknown, {"Pod の数が 0 と書かれていて、本番の数が分かりません。", "The number of pods is written as 0; what production runs is not known."},
            {"本番の replicas か HPA を含むマニフェストを指定してください。", "Point to the manifests with production's replicas or HPA."});
    } else if (r.needed > 0) {
        say(f, Verdict::Pass, Text{"%1 Pod のうち、更新中も %2 Pod が応え、イベント「%3」に足ります (%4)。",
                                   "Of %1 pods %2 go on answering, enough for event %3 (%4)."}
                                  .arg(r.replicas, r.lowestReady, need.event->id, resolvedText(s)));
    } else {
        f.comparison.reset();
        f.wanted = {"イベントに必要な Pod 数以上", "≥ the pods the event needs"};
        sayUndeclared(f, context,
                      Text{"%1 Pod のうち、更新中も %2 Pod が応えます。%3", "Of %1 pods %2 go on answering. %3"}
                          .arg(r.replicas, r.lowestReady, need.missing), need.key, need.example);
    }
    return f;
}

// A worker that serves no requests has no event to carry: it only must not be gone altogether.
bool keepsWorking(const RuleContext &context, const Workload &w, const UpdateStrategy &s, const EventNeed &need)
{
    return !isServing(context, w) && need.replicasKnown && need.replicas > s.maxUnavailable && s.type != Type::Recreate;
}

Finding judgeDaemon(const RuleContext &context, const Workload &w, const UpdateStrategy &s)
{
    Finding f = findingFor(context, {"同時に止まる node", "Nodes stopped at once"}, w, s.unavailableNode);
    const bool all = s.unavailableNode.string() == u"100%";
    f.measured = sameText(s.unavailableNode ? s.unavailableNode.string() : QStringLiteral("1"));
    f.wanted = sameText(QStringLiteral("< 100 %"));
    if (!all)
        return say(f, Verdict::Pass, {"node を分けて入れ替えます。", "Nodes are updated in turns."});
    f.snippet = snippetIn(s.node["rollingUpdate"], QStringLiteral("maxUnavailable: 1"), w.object.node);
    return say(f, Verdict::Fail, {"すべての node の Pod が同時に止まります。", "The pods of all nodes stop at once."},
               {"小さな数か百分率にします。", "Set a small number or percentage."});
}

void judgeWorkload(const RuleContext &context, const Workload &w, std::vector<Finding> &findings)
{
    const EventNeed need = needOf(context, w);
    const UpdateStrategy s = updateStrategy(w, need.replicas);
    findings.push_back(judgeType(context, w, s));
    if (s.type != Type::Rolling && s.type != Type::AllNewFirst && s.type != Type::Recreate)
        return;
    if (w.object.kind == u"DaemonSet") {
        findings.push_back(judgeDaemon(context, w, s));
        return;
    }
    if (s.partition > 0 && need.replicasKnown)
        findings.push_back(judgePartition(context, w, s, need.replicas));
    if (!keepsWorking(context, w, s, need))
        findings.push_back(judgePods(context, w, s, need));
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    for (const Workload *w : longRunning(context, typeTitle, findings))
        judgeWorkload(context, *w, findings);
    return findings;
}

} // namespace

Rule rollingUpdateRule()
{
    return {
        "rolling-update",
        {"更新の方式が RollingUpdate で、入れ替え中も必要な Pod が Ready でいるかを見ます。",
         "Whether the strategy is RollingUpdate and enough pods stay ready while it rolls out."},
        {"maxSurge は切り上げ、maxUnavailable は切り捨て (既定はどちらも 25%)、両方が 0 に丸まれば maxUnavailable は 1 です。もとになる数は HPA の minReplicas (既定 1)、なければ "
         "replicas (既定 1) で、イベントの scheduled-replicas のほうが多ければそれを使います。必要な数は、リスト event が名指すイベント、なければ normal、それもなければ最初のイベントの、ピーク × (1 + headroom) ÷ 1 Pod "
         "の処理量の切り上げです (event-capacity と同じ headroom。1 ゾーン喪失の予備は数えません)。Ready が 0 になるなら宣言がなくても不合格です。StatefulSet は 1 つずつ (maxUnavailable は切り上げ)、DaemonSet は同時に止まる割合、Argo Rollout は canary "
         "の値 (traffic routing と blueGreen は古い Pod が残る) を見ます。OnDelete と Recreate は不合格です。出典: Kubernetes の ResolveFenceposts。",
         "maxSurge rounds up and maxUnavailable down (25% each by default); where both come out as 0, maxUnavailable becomes 1. The base is "
         "minReplicas of the HPA (1 by default), else replicas (1 by default), or the event's scheduled-replicas where that is more. Needed is the "
         "peak × (1 + event-capacity's headroom) ÷ throughput per pod, rounded up (without the spare for a lost zone), of the event that the list event names, else of normal, else of the first one. No ready pod at "
         "all fails without any declaration. StatefulSets go one by one (maxUnavailable rounds up), DaemonSets are judged by what stops at once, "
         "Argo Rollouts by the canary's values (with traffic routing and blueGreen old pods stay). OnDelete and Recreate fail. Source: Kubernetes' "
         "ResolveFenceposts."},
        {},
        judge,
        Rule::Source::Manifests,
        {"event"},
    };
}

} // namespace tenken
