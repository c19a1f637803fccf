// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/environment.h>
#include <rules/findings.h>
#include <rules/loadtest_record.h>
#include <rules/newertests.h>
#include <rules/replicas.h>
#include <rules/series.h>

namespace tenken
{

QString nameOf(const LoadTestSource &source)
{
    if (!source.id.isEmpty())
        return source.id;
    return source.files.isEmpty() ? QString(u'–') : source.files.front();
}

std::optional<bool> isOfEnvironment(const MetricSeries &series, const LoadTestSource &test)
{
    const QString own = environmentOf(series);
    if (own.isEmpty() || test.environment.isEmpty())
        return {};
    return plainEnvironment(own) == plainEnvironment(test.environment);
}

Text label(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Low:
        return {"低", "low"};
    case Confidence::Medium:
        return {"中", "medium"};
    case Confidence::High:
        return {"高", "high"};
    }
    return {};
}

Finding findingForTest(const RuleContext &context, const Text &title, const LoadTestSource &source)
{
    Finding f = findingInService(context, title, source.span);
    if (f.file.isEmpty() && !source.files.isEmpty())
        f.file = source.files.front();
    return f;
}

namespace
{

// "registry/team/app:1.2" is meant by itself, by "app:1.2" and by its tag or digest alone.
bool meansImage(const QString &recorded, const QString &image)
{
    if (recorded == image || image.endsWith(u'/' + recorded))
        return true;
    return !recorded.contains(u'/') && (image.endsWith(u':' + recorded) || image.endsWith(u'@' + recorded));
}

} // namespace

std::optional<bool> runsImage(const RuleContext &context, const QString &recorded)
{
    std::optional<bool> found;
    for (const Workload *w : servingWorkloads(context)) {
        for (const Container &c : mainContainers(context, *w)) {
            const QString image = c.node["image"].string();
            if (image.isEmpty())
                continue;
            if (meansImage(recorded, image))
                return true;
            found = false;
        }
    }
    return found; // nothing: no image to compare with
}

namespace
{

void warn(Finding &finding, const Text &why, const Text &remedy)
{
    finding.verdict = Verdict::Warn;
    finding.reason = Text{"%1%2", "%1 %2"}.arg(finding.reason, why);
    finding.remedy = remedy;
}

} // namespace

namespace
{

/// What the file holds beside the run that was judged, or more than once.
std::optional<ResultDoubt> doubtInCounts(const LoadTestRun &run)
{
    if (run.otherRun > 0) {
        return ResultDoubt{Text{"同じファイルに時刻の離れた別の試験が %1 件あり、判定していません。",
                          "The file holds %1 requests of another run, which was not judged."}
                         .arg(formatNumber(double(run.otherRun))),
                     {"試験ごとにファイルを分け、最新のものを挙げてください。", "Keep one file for each run and list the newest."}};
    }
    if (run.subSamples > 0) {
        return ResultDoubt{Text{"転送や埋め込みの資源とみられる %1 行も要求として数えており、スループットが大きすぎる恐れがあります。",
                          "%1 rows look like redirects or embedded resources counted beside their request: the throughput may be "
                          "too high."}
                         .arg(formatNumber(double(run.subSamples))),
                     {"JMeter の HTTP Request で転送と埋め込みの取得を切るか、子サンプルの出力を止めて測り直してください。",
                      "Test again without following redirects and fetching embedded resources, or without saving sub-results."}};
    }
    return {};
}

} // namespace

std::optional<ResultDoubt> doubtInSuccess(const LoadTestRun &run)
{
    if (!run.knowsErrors) {
        return ResultDoubt{{"この形式は誤りをすべては記録せず、誤りがなかったとは言えません。",
                      "This format does not record every failure, so errors cannot be ruled out."},
                     {"誤りも記録される形式で測り直してください。", "Test again with a format that records failures."}};
    }
    if (run.skippedLines > 0) {
        return ResultDoubt{Text{"結果のうち %1 行が読めず、誤りがなかったとは言えません。",
                          "%1 lines of the result cannot be read, so errors cannot be ruled out."}
                         .arg(run.skippedLines),
                     {"結果のファイルを確かめてください。", "Check the result file."}};
    }
    if (run.cutOff) {
        return ResultDoubt{{"結果が途中で切れており、誤りがなかったとは言えません。", "The result is cut off, so errors cannot be ruled out."},
                     {"最後まで書かれた結果を挙げてください。", "Name a result that was written to its end."}};
    }
    return doubtInCounts(run);
}

void weighExcused(Finding &finding, const LoadTestRun &run)
{
    if (finding.verdict != Verdict::Pass || run.excusedFailures <= 0)
        return;
    warn(finding,
         Text{"ただし、5xx の応答や不合格の check など %1 件を、試験が成功として扱っています。",
              "Yet the test took %1 failures for success: 5xx answers, failed checks or transactions."}
             .arg(formatNumber(double(run.excusedFailures))),
         {"成功とみなす条件を直し、測り直してください。", "Mend what the test takes for success, and test again."});
}

ResultDoubt doubtInTime(const LoadTestRun &run)
{
    if (!run.hasClock) {
        return {{"結果のファイルに日時がなく、ほかの記録と時刻を合わせられません。",
                 "The result names no date, so it cannot be matched with what was recorded elsewhere."},
                {"日時の残る形式で測り直してください。", "Test again with a format that keeps the date."}};
    }
    return {{"結果の時刻にタイムゾーンがなく、ほかの記録と時刻を合わせられません。",
             "The result's dates name no time zone, so they cannot be matched with what was recorded elsewhere."},
            {"時刻をエポックミリ秒で残して測り直してください（JMeter: jmeter.save.saveservice.timestamp_format=ms）。",
             "Test again with times as epoch milliseconds (JMeter: jmeter.save.saveservice.timestamp_format=ms)."}};
}

void weighRecord(Finding &finding, const RuleContext &context, const LoadTestSource &source)
{
    if (finding.verdict != Verdict::Pass)
        return;
    for (const LoadTest &test : context.evidence.loadTests) {
        const auto doubt = &test.source == &source && test.run ? doubtInCounts(*test.run) : std::nullopt;
        if (doubt)
            return warn(finding, doubt->why, doubt->remedy);
    }
    QStringList missing;
    if (source.environment.isEmpty())
        missing << QStringLiteral("environment");
    if (source.image.isEmpty())
        missing << QStringLiteral("image");
    if (!missing.isEmpty()) {
        warn(finding,
             Text{"試験の記録に %1 がありません。", "The test's record lacks %1."}.arg(missing.join(u", ")),
             Text{"service.yaml の試験 %1 に `%2` を書いてください。",
                  "Write `%2` for test %1 in service.yaml."}
                 .arg(nameOf(source), missing.join(QStringLiteral("`, `"))));
    } else if (runsImage(context, source.image) == false) {
        warn(finding,
             Text{"試験のイメージ %1 は、今のマニフェストのものと違います。",
                  "The test ran image %1, not the one the manifests name."}
                 .arg(source.image),
             {"今のイメージで測り直すか、記録を直してください。",
              "Test again with the current image, or mend the record."});
    }
}

void weighLatency(Finding &finding, const LoadTestRun &run)
{
    if (finding.verdict != Verdict::Pass)
        return;
    if (run.model == LoadModel::Closed) {
        warn(finding,
             {"閉じたループの試験で、遅い間は要求を送らないため、分位点は小さく出ます。",
              "The test is a closed loop: while the service is slow nothing is sent, so percentiles look better than they are."},
             {"決めた率で送る試験 (開いたモデル) で測ってください。", "Test with a set rate (an open model)."});
    } else if (run.model == LoadModel::Unknown) {
        warn(finding,
             {"応答を待って送る試験か、決めた率で送る試験かがファイルから分からず、分位点が小さく出ている恐れがあります。",
              "The file does not tell whether the load waited for the answers: if it did, percentiles look better than they are."},
             {"決めた率で送る試験 (開いたモデル) で測ってください。", "Test with a set rate (an open model)."});
    } else if (!run.knowsErrors) {
        warn(finding,
             {"このファイルには誤りの記録がなく、返せた要求の遅延とは言えません。",
              "The file tells nothing of failures, so the latency may not be that of answered requests."},
             {"誤りも記録される形式で測り直してください。", "Test again with a format that records failures."});
    }
}

std::vector<Finding> whyNoKnee(const RuleContext &context, const Text &title)
{
    std::vector<Finding> findings;
    for (const LoadTestAnalysis &a : context.loadTests) {
        const LoadTestSource &source = a.test->source;
        if (source.purpose == u"rollout" || source.purpose == u"dependency" || isSuperseded(a, context.loadTests))
            continue;
        Finding f = findingForTest(context, title, source);
        if (!a.test->run) {
            say(f, Verdict::Unknown,
                Text{"試験 %1 の結果が読めません。", "The result of test %1 cannot be read."}.arg(
                    nameOf(source)),
                {"読めなかったファイルの一覧を見て、書式か場所を直してください。",
                 "See the list of unreadable files and mend the format or the path."});
        } else if (!a.knee.usable) {
            say(f, Verdict::Unknown,
                Text{"試験 %1 からは膝が求まりません。%2", "Test %1 does not show a knee: %2"}.arg(
                    nameOf(source), a.knee.whyNotUsable),
                a.knee.pastFromTheStart
                    ? testFromALowerLoad()
                    : Text{"5 段以上、1 段 60 s 以上で負荷を上げ、遅延が伸びる点を越えるまで測ってください。",
                           "Raise the load in five or more steps of 60 s or more, until latency has clearly grown."});
        } else {
            say(f, Verdict::Unknown,
                Text{"試験 %1 の Pod の数が分かりません。", "The pod count of test %1 is not known."}.arg(
                    nameOf(source)),
                {"service.yaml の `evidence.loadtests[].pods` に、試験中の Pod の数を書いてください。",
                 "Write the number of pods under test as `evidence.loadtests[].pods` in service.yaml."});
            f.snippet = QStringLiteral("pods: 1");
            if (a.test->run)
                setPicture(f, pictureOf(a, context.service()));
        }
        findings.push_back(std::move(f));
    }
    if (findings.empty()) {
        Finding f = undeclared(
            context, title, {"1 Pod のスループット", "The throughput of one Pod"},
            QStringLiteral("evidence.loadtests"),
            QStringLiteral("evidence:\n  loadtests:\n    - {id: step-1pod, file: loadtest/step-1pod.json, "
                           "pods: 1, purpose: knee}"));
        findings.push_back(std::move(f));
    }
    return findings;
}

} // namespace tenken
