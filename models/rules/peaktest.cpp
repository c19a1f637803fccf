// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/peaktest.h>

#include <evidence/numbers.h>
#include <rules/findings.h>
#include <rules/loadtest_record.h>
#include <rules/replicas.h>
#include <rules/series.h>
#include <rules/stretch.h>

#include <algorithm>

namespace tenken
{

namespace
{

Finding judgeLoad(const RuleContext &context, const LoadTest &test, const CapacityEvent &event,
                  const Stretch &s)
{
    Finding f = findingForTest(context, {"ピークの率と時間", "Peak rate and time"}, test.source);
    const double minutes = context.parameter(QStringLiteral("minutes"));
    const QString wanted = formatNumber(event.peakRps);
    addMark(f, f.file, event.span, Text{"ピーク %1 req/s", "peak %1 req/s"}.arg(wanted));
    f.wanted = Text{"≥ %1 req/s を %2 分", "≥ %1 req/s for %2 min"}.arg(wanted, formatNumber(minutes));
    const Text remedy{"本番と同じ構成で、最大のイベントの率を保つ試験をしてください。",
                      "Test at the largest event's rate, held that long, on the production set-up."};
    if (!knowsItsCourse(*test.run)) {
        return say(f, Verdict::Unknown,
                   Text{"試験 %1 の結果はまとめだけで、率を何分保ったかが分かりません。",
                        "The result of test %1 is a summary: how long the rate was held cannot be told."}
                       .arg(nameOf(test.source)),
                   {"要求ごと、または秒ごとの記録を加えてください。", "Add a record of each request or each second."});
    }
    if (s.seconds <= 0) {
        compare(f, s.highestRate, Comparison::Relation::AtLeast, event.peakRps, QStringLiteral("req/s"));
        return say(f, Verdict::Fail,
                   Text{"試験 %1 で返した要求は最大 %2 req/s で、%3 req/s に届きません。",
                        "Test %1 completed %2 req/s at most and does not reach %3 req/s."}
                       .arg(nameOf(test.source), formatNumber(s.highestRate), wanted),
                   remedy);
    }
    f.measured = Text{"%1 req/s を %2 分", "%1 req/s for %2 min"}.arg(formatNumber(s.rate),
                                                                      formatNumber(double(s.seconds) / 60));
    f.comparison =
        Comparison{double(s.seconds) / 60, minutes, Comparison::Relation::AtLeast, QStringLiteral("min")};
    if (!s.answered) {
        f.comparison =
            Comparison{s.rate, event.peakRps, Comparison::Relation::AtLeast, QStringLiteral("req/s")};
        return say(f, Verdict::Fail,
                   Text{"試験 %1 はピークの率を送りましたが、返したのは %2 req/s です。",
                        "Test %1 sent the peak rate, and %2 req/s were answered."}
                       .arg(nameOf(test.source), formatNumber(s.rate)),
                   {"飽和した資源を突き止め、直して測り直してください。",
                    "Find the resource that saturates, mend it and test again."});
    }
    // Whole blocks are counted, so that the ramp at either end costs up to one of them.
    if (double(s.seconds + 2 * Stretch::blockSeconds) >= minutes * 60) {
        return say(f, Verdict::Pass,
                   Text{"試験 %1 は %2 req/s を %3 分保ちました。", "Test %1 held %2 req/s for %3 min."}.arg(
                       nameOf(test.source), formatNumber(s.rate), formatNumber(double(s.seconds) / 60)));
    }
    return say(
        f, Verdict::Fail,
        Text{"試験 %1 がピークの率を保ったのは %2 分です。", "Test %1 held the peak rate for %2 min."}.arg(
            nameOf(test.source), formatNumber(double(s.seconds) / 60)),
        remedy);
}

double allowedErrors(const RuleContext &context)
{
    return std::min(context.parameter(QStringLiteral("error-rate")), context.service().errorRateTarget.value.value_or(1));
}

Finding judgeErrors(const RuleContext &context, const LoadTest &test, const Stretch &s)
{
    Finding f = findingForTest(context, {"ピークでの誤り", "Errors at the peak"}, test.source);
    const double allowed = allowedErrors(context);
    const double share = s.completed > 0 ? double(s.failed) / double(s.completed) : 1;
    if (!test.run->knowsErrors && (s.failed == 0 || share <= allowed)) {
        return say(f, Verdict::Unknown,
                   Text{"試験 %1 の結果には、誤りが記録されないか、一部しか記録されません。",
                        "The result of test %1 holds no failures, or not all of them."}.arg(
                       nameOf(test.source)),
                   {"誤りも記録される形式で測り直してください。", "Test again with a format that records failures."});
    }
    compare(f, share * 100, Comparison::Relation::AtMost, allowed * 100, QStringLiteral("%"));
    if (share <= allowed) {
        say(f, Verdict::Pass, Text{"誤りは %1 % です。", "Errors are %1 %."}.arg(formatNumber(share * 100)));
        weighExcused(f, *test.run);
        return f;
    }
    return say(f, Verdict::Fail,
               Text{"ピークの間、%1 件のうち %2 件が誤りです。", "Of %1 requests at the peak %2 failed."}.arg(
                   formatNumber(double(s.completed)), formatNumber(double(s.failed))),
               {"誤りの種類から飽和した資源を突き止め、直して測り直してください。",
                "Find the resource that saturates from the kinds of errors, mend it and test again."});
}

Finding judgeLatency(const RuleContext &context, const LoadTest &test, const Stretch &s)
{
    const auto &service = context.service();
    const Text what{"遅延の目標", "The latency target"};
    if (!service.latencyTargetMs || !service.latencyPercentile)
        return undeclared(context, {"ピークでの遅延", "Latency at the peak"}, what,
                          QStringLiteral("targets.latency"),
                          QStringLiteral("targets:\n  latency: {percentile: p99, milliseconds: 200}"));
    const QString percentile = *service.latencyPercentile;
    Finding f = findingForTest(context, Text{"ピークでの %1", "%1 at the peak"}.arg(percentile), test.source);
    addMark(f, f.file, service.latencyTargetMs.span, {"目標", "target"});
    const auto q = quantileOf(percentile);
    if (!q) {
        return say(f, Verdict::Unknown,
                   Text{"`%1` は百分位として読めません。", "`%1` is not a percentile."}.arg(percentile),
                   {"`p99` のように書いてください。", "Write it like `p99`."});
    }
    std::optional<StatedPercentile> stated;
    if (s.latency.count() > 0)
        stated = StatedPercentile{s.latency.percentileMs(*q), s.latency.percentileMs(*q), s.latency.count()};
    else
        stated = statedPercentile(*test.run, s.from, s.to, *q);
    if (!stated || (stated->least <= *service.latencyTargetMs && stated->most > *service.latencyTargetMs)) {
        return say(f, Verdict::Unknown,
                   Text{"試験 %1 の結果からは、ピークの間の %2 が分かりません。",
                        "The result of test %1 does not tell %2 at the peak."}
                       .arg(nameOf(test.source), percentile),
                   {"要求ごとの記録を残して測り直してください。", "Test again and keep a record of each request."});
    }
    if (!isTrusted(*q, stated->timed)) {
        return say(f, Verdict::Unknown,
                   Text{"%1 を求めるには要求が %2 件では足りません。", "%2 requests are too few for %1."}.arg(
                       percentile, formatNumber(double(stated->timed))),
                   {"試験を長くしてください。", "Run the test longer."});
    }
    const double ms = stated->most <= *service.latencyTargetMs ? stated->most : stated->least;
    compare(f, ms, Comparison::Relation::AtMost, *service.latencyTargetMs, QStringLiteral("ms"));
    if (ms <= *service.latencyTargetMs) {
        say(f, Verdict::Pass,
            Text{"ピークの間の %1 は %2 です。", "%1 at the peak is %2."}.arg(percentile, formatMs(ms)));
        weighLatency(f, *test.run);
        return f;
    }
    return say(f, Verdict::Fail,
               Text{"ピークの間の %1 は %2 で、目標 %3 を超えます。",
                    "%1 at the peak is %2, above the target of %3."}
                   .arg(percentile, formatMs(ms), formatMs(*service.latencyTargetMs)),
               {"Pod を増やすか、遅い処理を直して測り直してください。",
                "Add pods or mend the slow part, and test again."});
}

/// The newest that was held long enough, else the longest: a second try in one file does not hide behind the first.
const Stretch &decisive(const std::vector<Stretch> &all, double minutes)
{
    for (auto at = all.rbegin(); at != all.rend(); ++at) {
        if (double(at->seconds + 2 * Stretch::blockSeconds) >= minutes * 60)
            return *at;
    }
    return *std::ranges::max_element(all, {}, &Stretch::seconds);
}

/// A later try that was too short to decide, and failed.
void weighLater(Finding &f, const RuleContext &context, const std::vector<Stretch> &all, const Stretch &judged)
{
    constexpr qint64 least = 60;
    const double allowed = allowedErrors(context);
    const auto failed = [&](const Stretch &s) {
        const double share = s.completed > 0 ? double(s.failed) / double(s.completed) : 1;
        return s.from >= judged.to && s.seconds >= least && (!s.answered || share > allowed);
    };
    const auto later = std::ranges::find_if(all, failed);
    if (f.verdict != Verdict::Pass || later == all.end())
        return;
    say(f, Verdict::Warn,
        Text{"%1その後にもう一度ピークの率を送った %2 分は、返せていないか、誤りが多すぎます。",
             "%1 In a later stretch of %2 min at that rate too little was answered, or too much failed."}
            .arg(f.reason, formatNumber(double(later->seconds) / 60)),
        {"後の試験が失敗した原因を直し、測り直してください。", "Mend what failed in the later try, and test again."});
}

/// More pods than the autoscaler allows: such a peak is endured in the test only.
void weighPods(Finding &f, const RuleContext &context, const LoadTest &test)
{
    const auto serving = servingWorkloads(context);
    if (f.verdict != Verdict::Pass || !test.source.pods || serving.size() != 1)
        return;
    const ReplicaRange range = replicasOf(context.manifests(), *serving.front());
    if (!range.known || *test.source.pods <= range.max)
        return;
    say(f, Verdict::Warn,
        Text{"%1ただし試験は %2 Pod で行われ、マニフェストの上限は %3 Pod です。",
             "%1 Yet the test ran with %2 pods, and the manifests allow %3."}
            .arg(f.reason, formatNumber(*test.source.pods), formatNumber(range.max)),
        {"本番で取りうる Pod の数で測り直すか、試験の `pods` を確かめてください。",
         "Test again with as many pods as there can be, or check the test's `pods`."});
}

} // namespace

std::vector<Finding> judgePeakTest(const RuleContext &context, const LoadTestAnalysis &a,
                                   const CapacityEvent &event)
{
    const std::vector<Stretch> all = stretchesOf(*a.test->run, event.peakRps);
    const Stretch &s = decisive(all, context.parameter(QStringLiteral("minutes")));
    std::vector<Finding> findings{judgeLoad(context, *a.test, event, s)};
    weighLater(findings.front(), context, all, s);
    weighPods(findings.front(), context, *a.test);
    if (s.seconds > 0) {
        findings.push_back(judgeErrors(context, *a.test, s));
        findings.push_back(judgeLatency(context, *a.test, s));
    }
    weighRecord(findings.front(), context, a.test->source);
    for (Finding &f : findings)
        setPicture(f, pictureOf(a, context.service()));
    return findings;
}

} // namespace tenken
