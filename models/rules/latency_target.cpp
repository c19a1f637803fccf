// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/all.h>
#include <rules/findings.h>
#include <rules/loadtest_record.h>
#include <rules/newertests.h>
#include <rules/planning.h>
#include <rules/replicas.h>
#include <rules/stretch.h>

#include <algorithm>
#include <tuple>

namespace tenken
{

namespace
{

const Text title{"遅延の目標", "Latency target"};

/// Pods that carry an event: what it needs, or more where more are there anyway, never more than the maximum.
int podsDuring(const EventPlan &event, const std::optional<ReplicaRange> &range)
{
    if (!range || !range->known)
        return std::max(1, event.needed());
    const int before = std::max(range->min, event.event.scheduledReplicas.value.value_or(0));
    return std::max(1, std::min(std::max(event.needed(), before), range->max));
}

/// A step of a test, as one pod saw it.
struct Seen {
    const LoadTestAnalysis *test = nullptr;
    const LoadStep *step = nullptr;
    double perPod = 0;
};

double ratePerPod(const LoadTestAnalysis &a, const LoadStep &step)
{
    return (step.offered > 0 ? step.offered : step.throughput) / *a.test->source.pods;
}

// A step in which less was answered than sent shows an overload, however fast the answers were.
bool keptUp(const LoadStep &step)
{
    return step.throughput >= step.offered * 0.95;
}

/// How bad a step looks: one that did not keep up, then one with failures, then by its latency.
std::tuple<bool, bool, double> badness(const LoadStep &step, double quantile)
{
    return {!keptUp(step), errorRate(step) > 0.01, step.percentile(quantile)};
}

/// The lowest step at or above a rate per pod (2 % for counting; of steps as close to each other the worst), in the test
/// that says most about one pod, else in any other with its pod count.
Seen stepFor(const RuleContext &context, double perPod, double quantile)
{
    std::vector<const LoadTestAnalysis *> tests;
    if (const auto *best = context.bestKnee())
        tests.push_back(best);
    for (const LoadTestAnalysis &a : context.loadTests) {
        const QString &purpose = a.test->source.purpose;
        if (a.test->run && a.test->source.pods.value.value_or(0) > 0 && purpose != u"rollout"
            && purpose != u"dependency" && !std::ranges::contains(tests, &a) && !isSuperseded(a, context.loadTests))
            tests.push_back(&a);
    }
    Seen found;
    for (const auto *a : tests) {
        for (const LoadStep &step : a->steps) {
            const double rate = ratePerPod(*a, step);
            if (rate >= perPod * 0.98 && (!found.step || rate < found.perPod))
                found = {a, &step, rate};
        }
        if (!found.step)
            continue;
        const double lowest = found.perPod;
        for (const LoadStep &step : a->steps) {
            const double rate = ratePerPod(*a, step);
            if (rate >= lowest && rate <= lowest * 1.02 && badness(step, quantile) > badness(*found.step, quantile))
                found = {a, &step, rate};
        }
        break;
    }
    return found;
}

struct Target {
    QString percentile;
    double quantile = 0;
    double ms = 0;
};

/// Of samples the percentile itself; of stated figures only what surely follows from them.
std::optional<StatedPercentile> percentileIn(const Seen &seen, double q)
{
    const LoadStep &step = *seen.step;
    if (step.distrusted)
        return {};
    if (step.windows > 0)
        return statedPercentile(*seen.test->test->run, step.start, step.end, q);
    const double ms = step.percentile(q);
    if (ms < 0)
        return {};
    return StatedPercentile{ms, ms, step.timed >= 0 ? step.timed : step.samples};
}

Finding sayNotStated(Finding f, const Seen &seen, const Target &target)
{
    const QString name = nameOf(seen.test->test->source);
    return say(std::move(f), Verdict::Unknown,
               seen.step->distrusted
                   ? Text{"試験 %1 は遅延の件数が要求より多く、その補正は信じられません。",
                          "Test %1 has more latencies than requests: its correction cannot be believed."}
                         .arg(name)
                   : Text{"試験 %1 の結果からは %2 が分かりません。", "The result of test %1 does not tell %2."}.arg(
                         name, target.percentile),
               {"要求ごとの記録を残して測り直してください。", "Test again and keep a record of each request."});
}

/// The step shows too much load; a step far above the event's own rate does not tell, though.
Finding tooSlow(Finding f, const Seen &seen, double perPod, const Text &what)
{
    if (seen.perPod > perPod * 1.02) {
        return say(f, Verdict::Unknown,
                   Text{"%1 このイベントの 1 Pod %2 req/s そのものは測っていません。",
                        "%1 This event's %2 req/s per pod itself was not tried."}
                       .arg(what, formatNumber(perPod)),
                   {"その率の段を足して測ってください。", "Add a step at that rate."});
    }
    return say(f, Verdict::Fail, what,
               {"Pod を増やして 1 Pod の率を下げるか、遅い処理を直して測り直してください。",
                "Add pods so that each takes less, or mend the slow part, and test again."});
}

Finding judgeStep(const RuleContext &context, Finding f, const Seen &seen, const Target &target,
                  double perPod)
{
    setPicture(f, pictureOf(*seen.test, context.service()));
    addMark(f, f.file, seen.test->test->source.span,
            Text{"試験 %1", "test %1"}.arg(nameOf(seen.test->test->source)));
    const QString rate = formatNumber(seen.perPod);
    if (!keptUp(*seen.step)) {
        const double answered = seen.step->throughput / *seen.test->test->source.pods;
        return tooSlow(std::move(f), seen, perPod,
                       Text{"1 Pod %1 req/s を送ると、返せたのは %2 req/s です。",
                            "Of %1 req/s per pod that were sent, %2 were answered."}
                           .arg(rate, formatNumber(answered)));
    }
    if (errorRate(*seen.step) > 0.01) {
        return say(f, Verdict::Unknown,
                   Text{"1 Pod %1 req/s の段は誤りが %2 % で、遅延は返せた要求のものと言えません。",
                        "At %1 req/s per pod %2 % fail, so the latency is not that of answered requests."}
                       .arg(rate, formatNumber(errorRate(*seen.step) * 100)),
                   {"誤りの原因を直して測り直してください。", "Mend what fails and test again."});
    }
    const auto stated = percentileIn(seen, target.quantile);
    if (!stated)
        return sayNotStated(std::move(f), seen, target);
    if (!isTrusted(target.quantile, stated->timed)) {
        return say(f, Verdict::Unknown,
                   Text{"1 Pod %1 req/s の段は %2 件で、%3 を求めるには足りません。",
                        "The step at %1 req/s per pod has %2 samples, too few for %3."}
                       .arg(rate, formatNumber(double(stated->timed)), target.percentile),
                   {"1 段の時間を延ばして測り直してください。", "Test again with longer steps."});
    }
    if (stated->least <= target.ms && stated->most > target.ms) {
        return say(f, Verdict::Unknown,
                   Text{"1 Pod %1 req/s の段の %2 は、ツールの示す区間ごとの値 %3–%4 の間で、目標を越えるか分かりません。",
                        "At %1 req/s per pod the tool states %2 window by window, %3 to %4: whether the step's lies above the "
                        "target cannot be told."}
                       .arg(rate, target.percentile, formatMs(stated->least), formatMs(stated->most)),
                   {"要求ごとの記録を残して測り直してください。", "Test again and keep a record of each request."});
    }
    const double ms = stated->most <= target.ms ? stated->most : stated->least;
    compare(f, ms, Comparison::Relation::AtMost, target.ms, QStringLiteral("ms"));
    if (ms <= target.ms) {
        say(f, Verdict::Pass,
            Text{"1 Pod %1 req/s で %2 は %3 です（試験 %4）。", "At %1 req/s per pod %2 is %3 (test %4)."}
                .arg(rate, target.percentile, formatMs(ms), nameOf(seen.test->test->source)));
        weighLatency(f, *seen.test->test->run);
        weighRecord(f, context, seen.test->test->source);
        return f;
    }
    return tooSlow(std::move(f), seen, perPod,
                   Text{"1 Pod %1 req/s で %2 は %3 となり、目標 %4 を超えます。",
                        "At %1 req/s per pod %2 is %3, above the target of %4."}
                       .arg(rate, target.percentile, formatMs(ms), formatMs(target.ms)));
}

Finding judgeEvent(const RuleContext &context, const EventPlan &event, int pods, const Target &target)
{
    const double perPod = event.event.peakRps / pods;
    Finding f = findingInService(
        context, event.event.name.isEmpty() ? sameText(event.event.id) : event.event.name, event.event.span);
    f.wanted = sameText(QStringLiteral("%1 ≤ %2").arg(target.percentile, formatMs(target.ms)));
    addMark(f, f.file, context.service().latencyTargetMs.span, {"目標", "target"});
    const Seen seen = stepFor(context, perPod, target.quantile);
    if (!seen.step) {
        return say(f, Verdict::Unknown,
                   Text{"%1 req/s ÷ %2 Pod = 1 Pod %3 req/s に届く負荷試験がありません。",
                        "No load test reaches %1 req/s ÷ %2 pods = %3 req/s per pod."}
                       .arg(formatNumber(event.event.peakRps), pods, formatNumber(perPod)),
                   {"その率を越える段のある試験を、Pod の数と共に service.yaml の `evidence.loadtests` "
                    "に加えてください。",
                    "Add a test with a step above that rate, and its pod count, to `evidence.loadtests` in "
                    "service.yaml."});
    }
    return judgeStep(context, std::move(f), seen, target, perPod);
}

std::vector<Finding> judge(const RuleContext &context)
{
    const Service &service = context.service();
    if (!service.latencyTargetMs || !service.latencyPercentile) {
        return {undeclared(context, title, {"遅延の目標", "The latency target"},
                           QStringLiteral("targets.latency"),
                           QStringLiteral("targets:\n  latency: {percentile: p99, milliseconds: 200}"))};
    }
    const auto quantile = quantileOf(*service.latencyPercentile);
    if (!quantile) {
        return {say(findingInService(context, title, service.latencyPercentile.span), Verdict::Unknown,
                    Text{"`%1` は百分位として読めません。", "`%1` is not a percentile."}.arg(
                        *service.latencyPercentile),
                    {"`p99` のように書いてください。", "Write it like `p99`."})};
    }
    const Target target{*service.latencyPercentile, *quantile, *service.latencyTargetMs};
    const Planning planning = planFor(context);
    if (!planning.missing.empty())
        return planning.missing;
    std::optional<ReplicaRange> range;
    if (const auto serving = servingWorkloads(context); serving.size() == 1)
        range = replicasOf(context.manifests(), *serving.front());
    std::vector<Finding> findings;
    for (const EventPlan &event : planning.plan.events)
        findings.push_back(judgeEvent(context, event, podsDuring(event, range), target));
    return findings;
}

} // namespace

Rule latencyTargetRule()
{
    return {"latency-target",
            {"イベントごとの率で、遅延の百分位が目標以下か",
             "At each event's rate the latency percentile is at most the target"},
            {"1 Pod の率 = ピーク ÷ その時の Pod "
             "の数（event-capacity と同じ headroom と zone-spare で要る数、最小、予約の大きいもの。最大は超えない）。負荷試験の、その率以上で最も低い段の"
             "百分位を目標と比べます（2 % を計測の端数として許し、その幅の中の段では最も悪いもの）。送った数の 95 % "
             "を返せない段は、目標を超えたとみなします。標本が足りない段"
             "（p95 は 200 件、p99 は 1,000 件未満）、誤りが 1 % "
             "を超える段、届く段がない場合と、その率を大きく上回る段だけが目標を超える場合は不明です。",
             "Rate per pod = peak ÷ pods at that time (needed with event-capacity's headroom and zone-spare, minimum "
             "or scheduled, whichever is most, within the maximum). The percentile "
             "of the lowest step at or above that rate is compared with the target (2 % is allowed for "
             "counting; of steps as close to each other the worst). A step that answers less "
             "than 95 % of what was sent counts as above it. Too few samples (200 for p95, 1,000 for p99), "
             "more than 1 % errors, no "
             "such step, or one far above the rate that alone misses the target, is unknown."},
            {},
            judge,
            Rule::Source::LoadTests};
}

} // namespace tenken
