// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/findings.h>
#include <rules/loadtest_record.h>
#include <rules/pod_rise.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

const QStringList podMetrics = {"kubernetes_state.deployment.replicas",
                                "kubernetes_state.deployment.replicas_available",
                                "kubernetes_state.deployment.replicas_ready",
                                "kubernetes_state.deployment.replicas_desired",
                                "kubernetes_state.statefulset.replicas",
                                "kubernetes_state.statefulset.replicas_ready",
                                "kubernetes_state.hpa.current_replicas",
                                "kubernetes_state.hpa.desired_replicas",
                                "kubernetes.pods.running"};

bool isAbout(const MetricSeries &s, const Workload &w, const QString &service)
{
    for (const QString &tag : s.scope.split(u',', Qt::SkipEmptyParts)) {
        const QString value = tag.trimmed().section(u':', 1);
        if (value == w.object.name || (!service.isEmpty() && value == service))
            return true;
    }
    return false;
}

/// The first and the highest count within a test.
std::optional<std::pair<double, double>> countsDuring(const MetricSeries &s, const LoadTestRun &run)
{
    std::optional<std::pair<double, double>> counts;
    for (const auto &[at, value] : s.points) {
        if (!std::isfinite(value) || at < run.startSeconds || at > run.endSeconds)
            continue;
        if (!counts)
            counts = {value, value};
        counts->second = std::max(counts->second, value);
    }
    return counts;
}

} // namespace

std::optional<Finding> judgePodRise(const RuleContext &context, const Workload &workload)
{
    std::vector<const LoadTest *> tests;
    for (const LoadTest &t : context.evidence.loadTests) {
        if (t.run && (t.source.purpose == u"peak" || t.source.purpose.isEmpty()))
            tests.push_back(&t);
    }
    if (tests.empty() || context.service().datadogFolder.isEmpty())
        return {};

    Finding f = findingFor(context, {"試験中の Pod の数", "Pod count during the test"}, workload);
    std::optional<std::pair<double, double>> best;
    std::vector<MetricSeries> seen;
    for (const MetricSeries &s : context.evidence.datadog.series) {
        if (!podMetrics.contains(s.metric) || !isAbout(s, workload, context.service().id))
            continue;
        for (const LoadTest *t : tests) {
            const auto counts = countsDuring(s, *t->run);
            if (!counts)
                continue;
            if (seen.empty() || seen.back().query != s.query)
                seen.push_back(s);
            if (!best || counts->second - counts->first > best->second - best->first)
                best = counts;
        }
    }
    if (!best) {
        return say(f, Verdict::Unknown,
                   {"負荷試験の間の Pod の数が、Datadog の記録にありません。",
                    "The Datadog snapshot has no pod count for the time of the load test."},
                   Text{"`kubernetes_state.deployment.replicas_available{kube_deployment:%1}` "
                        "を、試験の時刻で記録に加えてください。",
                        "Add `kubernetes_state.deployment.replicas_available{kube_deployment:%1}` for that "
                        "time to the snapshot."}
                       .arg(workload.object.name));
    }
    compare(f, best->second, Comparison::Relation::MoreThan, best->first, QStringLiteral("Pod"));
    setPicture(f, SeriesPicture{{"試験中の Pod の数", "Pod count during the test"}, std::move(seen), {}});
    const QString from = formatNumber(best->first), to = formatNumber(best->second);
    if (best->second > best->first)
        return say(f, Verdict::Pass,
                   Text{"試験中に %1 から %2 Pod へ増えました。", "Pods rose from %1 to %2."}.arg(from, to));
    return say(f, Verdict::Fail,
               Text{"試験中、Pod の数は %1 のまま増えていません。", "The pod count stayed at %1."}.arg(from),
               {"HPA の指標と状態を確かめ、増えるまで負荷を上げて測り直してください。",
                "Check the HPA's metric and status, and test again with enough load for it to scale."});
}

} // namespace tenken
