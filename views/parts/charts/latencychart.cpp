// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts.h>
#include <parts/charts/runaxis.h>

#include <evidence/numbers.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr int mostBuckets = 400;

QList<QPointF> pointsOf(const RunOverTime &time, double RunBucket::*value, double least)
{
    if (time.latenciesAreStretches)
        return stairs(time.latencies, value, least);
    QList<QPointF> points;
    for (const RunBucket &b : time.latencies)
        points.append({b.at, std::max(least, b.*value)});
    return points;
}

std::vector<PlotStop> stopsOf(const RunOverTime &t, const Colours &c, Lang lang)
{
    std::vector<PlotStop> stops;
    for (const RunBucket &b : t.latencies)
        stops.push_back({b.at, momentOf(t, b.at, lang, true),
                         {{QStringLiteral("p95"), formatMs(b.p95), c.p95, b.p95},
                          {QStringLiteral("p50"), formatMs(b.p50), c.p50, b.p50},
                          {Text{"要求", "Requests"}.in(lang), formatNumber(double(b.samples)), c.text2, qQNaN()}}});
    return stops;
}

QString summaryOf(const RunOverTime &time, Lang lang)
{
    if (time.latencies.empty())
        return Text{"遅延の記録がありません。", "No latencies are recorded."}.in(lang);
    const auto [low, high] = std::ranges::minmax(time.latencies, {}, &RunBucket::p95);
    return Text{"p95 は %1 から %2。最大は %3。", "p95 between %1 and %2, the highest at %3."}
        .arg(formatMs(low.p95), formatMs(high.p95), momentOf(time, high.at, lang)).in(lang);
}

} // namespace

QChart *latencyOverTimeChart(const LoadTestPicture &t, const PictureStyle &style)
{
    auto *plot = new Plot(style);
    const RunOverTime time = overTime(t, mostBuckets, 10);
    double low = 1e12, high = 1;
    for (const RunBucket &b : time.latencies) {
        low = std::min(low, b.p50);
        high = std::max(high, b.p95);
    }
    const MsRange range = wholeDecades(time.latencies.empty() ? 1 : low, high);
    const bool linear = style.switchedScale;
    plot->setScales(Plot::Scale::Linear, linear ? Plot::Scale::Linear : Plot::Scale::Log);
    plot->setRange(time.from, time.to, linear ? 0 : range.low, linear ? high * 1.08 : range.high);
    plot->setGutters(56, 16, 84, 44);
    plot->scaleSwitches = true;
    AxisText axes = timeAxis(time, style.lang);
    axes.yTicks = linear ? std::vector<double>() : decades(range.low, range.high);
    axes.y = [](double ms) { return formatMs(ms); };
    plot->drawAxes = axesLayer(axes);
    plot->behind([time](Ink &ink, const Plot &p) { drawBeyondKnee(ink, p, time.passed); });
    const double least = linear ? 0 : range.low;
    const QList<QPointF> p50 = pointsOf(time, &RunBucket::p50, least), p95 = pointsOf(time, &RunBucket::p95, least);
    if (!p50.isEmpty()) {
        plot->addBand(p95, p50, style.colours->confidenceBand);
        plot->addLine(p50, style.colours->p50, 1.5);
        plot->addLine(p95, style.colours->p95, 2);
    }
    plot->above([time, p50, p95](Ink &ink, const Plot &p) {
        if (p95.isEmpty())
            return drawNothing(ink, p, {"遅延の記録がありません。", "No latencies are recorded."});
        drawKneePassed(ink, p, time);
        if (p.showsX(p95.last().x()))
            drawLineNames(ink, p, {{"p95", ink.c.p95, p95.last().y()}, {"p50", ink.c.p50, p50.last().y()}}, p95.last().x());
    });
    plot->stops = stopsOf(time, *style.colours, style.lang);
    plot->summary = summaryOf(time, style.lang);
    return plot;
}

} // namespace tenken
