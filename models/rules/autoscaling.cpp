// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/all.h>
#include <rules/findings.h>
#include <rules/hpa_metrics.h>
#include <rules/planning.h>
#include <rules/pod_rise.h>
#include <rules/scalingtargets.h>
#include <rules/workloads.h>

#include <algorithm>

namespace tenken
{

namespace
{

const QString pods = QStringLiteral("Pod");

/// A workload with the autoscaler that drives it.
struct Pair {
    const RuleContext &context;
    const Workload &workload;
    const ReplicaRange range;
    const KubeObject &scaler() const { return *range.autoscaler; }
    Yaml spec() const { return scaler().node["spec"]; }
    QString key(bool max) const
    {
        return range.isKeda() ? (max ? QStringLiteral("maxReplicaCount") : QStringLiteral("minReplicaCount"))
                              : (max ? QStringLiteral("maxReplicas") : QStringLiteral("minReplicas"));
    }
};

Finding judgeMetric(const Pair &p, const ScalingMetric &metric)
{
    Finding f = findingFor(p.context, {"指標", "Metric"}, p.scaler(), metric.node);
    f.measured = metric.name;
    if (metric.kind == ScalingMetric::Kind::Other) {
        return say(f, Verdict::Warn,
                   Text{"指標 %1 が届くかどうかは、マニフェストから分かりません。",
                        "Whether the metric %1 arrives cannot be seen in manifests."}
                       .arg(metric.name),
                   {"負荷試験で Pod の数が増えることを確かめてください。cpu "
                    "の指標を併せて書けば、届かないときも増えます。",
                    "Show by a load test that pods are added; a cpu metric beside it keeps scaling when it "
                    "does not arrive."});
    }
    if (metric.kind == ScalingMetric::Kind::ContainerResource
        && !std::ranges::contains(p.workload.containers, metric.container, &Container::name)) {
        return say(f, Verdict::Fail,
                   Text{"コンテナ %1 は %2 にありません。", "There is no container %1 in %2."}.arg(
                       metric.container, p.workload.object.title()),
                   {"あるコンテナの名前を書いてください。", "Name a container that exists."});
    }
    const QStringList without = containersWithoutRequest(p.workload, metric);
    if (without.isEmpty()) {
        return say(f, Verdict::Pass,
                   Text{"指標 %1 は使えます。", "The metric %1 can be used."}.arg(metric.name));
    }
    f.wanted = Text{"requests.%1 が全コンテナにある", "requests.%1 on every container"}.arg(metric.resource);
    const std::string key = metric.resource.toStdString();
    if (parseQuantity(p.workload.podSpec["resources"]["requests"][key].text())
        || parseQuantity(p.workload.podSpec["resources"]["limits"][key].text())) {
        return say(f, Verdict::Unknown,
                   Text{"%1 の requests は Pod 全体にだけあり、割合が求まるかは Kubernetes の版によります。",
                        "Only the pod as a whole requests %1; whether a utilization follows depends on the "
                        "Kubernetes version."}
                       .arg(metric.resource),
                   {"コンテナごとに requests を書いてください。", "Set requests per container."});
    }
    for (const Container &c : p.workload.containers) {
        if (without.contains(c.name))
            addMark(f, p.workload.object.file, placeOf(c),
                    Text{"requests.%1 なし", "no requests.%1"}.arg(metric.resource));
    }
    return say(
        f, Verdict::Fail,
        Text{"コンテナ %1 に requests.%2 がなく、割合が求まらないため HPA は増やせません。",
             "Container %1 has no requests.%2, so no utilization can be worked out and the HPA cannot scale."}
            .arg(without.join(QStringLiteral(", ")), metric.resource),
        Text{"`resources.requests.%1` を書くか、ContainerResource の指標にしてください。",
             "Set `resources.requests.%1`, or use a ContainerResource metric."}
            .arg(metric.resource));
}

Finding judgeLeast(const Pair &p)
{
    Finding f = findingFor(p.context, {"最小の数", "Minimum"}, p.scaler(), p.range.minNode);
    compare(f, p.range.min, Comparison::Relation::AtLeast, 2, pods);
    if (p.range.min >= 2)
        return say(f, Verdict::Pass,
                   Text{"最小は %1 Pod です。", "The minimum is %1 pods."}.arg(p.range.min));
    say(f, Verdict::Fail,
        p.range.minNode
            ? Text{"最小が %1 Pod です。1 つ失うと要求を返せません。",
                   "The minimum is %1: losing one pod loses the service."}
                  .arg(p.range.min)
            : Text{"`%1` がなく、最小は既定の %2 Pod です。1 つ失うと要求を返せません。",
                   "`%1` is not set, so the minimum is the default %2: losing one pod loses the service."}
                  .arg(p.key(false), p.range.min),
        Text{"`%1` を 2 以上にしてください。", "Set `%1` to 2 or more."}.arg(p.key(false)));
    f.snippet = snippetIn(p.spec(), QStringLiteral("%1: 2").arg(p.key(false)));
    return f;
}

Finding judgeRange(const Pair &p)
{
    Finding f = findingFor(p.context, {"増える幅", "Room to scale"}, p.scaler(), p.range.maxNode);
    compare(f, p.range.max, Comparison::Relation::MoreThan, p.range.min, pods);
    if (p.range.max > p.range.min) {
        return say(f, Verdict::Pass,
                   Text{"%1 から %2 Pod まで増えます。", "It scales from %1 to %2 pods."}.arg(p.range.min,
                                                                                              p.range.max));
    }
    return say(f, Verdict::Fail,
               Text{"最小 %1、最大 %2 で、増える余地がありません。",
                    "With a minimum of %1 and a maximum of %2 it cannot scale."}
                   .arg(p.range.min, p.range.max),
               Text{"`%1` を最小より大きくしてください。", "Set `%1` above the minimum."}.arg(p.key(true)));
}

std::vector<Finding> judgeLargestEvent(const Pair &p)
{
    const Planning planning = planFor(p.context);
    if (!planning.missing.empty())
        return planning.missing;
    const int needed = planning.plan.largestNeed();
    const EventPlan &largest = *std::ranges::max_element(planning.plan.events, {}, &EventPlan::needed);
    const Text parts = planParts(largest);
    const Text made = parts.isEmpty() ? Text{} : Text{"（%1）", " (%1)"}.arg(parts);
    Finding f = findingFor(p.context, {"最大のイベント", "Largest event"}, p.scaler(), p.range.maxNode);
    compare(f, p.range.max, Comparison::Relation::AtLeast, needed, pods);
    addMark(f, p.context.service().file, largest.event.span, Text{"%1 Pod 必要", "%1 pods needed"}.arg(needed));
    if (p.range.max >= needed)
        return {say(f, Verdict::Pass,
                    Text{"最大 %1 Pod は、最大のイベントの %2 Pod%3に足ります。",
                         "The maximum of %1 holds the %2 pods of the largest event%3."}
                        .arg(p.range.max, needed, made))};
    say(f, Verdict::Fail,
        Text{"最大 %1 Pod は、最大のイベントの %2 Pod%4に %3 足りません。",
             "The maximum of %1 is %3 short of the %2 pods of the largest event%4."}
            .arg(p.range.max, needed, needed - p.range.max, made),
        Text{"`%1` を %2 以上にしてください。", "Set `%1` to %2 or more."}.arg(p.key(true), needed));
    f.snippet = snippetIn(p.spec(), QStringLiteral("%1: %2").arg(p.key(true)).arg(needed));
    return {f};
}

std::optional<Finding> judgeStaticReplicas(const Pair &p)
{
    const Yaml replicas = p.workload.object.node["spec"]["replicas"];
    if (!replicas || replicas.isNull())
        return {};
    Finding f = findingFor(p.context, {"固定の replicas", "Static replicas"}, p.workload, replicas);
    f.measured = sameText(QStringLiteral("replicas: ") + replicas.string());
    f.wanted = {"書かない", "not set"};
    return say(f, Verdict::Fail,
               Text{"適用のたびに Pod の数が %1 に戻り、HPA が増やした分を失います。",
                    "Every apply sets the count back to %1 and takes away what the HPA added."}
                   .arg(replicas.string()),
               {"`spec.replicas` の行を消してください。HPA が数を決めます。",
                "Remove the line `spec.replicas`; the HPA decides the count."});
}

std::optional<Finding> judgeSwitchedOff(const Pair &p)
{
    const Yaml policy = p.spec()["behavior"]["scaleUp"]["selectPolicy"];
    const Yaml paused = p.scaler().node["metadata"]["annotations"]["autoscaling.keda.sh/paused"];
    const Yaml count = p.scaler().node["metadata"]["annotations"]["autoscaling.keda.sh/paused-replicas"];
    const Yaml nested =
        p.spec()["advanced"]["horizontalPodAutoscalerConfig"]["behavior"]["scaleUp"]["selectPolicy"];
    Yaml off;
    if (policy.text() == "Disabled")
        off = policy;
    else if (p.range.isKeda() && nested.text() == "Disabled")
        off = nested;
    else if (p.range.isKeda() && (paused.text() == "true" || count.exists()))
        off = paused.text() == "true" ? paused : count;
    if (!off)
        return {};
    return say(findingFor(p.context, {"増加の停止", "Scaling switched off"}, p.scaler(), off), Verdict::Fail,
               {"この設定で、Pod は増えません。", "With this setting no pod is ever added."},
               {"この行を消してください。", "Remove this line."});
}

std::vector<Finding> judgePair(const Pair &p, bool serving)
{
    if (auto off = p.range.known ? std::nullopt : judgeSwitchedOff(p))
        return {std::move(*off)};
    if (!p.range.known) {
        return {say(
            findingFor(p.context, {"Pod の数", "Number of pods"}, p.scaler(), p.range.maxNode), Verdict::Unknown,
            {"Pod の最小と最大の数が読めません。", "The least and greatest number of pods cannot be read."},
            {"整数で書くか、展開後のマニフェストを渡してください。",
             "Write whole numbers, or give the rendered manifest."})};
    }
    std::vector<Finding> findings;
    for (const ScalingMetric &metric : scalingMetrics(p.scaler()))
        findings.push_back(judgeMetric(p, metric));
    findings.push_back(judgeLeast(p));
    findings.push_back(judgeRange(p));
    if (serving)
        std::ranges::move(judgeLargestEvent(p), std::back_inserter(findings));
    for (auto &&extra : {judgeStaticReplicas(p), judgeSwitchedOff(p)}) {
        if (extra)
            findings.push_back(*extra);
    }
    if (serving) {
        if (auto rise = judgePodRise(p.context, p.workload))
            findings.push_back(std::move(*rise));
    }
    return findings;
}

Finding noScaler(const RuleContext &context, const Workload &w)
{
    Finding f = findingFor(context, {"HPA", "HPA"}, w);
    f.measured = {"なし", "none"};
    const bool described = !context.service().events.empty();
    say(f, described ? Verdict::Fail : Verdict::Unknown,
        described ? Text{"イベントがあるのに、Pod の数を増やす HPA も ScaledObject もありません。",
                         "There are events to carry, and no HPA or ScaledObject that adds pods."}
                  : Text{"読んだファイルに、この対象の HPA も ScaledObject もありません。",
                         "The files that were read hold no HPA or ScaledObject for it."},
        described ? Text{"HorizontalPodAutoscaler を置いてください。", "Add a HorizontalPodAutoscaler."}
                  : Text{"HPA のあるファイルを `evidence.manifests` に加えてください。",
                         "Add the file with the HPA to `evidence.manifests`."});
    f.snippet =
        QStringLiteral(
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: %1\nspec:\n"
            "  scaleTargetRef: {apiVersion: %2, kind: %3, name: %1}\n  minReplicas: 2\n  maxReplicas: 10\n"
            "  metrics:\n    - type: Resource\n      resource: {name: cpu, target: {type: Utilization, "
            "averageUtilization: 60}}")
            .arg(w.object.name, w.object.apiVersion, w.object.kind);
    return f;
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    for (const Workload &w : context.manifests().workloads) {
        const bool serves = isServing(context, w);
        const ReplicaRange range = replicasOf(context.manifests(), w);
        if (range.autoscaler)
            std::ranges::move(judgePair({context, w, range}, serves), std::back_inserter(findings));
        else if (serves)
            findings.push_back(noScaler(context, w));
    }
    std::ranges::move(judgeScalingTargets(context), std::back_inserter(findings));
    return findings;
}

} // namespace

Rule autoscalingRule()
{
    return {"autoscaling",
            {"HPA が働き、最大のイベントまで増えるか", "The HPA works and scales up to the largest event"},
            {"対象が存在し、割合の指標に requests があり（指標がなければ既定の cpu 80 %）、最小が 2 "
             "以上（書かなければ HPA は 1、KEDA は 0）、"
             "最大が最小より大きく、最大のイベントに足り、対象に固定の replicas "
             "がないことを見ます。アダプタから来る指標は注意とします。"
             "最大のイベントの Pod の数は event-capacity と同じ headroom と zone-spare で求めます。"
             "負荷試験と Datadog の両方を宣言したときだけ、試験中に Pod の数が増えたかも見ます。時系列の env "
             "が試験の environment と違えば使わず、どちらかが分からなければ合格にしません。",
             "The target exists, a utilization has its requests (without metrics: the default cpu 80 %), the "
             "minimum is 2 or more (unset: "
             "1 for an HPA, 0 for KEDA), the maximum lies above it and holds the largest event, and the "
             "target sets no static replicas. A "
             "metric from an adapter is a warning. The pods of the largest event are those of event-capacity, with "
             "its headroom and zone-spare. Whether pods were added during a load test is judged only where both a "
             "test and Datadog are declared. A series whose env is not the test's environment does not count; where "
             "either is not known it does not pass."},
            {},
            judge,
            Rule::Source::Manifests};
}

} // namespace tenken
