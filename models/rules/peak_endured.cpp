// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/findings.h>
#include <rules/loadtest_record.h>
#include <rules/peaktest.h>
#include <rules/replicas.h>
#include <rules/series.h>
#include <rules/stretch.h>

#include <algorithm>

namespace tenken
{

namespace
{

const Text title{"ピークの試験", "Peak test"};

Verdict worstOf(const std::vector<Finding> &findings)
{
    std::vector<Verdict> verdicts;
    for (const Finding &f : findings)
        verdicts.push_back(f.verdict);
    return worst(verdicts);
}

/// Tests that say they are of the peak; without any, those that say nothing.
std::vector<const LoadTestAnalysis *> candidates(const RuleContext &context, const QString &purpose)
{
    std::vector<const LoadTestAnalysis *> found;
    for (const LoadTestAnalysis &a : context.loadTests) {
        if (a.test->source.purpose == purpose)
            found.push_back(&a);
    }
    return found;
}

Finding noTest(const RuleContext &context)
{
    return say(
        findingInService(context, title), Verdict::Unknown,
        {"最大のイベントの率で行った負荷試験がありません。",
         "There is no load test at the rate of the largest event."},
        {"試験の結果を service.yaml の `evidence.loadtests` に `purpose: peak` と書いて加えてください。",
         "Add the result to `evidence.loadtests` in service.yaml with `purpose: peak`."});
}

Finding unreadable(const RuleContext &context, const LoadTestSource &source)
{
    return say(
        findingForTest(context, title, source), Verdict::Unknown,
        Text{"試験 %1 の結果が読めません。", "The result of test %1 cannot be read."}.arg(nameOf(source)),
        {"読めなかったファイルの一覧を見て、書式か場所を直してください。",
         "See the list of unreadable files and mend the format or the path."});
}

/// Of the tests meant for the peak the newest decides: an older success does not outweigh it.
std::vector<Finding> judgeNewest(const RuleContext &context,
                                 const std::vector<const LoadTestAnalysis *> &tests,
                                 const CapacityEvent &event)
{
    const auto unread = std::ranges::find_if(tests, [](const auto *a) { return !a->test->run; });
    if (unread != tests.end())
        return {unreadable(context, (*unread)->test->source)};
    const auto *newest =
        *std::ranges::max_element(tests, {}, [](const auto *a) { return a->test->run->startSeconds; });
    return judgePeakTest(context, *newest, event);
}

/// A newer test of as many pods in the same place, which reaches the rate too, decides instead.
bool isOutrun(const LoadTestAnalysis &test, const std::vector<const LoadTestAnalysis *> &others, const CapacityEvent &event)
{
    const LoadTestSource &source = test.test->source;
    return std::ranges::any_of(others, [&](const LoadTestAnalysis *other) {
        const LoadTestSource &its = other->test->source;
        return other->test->run && test.test->run->hasClock && other->test->run->hasClock
            && other->test->run->startSeconds > test.test->run->startSeconds && its.pods.value == source.pods.value
            && plainEnvironment(its.environment) == plainEnvironment(source.environment)
            && longestStretch(*other->test->run, event.peakRps).seconds > 0;
    });
}

std::vector<Finding> judge(const RuleContext &context)
{
    const CapacityEvent *event = largestEvent(context.service());
    if (!event || event->peakRps <= 0) {
        return {undeclared(
            context, title, {"最大のイベントのピーク", "The peak of the largest event"},
            QStringLiteral("capacity.events"),
            QStringLiteral(
                "capacity:\n  events:\n    - {id: new-year, name: {ja: 正月, en: New Year}, peak: 8000}"))};
    }
    if (const auto tests = candidates(context, QStringLiteral("peak")); !tests.empty())
        return judgeNewest(context, tests, *event);
    std::vector<Finding> best;
    const auto unstated = candidates(context, {});
    for (const LoadTestAnalysis *a : unstated) {
        if (!a->test->run || isOutrun(*a, unstated, *event))
            continue;
        auto findings = judgePeakTest(context, *a, *event);
        const auto order = [](const std::vector<Finding> &f) {
            static const QList<Verdict> from = {Verdict::Fail, Verdict::Unknown, Verdict::Warn,
                                                Verdict::Pass};
            return from.indexOf(worstOf(f));
        };
        if (best.empty() || order(findings) > order(best))
            best = std::move(findings);
    }
    if (best.empty())
        best.push_back(noTest(context));
    return best;
}

} // namespace

Rule peakEnduredRule()
{
    return {
        "peak-endured",
        {"最大のイベントの率を、決めた時間、誤りと遅延の目標の内で返したか",
         "The largest event's rate was answered for the wanted time, within the targets for errors and "
         "latency"},
        {"`purpose: peak` "
         "の試験のうち最新のもの（なければ、目的の書かれていない試験のうち最もよいもの。同じ環境と Pod の数で率に届いた試験は"
         "最新のもの）で判定します。10 s ごとに"
         "ピークの 95 % 以上を送った続きのうち、minutes 分に届く最新のもの（なければ最も長いもの）を取り、その全体の完了数（平均 99 % "
         "以上）、誤り、百分位を見ます。"
         "続きの一部だけを選ぶことはしません。その後に短く試して失敗したとき、5xx などを試験が成功として扱ったとき、"
         "試験の Pod の数がマニフェストの上限を超えるときは注意です。",
         "The newest test with `purpose: peak` is judged (without one, the best of the tests that state no "
         "purpose; of those that reach the rate with as many pods in the same environment the newest). The newest "
         "stretch of the wanted length in which every 10 s send at least 95 % of the peak is taken, else the longest; what was completed (99 % on "
         "average), errors and the "
         "percentile over the whole stretch, not over a part of it, decide. A shorter try behind it that failed, failures such as "
         "5xx that the test took for success, and more pods than the manifests allow warn."},
        {{"minutes", 10, "min", RuleParameter::Stricter::Higher, {"保つ時間", "how long the rate is held"}},
         {"error-rate",
          0.001,
          "",
          RuleParameter::Stricter::Lower,
          {"許す誤りの割合", "share of errors allowed"}}},
        judge,
        Rule::Source::LoadTests};
}

} // namespace tenken
