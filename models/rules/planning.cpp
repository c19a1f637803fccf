// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/findings.h>
#include <rules/newertests.h>
#include <rules/planning.h>
#include <rules/replicas.h>
#include <rules/scalingtests.h>

#include <algorithm>

namespace tenken
{

namespace
{

const Text title{"必要な Pod の数", "Pods needed"};
constexpr int mostPods = 1'000'000; // beyond, a unit was mistaken

std::optional<Finding> whatIsMissing(const RuleContext &context, std::optional<double> perPod, bool zoneSpare)
{
    const Service &service = context.service();
    if (service.events.empty()) {
        return undeclared(
            context, title, {"イベントごとのピーク", "The peak of each event"},
            QStringLiteral("capacity.events"),
            QStringLiteral(
                "capacity:\n  events:\n    - {id: normal, name: {ja: 平常時, en: Normal}, peak: 1000}"));
    }
    if (!perPod) {
        return undeclared(context, title, {"1 Pod のスループット", "The throughput of one Pod"},
                          QStringLiteral("capacity.per-pod"), QStringLiteral("capacity:\n  per-pod: 100"));
    }
    if (zoneSpare && !service.zones) {
        return undeclared(context, title, {"ゾーンの数", "The number of zones"},
                          QStringLiteral("platform.zones"), QStringLiteral("platform:\n  zones: 3"));
    }
    const double headroom = planningParameter(context, QStringLiteral("headroom"));
    for (const CapacityEvent &event : service.events) {
        Finding f = findingInService(context, event.name.isEmpty() ? title : event.name, event.span);
        if (event.peakRps <= 0) {
            return say(f, Verdict::Unknown,
                       Text{"イベント %1 のピークがありません。", "Event %1 has no peak."}.arg(event.id),
                       {"`peak` に、サービス全体の 1 秒あたりの要求数を書いてください。",
                        "Write the requests per second over the whole service as `peak`."});
        }
        if (podsFor(event.peakRps * (1 + headroom), *perPod) > mostPods) {
            return say(f, Verdict::Unknown,
                       Text{"ピーク %1 req/s ÷ 1 Pod %2 req/s は百万 Pod を超えます。",
                            "A peak of %1 req/s at %2 req/s per pod needs more than a million pods."}
                           .arg(formatNumber(event.peakRps), formatNumber(*perPod)),
                       {"`peak` と `per-pod` の単位を確かめてください。",
                        "Check the units of `peak` and `per-pod`."});
        }
    }
    return {};
}

std::optional<Finding> declaredNotUsed(const RuleContext &context, double perPod)
{
    const auto &declared = context.service().perPodRps;
    if (!declared)
        return {};
    Finding f = findingInService(context, {"計算に使った値", "Value planned with"}, declared.span);
    compare(f, *declared, Comparison::Relation::AtMost, perPod, QStringLiteral("req/s"));
    return say(
        f, Verdict::Warn,
        Text{"申告 %1 req/s は実測の膝 %2 req/s を超えるため、膝で計算しました。",
             "The declared %1 req/s exceeds the measured knee of %2 req/s, so the knee was used."}
            .arg(formatNumber(*declared), formatNumber(perPod)),
        {"`capacity.per-pod` を膝以下に直してください。", "Lower `capacity.per-pod` to the knee or below."});
}

/// The law's peak lies below the event: certain where the tests went past it, a guess where they did not.
Finding unreachable(const RuleContext &context, const EventPlan &event, const ScaleOut &scaleOut)
{
    Finding f = findingInService(context, event.event.name.isEmpty() ? title : event.event.name, event.event.span);
    const auto peak = scaleOut.law->peakPods();
    const bool tested = peak && *peak <= scaleOut.mostTested;
    f.measured = Text{"≤ %1 req/s", "≤ %1 req/s"}.arg(formatNumber(event.mostRps));
    f.wanted = Text{"%1 req/s", "%1 req/s"}.arg(formatNumber(event.event.peakRps));
    return say(f, tested ? Verdict::Fail : Verdict::Unknown,
               Text{"Pod を増やしても届きません。スケーリング則では %1 req/s が頂点です（測ったのは %2 Pod まで）。",
                    "No number of pods carries it: by the scaling law throughput peaks at %1 req/s (tested up to %2 pods)."}
                   .arg(formatNumber(event.mostRps), scaleOut.mostTested),
               {"Pod が共有するもの（DB、接続、ロック）を直すか、サービスを分けてください。より多い Pod でも測ってください。",
                "Mend what the pods share (database, connections, locks) or split the service, and test with more pods."});
}

/// Connections that each pod may open, and what the dependency takes.
std::vector<PoolLimit> poolsOf(const Service &service)
{
    std::vector<PoolLimit> pools;
    for (const Dependency &d : service.dependencies.value.value_or(std::vector<Dependency>{})) {
        if (!d.poolSize)
            continue;
        PoolLimit pool{d.id, *d.poolSize, d.maxConnections.value, {}};
        for (const DependencyInstances &i : d.instances) {
            if (!i.maxConnections)
                continue;
            if (i.event.isEmpty())
                pool.maxConnections = *i.maxConnections;
            else
                pool.maxAtEvent.insert(i.event, *i.maxConnections);
        }
        pools.push_back(pool);
    }
    return pools;
}

} // namespace

Planning planFor(const RuleContext &context)
{
    Planning planning;
    bool measured = false;
    const auto perPod = context.perPodRps(&measured);
    const bool zoneSpare = planningParameter(context, QStringLiteral("zone-spare")) > 0;
    if (const auto missing = whatIsMissing(context, perPod, zoneSpare)) {
        planning.missing.push_back(*missing);
        return planning;
    }
    const CapacityOptions options{planningParameter(context, QStringLiteral("headroom")),
                                  zoneSpare ? *context.service().zones : 0};
    const ScaleOut scaleOut = scaleOutOf(context.loadTests);
    planning.plan = planCapacity(context.service().events, *perPod, options, scaleOut);
    planning.plan.perPodMeasured = measured;
    planning.plan.pools = poolsOf(context.service());
    planning.plan = planWith(std::move(planning.plan));
    for (const EventPlan &event : planning.plan.events) {
        if (event.unreachable)
            planning.missing.push_back(unreachable(context, event, scaleOut));
    }
    if (const auto note = measured ? declaredNotUsed(context, *perPod) : std::nullopt)
        planning.notes.push_back(*note);
    if (const LoadTestAnalysis *test = contradictionOf(*perPod, context.loadTests))
        planning.notes.push_back(contradicted(context, {"計算に使った値", "Value planned with"}, *test, *perPod));
    return planning;
}

double planningParameter(const RuleContext &context, const QString &name)
{
    if (context.parameters.contains(name))
        return context.parameters.value(name);
    return context.planning ? context.planning->value(name) : 0;
}

Text lawWords(const EventPlan &event, const ScaleOut &scaleOut)
{
    if (event.byLaw && event.extrapolated)
        return Text{"スケーリング則による数で、測った %1 Pod を超える外挿です。",
                    "By the scaling law, extrapolated beyond the %1 pods measured."}
            .arg(scaleOut.mostTested);
    if (event.byLaw)
        return {"スケーリング則による数です。", "By the scaling law."};
    if (event.byTests && event.extrapolated)
        return Text{"複数の Pod の試験で最も低かった 1 Pod あたりの値による数で、測った %1 Pod を超える外挿です。",
                    "By the least per pod that tests with several pods showed, extrapolated beyond the %1 pods measured."}
            .arg(scaleOut.mostTested);
    if (event.byTests)
        return {"複数の Pod の試験で測った値による数です。", "By what tests with several pods carried."};
    if (event.extrapolated)
        return Text{"測った %1 Pod を超える外挿です。", "Extrapolated beyond the %1 pods measured."}.arg(scaleOut.mostTested);
    return {};
}

Text planParts(const EventPlan &event)
{
    if (event.headroomPods <= 0 && event.zonePods <= 0)
        return {};
    return Text{"ピーク %1 + 余裕 %2 + 1 ゾーン喪失の予備 %3", "%1 for the peak + %2 headroom + %3 spare for a lost zone"}.arg(
        event.peakPods, event.headroomPods, event.zonePods);
}

bool isSudden(const Service &service, const CapacityEvent &event)
{
    const auto &events = service.events;
    if (std::ranges::contains(events, QStringLiteral("normal"), &CapacityEvent::id))
        return event.id != u"normal";
    if (events.size() < 2 || event.id != events.front().id)
        return true;
    return std::ranges::any_of(events, [&](const CapacityEvent &e) { return e.peakRps < event.peakRps; });
}

int cronReplicas(const KubeObject &scaledObject)
{
    int most = 0;
    for (const Yaml trigger : scaledObject.node["spec"]["triggers"].items()) {
        if (trigger["type"].text() != "cron")
            continue;
        bool ok = false; // desiredReplicas is a string there
        const int n = trigger["metadata"]["desiredReplicas"].string().toInt(&ok);
        if (ok)
            most = std::max(most, n);
    }
    return most;
}

} // namespace tenken
