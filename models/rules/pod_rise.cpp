// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/findings.h>
#include <rules/loadtest_record.h>
#include <rules/pod_rise.h>
#include <rules/replicas.h>
#include <rules/series.h>
#include <rules/seriespicture.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

const QStringList podMetrics = {"kubernetes_state.deployment.replicas",
                                "kubernetes_state.deployment.replicas_available",
                                "kubernetes_state.deployment.replicas_ready",
                                "kubernetes_state.statefulset.replicas",
                                "kubernetes_state.statefulset.replicas_ready",
                                "kubernetes_state.hpa.current_replicas",
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

/// What the snapshot shows of the tests: the steepest rise, first in a series of the test's own environment.
struct Seen {
    std::optional<std::pair<double, double>> best;
    bool sameEnvironment = false; ///< both say so
    std::vector<MetricSeries> series;
    QString elsewhere; ///< "production ≠ staging": a series of the test's time, of another environment
};

void take(Seen &seen, const MetricSeries &s, const std::pair<double, double> &counts, bool same)
{
    if (same && !seen.sameEnvironment) {
        seen.best.reset(); // what is certain replaces what is not
        seen.series.clear();
    } else if (!same && seen.sameEnvironment) {
        return;
    }
    seen.sameEnvironment = same;
    if (seen.series.empty() || seen.series.back().query != s.query)
        seen.series.push_back(s);
    if (!seen.best || counts.second - counts.first > seen.best->second - seen.best->first)
        seen.best = counts;
}

Seen lookAt(const RuleContext &context, const Workload &workload, const std::vector<const LoadTest *> &tests)
{
    Seen seen;
    for (const MetricSeries &s : context.evidence.datadog.series) {
        if (!podMetrics.contains(s.metric) || !isAbout(s, workload, context.service().id))
            continue;
        for (const LoadTest *t : tests) {
            const auto counts = countsDuring(s, *t->run);
            if (!counts)
                continue;
            const auto same = isOfEnvironment(s, t->source);
            if (same == false)
                seen.elsewhere = QStringLiteral("%1 ≠ %2").arg(environmentOf(s), t->source.environment);
            else
                take(seen, s, *counts, same.has_value());
        }
    }
    return seen;
}

/// The least and the most pods in the environment of a test while it ran; nothing where the snapshot does not surely say.
std::optional<std::pair<double, double>> podsDuring(const RuleContext &context, const LoadTest &test)
{
    std::optional<std::pair<double, double>> range;
    const auto serving = servingWorkloads(context);
    if (serving.size() != 1 || !test.run->knowsWhen())
        return {};
    for (const MetricSeries &s : context.evidence.datadog.series) {
        if (!podMetrics.contains(s.metric) || !isAbout(s, *serving.front(), context.service().id)
            || isOfEnvironment(s, test.source) != true)
            continue;
        for (const auto &[at, value] : s.points) {
            if (!std::isfinite(value) || value <= 0 || at < test.run->startSeconds || at > test.run->endSeconds)
                continue;
            range = range ? std::pair(std::min(range->first, value), std::max(range->second, value)) : std::pair(value, value);
        }
    }
    return range;
}

Finding notSeen(Finding &f, const Workload &workload)
{
    return say(f, Verdict::Unknown,
               {"負荷試験の間の Pod の数が、Datadog の記録にありません。",
                "The Datadog snapshot has no pod count for the time of the load test."},
               Text{"`kubernetes_state.deployment.replicas_available{kube_deployment:%1}` "
                    "を、試験の時刻と環境で記録に加えてください。",
                    "Add `kubernetes_state.deployment.replicas_available{kube_deployment:%1}` for its time and "
                    "environment to the snapshot."}
                   .arg(workload.object.name));
}

Finding seenElsewhere(Finding &f, const Seen &seen)
{
    f.measured = sameText(seen.elsewhere);
    return say(f, Verdict::Unknown,
               Text{"記録の Pod の数と負荷試験は、環境が違います（%1）。",
                    "The snapshot's pod count and the load test are of different environments (%1)."}
                   .arg(seen.elsewhere),
               {"試験をした環境の Pod の数を記録に加えてください。",
                "Add the pod count of the environment under test to the snapshot."});
}

Finding environmentUnknown(Finding &f, bool rose, const QString &from, const QString &to)
{
    const Text remedy{"試験の `environment` を service.yaml に書き、`env:` で絞った時系列を記録してください。",
                      "Write the test's `environment` in service.yaml, and keep a series filtered by `env:`."};
    if (rose) {
        return say(f, Verdict::Warn,
                   Text{"%1 から %2 Pod へ増えましたが、試験と同じ環境の数かどうか分かりません。",
                        "Pods rose from %1 to %2; whether in the environment under test is not known."}
                       .arg(from, to),
                   remedy);
    }
    return say(f, Verdict::Unknown,
               Text{"Pod の数は %1 のままですが、試験と同じ環境の数かどうか分かりません。",
                    "The pod count stayed at %1; whether in the environment under test is not known."}
                   .arg(from),
               remedy);
}

} // namespace

void weighPodCount(Finding &finding, const RuleContext &context, const LoadTest &test)
{
    if (!test.run || !test.source.pods || finding.verdict == Verdict::Unknown)
        return;
    const double declared = *test.source.pods;
    // More pods at any time than stated, be it for a roll-out, and the throughput is not one pod's.
    const auto seen = podsDuring(context, test);
    if (!seen || (declared >= 0.8 * seen->second && declared <= 1.25 * seen->second))
        return;
    const QString range = seen->first == seen->second
        ? formatNumber(seen->first)
        : QStringLiteral("%1–%2").arg(formatNumber(seen->first), formatNumber(seen->second));
    say(finding, Verdict::Unknown,
        Text{"試験 %1 は `pods: %2` と書かれていますが、その間の %3 環境の記録では %4 Pod です。",
             "Test %1 states `pods: %2`, yet the snapshot shows %4 in %3 while it ran."}
            .arg(nameOf(test.source), formatNumber(declared), test.source.environment, range),
        {"service.yaml の試験の `pods`（負荷を受けた Pod の数）と `environment` を確かめてください。",
         "Check `pods` (those that took the load) and `environment` of the test in service.yaml."});
}

std::optional<Finding> judgePodRise(const RuleContext &context, const Workload &workload)
{
    std::vector<const LoadTest *> tests;
    const LoadTest *untimed = nullptr;
    for (const LoadTest &t : context.evidence.loadTests) {
        if (!t.run || (t.source.purpose != u"peak" && !t.source.purpose.isEmpty()))
            continue;
        if (t.run->knowsWhen())
            tests.push_back(&t);
        else
            untimed = &t;
    }
    if ((tests.empty() && !untimed) || context.service().datadogFolder.isEmpty())
        return {};

    Finding f = findingFor(context, {"試験中の Pod の数", "Pod count during the test"}, workload);
    if (tests.empty()) {
        const ResultDoubt doubt = doubtInTime(*untimed->run);
        return say(f, Verdict::Unknown, doubt.why, doubt.remedy);
    }
    const Seen seen = lookAt(context, workload, tests);
    if (!seen.best)
        return seen.elsewhere.isEmpty() ? notSeen(f, workload) : seenElsewhere(f, seen);
    compare(f, seen.best->second, Comparison::Relation::MoreThan, seen.best->first, QStringLiteral("Pod"));
    setPicture(f, inContext(SeriesPicture{{"試験中の Pod の数", "Pod count during the test"}, seen.series, {}}, context.evidence));
    const QString from = formatNumber(seen.best->first), to = formatNumber(seen.best->second);
    const bool rose = seen.best->second > seen.best->first;
    if (!seen.sameEnvironment)
        return environmentUnknown(f, rose, from, to);
    if (rose)
        return say(f, Verdict::Pass,
                   Text{"試験中に %1 から %2 Pod へ増えました。", "Pods rose from %1 to %2."}.arg(from, to));
    return say(f, Verdict::Fail,
               Text{"試験中、Pod の数は %1 のまま増えていません。", "The pod count stayed at %1."}.arg(from),
               {"HPA の指標と状態を確かめ、増えるまで負荷を上げて測り直してください。",
                "Check the HPA's metric and status, and test again with enough load for it to scale."});
}

} // namespace tenken
