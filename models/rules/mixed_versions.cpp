// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/all.h>
#include <rules/loadtest_record.h>
#include <rules/recordfindings.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

const Text title{"配備中の誤り", "Errors during the roll-out"};
const QString kind = QStringLiteral("rollout-under-load");

/// When the roll-out ran, in epoch seconds.
struct Window {
    double from = 0, to = 0;
};

std::optional<Window> windowOf(const TestRecord &record)
{
    if (!record.started || !record.durationSeconds || *record.durationSeconds <= 0)
        return {};
    const double from = double(record.started->toSecsSinceEpoch());
    return Window{from, from + *record.durationSeconds};
}

struct Counted {
    qint64 completed = 0, failed = 0;
};

Counted countIn(const LoadTestRun &run, const Window &window)
{
    Counted all;
    for (const LoadSecond &s : run.seconds) {
        if (double(s.second) >= std::floor(window.from) && double(s.second) <= std::ceil(window.to)) {
            all.completed += s.completed;
            all.failed += s.failed;
        }
    }
    return all;
}

void sayCounted(Finding &f, const Counted &counted, const LoadTest &test)
{
    compare(f, double(counted.failed), Comparison::Relation::AtMost, 0, QString());
    if (counted.completed == 0) {
        say(f, Verdict::Unknown, Text{"試験 %1 には、配備の間に終わった要求がありません。", "Test %1 completed no request during the roll-out."}.arg(nameOf(test.source)),
            {"負荷をかけながら配備してください。", "Roll out while the load runs."});
    } else if (counted.failed > 0) {
        say(f, Verdict::Fail, Text{"配備の間、%1 件のうち %2 件が誤りです。", "Of %1 requests during the roll-out %2 failed."}.arg(
                formatNumber(double(counted.completed)), formatNumber(double(counted.failed))),
            {"新旧の版が互いの形式を読めるか、停止と起動の間に要求が失われないかを確かめてください。",
             "Check that both versions read each other's formats, and that no request is lost while pods stop and start."});
    } else {
        say(f, Verdict::Pass, Text{"配備の間の %1 件に誤りはありません。", "None of %1 requests during the roll-out failed."}.arg(formatNumber(double(counted.completed))));
    }
}

/// A pass needs a result that holds everything.
void doubtPass(Finding &f, const LoadTestRun &run)
{
    if (f.verdict != Verdict::Pass)
        return;
    if (const auto doubt = doubtInSuccess(run))
        say(f, Verdict::Unknown, doubt->why, doubt->remedy);
    weighExcused(f, run);
}

/// Requests are counted where they end. One that the roll-out hit may end as long after it as the slowest took that
/// began in it.
qint64 failedAfter(const LoadTestRun &run, const Window &window)
{
    double until = std::ceil(window.to), longest = 0;
    for (const LoadAggregate &a : run.aggregates)
        longest = std::max(longest, a.start <= window.to && a.end >= window.from ? a.maxMs : 0);
    until += longest / 1000;
    for (const LoadSecond &s : run.seconds) {
        if (double(s.second) >= std::floor(window.from) && double(s.second) <= std::ceil(window.to))
            until = std::max(until, double(s.second + 1) + s.latency.maxMs() / 1000);
    }
    qint64 failed = 0;
    for (const LoadSecond &s : run.seconds)
        failed += double(s.second) > std::ceil(window.to) && double(s.second) <= until ? s.failed : 0;
    return failed;
}

/// The longest stretch of the roll-out without a request, in seconds.
int longestBreak(const LoadTestRun &run, const Window &window)
{
    int longest = 0, now = 0;
    for (const LoadSecond &s : run.seconds) {
        if (double(s.second) < std::floor(window.from) || double(s.second) >= std::ceil(window.to))
            continue;
        now = s.started + s.completed > 0 ? 0 : now + 1;
        longest = std::max(longest, now);
    }
    return longest;
}

void doubtWindow(Finding &f, const LoadTest &test, const Window &window)
{
    constexpr int longest = 10;
    if (f.verdict != Verdict::Pass)
        return;
    if (const qint64 failed = failedAfter(*test.run, window); failed > 0) {
        say(f, Verdict::Unknown,
            Text{"配備の直後に終わった %1 件が誤りで、配備の間に始まった要求かもしれません。",
                 "%1 requests that ended right after the roll-out failed; they may have begun in it."}
                .arg(failed),
            {"最後の Pod が入れ替わって落ち着くまでを `duration` に含めてください。",
             "Let `duration` last until the last pod is replaced and things are calm."});
    } else if (const int seconds = longestBreak(*test.run, window); seconds > longest) {
        say(f, Verdict::Unknown,
            Text{"配備の間に、要求のない時間が %1 s 続いています。", "For %1 s of the roll-out there was no request."}.arg(seconds),
            {"配備の間ずっと負荷をかけて、測り直してください。", "Test again with load throughout the roll-out."});
    }
}

/// With the record of the roll-out: only what failed while it ran counts.
Finding judgeWindow(const RuleContext &context, const LoadTest &test, const TestRecord &record)
{
    Finding f = findingForRecord(context, title, record, record.started.span);
    addMark(f, context.service().file, test.source.span, {"この負荷試験", "the load test"});
    const std::optional<Window> window = windowOf(record);
    if (!test.run || !window) {
        say(f, Verdict::Unknown,
            test.run ? Text{"配備をいつ始め、どれだけ続けたかが分かりません。", "When the roll-out ran is not known."}
                     : Text{"試験 %1 の結果が読めません。", "The result of test %1 cannot be read."}.arg(nameOf(test.source)),
            test.run ? Text{"記録に `started` と `duration` を書いてください。", "Write `started` and `duration` in the record."}
                     : Text{"読めなかったファイルの一覧を見て直してください。", "Mend it: see the list of files that could not be read."});
        return f;
    }
    if (!test.run->knowsWhen()) {
        const ResultDoubt doubt = doubtInTime(*test.run);
        return say(std::move(f), Verdict::Unknown, doubt.why, doubt.remedy);
    }
    if (window->from < test.run->startSeconds - 1 || window->to > test.run->endSeconds + 1) {
        say(f, Verdict::Unknown, Text{"配備の時間が、試験 %1 の時間に収まっていません。", "The roll-out did not run within the time of test %1."}.arg(nameOf(test.source)),
            {"記録の `started` と `duration` を確かめてください。", "Check `started` and `duration` in the record."});
        return f;
    }
    sayCounted(f, countIn(*test.run, *window), test);
    doubtWindow(f, test, *window);
    doubtPass(f, *test.run);
    if (record.errors && *record.errors > 0 && f.verdict == Verdict::Pass) {
        say(f, Verdict::Fail, Text{"試験の結果に誤りはありませんが、記録には %1 件とあります。", "The result shows no error, yet the record tells of %1."}.arg(*record.errors),
            {"記録と結果の食い違いを確かめてください。", "Find out why record and result differ."});
    }
    if (record.passed.value == false && f.verdict == Verdict::Pass) {
        say(f, Verdict::Fail, {"記録の結果は不合格です。", "The record's result is fail."}, {"原因を直し、試験をし直してください。", "Mend the cause and test again."});
    }
    weighRecord(f, context, record);
    return f;
}

/// Without one the roll-out may have taken any part of the test, so only a test without a single error tells.
Finding judgeWhole(const RuleContext &context, const LoadTest &test)
{
    Finding f = findingForTest(context, title, test.source);
    if (!test.run)
        return say(std::move(f), Verdict::Unknown, Text{"試験 %1 の結果が読めません。", "The result of test %1 cannot be read."}.arg(nameOf(test.source)),
                   {"読めなかったファイルの一覧を見て直してください。", "Mend it: see the list of files that could not be read."});
    const Counted all = countIn(*test.run, {test.run->startSeconds, test.run->endSeconds});
    const qint64 failed = std::max(all.failed, test.run->errors);
    if (failed > 0) {
        compare(f, double(failed), Comparison::Relation::AtMost, 0, QString());
        say(f, Verdict::Unknown, Text{"試験 %1 には %2 件の誤りがあり、配備の間のものかが分かりません。",
                                      "Test %1 has %2 errors, and whether they fell into the roll-out is not known."}.arg(nameOf(test.source), failed),
            Text{"`tenken record . --kind rollout-under-load` で、配備の時刻と、負荷試験 %1 を記録してください。",
                 "Record when the roll-out ran, and load test %1, with `tenken record . --kind rollout-under-load`."}.arg(nameOf(test.source)));
        return f;
    }
    sayCounted(f, {all.completed, failed}, test);
    doubtPass(f, *test.run);
    weighRecord(f, context, test.source);
    return f;
}

Finding judgeRecord(const RuleContext &context, const TestRecord &record)
{
    Finding f = findingForRecord(context, title, record);
    judgeOutcome(f, context, record);
    if (record.errors)
        compare(f, double(*record.errors), Comparison::Relation::AtMost, 0, QString());
    if (f.verdict == Verdict::Pass && !record.errors)
        say(f, Verdict::Unknown, {"配備の間の誤りの数が記録にありません。", "The record does not say how many errors there were."},
            {"記録に `outcome.errors` を書いてください。", "Write `outcome.errors` in the record."});
    if (f.verdict == Verdict::Pass && record.loadTest) {
        f.span = record.loadTest.span;
        say(f, Verdict::Warn, Text{"負荷試験 %1 は service.yaml にありません。", "service.yaml has no load test %1."}.arg(*record.loadTest),
            {"`evidence.loadtests` にその試験を書いてください。", "Name the test under `evidence.loadtests`."});
    }
    weighRecord(f, context, record);
    return f;
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    QStringList covered; // tests whose roll-out is recorded
    for (const TestRecord *record : newestRecords(context, [](const TestRecord &r) { return r.kind == kind; })) {
        const LoadTest *test = loadTestOf(context, *record);
        if (test)
            covered << test->source.id;
        findings.push_back(test ? judgeWindow(context, *test, *record) : judgeRecord(context, *record));
    }
    for (const LoadTest &test : context.evidence.loadTests) {
        if (test.source.purpose == u"rollout" && !covered.contains(test.source.id))
            findings.push_back(judgeWhole(context, test));
    }
    if (findings.empty())
        findings.push_back(noRecord(context, title, kind));
    std::ranges::move(unreadableRecords(context, title), std::back_inserter(findings));
    return findings;
}

} // namespace

Rule mixedVersionsRule()
{
    return {
        "mixed-versions",
        {"新旧の版が同時に動く配備の間、誤りが 0 件かを見ます。", "Whether a roll-out under load, with both versions running, shows no error."},
        {"readiness/tests の記録 (kind: rollout-under-load) が負荷試験 (loadtest) を指すときは、その結果から started と duration の間に終わった要求の誤りを数えます。その間に始まったかもしれない直後の誤りや、10 s を超えて要求のない時間があれば不明です。指していなければ、記録の outcome.errors を見ます。"
         "記録のない、目的 rollout の負荷試験は、全体に誤りがなければ合格、あれば配備の間のものか分からないので不明です。読めない行のある結果、途中で切れた結果、別の試験も入った結果は合格になりません。5xx などを試験が成功として扱った件があれば注意です。環境ごとに最も新しい記録を見て、valid-days 日を過ぎたものは不明、"
         "書かれていない項目があるものと、イメージか limits が今と違うものは注意にします。",
         "Where a record in readiness/tests (kind rollout-under-load) names a load test, the errors of requests that ended between started and "
         "started + duration are counted in its result; failures right after it that may have begun in it, or more than 10 s of it without a "
         "request, are unknown; else its outcome.errors counts. A load test of purpose rollout without a record passes when "
         "it has no error at all; with errors it is unknown, for they may have fallen outside the roll-out. A result with unreadable lines, one that "
         "is cut off, or one with another run in its file never passes; failures such as 5xx that the test took for success warn. Of each environment the newest record counts: beyond valid-days it is unknown; with a field missing, or with another image or "
         "limits than now, it warns."},
        {validDays()},
        judge,
        Rule::Source::Service,
        {},
        {"rollout-under-load"},
    };
}

} // namespace tenken
