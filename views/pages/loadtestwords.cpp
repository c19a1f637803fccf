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
    result.known = true;
    result.ms = p == u"p50" ? found->p50 : p == u"p95" ? found->p95 : found->p99;
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

QString aboutTest(const LoadTestPicture &test, Lang lang)
{
    if (!test.run)
        return {};
    const LoadTestRun &run = *test.run;
    const QDateTime start = QDateTime::fromSecsSinceEpoch(qint64(run.startSeconds));
    const QDateTime end = QDateTime::fromSecsSinceEpoch(qint64(run.endSeconds));
    const Text model = run.model == LoadModel::Open ? Text{"開いたモデル", "open model"}
        : run.model == LoadModel::Closed            ? Text{"閉じたモデル", "closed model"}
                                                    : Text{"モデル不明", "model unknown"};
    QStringList parts{QStringLiteral("%1 %2").arg(run.tool, run.toolVersion).trimmed(), model.in(lang),
                      QStringLiteral("%1 Pod").arg(test.pods),
                      start.toString(QStringLiteral("yyyy-MM-dd HH:mm")) + u'–' + end.toString(QStringLiteral("HH:mm")),
                      Text{"%1 要求", "%1 requests"}.arg(formatNumber(double(run.samples))).in(lang),
                      Text{"分位点は最近順位、対数ヒストグラム (誤差 ≤ 0.4 %)", "nearest-rank percentiles, log histogram (error ≤ 0.4 %)"}.in(lang)};
    for (const Text &remark : run.remarks)
        parts << remark.in(lang);
    return parts.join(QStringLiteral(" · "));
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
    if (!scaling.fit)
        return Text{"%1 通りの Pod 数", "%1 pod counts"}.arg(int(scaling.points.size())).in(lang);
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
