// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/all.h>
#include <rules/findings.h>
#include <rules/loadtest_record.h>
#include <rules/pod_rise.h>

#include <algorithm>

namespace tenken
{

namespace
{

const Text title{"1 Pod のスループット", "Throughput of one Pod"};

// "膝 160 req/s（区間 160–180、確度 高、試験 step-1pod、1 Pod）"
Text kneeText(const LoadTestAnalysis &a)
{
    const double pods = *a.test->source.pods;
    const QString knee = formatNumber(*a.perPod());
    if (!a.knee.reached) {
        return Text{"1 Pod %1 req/s まで膝は現れません（試験 %2、確度 %3）。",
                    "No knee up to %1 req/s per pod (test %2, confidence %3)."}
            .arg(knee, nameOf(a.test->source), label(a.knee.confidence));
    }
    if (a.knee.users > 0) { // a closed loop offers what was completed: its interval is one of users
        return Text{"膝は 1 Pod %1 req/s、並列 %2–%3 の間（試験 %4、確度 %5）。",
                    "The knee is at %1 req/s per pod, between %2 and %3 users (test %4, confidence %5)."}
            .arg(knee, formatNumber(a.knee.users), formatNumber(a.knee.firstBadUsers), nameOf(a.test->source),
                 label(a.knee.confidence));
    }
    return Text{"膝は 1 Pod %1 req/s、区間 %2–%3（試験 %4、確度 %5）。",
                "The knee is at %1 req/s per pod, between %2 and %3 (test %4, confidence %5)."}
        .arg(knee, formatNumber(a.knee.offered / pods), formatNumber(a.knee.firstBad / pods),
             nameOf(a.test->source), label(a.knee.confidence));
}

/// By what the step past the knee was told.
Text signText(const Knee &knee)
{
    const auto shows = [&](KneeSign sign) { return std::ranges::contains(knee.signs, sign); };
    if (shows(KneeSign::LatencyJump) || (knee.jump >= 1.5 && !shows(KneeSign::Errors)))
        return Text{"遅延が %1 倍に伸びる", "latency has grown %1-fold"}.arg(formatNumber(knee.jump));
    if (shows(KneeSign::Errors))
        return {"要求が失敗する", "requests fail"};
    if (shows(KneeSign::Shortfall))
        return {"送っただけの応答が返らない", "fewer requests are answered than sent"};
    if (shows(KneeSign::GrowthInStep))
        return {"遅延が段の中で伸び続ける", "latency keeps growing within the step"};
    return {"並列を増やしても完了が増えない", "more users bring no more answers"};
}

/// What keeps a knee from being relied on, and what to do.
std::optional<std::pair<Text, Text>> doubtIn(const LoadTestAnalysis &a)
{
    if (a.knee.secondClimb) {
        return std::pair{*a.knee.secondClimb > 0
                             ? Text{"負荷を 2 度上げた試験で、2 度目の膝は全体で %1 req/s と低くなっています。",
                                    "The load was raised twice, and the second time the knee was lower, at %1 req/s in all."}
                                   .arg(formatNumber(*a.knee.secondClimb))
                             : Text{"負荷を 2 度上げた試験で、2 度目は最初の段から限界を超えています。",
                                    "The load was raised twice, and the second time every level was past the knee."},
                         Text{"試験ごとに結果を分け、膝を越えた後に回復するかも確かめてください。",
                              "Keep each test's result apart, and see whether the service recovers from overload."}};
    }
    if (!a.test->run->knowsErrors) {
        return std::pair{Text{"このファイルには誤りの記録がなく、完了した要求に失敗が混じりえます。",
                              "The file tells nothing of failures: some of what completed may have failed."},
                         Text{"誤りも記録される形式で測り直してください。", "Test again with a format that records failures."}};
    }
    if (a.knee.percentile <= 0) {
        return std::pair{Text{"遅延は判定できず、完了した数と誤りだけによる膝です。",
                              "Latency could not be judged: the knee rests on completed requests and errors alone."},
                         Text{"遅延の分位点が分かる形式で測り直してください。", "Test again with a format that tells latency percentiles."}};
    }
    if (a.knee.earlyLabel) {
        return std::pair{a.knee.earlyLabel->inWords(),
                         Text{"そのリクエストに必要な負荷で計画値を決めるか、遅い原因を直して測り直してください。",
                              "Plan by the load that this request bears, or mend what makes it slow and test again."}};
    }
    return {};
}

Finding measuredOnly(const RuleContext &context, const LoadTestAnalysis &a)
{
    Finding f = findingForTest(context, title, a.test->source);
    f.measured = sameText(formatWithUnit(*a.perPod(), QStringLiteral("req/s")));
    f.wanted = {"申告値", "a declared value"};
    say(f, Verdict::Warn, Text{"%1申告値がありません。", "%1 No value is declared."}.arg(kneeText(a)),
        {"service.yaml の `capacity.per-pod` に、測った値以下の計画値を書いてください。",
         "Write the value to plan with, at most the measured one, as `capacity.per-pod` in service.yaml."});
    f.snippet = QStringLiteral("capacity:\n  per-pod: %1").arg(std::floor(*a.perPod()));
    return f;
}

void judgeReached(Finding &f, const RuleContext &context, const LoadTestAnalysis &a, double declared)
{
    if (!a.bears(declared)) {
        say(f, Verdict::Fail,
            Text{"%1申告 %2 req/s は膝を超え、%3側にあります。", "%1 The declared %2 req/s lies beyond it, where %3."}.arg(
                kneeText(a), formatNumber(declared), signText(a.knee)),
            {"`capacity.per-pod` を膝以下に下げ、必要な Pod の数を計算し直してください。",
             "Lower `capacity.per-pod` to the knee or below and plan the pods again."});
        f.snippet = QStringLiteral("capacity:\n  per-pod: %1").arg(std::floor(*a.perPod()));
    } else if (const auto doubt = doubtIn(a)) {
        say(f, Verdict::Warn, Text{"%1%2", "%1 %2"}.arg(kneeText(a), doubt->first), doubt->second);
    } else if (a.knee.confidence == Confidence::Low) {
        say(f, Verdict::Warn, kneeText(a),
            {"段を細かくし、1 段の時間を延ばして測り直してください。",
             "Test again with finer and longer steps."});
    } else {
        say(f, Verdict::Pass, kneeText(a));
        weighExcused(f, *a.test->run);
        weighRecord(f, context, a.test->source);
    }
}

void judgeNotReached(Finding &f, const LoadTestAnalysis &a, double declared)
{
    const Text remedy{"遅延が伸びる点を越えるまで、段を足して測ってください。",
                      "Add steps until latency has clearly grown past the knee."};
    if (a.bears(declared)) {
        say(f, Verdict::Warn,
            Text{"%1申告値は耐えますが、余裕が分かりません。",
                 "%1 The declared value holds; how much is left is not known."}
                .arg(kneeText(a)),
            remedy);
    } else {
        say(f, Verdict::Unknown,
            Text{"%1申告 %2 req/s は測っていません。", "%1 The declared %2 req/s was not tried."}.arg(
                kneeText(a), formatNumber(declared)),
            remedy);
    }
}

std::vector<Finding> judge(const RuleContext &context)
{
    const LoadTestAnalysis *best = context.bestKnee();
    if (!best)
        return whyNoKnee(context, title);

    const auto &declared = context.service().perPodRps;
    Finding f;
    if (!declared || *declared <= 0) {
        f = measuredOnly(context, *best);
    } else {
        f = findingInService(context, title, declared.span);
        // The declared value is what is judged; the knee is the bound it has to keep.
        compare(f, *declared, Comparison::Relation::AtMost, *best->perPod(), QStringLiteral("req/s"));
        if (best->knee.reached)
            judgeReached(f, context, *best, *declared);
        else
            judgeNotReached(f, *best, *declared);
        weighPodCount(f, context, *best->test);
        addMark(f, f.file, best->test->source.span,
                Text{"膝 %1 req/s", "knee %1 req/s"}.arg(formatNumber(*best->perPod())));
    }
    setPicture(f, pictureOf(*best, context.service()));
    return {f};
}

} // namespace

Rule podThroughputRule()
{
    return {"pod-throughput",
            {"申告した 1 Pod のスループットが、負荷試験の膝以下か",
             "The declared throughput of one Pod is at most the measured knee"},
            {"膝は、遅延が伸びて戻らなくなる直前の段です。誤りが出始める点ではありません。膝の完了数を Pod "
             "の数で割り、"
             "`capacity.per-pod` と比べます（1 % "
             "は計測の端数として許します）。膝に達していない試験、確度の低い膝、"
             "環境やイメージの記録がない試験は注意とします。標本の足りない段、続けて跳ねた段、誤りの出た低い段があれば確度は低くなります。"
             "同じ環境と Pod の数の試験は最新のものを使います。膝で耐えるはずの最初の段に、同じかより少ない Pod で耐えなかった新しい試験があれば、前の膝は使いません。結果に別の試験や転送の行が混じるとき、負荷を 2 度上げて 2 度目が悪いとき、ある名前のリクエストだけが先に跳ねるときも注意、"
             "試験の環境の記録と Pod の数が明らかに違うときと、申告値が測った範囲を超えるときは不明です。",
             "The knee is the last step before latency grows for good, not where errors begin. Completed "
             "requests at the knee ÷ "
             "pods are compared with `capacity.per-pod` (1 % is allowed for counting). A test that stops "
             "before the knee, "
             "a knee of low confidence, or a record without environment or image is a warning. Steps with too few samples, "
             "spikes in a row and lower steps with errors make the confidence low. Of tests with as many pods in one environment "
             "the newest is used; a newer test in which as many or fewer pods did not bear a first level that a knee says they do "
             "leaves that knee out. Another run or redirects among the rows, a second climb that goes worse, and a request whose own "
             "latency jumps before the knee of the whole warn too; "
             "a pod count that the snapshot of the test's environment clearly contradicts, or a declared value beyond what "
             "was tried, is unknown."},
            {},
            judge,
            Rule::Source::LoadTests};
}

} // namespace tenken
