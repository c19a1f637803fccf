// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/loadtestwords.h>

#include <evidence/numbers.h>

#include <QDateTime>

#include <cmath>

namespace tenken {

LatencyAtLoad latencyAt(const LoadTestPicture &test, double perPodRps)
{
    LatencyAtLoad result;
    result.percentile = test.targetPercentile.isEmpty() ? QStringLiteral("p99") : test.targetPercentile;
    const double wanted = perPodRps * std::max(1, test.pods);
    const LoadStep *found = nullptr;
    for (const LoadStep &step : test.steps) {
        // A step is "at" a rate when it is not more than 2 % below: generators do not hit round numbers.
        if (step.offered >= wanted * 0.98 && (!found || step.offered < found->offered))
            found = &step;
    }
    if (!found)
        return result;
    const QString &p = result.percentile;
    result.ms = p == u"p50" ? found->p50 : p == u"p95" ? found->p95 : found->p99;
    result.known = result.ms >= 0; // where the file states it
    if (p != u"p50" && p != u"p95")
        result.percentile = QStringLiteral("p99");
    return result;
}

int bestTest(const std::vector<LoadTestPicture> &tests)
{
    int best = tests.empty() ? -1 : 0;
    const auto weight = [](const LoadTestPicture &t) { return (t.knee.usable && t.knee.reached ? 1000 : 0) + int(t.steps.size()); };
    for (int i = 1; i < int(tests.size()); ++i) {
        if (weight(tests[size_t(i)]) > weight(tests[size_t(best)]))
            best = i;
    }
    return best;
}

QStringList choiceCells(const LoadTestPicture &test, const std::vector<LoadTest> &tests, Lang lang)
{
    const auto source = std::ranges::find(tests, test.run, &LoadTest::run);
    const QString purpose = source == tests.end() ? QString() : source->source.purpose;
    const QString file = source == tests.end() || source->source.files.isEmpty() ? QString() : source->source.files.first();
    QString when;
    if (test.run && test.run->hasClock && test.run->startSeconds > 0)
        when = QDateTime::fromSecsSinceEpoch(qint64(test.run->startSeconds)).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    return {test.id.isEmpty() ? file : test.id, test.run ? test.run->tool : QString(), formatNumber(test.pods),
            purpose.isEmpty() ? Text{"指定なし", "any"}.in(lang) : purpose, when};
}

QString aboutTest(const LoadTestPicture &test, Lang lang)
{
    if (!test.run)
        return {};
    const LoadTestRun &run = *test.run;
    const Text model = run.model == LoadModel::Open ? Text{"開いたモデル", "open model"}
        : run.model == LoadModel::Closed            ? Text{"閉じたモデル", "closed model"}
                                                    : Text{"モデル不明", "model unknown"};
    QStringList parts{QStringLiteral("%1 %2").arg(run.tool, run.toolVersion).trimmed(), model.in(lang),
                      QStringLiteral("%1 Pod").arg(test.pods)};
    if (run.hasClock && run.endSeconds > run.startSeconds) {
        const QDateTime start = QDateTime::fromSecsSinceEpoch(qint64(run.startSeconds));
        const QDateTime end = QDateTime::fromSecsSinceEpoch(qint64(run.endSeconds));
        parts << start.toString(QStringLiteral("yyyy-MM-dd HH:mm")) + u'–' + end.toString(QStringLiteral("HH:mm"));
    }
    parts << Text{"%1 要求", "%1 requests"}.arg(formatNumber(double(run.samples))).in(lang);
    return parts.join(QStringLiteral(" · "));
}

namespace {

Text joined(const std::vector<Text> &texts)
{
    QStringList ja, en;
    for (const Text &text : texts) {
        ja << text.ja;
        en << text.en;
    }
    return {ja.join(u' '), en.join(u' ')};
}

Text spreadWords(const KneeSpread &spread, double pods)
{
    return Text{"秒を引き直した %1 回のうち 95 % で、膝は %2–%3 の間。同じ段になったのは %4 %。",
                "In 95 % of %1 draws of the seconds the knee lies in %2–%3; %4 % give the same step."}
        .arg(spread.draws, formatNumber(std::round(spread.low / pods)), formatNumber(std::round(spread.high / pods)),
             qRound(spread.agreement * 100));
}

Text secondOpinionWords(const Knee &knee, double pods)
{
    const Text kneedle = Text{"Kneedle は %1 (対数の p95)", "Kneedle says %1 (on the logarithm of p95)"}.arg(
        formatWithUnit(*knee.secondOpinion / pods, QStringLiteral("req/s / Pod")));
    return knee.secondOpinionAgrees ? Text{"%1。1 段以内で一致します。", "%1: within one step."}.arg(kneedle)
                                    : Text{"%1。一致しません。", "%1: it disagrees."}.arg(kneedle);
}

Text spikeWords(const LoadTestPicture &test)
{
    QStringList loads;
    for (const int i : test.knee.spikes)
        if (i >= 0 && i < int(test.steps.size()))
            loads << formatNumber(test.steps[size_t(i)].offered / std::max(1, test.pods));
    return Text{"%1 req/s / Pod で跳ねましたが、より高い負荷で戻りました。膝とは数えません。",
                "Spikes at %1 req/s per pod that recovered under more load: not a knee."}.arg(loads.join(QStringLiteral(", ")));
}

Text errorWords(const LoadTestRun &run)
{
    QStringList kinds;
    for (auto kind = run.errorKinds.cbegin(); kind != run.errorKinds.cend() && kinds.size() < 8; ++kind)
        kinds << QStringLiteral("%1 × %2").arg(kind.key().isEmpty() ? QStringLiteral("?") : kind.key(), formatNumber(double(kind.value())));
    return sameText(kinds.join(QStringLiteral(" · ")));
}

} // namespace

std::vector<TestFact> factsOf(const LoadTestPicture &test)
{
    std::vector<TestFact> facts;
    const double pods = std::max(1, test.pods);
    if (!test.run)
        return facts;
    const LoadTestRun &run = *test.run;
    facts.push_back({{"分位点の定義", "Percentiles"}, percentileMeaningOf(run, test.steps)});
    if (!run.latencyMeaning.isEmpty())
        facts.push_back({{"遅延の範囲", "Latency spans"}, sameText(run.latencyMeaning)});
    if (test.knee.spread)
        facts.push_back({{"膝の確からしさ", "How sure the knee is"}, spreadWords(*test.knee.spread, pods)});
    if (test.knee.secondOpinion)
        facts.push_back({{"別の見方", "Second opinion"}, secondOpinionWords(test.knee, pods)});
    if (!test.knee.spikes.empty())
        facts.push_back({{"一時的な跳ね", "Spikes"}, spikeWords(test)});
    if (!test.knee.caveats.empty())
        facts.push_back({{"注意", "Keep in mind"}, joined(test.knee.caveats)});
    if (!run.errorKinds.isEmpty())
        facts.push_back({{"エラーの種類", "Errors by kind"}, errorWords(run)});
    if (!run.missing.empty())
        facts.push_back({{"ファイルから分からないこと", "What the file cannot tell"}, joined(run.missing)});
    if (!run.remarks.empty())
        facts.push_back({{"読んだときの所見", "Remarks on reading"}, joined(run.remarks)});
    return facts;
}

QString aboutPlan(const CapacityPlan &plan, Lang lang)
{
    const Text source = plan.perPodMeasured ? Text{"測定 %1 req/s / Pod", "measured %1 req/s per Pod"}
                                            : Text{"申告 %1 req/s / Pod", "declared %1 req/s per Pod"};
    QStringList parts{source.arg(formatNumber(plan.perPodRps)).in(lang)};
    if (plan.options.headroom > 0)
        parts << Text{"余裕 %1 %", "headroom %1 %"}.arg(formatNumber(plan.options.headroom * 100)).in(lang);
    if (plan.options.zones > 1)
        parts << Text{"%1 AZ のうち 1 つを失っても", "with one of %1 zones lost"}.arg(plan.options.zones).in(lang);
    return parts.join(QStringLiteral(" · "));
}

QString aboutScaling(const Scaling &scaling, Lang lang)
{
    if (!scaling.fit) {
        const Text linear = scaling.isLinear() ? Text{"線形", "linear"} : Text{"%1 Pod まで線形", "linear up to %1 pods"}.arg(scaling.linearUpTo());
        return Text{"%1 通りの Pod 数 · %2", "%1 pod counts · %2"}.arg(int(scaling.points.size()), linear).in(lang);
    }
    const auto scientific = [](double v) { return v == 0 ? QStringLiteral("0") : QString::number(v, 'g', 2); };
    return QStringLiteral("USL · α %1 ± %2 · β %3 ± %4 · R² %5")
        .arg(scientific(scaling.fit->alpha), scientific(scaling.fit->alphaError), scientific(scaling.fit->beta),
             scientific(scaling.fit->betaError), QString::number(scaling.fit->r2, 'f', 3));
}

Text kneeNote(const Knee &knee, double pods)
{
    if (!knee.usable)
        return knee.whyNotUsable;
    if (!knee.reached)
        return {"膝を超える段がありません", "no step past the knee"};
    return Text{"区間 %1–%2 · 確度 %3", "between %1 and %2 · confidence %3"}.arg(
        formatNumber(std::round(knee.offered / pods)), formatNumber(std::round(knee.firstBad / pods)), label(knee.confidence));
}

} // namespace tenken
