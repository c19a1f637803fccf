// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/badge.h>
#include <parts/charts.h>
#include <parts/charts/plot.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

constexpr int curvePoints = 200;

/// How far to the right the chart looks: past what was measured only where a law says what comes.
double lastPods(const Scaling &s)
{
    const double measured = s.points.empty() ? 1 : s.points.back().pods;
    if (!s.fit)
        return measured * 1.1;
    const double peak = s.fit->peakPods().value_or(measured * 4);
    return std::clamp(peak * 1.15, measured * 1.6, measured * 4);
}

QList<QPointF> curve(const UslFit &fit, double from, double to)
{
    QList<QPointF> points;
    for (int i = 0; i <= curvePoints; ++i) {
        const double pods = from + (to - from) * i / curvePoints;
        points.append({pods, std::max(0.0, fit.at(pods))});
    }
    return points;
}

/// The law's 95 % band, above (+1) or below (−1) it.
QList<QPointF> bandEdge(const UslFit &fit, double from, double to, double side)
{
    QList<QPointF> points = curve(fit, from, to);
    for (QPointF &p : points)
        p.setY(std::max(0.0, p.y() + side * fit.bandAt(p.x())));
    return points;
}

double idealPerPod(const Scaling &s)
{
    if (s.fit)
        return s.fit->gamma;
    return s.points.empty() ? 0 : s.points.front().throughput / s.points.front().pods;
}

void drawExtrapolated(Ink &ink, const Plot &plot, double measured)
{
    const QRectF area = plot.plotArea();
    const qreal left = std::clamp(plot.px(measured), area.left(), area.right());
    drawHatch(ink.p, {left, area.top(), area.right() - left, area.height()}, ink.c.grid, ink.u(12), ink.u(1));
}

void drawExtrapolatedLabel(Ink &ink, const Plot &plot, double measured)
{
    const QRectF area = plot.plotArea();
    const QString words = ink.in(Text{"%1 Pod から先は外挿", "Beyond %1 pods: extrapolated"}.arg(formatNumber(measured)));
    const qreal x = plot.px(measured) + ink.u(10);
    if (x + ink.width(words, Type::Caption) < area.right())
        ink.patchedText({x, area.bottom() - ink.u(16)}, Qt::AlignLeft, words, Type::Caption, ink.c.text2, ink.c.base);
}

Text measuredWords(const Scaling &s)
{
    const double efficiency = s.efficiency.empty() ? 1 : s.efficiency.back();
    return Text{"実測 %1 点 · %2 Pod で効率 %3 %", "%1 measured · efficiency %3 % at %2 pods"}.arg(
        int(s.points.size()), s.points.back().pods, qRound(efficiency * 100));
}

void drawMeasuredLabel(Ink &ink, const Plot &plot, const Scaling &s)
{
    const ScalingPoint &last = s.points.back();
    const QString words = ink.in(measuredWords(s));
    const qreal y = std::min(plot.py(last.throughput) + ink.u(20), plot.plotArea().bottom() - ink.u(38));
    ink.patchedText({std::min(plot.px(last.pods) + ink.u(12),
                              plot.plotArea().right() - ink.width(words, Type::CaptionBold) - ink.u(8)), y},
                    Qt::AlignLeft, words, Type::CaptionBold, ink.c.p99, ink.c.base);
}

void drawPeak(Ink &ink, const Plot &plot, const UslFit &fit)
{
    const auto peak = fit.peakPods();
    if (!peak || !plot.showsX(*peak) || !plot.showsY(fit.at(*peak)))
        return;
    const QPointF at(plot.px(*peak), plot.py(fit.at(*peak)));
    ink.line({at.x(), at.y()}, {at.x(), plot.plotArea().bottom()}, ink.c.text, 1.5, {3, 2});
    ink.p.setPen(QPen(ink.c.text, ink.u(2)));
    ink.p.setBrush(ink.c.base);
    ink.p.drawEllipse(at, ink.u(5), ink.u(5));
    ink.p.setBrush(Qt::NoBrush);
    ink.patchedText({at.x(), plot.plotArea().bottom() - ink.u(38)}, Qt::AlignHCenter,
                    ink.in(Text{"頂点 %1 Pod", "Peak at %1 pods"}.arg(qRound(*peak))), Type::CaptionBold, ink.c.text, ink.c.base);
}

std::vector<PlotStop> stopsOf(const Scaling &s, const Colours &c, Lang lang)
{
    std::vector<PlotStop> stops;
    for (size_t i = 0; i < s.points.size(); ++i) {
        const ScalingPoint &point = s.points[i];
        PlotStop stop{double(point.pods), formatWithUnit(point.pods, QStringLiteral("Pod")), {}};
        const auto rate = [](double v) { return formatWithUnit(v, QStringLiteral("req/s")); };
        stop.readings.push_back({Text{"実測", "Measured"}.in(lang), rate(point.throughput), c.p99, point.throughput});
        if (s.fit)
            stop.readings.push_back({Text{"USL の曲線", "USL curve"}.in(lang), rate(s.fit->at(point.pods)), c.p95, qQNaN()});
        if (i < s.efficiency.size())
            stop.readings.push_back({Text{"効率", "Efficiency"}.in(lang),
                                     formatWithUnit(std::round(s.efficiency[i] * 100), QStringLiteral("%")), c.text2, qQNaN()});
        stops.push_back(std::move(stop));
    }
    return stops;
}

} // namespace

QChart *scalingChart(const Scaling &s, const PictureStyle &style)
{
    auto *plot = new Plot(style);
    const Colours &c = *style.colours;
    const double end = lastPods(s), measured = s.points.empty() ? 1 : s.points.back().pods;
    const double perPod = idealPerPod(s);
    QList<QPointF> points;
    double most = 1;
    for (const ScalingPoint &p : s.points) {
        points.append({double(p.pods), p.throughput});
        most = std::max(most, p.throughput);
    }
    QList<QPointF> upper, lower, middle;
    if (s.fit) {
        middle = curve(*s.fit, 0, end);
        upper = bandEdge(*s.fit, 0, end, 1);
        lower = bandEdge(*s.fit, 0, end, -1);
        for (const QPointF &p : middle)
            most = std::max(most, p.y());
    }
    most = std::min(most * 1.1, std::max(perPod * end, most));
    for (QPointF &p : upper)
        p.setY(std::min(p.y(), most)); // far beyond what was measured the band is wider than any plot
    plot->setScales(Plot::Scale::Linear, Plot::Scale::Linear);
    plot->setRange(0, end, 0, most);
    plot->setGutters(64, 28, 84, 44);
    AxisText axes;
    axes.yTitle = QStringLiteral("req/s");
    axes.xTitle = Text{"Pod 数", "Pods"}.in(style.lang);
    plot->drawAxes = axesLayer(axes);
    plot->behind([measured](Ink &ink, const Plot &p) { drawExtrapolated(ink, p, measured); });
    const double idealEnd = perPod > 0 ? std::min(end, most / perPod) : end;
    if (s.fit)
        plot->addBand(upper, lower, c.confidenceBand);
    plot->addLine({{0, 0}, {idealEnd, perPod * idealEnd}}, c.reference, 1.5, {4, 3});
    if (s.fit)
        plot->addLine(middle, c.p95, 2.5);
    else
        plot->addLine(points, c.p95, 2.5);
    plot->above([s, points, middle, measured, idealEnd, perPod](Ink &ink, const Plot &p) {
        if (s.points.empty())
            return;
        drawExtrapolatedLabel(ink, p, measured);
        if (s.fit)
            drawPeak(ink, p, *s.fit);
        drawDots(ink, p, points, {}, ink.c.p99);
        drawMeasuredLabel(ink, p, s);
        const QPointF ideal(p.px(idealEnd), p.py(perPod * idealEnd));
        ink.patchedText({ideal.x() - ink.u(28), std::max(ideal.y(), p.plotArea().top()) + ink.u(8)}, Qt::AlignRight,
                        ink.in({"理想 (直線)", "Ideal (linear)"}), Type::CaptionBold, ink.c.text2, ink.c.base);
        if (s.fit)
            drawLineNames(ink, p, {{ink.in({"膝での実力", "At the knee"}), ink.c.p95, middle.last().y()}}, middle.last().x());
    });
    plot->stops = stopsOf(s, c, style.lang);
    if (!s.points.empty())
        plot->summary = measuredWords(s).in(style.lang);
    return plot;
}

} // namespace tenken
