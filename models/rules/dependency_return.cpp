// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/recovery.h>
#include <evidence/numbers.h>
#include <rules/all.h>
#include <rules/loadtest_record.h>
#include <rules/recordfindings.h>
#include <rules/trafficfindings.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

namespace
{

const Text backTitle{"%1 の復帰後に元へ戻る", "Back to normal after %1 returned"};
const Text evenTitle{"%1 の復帰後の偏りと接続", "Load and connections after %1 returned"};
const QString returnKind = QStringLiteral("dependency-return");
const QString downKind = QStringLiteral("dependency-down");

const Text testRemedy{"依存先を止めて戻す試験を、負荷をかけながら、前後 1 分以上を含めて行ってください。",
                      "Stop the dependency and bring it back under load, with a minute or more before and after."};

bool isAbout(const LoadTest &test, const Dependency &dependency, size_t dependencies)
{
    if (test.source.purpose != u"dependency")
        return false;
    const QRegularExpression word(QStringLiteral("(?<![A-Za-z0-9_-])%1(?![A-Za-z0-9_-])").arg(QRegularExpression::escape(dependency.id)));
    return dependencies == 1 || word.match(test.source.during).hasMatch() || word.match(test.source.id).hasMatch();
}

/// What records of a test say about when its outage began and ended.
OutageTimes timesOf(const RuleContext &context, const LoadTest &test, const Dependency &dependency)
{
    OutageTimes times;
    for (const TestRecord &r : context.evidence.records) {
        if (r.loadTest.value != test.source.id || r.dependency.value != dependency.id || !r.started)
            continue;
        const double started = double(r.started->toSecsSinceEpoch());
        if (r.kind == downKind) {
            times.began = started;
            if (r.durationSeconds && !times.over)
                times.over = started + *r.durationSeconds;
        } else if (r.kind == returnKind) {
            times.over = started;
        }
    }
    return times;
}

RecoveryLimits limitsOf(const RuleContext &context)
{
    return {context.parameter(QStringLiteral("error-rate")), context.parameter(QStringLiteral("latency-factor"))};
}

/// Whether the outage can be found in the run at all.
std::optional<ResultDoubt> doubtInTimes(const LoadTestRun &run, const OutageTimes &times)
{
    if (!times.began && !times.over)
        return {};
    if (!run.knowsWhen())
        return doubtInTime(run);
    const auto outside = [&](const std::optional<double> &at) {
        return at && (*at < run.startSeconds - 1 || *at > run.endSeconds + 1);
    };
    if (!outside(times.began) && !outside(times.over))
        return {};
    return ResultDoubt{{"記録された停止か復帰の時刻が、負荷試験の時間に収まっていません。",
                  "The recorded outage or return does not lie within the time of the load test."},
                 {"記録の `started`、`duration`、`loadtest` を確かめてください。", "Check `started`, `duration` and `loadtest` in the record."}};
}

void sayState(Finding &f, const Recovery &r)
{
    switch (r.state) {
    case Recovery::State::NoLatencies:
        say(f, Verdict::Unknown, {"結果のファイルに要求ごとの遅延がなく、元に戻ったかが分かりません。",
                                  "The result keeps no latency of each request, so whether it is back to normal is not known."},
            {"要求ごとの記録を残す形式で測り直してください。", "Test again with a format that keeps each request."});
        return;
    case Recovery::State::NoBaseline:
        say(f, Verdict::Unknown, {"停止の前に、1 分以上の平常時がありません。", "There is no steady minute before the outage to compare with."}, testRemedy);
        return;
    case Recovery::State::NoOutage:
        say(f, Verdict::Unknown, {"誤りも遅延も平常のままで、停止がいつだったか分かりません。",
                                  "Errors and latency never left the normal range, so nobody can tell when the outage was."},
            {"停止と復帰の時刻を `tenken record . --kind dependency-return` で記録してください。",
             "Record when the dependency returned with `tenken record . --kind dependency-return`."});
        return;
    case Recovery::State::TooShort:
        say(f, Verdict::Unknown, {"元に戻ってから 1 分たたずに試験が終わっています。", "The test ends within a minute of being back to normal."}, testRemedy);
        return;
    case Recovery::State::NotBack:
        say(f, Verdict::Fail, Text{"試験の終わりまで、誤りか遅延が元 (誤り %1 %、p95 %2) に戻りません。",
                                   "To the end of the test errors or latency are not back to normal (errors %1 %, p95 %2)."}
                                  .arg(formatNumber(r.baselineErrors * 100), formatMs(r.baselineMs)),
            {"接続の張り直し、再試行の抑制、キューの上限を確かめてください。", "Check that connections are renewed, retries damped and queues bounded."});
        return;
    case Recovery::State::Back:
        break;
    }
}

/// What the test itself shows; the caller weighs the record it comes from.
void judgeRun(Finding &f, const RuleContext &context, const LoadTest &test, const OutageTimes &times)
{
    const double most = context.parameter(QStringLiteral("minutes")) * 60;
    f.wanted = relationText(Comparison::Relation::AtMost, most, QStringLiteral("s"));
    if (const auto doubt = doubtInTimes(*test.run, times)) {
        say(f, Verdict::Unknown, doubt->why, doubt->remedy);
        return;
    }
    const Recovery r = findRecovery(*test.run, times, limitsOf(context));
    if (r.state == Recovery::State::NotBack && test.run->endSeconds - times.over.value_or(r.began) < most) {
        say(f, Verdict::Unknown, {"元に戻る前に試験が終わっています。", "The test ends before it is back to normal, and before the time is up."}, testRemedy);
        return;
    }
    if (r.state != Recovery::State::Back) {
        sayState(f, r);
        return;
    }
    if (const auto doubt = doubtInSuccess(*test.run)) {
        say(f, Verdict::Unknown, doubt->why, doubt->remedy);
        return;
    }
    if (r.noEffect) {
        say(f, Verdict::Warn, {"記録された停止の間も、誤りと遅延は平常のままです。本当に止まっていたか、試験と記録が合っているかが分かりません。",
                               "Errors and latency stayed normal through the recorded outage: whether it was out at all, or record and test "
                               "belong together, is not shown."},
            {"記録の `started`、`duration`、`loadtest` を確かめ、影響が出ないしくみなら備考に書いてください。",
             "Check `started`, `duration` and `loadtest` of the record; where nothing is meant to show, say why in its note."});
        return;
    }
    compare(f, r.seconds, Comparison::Relation::AtMost, most, QStringLiteral("s"));
    const QString took = formatWithUnit(r.seconds, QStringLiteral("s"));
    if (r.seconds <= most) {
        say(f, Verdict::Pass, r.isUpperBound ? Text{"停止の始まりから %1 のうちに、誤りと遅延が元に戻りました。", "Errors and latency were back to normal %1 after the outage began."}.arg(took)
                                             : Text{"復帰から %1 で、誤りと遅延が元に戻りました。", "Errors and latency were back to normal %1 after the return."}.arg(took));
    } else if (r.isUpperBound) {
        say(f, Verdict::Unknown, Text{"停止の始まりから %1 で戻りましたが、依存先がいつ復帰したか分かりません。",
                                      "It was back %1 after the outage began, yet when the dependency returned is not known."}.arg(took),
            {"復帰の時刻を `tenken record . --kind dependency-return` で記録してください。",
             "Record when the dependency returned with `tenken record . --kind dependency-return`."});
    } else {
        say(f, Verdict::Fail, Text{"復帰から %1 かかりました。", "It took %1 from the return."}.arg(took),
            {"接続の張り直し、再試行の抑制、キューの上限を確かめてください。", "Check that connections are renewed, retries damped and queues bounded."});
    }
}

/// Errors and latency: by the result of the load test that ran meanwhile, else by the record's own figure.
Finding judgeBack(const RuleContext &context, const TestRecord &record, const Dependency &dependency)
{
    Finding f = findingForRecord(context, backTitle.arg(dependency.id), record, record.recoverySeconds.span);
    judgeOutcome(f, context, record);
    if (const LoadTest *test = loadTestOf(context, record); test && test->run && f.verdict == Verdict::Pass) {
        addMark(f, context.service().file, test->source.span, {"この負荷試験", "the load test"});
        judgeRun(f, context, *test, timesOf(context, *test, dependency));
    } else if (f.verdict == Verdict::Pass && record.recoverySeconds) {
        f.span = record.recoverySeconds.span;
        compare(f, *record.recoverySeconds, Comparison::Relation::AtMost, context.parameter(QStringLiteral("minutes")) * 60, QStringLiteral("s"));
        say(f, Verdict::Pass, Text{"復帰から %1 で元に戻っています。", "It was back to normal %1 after the return."}.arg(
                formatWithUnit(*record.recoverySeconds, QStringLiteral("s"))));
    } else if (f.verdict == Verdict::Pass) {
        say(f, Verdict::Unknown, {"元に戻るまでの秒数が記録にありません。", "The record does not say how long it took."},
            {"記録に `outcome.recovery-seconds` か、負荷試験の id `loadtest` を書いてください。",
             "Write `outcome.recovery-seconds`, or the load test's id as `loadtest`, in the record."});
    }
    weighRecord(f, context, record);
    return f;
}

/// Load over the pods, and connections: people look at it and say so.
Finding judgeEven(const RuleContext &context, const TestRecord &record, const Dependency &dependency)
{
    const Declared<bool> &wrong = record.balanced.value == false ? record.balanced : record.reconnected;
    Finding f = findingForRecord(context, evenTitle.arg(dependency.id), record, wrong.span);
    f.wanted = {"偏りなし、張り直し", "even, and renewed"};
    if (record.balanced.value == false || record.reconnected.value == false) {
        say(f, Verdict::Fail,
            record.balanced.value == false ? Text{"復帰の後、負荷が Pod の間で偏りました。", "After the return load was uneven across pods."}
                                           : Text{"復帰の後、接続が張り直されませんでした。", "After the return connections were not renewed."},
            {"接続の寿命に上限を決めてください。", "Bound how long a connection lives."});
    } else if (!record.balanced || !record.reconnected) {
        say(f, Verdict::Unknown, {"負荷の偏りか、接続の張り直しが記録されていません。", "Whether load was even, or connections were renewed, is not recorded."},
            {"記録に `outcome.balanced` と `outcome.connections-renewed` を書いてください。", "Write `outcome.balanced` and `outcome.connections-renewed` in the record."});
    } else {
        say(f, Verdict::Pass, {"負荷は偏らず、接続は張り直されました。", "Load was even, and connections were renewed."});
    }
    weighRecord(f, context, record);
    return f;
}

Finding judgeTest(const RuleContext &context, const LoadTest &test, const Dependency &dependency)
{
    Finding f = findingForTest(context, backTitle.arg(dependency.id), test.source);
    if (test.run)
        judgeRun(f, context, test, timesOf(context, test, dependency));
    else
        say(f, Verdict::Unknown, Text{"試験 %1 の結果が読めません。", "The result of test %1 cannot be read."}.arg(nameOf(test.source)),
            {"読めなかったファイルの一覧を見て直してください。", "Mend it: see the list of files that could not be read."});
    weighRecord(f, context, test.source);
    return f;
}

void judgeDependency(const RuleContext &context, const Dependency &dependency, std::vector<Finding> &findings)
{
    const auto records = newestRecords(context, [&](const TestRecord &r) {
        return r.kind == returnKind && r.dependency.value == dependency.id;
    });
    for (const TestRecord *record : records) {
        findings.push_back(judgeBack(context, *record, dependency));
        findings.push_back(judgeEven(context, *record, dependency));
    }
    bool any = !records.empty();
    for (const LoadTest &test : context.evidence.loadTests) {
        const bool recorded = std::ranges::any_of(records, [&](const TestRecord *r) { return loadTestOf(context, *r) == &test; });
        if (recorded || !isAbout(test, dependency, context.service().dependencies->size()))
            continue;
        findings.push_back(judgeTest(context, test, dependency));
        any = true;
    }
    if (!any)
        findings.push_back(noRecord(context, backTitle.arg(dependency.id), returnKind));
    if (records.empty()) {
        Finding f = findingInService(context, evenTitle.arg(dependency.id), dependency.span);
        findings.push_back(say(std::move(f), Verdict::Unknown,
                               {"Pod ごとの負荷と接続を見た記録がありません。", "Nobody recorded load and connections pod by pod."},
                               {"`tenken record . --kind dependency-return` で記録してください。", "Record it with `tenken record . --kind dependency-return`."}));
    }
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    const auto &dependencies = context.service().dependencies;
    if (!dependencies) {
        findings.push_back(undeclared(context, {"依存先", "Dependencies"}, {"依存先", "What it depends on"}, QStringLiteral("dependencies"),
                                      QStringLiteral("dependencies:\n  - {id: users-db, kind: mysql, host: users-db.internal}")));
        return findings;
    }
    findings = unassignedRecords(context, {"復帰の記録", "Records of a return"}, returnKind);
    if (dependencies->empty()) {
        findings.push_back(withoutDependencies(context, {"依存先", "Dependencies"}));
        return findings;
    }
    for (const Dependency &dependency : *dependencies)
        judgeDependency(context, dependency, findings);
    std::ranges::move(unreadableRecords(context, {"復帰の記録", "Records of a return"}), std::back_inserter(findings));
    return findings;
}

} // namespace

Rule dependencyReturnRule()
{
    return {
        "dependency-return",
        {"依存先が戻ってから minutes 分のうちに、誤りと遅延が元に戻るかを見ます。",
         "Whether errors and latency are back to normal within minutes of a dependency's return."},
        {"宣言された依存先ごとに、readiness/tests の記録 (kind: dependency-return) を見ます。記録が負荷試験 (loadtest) を指すときは、その結果を 10 s (要求が少なければ 60 s まで) ずつに分け、停止の前 1 分以上の中央値を"
         "元とします。誤りの割合が元 + error-rate 以下、p95 が元の latency-factor 倍以下、元の半分以上の要求があるところを平常とし、そこから試験の終わりまで (1 分以上) 平常が続けば戻ったとします。停止や復帰の時刻が試験の外なら不明、停止の間も平常のままなら注意です。指していなければ、記録の "
         "outcome.recovery-seconds を見ます。記録のない、目的 dependency の負荷試験は、停止の始まりから数えて minutes 分のうちに戻っていれば合格です (復帰はその後なので)。負荷の偏りと接続の張り直しは記録の outcome.balanced と "
         "outcome.connections-renewed で、なければ不明です。",
         "For each declared dependency: its records in readiness/tests (kind dependency-return). Where a record names a load test, its result is cut "
         "into blocks of 10 s (up to 60 s with few requests); the median of a minute or more before the outage is the baseline. A block is normal "
         "with errors up to the baseline's share + error-rate, a p95 up to latency-factor times the baseline's, and at least half of its rate; the "
         "service is back where everything from there to the end, a minute or more, is normal. An outage or return outside the test is "
         "unknown, one that shows no effect warns. Without a load test outcome.recovery-seconds counts. "
         "A load test of purpose dependency without a record passes when it is back within minutes of the outage's beginning, for the return was "
         "later. Even load and renewed connections are taken from outcome.balanced and outcome.connections-renewed, else they are unknown."},
        {{"minutes", 10, "min", RuleParameter::Stricter::Lower, {"元に戻るまでの上限", "How long it may take"}},
         {"error-rate", 0.001, "", RuleParameter::Stricter::Lower, {"元より多くてよい誤りの割合", "Share of errors above the baseline"}},
         {"latency-factor", 1.5, "", RuleParameter::Stricter::Lower, {"p95 が元の何倍までか", "How many times the baseline the p95 may be"}},
         validDays()},
        judge,
        Rule::Source::Service,
        {},
        {"dependency-return", "dependency-down"},
    };
}

} // namespace tenken
