// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/all.h>
#include <rules/findings.h>
#include <rules/planning.h>
#include <rules/replicas.h>

namespace tenken
{

namespace
{

const QString pods = QStringLiteral("Pod");

/// Everything that one event is judged by on one workload.
struct Case {
    const RuleContext &context;
    const Workload &workload;
    const ReplicaRange &range;
    const Planning &planning;
    const EventPlan &event;
    bool sudden;
    int scheduled() const { return event.event.scheduledReplicas.value.value_or(0); }
    int before() const { return std::max(range.min, scheduled()); }
};

Text needText(const Case &c)
{
    const QString perPod = formatNumber(c.planning.plan.perPodRps);
    Text text = Text{"ピーク %1 req/s ÷ 1 Pod %2 req/s で %3 Pod が要ります",
                     "A peak of %1 req/s at %2 req/s per pod needs %3 pods"}
                    .arg(formatNumber(c.event.event.peakRps), perPod, formatNumber(c.event.needed()));
    if (c.event.headroomPods > 0 || c.event.zonePods > 0) {
        text = Text{"%1（余裕 +%2、1 ゾーン喪失の予備 +%3）", "%1 (headroom +%2, spare for a lost zone +%3)"}
                   .arg(text, c.event.headroomPods, c.event.zonePods);
    }
    text = Text{"%1。", "%1."}.arg(text);
    const Text law = lawWords(c.event, c.planning.plan.scaleOut);
    return law.isEmpty() ? text : Text{"%1%2", "%1 %2"}.arg(text, law);
}

QString key(const Case &c, bool max)
{
    if (!c.range.autoscaler)
        return QStringLiteral("replicas");
    if (c.range.isKeda())
        return max ? QStringLiteral("maxReplicaCount") : QStringLiteral("minReplicaCount");
    return max ? QStringLiteral("maxReplicas") : QStringLiteral("minReplicas");
}

Finding place(const Case &c, bool max)
{
    const KubeObject &object = c.range.autoscaler ? *c.range.autoscaler : c.workload.object;
    Finding f =
        findingFor(c.context, c.event.event.name.isEmpty() ? sameText(c.event.event.id) : c.event.event.name,
                   object, max ? c.range.maxNode : c.range.minNode);
    setPicture(f, c.planning.plan);
    addMark(f, c.context.service().file, c.event.event.span,
            Text{"%1 Pod 必要", "%1 pods needed"}.arg(formatNumber(c.event.needed())));
    if (!max)
        addMark(f, c.context.service().file, c.event.event.scheduledReplicas.span,
                Text{"予約 %1 Pod", "%1 pods scheduled"}.arg(c.scheduled()));
    return f;
}

Finding tooFewAtMost(const Case &c)
{
    Finding f = place(c, true);
    compare(f, c.range.max, Comparison::Relation::AtLeast, c.event.needed(), pods);
    say(f, Verdict::Fail,
        Text{"%1上限は %2 Pod で、%3 Pod 足りません。", "%1 The most there can be is %2, %3 short."}.arg(
            needText(c), c.range.max, c.event.needed() - c.range.max),
        Text{"`%1` を %2 以上にし、ノードと依存先がその数に耐えるか確かめてください。",
             "Set `%1` to %2 or more, and check that nodes and dependencies bear that many."}
            .arg(key(c, true), c.event.needed()));
    f.snippet =
        snippetIn(c.range.autoscaler ? c.range.autoscaler->node["spec"] : c.workload.object.node["spec"],
                  QStringLiteral("%1: %2").arg(key(c, true)).arg(c.event.needed()));
    return f;
}

Finding tooFewBefore(const Case &c, int cron)
{
    Finding f = place(c, false);
    compare(f, c.before(), Comparison::Relation::AtLeast, c.event.needed(), pods);
    if (cron >= c.event.needed()) {
        return say(f, Verdict::Unknown,
                   Text{"%1KEDA の cron は %2 Pod にしますが、このイベントの前かどうかは分かりません。",
                        "%1 A KEDA cron trigger brings %2 pods; whether before this event cannot be seen."}
                       .arg(needText(c), cron),
                   Text{"service.yaml の、そのイベントに `scheduled-replicas: %1` と書いてください。",
                        "Write `scheduled-replicas: %1` for the event in service.yaml."}
                       .arg(cron));
    }
    say(f, Verdict::Fail,
        Text{
            "%1始まる前に確保されるのは %2 Pod で、%3 Pod 足りません。急な山には自動の増加が間に合いません。",
            "%1 Before it begins there are %2, %3 short, and a sudden peak outruns autoscaling."}
            .arg(needText(c), c.before(), c.event.needed() - c.before()),
        Text{"`%1` を %2 以上にするか、前もって増やす予約を組み、service.yaml の `scheduled-replicas` "
             "に書いてください。",
             "Set `%1` to %2 or more, or schedule a scale-out before it and write `scheduled-replicas` in "
             "service.yaml."}
            .arg(key(c, false), c.event.needed()));
    f.snippet =
        snippetIn(c.range.autoscaler ? c.range.autoscaler->node["spec"] : c.workload.object.node["spec"],
                  QStringLiteral("%1: %2").arg(key(c, false)).arg(c.event.needed()));
    return f;
}

Finding judgeEvent(const Case &c)
{
    if (c.range.max < c.event.needed())
        return tooFewAtMost(c);
    const int cron = c.range.isKeda() ? cronReplicas(*c.range.autoscaler) : 0;
    if (c.sudden && c.before() < c.event.needed())
        return tooFewBefore(c, cron);
    Finding f = place(c, !c.sudden);
    compare(f, c.sudden ? c.before() : c.range.max, Comparison::Relation::AtLeast, c.event.needed(), pods);
    return say(f, Verdict::Pass,
               c.sudden
                   ? Text{"%1始まる前に %2 Pod あります。", "%1 There are %2 before it begins."}.arg(
                         needText(c), c.before())
                   : Text{"%1上限は %2 Pod です。", "%1 There can be %2."}.arg(needText(c), c.range.max));
}

std::vector<Finding> judgeWorkload(const RuleContext &context, const Workload &w, Planning planning)
{
    const ReplicaRange range = replicasOf(context.manifests(), w);
    if (!range.known) {
        const KubeObject &object = range.autoscaler ? *range.autoscaler : w.object;
        return {say(
            findingFor(context, {"Pod の数", "Number of pods"}, object, range.minNode), Verdict::Unknown,
            {"Pod の最小と最大の数が読めません。", "The least and greatest number of pods cannot be read."},
            {"整数で書くか、展開後のマニフェストを渡してください。",
             "Write whole numbers, or give the rendered manifest."})};
    }
    planning.plan.minReplicas = range.min;
    planning.plan.maxReplicas = range.max;
    std::vector<Finding> findings;
    for (const EventPlan &event : planning.plan.events) {
        if (!event.unreachable) // said already
            findings.push_back(
                judgeEvent({context, w, range, planning, event, isSudden(context.service(), event.event)}));
    }
    return findings;
}

std::vector<Finding> judge(const RuleContext &context)
{
    const Planning planning = planFor(context);
    std::vector<Finding> findings = planning.missing;
    if (planning.plan.events.empty())
        return findings;
    for (Finding &f : findings)
        setPicture(f, planning.plan);
    for (const Workload *w : servingWorkloads(context))
        std::ranges::move(judgeWorkload(context, *w, planning), std::back_inserter(findings));
    if (!findings.empty())
        std::ranges::copy(planning.notes, std::back_inserter(findings));
    return findings;
}

} // namespace

Rule eventCapacityRule()
{
    return {
        "event-capacity",
        {"イベントごとに要る Pod の数が、その前に確保され、上限の内にあるか",
         "The pods that each event needs are there before it begins, and within the maximum"},
        {"要る数 = ⌈ピーク × (1 + headroom) ÷ 1 Pod のスループット⌉。zone-spare が 1 なら、1 "
         "ゾーンを失っても残るよう "
         "⌈数 × Z ÷ (Z − 1)⌉ "
         "とします。急に始まるイベントは、最小の数か予約した数で始まる前に満たす必要があります。"
         "id が normal "
         "のイベント（なければ、最初に書かれた最小のもの）だけは緩やかに増えるとみなし、上限だけを見ます。"
         "申告値が膝を超えるときは、測った膝で計算します。6 種類以上の台数の試験から求めたスケーリング則 (USL) "
         "が曲がるとき (β > 0、または誤差を超える α) や、要る数が測った台数を超えるときは、割り算でなく則で計算し、外挿ならそう書きます。則がないときは、複数の台数の試験で返せた数を割り算より優先します。頂点の上の率は、どの台数でも届きません。"
         "計画した 1 Pod の値で耐えるはずの最初の段にも耐えなかった試験があり、その後に耐えた試験がなければ不明です。",
         "Needed = ⌈peak × (1 + headroom) ÷ throughput of one pod⌉; with zone-spare 1, ⌈pods × Z ÷ (Z − 1)⌉ "
         "so that the rest "
         "stands when a zone is lost. A sudden event needs them before it begins: minimum or scheduled "
         "replicas. Only the event "
         "with the id normal (else the first one written, when it is the smallest) is taken to grow slowly: "
         "there the maximum counts. "
         "A declared throughput above the measured knee is replaced by the knee. Where the scaling law (USL, from tests with "
         "six or more pod counts) bends (β > 0, or an α beyond its own error), or more pods are needed than were tested, the law is used instead of the "
         "division and an extrapolation is said; without a law what the tests with several pods carried bounds the "
         "division; a rate above its peak is reached by no number of pods. A test that did not bear even its first level, "
         "although the value planned with says so, is unknown, unless a newer one bore it."},
        {{"headroom",
          0,
          "",
          RuleParameter::Stricter::Higher,
          {"ピークへの上乗せ（0.2 = 20 %）", "added to the peak (0.2 = 20 %)"}},
         {"zone-spare",
          0,
          "",
          RuleParameter::Stricter::Higher,
          {"1: 1 ゾーンを失う分の予備を足す", "1: add spare pods for one lost zone"}}},
        judge,
        Rule::Source::Manifests};
}

} // namespace tenken
