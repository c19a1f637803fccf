// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loadtestreport.h"
#include "app/loadtesttable.h"

#include <evidence/evidence.h>
#include <evidence/numbers.h>

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace tenken::app {

namespace {

QString percent(double share)
{
    return formatWithUnit(std::round(share * 1000) / 10, QStringLiteral("%"));
}

QString perSecond(double value)
{
    return formatWithUnit(value, QStringLiteral("req/s"));
}

QString timeOf(const LoadTestRun &run, Lang lang)
{
    if (!run.hasClock)
        return Text{"日時の記録なし", "no date in the file"}.in(lang);
    return QDateTime::fromMSecsSinceEpoch(qint64(run.startSeconds * 1000), QTimeZone::UTC).toString(Qt::ISODate);
}

Text modelWords(LoadModel model)
{
    switch (model) {
    case LoadModel::Open:
        return {"開いたモデル", "open model"};
    case LoadModel::Closed:
        return {"閉じたループ", "closed loop"};
    case LoadModel::Unknown:
        break;
    }
    return {"モデル不明", "model unknown"};
}

/// Of the whole run: Tenken's own percentiles, else what the tool states of the whole, else nothing.
QString latencyLine(const TestedRun &test, Lang lang)
{
    const LoadTestRun &run = test.run;
    const auto of = [&](double q) {
        if (run.latency.count() > 0)
            return run.latency.percentileMs(q);
        return run.whole ? run.whole->percentileMs(q).value_or(-1) : -1;
    };
    const double most = run.latency.count() > 0 ? run.latency.maxMs() : run.whole ? run.whole->maxMs : -1;
    QStringList parts;
    for (const auto &[name, value] : {std::pair{QStringLiteral("p50"), of(0.5)}, {QStringLiteral("p95"), of(0.95)},
                                      {QStringLiteral("p99"), of(0.99)}, {QStringLiteral("max"), most}}) {
        if (value >= 0)
            parts << name + u' ' + formatMs(value);
    }
    const QString meaning = printable(percentileMeaningOf(run, test.steps).in(lang));
    const QString span = run.latencyMeaning.isEmpty() ? QString() : QStringLiteral("; ") + printable(run.latencyMeaning);
    return parts.join(QStringLiteral(" · ")) + (parts.isEmpty() ? QString() : QStringLiteral("  ")) + QStringLiteral("(%1%2)").arg(meaning, span);
}

/// A table of percentiles may not say of how many requests it is.
Text countsOf(const LoadTestRun &run)
{
    const qint64 samples = run.samples > 0 || !run.whole ? run.samples : run.whole->completed;
    const qint64 errors = run.samples > 0 || !run.whole ? run.errors : run.whole->failed;
    if (samples == 0)
        return {"要求数は不明", "number of requests not known"};
    const QString requests = formatNumber(double(samples)), failed = formatNumber(double(errors));
    const Text made = samples == 1 ? Text{"1 要求", "1 request"} : Text{"%1 要求", "%1 requests"}.arg(requests);
    if (!run.showsErrors())
        return Text{"%1、エラーは記録なし", "%1, errors not recorded"}.arg(made);
    return Text{"%1、エラー %2", errors == 1 ? "%1, %2 error" : "%1, %2 errors"}.arg(made, failed);
}

QString heading(const TestedRun &test, Lang lang)
{
    const LoadTestRun &run = test.run;
    QStringList parts{(run.tool + u' ' + printable(run.toolVersion)).trimmed(), modelWords(run.model).in(lang),
                      countsOf(run).in(lang), timeOf(run, lang)};
    if (test.pods)
        parts << QStringLiteral("%1 Pod").arg(*test.pods);
    return parts.join(QStringLiteral(" · ")) + u'\n' + latencyLine(test, lang) + u'\n';
}

QString load(const TestedRun &test, double value, Lang lang)
{
    return test.run.model == LoadModel::Closed ? Text{"並列 %1", "%1 users"}.arg(formatNumber(value)).in(lang) : perSecond(value);
}

QString kneeLine(const TestedRun &test, Lang lang)
{
    const Knee &knee = test.knee;
    if (!knee.usable)
        return Text{"膝は求められません。%1", "No knee can be worked out. %1"}.arg(knee.whyNotUsable).in(lang);
    if (!knee.reached)
        return Text{"%1 までに膝はありません。容量はそれ以上です。", "No knee up to %1: capacity is at least that."}.arg(perSecond(knee.throughput)).in(lang);
    const bool closed = test.run.model == LoadModel::Closed;
    const Text between = closed ? Text{"並列 %1 から %2 の間", "between %1 and %2 users"}.arg(formatNumber(knee.users), formatNumber(knee.firstBadUsers))
                                : Text{"投入 %1 から %2 の間", "between %1 and %2 offered"}.arg(formatNumber(knee.offered), perSecond(knee.firstBad));
    static const Text confidences[] = {{"低", "low"}, {"中", "medium"}, {"高", "high"}};
    return Text{"膝 %1 (%2、確度 %3)。", "Knee %1 (%2, confidence %3)."}.arg(perSecond(knee.throughput), between, confidences[int(knee.confidence)]).in(lang);
}

QStringList kneeDetails(const TestedRun &test, Lang lang)
{
    const Knee &knee = test.knee;
    QStringList lines;
    if (!knee.usable)
        return lines;
    QStringList signs;
    for (const KneeSign sign : knee.signs)
        signs << wordsFor(sign, knee).in(lang);
    if (!signs.isEmpty())
        lines << Text{"兆候: %1", "Signs: %1"}.arg(signs.join(Text{"、", ", "}.in(lang))).in(lang);
    if (knee.spread) {
        const KneeSpread &s = *knee.spread;
        lines << (s.low < s.high ? Text{"引き直し %1 回: 95 % は %2 から %3、同じ段は %4", "%1 draws of the seconds: 95 % between %2 and %3, the same step in %4"}
                                       .arg(s.draws, load(test, s.low, lang), load(test, s.high, lang), percent(s.agreement))
                                 : Text{"引き直し %1 回: 同じ段は %2", "%1 draws of the seconds: the same step in %2"}.arg(s.draws, percent(s.agreement)))
                     .in(lang);
    }
    if (knee.reached && knee.secondOpinion) {
        const Text agrees = knee.secondOpinionAgrees ? Text{"一致", "agrees"} : Text{"1 段より離れる", "more than a step away"};
        lines << Text{"別法 (Kneedle): %1、%2", "Second opinion (Kneedle): %1, %2"}.arg(perSecond(*knee.secondOpinion), agrees).in(lang);
    }
    if (knee.crossing > 0)
        lines << Text{"N* = Xmax · Rmin: 並列 %1", "N* = Xmax · Rmin: %1 users"}.arg(formatNumber(knee.crossing)).in(lang);
    if (knee.firstErrors > 0)
        lines << (knee.errorsFactor()
                      ? Text{"最初のエラー (1 % 超) は %1、膝の %2 倍", "First errors (above 1 %) at %1, %2 × the knee"}
                            .arg(perSecond(knee.firstErrors), QString::number(*knee.errorsFactor(), 'f', 2))
                      : Text{"最初のエラー (1 % 超) は %1", "First errors (above 1 %) at %1"}.arg(perSecond(knee.firstErrors)))
                     .in(lang);
    for (const int spike : knee.spikes)
        lines << Text{"%1 の段は一時的で、戻りました", "The step at %1 was a spike and recovered"}.arg(perSecond(test.steps[size_t(spike)].offered)).in(lang);
    if (test.pods)
        lines << Text{"1 Pod あたり %1%2", "%2%1 per pod"}.arg(perSecond(test.throughput() / *test.pods),
                                                         knee.reached ? Text{} : Text{" 以上", "at least "}).in(lang);
    return lines;
}

QString notes(const TestedRun &test, Lang lang)
{
    QString text;
    for (const Text &caveat : test.knee.caveats)
        text += QStringLiteral("! ") + caveat.in(lang) + u'\n';
    for (const Text &remark : test.run.remarks)
        text += QStringLiteral("! ") + printable(remark.in(lang)) + u'\n';
    for (const Text &missing : test.run.missing)
        text += QStringLiteral("? ") + Text{"分かりません: %1", "Not known: %1"}.arg(printable(missing.in(lang))).in(lang) + u'\n';
    const auto isThin = [&](const LoadStep &s) {
        return std::ranges::any_of(percentileColumns(test), [&](double q) { return s.percentile(q) >= 0 && !s.trusts(q); });
    };
    if (std::ranges::any_of(test.steps, isThin))
        text += Text{"* 標本が足りません (p95 は 200、p99 は 1,000 件から)。", "* Too few samples (p95 wants 200, p99 wants 1,000)."}.in(lang) + u'\n';
    return text;
}

QString testText(const TestedRun &test, Lang lang)
{
    QString text = heading(test, lang) + u'\n' + loadTestTable(test, lang) + u'\n' + kneeLine(test, lang) + u'\n';
    for (const QString &line : kneeDetails(test, lang))
        text += QStringLiteral("  ") + line + u'\n';
    return text + notes(test, lang);
}

QString scalingText(const Scaling &scaling, Lang lang)
{
    QString text = QStringLiteral("   ") + alignedRight(QStringLiteral("Pod"), 6) + alignedRight(QStringLiteral("req/s"), 10)
        + alignedRight(Text{"効率", "efficiency"}.in(lang), 12) + u'\n';
    for (size_t i = 0; i < scaling.points.size(); ++i)
        text += QStringLiteral("   ") + alignedRight(QString::number(scaling.points[i].pods), 6) + alignedRight(formatNumber(scaling.points[i].throughput), 10)
            + alignedRight(percent(scaling.efficiency[i]), 12) + u'\n';
    const int upTo = scaling.linearUpTo();
    text += (scaling.isLinear() ? Text{"%1 Pod まで直線的です (効率 90 % 以上、最後の 1 台が 80 % 以上を加える)。",
                                       "Linear up to %1 pods (efficiency 90 % or more, the last pod adds 80 % or more)."}
                                      .arg(scaling.mostTested())
                                : Text{"直線的ではありません。直線的なのは %1 Pod までです。", "Not linear: linear up to %1 pods."}.arg(upTo))
                .in(lang)
        + u'\n';
    if (!scaling.fit) {
        return text + Text{"USL の当てはめには、6 種類以上の台数が要ります。", "Fitting the USL takes six pod counts or more."}.in(lang) + u'\n';
    }
    const UslFit &fit = *scaling.fit;
    const auto pair = [](double value, double error) { return QStringLiteral("%1 ± %2").arg(value, 0, 'g', 4).arg(error, 0, 'g', 2); };
    text += QStringLiteral("USL: α %1 · β %2 · γ %3 · R² %4\n")
                .arg(pair(fit.alpha, fit.alphaError), pair(fit.beta, fit.betaError), pair(fit.gamma, fit.gammaError), QString::number(fit.r2, 'f', 4));
    const auto beyond = [&](double pods) {
        return fit.extrapolates(pods) ? Text{" (測った %1 Pod を超える外挿)", " (extrapolated beyond %1 pods measured)"}.arg(formatNumber(fit.mostMeasured)) : Text{};
    };
    if (const auto peak = fit.peakPods())
        text += Text{"頂点は %1 Pod で %2%3。", "It peaks at %1 pods with %2%3."}.arg(formatNumber(*peak), perSecond(fit.at(*peak)), beyond(*peak)).in(lang) + u'\n';
    else if (const auto limit = fit.limit())
        text += Text{"頂点はなく、%1 に近づきます。", "There is no peak; it approaches %1."}.arg(perSecond(*limit)).in(lang) + u'\n';
    return text;
}

QString comparisonText(const LoadTestReport &report, Lang lang)
{
    const RunComparison &c = *report.comparison;
    QString text = Text{"比較: %1 → %2", "Compared: %1 → %2"}.arg(printable(report.before->name), printable(report.tests.front().name)).in(lang) + u'\n';
    for (const LevelChange &level : c.levels) {
        const QString at = c.byUsers ? Text{"並列 %1", "%1 users"}.arg(formatNumber(level.load)).in(lang) : perSecond(level.load);
        text += QStringLiteral("   ") + alignedRight(at, 12);
        const Change &p95 = level.p95.before >= 0 && level.p95.after >= 0 ? level.p95 : level.p99;
        const QString name = &p95 == &level.p95 ? QStringLiteral("p95") : QStringLiteral("p99");
        text += QStringLiteral("  %1 %2 → %3 (%4)").arg(name, msOrDash(p95.before), msOrDash(p95.after), wordsFor(p95).in(lang));
        if (level.throughput.outcome == Change::Outcome::Lower || level.throughput.outcome == Change::Outcome::Higher)
            text += Text{" · 完了 %1", " · done %1"}.arg(wordsFor(level.throughput)).in(lang);
        if (level.errors.outcome == Change::Outcome::Lower || level.errors.outcome == Change::Outcome::Higher)
            text += Text{" · エラー %1 → %2", " · errors %1 → %2"}.arg(percent(level.errors.before), percent(level.errors.after)).in(lang);
        text += u'\n';
    }
    return text + c.verdict.in(lang) + u'\n';
}

} // namespace

QString printable(const QString &text)
{
    QString clean = maskSecrets(text);
    for (QChar &c : clean) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            c = u' ';
    }
    return clean;
}

Text percentileLabel(double q)
{
    const QString name = u'p' + QString::number(q * 100, 'g', 5);
    return {name, name};
}

Text wordsFor(KneeSign sign, const Knee &knee)
{
    switch (sign) {
    case KneeSign::LatencyJump:
        return Text{"%1 が %2 倍", "%1 rose %2-fold"}.arg(percentileLabel(knee.percentile), formatNumber(knee.jump));
    case KneeSign::Shortfall:
        return {"完了が投入に足りない", "completed less than offered"};
    case KneeSign::GrowthInStep:
        return {"段の中で遅延が伸びる", "latency grows within the step"};
    case KneeSign::Errors:
        break;
    }
    return {"エラー 1 % 超", "errors above 1 %"};
}

QString loadTestText(const LoadTestReport &report, Lang lang)
{
    QStringList parts;
    for (const TestedRun &test : report.tests)
        parts << (report.tests.size() > 1 ? QStringLiteral("── ") + printable(test.name) + u'\n' : QString()) + testText(test, lang);
    if (report.scaling)
        parts << scalingText(*report.scaling, lang);
    if (report.comparison)
        parts << comparisonText(report, lang);
    return parts.join(u'\n');
}

} // namespace tenken::app
