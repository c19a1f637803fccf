// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/aftermath.h>
#include <rules/budgets.h>
#include <rules/recordfindings.h>
#include <rules/workloads.h>

#include <algorithm>

namespace tenken {

namespace {

using Relation = Comparison::Relation;

const Text spreadTitle{"ゾーンに分かれる", "Pods spread over zones"};
const Text lossTitle{"1 ゾーンを失った後の Pod", "Pods left when one zone is lost"};
const Text recordTitle{"ゾーンを止めた試験", "Test that took a zone away"};

constexpr int assumedZones = 3; // only where the verdict does not hang on it

QString constraintSnippet(const Workload &w)
{
    const QMap<QString, QString> labels = w.podLabels();
    QString key = labels.contains(QStringLiteral("app")) ? QStringLiteral("app") : QStringLiteral("app.kubernetes.io/name");
    if (!labels.contains(key) && !labels.isEmpty())
        key = labels.firstKey();
    const QString yaml = QStringLiteral("topologySpreadConstraints:\n  - maxSkew: 1\n    topologyKey: topology.kubernetes.io/zone\n"
                                        "    whenUnsatisfiable: DoNotSchedule\n    labelSelector:\n      matchLabels:\n        %1: %2")
                             .arg(key, labels.value(key, w.object.name));
    return snippetIn(w.podSpec, yaml, w.object.node);
}

// Other workloads that a constraint counts too: then it bounds their sum, not this workload's own pods.
QStringList alsoCounted(const RuleContext &context, const Workload &w, Yaml selector)
{
    QStringList names;
    for (const Workload &other : context.manifests().workloads) {
        if (&other != &w && other.isLongRunning() && other.object.nameSpace == w.object.nameSpace
            && LabelSelector{selector}.matches(other.podLabels()))
            names << other.object.title();
    }
    return names;
}

Finding spreadFinding(const RuleContext &context, const Workload &w, const ZoneLoss &loss)
{
    Finding f = findingInTemplate(context, spreadTitle, w, w.podSpec["topologySpreadConstraints"]);
    if (loss.span.isValid()) {
        f.span = loss.span;
        f.file = templateFile(w, &context.manifests());
    }
    f.wanted = {"zone の DoNotSchedule", "DoNotSchedule on the zone"};
    return f;
}

Finding sayHard(Finding &f, const RuleContext &context, const Workload &w, const ZoneLoss &loss)
{
    f.measured = loss.antiAffinity ? Text{"podAntiAffinity (必須)", "required podAntiAffinity"} : Text{"DoNotSchedule", "DoNotSchedule"};
    if (loss.antiAffinity && loss.replicas > loss.zones) {
        return say(f, Verdict::Fail, Text{"1 ゾーンに 1 Pod しか置けず、%1 Pod のうち %2 Pod は Pending のままです。",
                                          "Only one pod fits in a zone: of %1 pods %2 stay pending."}
                                         .arg(loss.replicas, loss.replicas - loss.placed),
                   {"topologySpreadConstraints に替えます。", "Use topologySpreadConstraints instead."});
    }
    if (const QStringList others = alsoCounted(context, w, loss.selector); !others.isEmpty()) {
        return say(f, Verdict::Warn, Text{"selector が %1 の Pod も数えるため、この Workload だけの偏りは抑えられません。",
                                          "The selector counts pods of %1 too, so it does not bound the skew of this workload alone."}
                                         .arg(others.join(QStringLiteral(", "))),
                   {"selector に、この Workload だけの label を足します。", "Add a label that only this workload has to the selector."});
    }
    return say(f, Verdict::Pass, Text{"ゾーンの間の差を %1 Pod までに抑えます。", "It keeps the zones within %1 of each other."}.arg(loss.maxSkew));
}

Finding judgeSpread(const RuleContext &context, const Workload &w, const ZoneLoss &loss)
{
    Finding f = spreadFinding(context, w, loss);
    if (loss.together) {
        f.measured = {"podAffinity (必須)", "required podAffinity"};
        return say(f, Verdict::Fail, {"必須の podAffinity が自分の Pod を選び、すべてが 1 つのゾーンに集まります。",
                                      "A required podAffinity selects the pods themselves, so all of them are in one zone."},
                   {"podAffinity を外すか、preferredDuringSchedulingIgnoredDuringExecution にします。", "Remove the podAffinity, or make it preferred."});
    }
    if (loss.pinnedZones == 1) {
        f.measured = {"1 ゾーンに固定", "pinned to one zone"};
        return say(f, Verdict::Fail, {"nodeName、nodeSelector、nodeAffinity、ノードグループのいずれかが 1 つのゾーンに固定しています。",
                                      "nodeName, nodeSelector, nodeAffinity or the node group pins the pods to one zone."},
                   {"ほかのゾーンも許します。", "Allow other zones too."});
    }
    if (loss.hardConstraint)
        return sayHard(f, context, w, loss);
    f.snippet = constraintSnippet(w);
    if (loss.unclearScope) {
        f.measured = {"不明", "unknown"};
        return say(f, Verdict::Unknown, {"podAntiAffinity の namespaces か namespaceSelector が自分の namespace を含むか、ファイルから分かりません。",
                                         "Whether the namespaces or the namespaceSelector of the podAntiAffinity include its own namespace cannot be seen in the files."},
                   {"metadata.namespace を書くか、両方を外します。外せば自分の namespace になります。", "Write metadata.namespace, or leave both out: then it is about its own namespace."});
    }
    if (loss.softConstraint) {
        f.measured = sameText(QStringLiteral("ScheduleAnyway"));
        return say(f, Verdict::Warn, {"努力目標で、混んだときは 1 つのゾーンに集まれます。",
                                      "It is a preference: when nodes are short, all pods may end up in one zone."},
                   {"whenUnsatisfiable を DoNotSchedule にします。", "Set whenUnsatisfiable to DoNotSchedule."});
    }
    if (!loss.selectorMatches) {
        f.measured = {"自分の Pod に合わない", "does not match its own pods"};
        return say(f, Verdict::Fail, {"labelSelector か namespaces が自分の Pod を選ばず、制約が働きません。",
                                      "The labelSelector or its namespaces do not select the pods themselves, so the constraint does nothing."},
                   {"Pod template の label と、自分の namespace に合わせます。", "Match it to the labels of the pod template and to its own namespace."});
    }
    if (loss.hostnameOnly) {
        f.measured = {"node だけ", "nodes only"};
        return say(f, Verdict::Fail, {"node に分けるだけで、同じゾーンの node に集まれます。",
                                      "It spreads over nodes only, which may all be in one zone."},
                   {"zone の制約を足します。", "Add a constraint on the zone."});
    }
    f.measured = {"なし", "none"};
    return say(f, Verdict::Fail, {"制約がなく、スケジューラーの既定 (zone の maxSkew 5、努力目標) だけです。",
                                  "There is none; the scheduler's default (zone maxSkew 5, soft) is all there is."},
               {"zone の topologySpreadConstraints を書きます。", "Write topologySpreadConstraints on the zone."});
}

Text zonesText(const std::vector<int> &pods)
{
    QStringList parts;
    for (const int n : pods)
        parts << QString::number(n);
    return sameText(parts.join(QStringLiteral(" + ")));
}

Text placeText(const ZoneLoss &loss)
{
    Text text = Text{"偏りが最大のとき %1 で、1 ゾーンを失うと %2 Pod が残ります。", "At its most uneven it is %1; losing a zone leaves %2 pods."}
                    .arg(zonesText(loss.worst), loss.leftWorst);
    if (loss.pending > 0) {
        text = Text{"%1失ったゾーンの node が残る間、代わりの %2 Pod は Pending のままです。",
                    "%1 While the lost zone's nodes remain, %2 replacements stay pending."}.arg(text, loss.pending);
    }
    return text;
}

void sayShort(Finding &f, const ZoneLoss &loss, const Workload &w)
{
    if (loss.leftBest >= loss.needed) {
        f.snippet = loss.hardConstraint ? QString() : constraintSnippet(w);
        say(f, Verdict::Fail, placeText(loss), {"zone の DoNotSchedule、maxSkew 1 で偏りを抑えます。", "Bound the skew with DoNotSchedule and maxSkew 1 on the zone."});
        return;
    }
    // ⌈needed × Z ÷ (Z − 1)⌉ pods, evenly spread, leave the needed ones.
    if (loss.zones < 2) {
        say(f, Verdict::Fail, placeText(loss), {"2 つ以上のゾーンに置きます。", "Run in two zones or more."});
        return;
    }
    const auto replicas = (qint64(loss.needed) * loss.zones + loss.zones - 2) / (loss.zones - 1);
    say(f, Verdict::Fail, placeText(loss), Text{"Pod を %1 以上にします。", "Run %1 pods or more."}.arg(replicas));
}

Finding judgeLoss(const RuleContext &context, const Workload &w, const EventNeed &need, ZoneLoss loss)
{
    const ReplicaRange range = replicasOf(context.manifests(), w);
    Finding f = findingInTemplate(context, lossTitle, w, w.podSpec["topologySpreadConstraints"]);
    if (loss.span.isValid())
        f.span = loss.span;
    addMark(f, range.file(w), range.minNode, {"Pod の最小数", "smallest number of pods"});
    loss.needed = need.needed;
    f.measured = Text{"%1 Pod", "%1 pods"}.arg(loss.leftWorst);
    f.wanted = {"必要な Pod 数以上", "≥ the pods needed"};
    if (!need.replicasKnown || need.replicas < 1) {
        return say(f, Verdict::Unknown, {"Pod の数が分かりません。", "The number of pods is not known."},
                   {"本番の replicas か HPA を含むマニフェストを指定してください。", "Point to the manifests with production's replicas or HPA."});
    }
    const bool zonesKnown = bool(context.service().zones);
    if (loss.leftBest == 0) { // one pod, or one zone: whatever the number of zones
        loss.needed = std::max(1, loss.needed);
        compare(f, 0, Relation::AtLeast, loss.needed, QStringLiteral("Pod"));
        setPicture(f, loss);
        sayShort(f, loss, w);
    } else if (!zonesKnown) {
        setPicture(f, loss);
        sayUndeclared(f, context, Text{"ゾーンの数が宣言されていません。%1 と仮定すると、%2", "The number of zones is not declared. Assuming %1: %2"}
                                      .arg(loss.zones, placeText(loss)),
                      QStringLiteral("platform.zones"), QStringLiteral("platform:\n  zones: 3"));
    } else if (loss.needed < 1) {
        setPicture(f, loss);
        sayUndeclared(f, context, Text{"%1%2", "%1 %2"}.arg(placeText(loss), need.missing), need.key, need.example);
    } else {
        setPicture(f, loss);
        compare(f, loss.leftWorst, Relation::AtLeast, loss.needed, QStringLiteral("Pod"));
        if (loss.leftWorst >= loss.needed)
            say(f, Verdict::Pass, Text{"%1イベント「%2」に足ります。", "%1 That is enough for event %2."}.arg(placeText(loss), need.event->id));
        else if (loss.leftBest >= loss.needed && loss.softConstraint && !loss.hardConstraint)
            say(f, Verdict::Warn, Text{"均等なら %1 で %2 Pod が残りますが、努力目標のため保証されません。",
                                       "Spread evenly it is %1, which leaves %2 pods; a preference does not ensure that."}
                                      .arg(zonesText(loss.best), loss.leftBest),
                {"whenUnsatisfiable を DoNotSchedule にします。", "Set whenUnsatisfiable to DoNotSchedule."});
        else
            sayShort(f, loss, w);
    }
    return f;
}

void judgeWorkload(const RuleContext &context, const Workload &w, const std::vector<NodeGroup> &groups, std::vector<Finding> &findings)
{
    const EventNeed need = needOf(context, w);
    const int zones = context.service().zones.value.value_or(assumedZones);
    ZoneLoss loss = simulateZoneLoss(w, need.replicas, zones, groups);
    const bool serving = isServing(context, w);
    if (serving && context.service().zones && need.replicasKnown)
        loss.aftermath = aftermathOf(context, w, loss);
    findings.push_back(judgeSpread(context, w, loss));
    if (serving || loss.leftBest == 0)
        findings.push_back(judgeLoss(context, w, need, loss));
    judgeBudgets(context, w, need, findings);
    if (loss.aftermath && loss.leftBest > 0)
        findings.push_back(judgeAftermath(context, w, need, loss));
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    std::vector<const Workload *> all = longRunning(context, spreadTitle, findings);
    // One pod a node: where a DaemonSet runs is decided by the nodes, not by constraints.
    const auto isDaemon = [](const Workload *w) { return w->object.kind == u"DaemonSet"; };
    if (!all.empty() && std::ranges::all_of(all, isDaemon)) {
        findings.push_back(say(findingFor(context, spreadTitle, *all.front()), Verdict::Unknown,
                               {"DaemonSet だけで、Pod のゾーンは node の置き方で決まります。",
                                "There are DaemonSets only: their zones follow from where the nodes are."},
                               {"node がゾーンに分かれている証拠を添えて、人が答えてください。",
                                "Answer by hand, with evidence that the nodes are spread over zones."}));
    }
    std::erase_if(all, isDaemon);
    const std::vector<NodeGroup> groups = nodeGroups(context.manifests(), context.service());
    for (const Workload *w : all)
        judgeWorkload(context, *w, groups, findings);
    // Bare manifests are judged by what they alone can show.
    if (!context.service().file.isEmpty())
        std::ranges::move(judgeRecords(context, QStringLiteral("zone-loss"), recordTitle), std::back_inserter(findings));
    judgeIdleBudgets(context, findings);
    return findings;
}

} // namespace

Rule zoneLossRule()
{
    return {
        "zone-loss",
        {"1 つのゾーンを失っても、残る Pod が必要な数以上かを見ます。", "Whether enough pods are left when one zone is lost."},
        {"topologySpreadConstraints (topology.kubernetes.io/zone) か、zone の必須の podAntiAffinity を数えます。selector か namespaces が自分の Pod を選ばない制約は働きません。自分の Pod への必須の podAffinity は 1 つのゾーンに集めます。DoNotSchedule "
         "は合格、ScheduleAnyway は注意、node だけか制約なしは不合格です (スケジューラーの既定は努力目標)。最悪の偏りは、最も混むゾーンを m とすると m + (Z − 1)(m − maxSkew) ≤ Pod 数を満たす最大の m で、残りは Pod "
         "数 − m です。失ったゾーンの node が残る間、そのゾーンは最も空いたゾーンとして数えられ、代わりの Pod が Pending になりえます (nodeTaintsPolicy の既定は Ignore)。Pod の数は HPA の最小、なければ "
         "replicas、必要な数は rolling-update と同じです。ゾーンの数は platform.zones と、nodeName、nodeAffinity、ノードグループが許すゾーンの少ない方です。失っている間: Pod は tolerationSeconds "
         "(既定 300 s) の後に作り直され、PodDisruptionBudget は喪失を止めず失った Pod の分だけ追い出しを減らし、HPA は指標のない Pod を 0 % "
         "と数えるため増やしません。PodDisruptionBudget: なければ注意、追い出しを 1 つも許さないか拒まれるものは不合格です。百分率はどちらの項目も切り上げます。サービスには、valid-days 日以内にゾーンを止めた試験の記録 (readiness/tests) も要ります。出典: "
         "Kubernetes の Pod Topology Spread Constraints、getExpectedPodCount。",
         "topologySpreadConstraints on topology.kubernetes.io/zone count, and required podAntiAffinity on the zone; one whose selector or "
         "namespaces do not select the pods themselves does nothing, and a required podAffinity to the pods themselves keeps all in one zone. DoNotSchedule passes, ScheduleAnyway warns, nodes only or nothing fails (the scheduler's "
         "default is soft). The most uneven placement has the largest m in one zone with m + (Z − 1)(m − maxSkew) ≤ pods; pods − m are left. "
         "While the lost zone's nodes remain it counts as the emptiest zone, so replacements may stay pending (nodeTaintsPolicy is Ignore by "
         "default). Pods are the HPA's minimum, else replicas; needed is as in rolling-update. Zones are "
         "platform.zones, or fewer where nodeName, nodeAffinity or the node groups allow fewer. Meanwhile: pods are replaced after tolerationSeconds (300 s by "
         "default), a PodDisruptionBudget does not stop the loss but the missing pods use it up, and the HPA counts pods without metrics as idle and "
         "adds none. PodDisruptionBudget: none warns, one that lets "
         "nothing be evicted or is refused fails; percentages of both fields round up. A service also needs the record of "
         "a test that took a zone away (readiness/tests), within valid-days. Sources: Kubernetes' Pod Topology Spread Constraints, "
         "getExpectedPodCount."},
        {validDays()},
        judge,
        Rule::Source::Manifests,
        {"event"},
        {"zone-loss"},
    };
}

} // namespace tenken
