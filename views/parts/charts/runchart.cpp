// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts.h>
#include <parts/charts/runaxis.h>

#include <evidence/numbers.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr int mostBuckets = 400;
constexpr qreal errorStrip = 34; ///< px below the plot, for the share of errors

double errorShare(const RunBucket &b)
{
    const double all = b.completed + b.failed;
    return all > 0 ? b.failed / all : 0;
}

QString percent(double share) { return formatWithUnit(share * 100, QStringLiteral("%")); }

double wholeShare(const LoadTestPicture &t)
{
    return t.run && t.run->samples > 0 ? double(t.run->errors) / double(t.run->samples) : 0;
}

/// Errors have a strip of their own: a second scale in one plot would invite comparing what cannot be compared.
void drawErrors(Ink &ink, const Plot &plot, const LoadTestPicture &t, const RunOverTime &time)
{
    double most = 0;
    for (const RunBucket &b : time.counts)
        most = std::max(most, errorShare(b));
    const QRectF area = plot.plotArea();
    const qreal top = area.bottom() + ink.u(28), height = ink.u(errorStrip - 14), bottom = top + height;
    ink.text({0, bottom - ink.u(16), area.left() - ink.u(8), ink.u(16)}, Qt::AlignRight | Qt::AlignVCenter,
             ink.in({"エラー", "Errors"}), Type::Caption, ink.c.text3);
    ink.line({area.left(), bottom}, {area.right(), bottom}, ink.c.grid, 1);
    if (most <= 0) {
        ink.text({area.left() + ink.u(4), top, area.width(), height}, Qt::AlignVCenter, ink.in({"なし", "none"}),
                 Type::Caption, ink.c.text3);
        return;
    }
    for (const RunBucket &b : time.counts) {
        const qreal left = std::max(plot.px(b.from), area.left()), right = std::min(plot.px(b.to), area.right());
        const double share = errorShare(b);
        if (share > 0 && right > left)
            ink.p.fillRect(QRectF(left, bottom - height * share / most, std::max(right - left, ink.u(1)), height * share / most),
                           ink.c.fail.mark);
    }
    ink.text({area.right() + ink.u(8), bottom - ink.u(16), ink.u(80), ink.u(16)}, Qt::AlignVCenter,
             ink.in(Text{"最大 %1", "up to %1"}.arg(percent(most))), Type::CaptionBold, ink.c.fail.text);
    ink.patchedText({area.left() + ink.u(8), bottom - ink.u(9)}, Qt::AlignLeft,
                    ink.in(Text{"全体 %1", "overall %1"}.arg(percent(wholeShare(t)))), Type::Caption, ink.c.text2, ink.c.base);
}

std::vector<PlotStop> stopsOf(const RunOverTime &t, const Colours &c, Lang lang)
{
    std::vector<PlotStop> stops;
    const auto rate = [](double v) { return formatWithUnit(v, QStringLiteral("req/s")); };
    for (const RunBucket &b : t.counts)
        stops.push_back({b.at, momentOf(t, b.at, lang, true),
                         {{Text{"投入", "Offered"}.in(lang), rate(b.offered), c.reference, b.offered},
                          {Text{"完了", "Completed"}.in(lang), rate(b.completed), c.p95, b.completed},
                          {Text{"エラー", "Errors"}.in(lang), percent(errorShare(b)), c.fail.text, qQNaN()}}});
    return stops;
}

QString summaryOf(const LoadTestPicture &t, const RunOverTime &time, Lang lang)
{
    if (time.counts.empty())
        return Text{"記録がありません。", "Nothing is recorded."}.in(lang);
    const auto [low, high] = std::ranges::minmax(time.counts, {}, &RunBucket::offered);
    const double completed = std::ranges::max(time.counts, {}, &RunBucket::completed).completed;
    return Text{"投入 %1–%2 req/s、完了は最大 %3 req/s、エラーは全体の %4。%5",
                "Offered %1–%2 req/s, completed up to %3 req/s, errors %4 overall. %5"}
        .arg(formatNumber(low.offered), formatNumber(high.offered), formatNumber(completed), percent(wholeShare(t)),
             time.passed ? Text{"膝を超えた時刻 %1。", "Past the knee at %1."}.arg(momentOf(time, *time.passed, lang)) : Text{})
        .in(lang).trimmed();
}

/// Names stand where load last arrived: a run ends with seconds that only complete.
void drawNames(Ink &ink, const Plot &plot, const RunOverTime &time)
{
    const auto arriving = std::find_if(time.counts.rbegin(), time.counts.rend(), [](const RunBucket &b) { return b.offered > 0; });
    const RunBucket &last = arriving == time.counts.rend() ? time.counts.back() : *arriving;
    if (plot.showsX(last.at))
        drawLineNames(ink, plot, {{ink.in({"投入", "Offered"}), ink.c.text2, last.offered},
                                  {ink.in({"完了", "Completed"}), ink.c.p95, last.completed}}, plot.xTo());
}

} // namespace

QChart *runChart(const LoadTestPicture &t, const PictureStyle &style)
{
    auto *plot = new Plot(style);
    const RunOverTime time = overTime(t, mostBuckets, 5);
    double most = 1;
    for (const RunBucket &b : time.counts)
        most = std::max({most, b.offered, b.completed});
    plot->setScales(Plot::Scale::Linear, Plot::Scale::Linear);
    plot->setRange(time.from, time.to, 0, most * 1.08);
    plot->setGutters(56, 22 + stepsHeight, 84, 44 + errorStrip);
    AxisText axes = timeAxis(time, style.lang);
    axes.yTitle = QStringLiteral("req/s");
    const QString title = std::exchange(axes.xTitle, QString());
    plot->drawAxes = axesLayer(axes);
    plot->behind([time](Ink &ink, const Plot &p) { drawBeyondKnee(ink, p, time.passed); });

    QList<QPointF> completed;
    for (const RunBucket &b : time.counts)
        completed.append({b.at, b.completed});
    plot->addLine(stairs(time.counts, &RunBucket::offered), style.colours->reference, 2);
    plot->addLine(time.countsAreStretches ? stairs(time.counts, &RunBucket::completed) : completed, style.colours->p95, 2);
    plot->above([t, time, title](Ink &ink, const Plot &p) {
        if (time.counts.empty())
            return drawNothing(ink, p, {"秒ごとの記録がありません。", "There is no record over time."});
        drawSteps(ink, p, t.steps);
        drawKneePassed(ink, p, time);
        drawErrors(ink, p, t, time);
        drawNames(ink, p, time);
        const QRectF area = p.plotArea();
        ink.text({area.left(), p.size().height() - ink.u(20), area.width(), ink.u(16)}, Qt::AlignRight | Qt::AlignVCenter,
                 title, Type::Caption, ink.c.text3);
    });
    plot->stops = stopsOf(time, *style.colours, style.lang);
    plot->summary = summaryOf(t, time, style.lang);
    return plot;
}

} // namespace tenken
