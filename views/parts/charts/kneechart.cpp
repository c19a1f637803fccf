// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts.h>
#include <parts/charts/plot.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

struct Line {
    const char *name;
    double LoadStep::*value;
    QColor Colours::*colour;
    qreal width;
    bool (*trusted)(const LoadStep &);
};

const Line lines[] = {
    {"p50", &LoadStep::p50, &Colours::p50, 2, [](const LoadStep &s) { return s.samples >= 20; }},
    {"p95", &LoadStep::p95, &Colours::p95, 2.5, [](const LoadStep &s) { return s.p95Trusted(); }},
    {"p99", &LoadStep::p99, &Colours::p99, 3, [](const LoadStep &s) { return s.p99Trusted(); }},
};

constexpr double smallestMs = 0.1; ///< a log axis has no zero

/// What the chart marks, per pod.
struct Marks {
    std::vector<LoadStep> steps;   ///< by load, those that have latencies
    double pods = 1;
    double from = 0, to = 1, low = 1, high = 1000;
    double load(const LoadStep &s) const { return s.offered / pods; }
};

Marks marksOf(const LoadTestPicture &t)
{
    Marks m;
    m.pods = std::max(1, t.pods);
    for (const LoadStep &s : t.steps)
        if (s.samples > 0 && s.p50 > 0)
            m.steps.push_back(s);
    std::ranges::stable_sort(m.steps, {}, &LoadStep::offered);
    if (m.steps.empty())
        return m;
    m.from = m.load(m.steps.front());
    m.to = m.load(m.steps.back());
    if (t.declaredPerPod) {
        m.from = std::min(m.from, *t.declaredPerPod);
        m.to = std::max(m.to, *t.declaredPerPod);
    }
    const double pad = m.to > m.from ? (m.to - m.from) / 20 : std::max(1.0, m.to / 4);
    m.from = std::max(0.0, m.from - pad);
    m.to += pad;
    double low = 1e12, high = smallestMs;
    for (const LoadStep &s : m.steps) {
        low = std::min(low, s.p50);
        high = std::max({high, s.p50, s.p95, s.p99});
    }
    if (t.targetMs && *t.targetMs > 0) {
        low = std::min(low, *t.targetMs);
        high = std::max(high, *t.targetMs);
    }
    m.low = std::pow(10, std::floor(std::log10(std::max(low, smallestMs)) + 1e-9));
    m.high = std::pow(10, std::ceil(std::log10(high) - 1e-9));
    if (m.high <= m.low)
        m.high = m.low * 10;
    return m;
}

Text confidenceText(Confidence c)
{
    switch (c) {
    case Confidence::Low: return {"確度 低", "confidence low"};
    case Confidence::Medium: return {"確度 中", "confidence medium"};
    case Confidence::High: return {"確度 高", "confidence high"};
    }
    return {};
}

std::vector<TopLabel> topLabels(const Ink &ink, const LoadTestPicture &t, const Marks &m)
{
    std::vector<TopLabel> labels;
    const Knee &k = t.knee;
    const double knee = k.throughput / m.pods;
    const QString value = formatNumber(knee);
    if (k.usable && k.reached) {
        labels.push_back({k.offered / m.pods, ink.in(Text{"膝 %1", "Knee %1"}.arg(value)),
                          ink.in(Text{"区間 %1–%2 · %3", "in %1–%2 · %3"}.arg(
                              value, formatNumber(k.firstBad / m.pods), confidenceText(k.confidence))),
                          ink.c.text});
    } else if (k.usable) {
        labels.push_back({k.offered / m.pods, ink.in(Text{"膝は %1 以上", "Knee at %1 or more"}.arg(value)),
                          ink.in({"この試験では膝に届いていません", "this test did not reach it"}), ink.c.text2});
    }
    if (t.declaredPerPod) {
        const Text share = k.usable && k.reached && knee > 0
            ? Text{"膝の %1 %", "%1 % of the knee"}.arg(qRound(*t.declaredPerPod / knee * 100))
            : Text{"1 Pod の計画値", "planned per pod"};
        labels.push_back({*t.declaredPerPod, ink.in(Text{"申告 %1", "Declared %1"}.arg(formatNumber(*t.declaredPerPod))),
                          ink.in(share), ink.c.accent});
    }
    if (k.firstErrors > 0) {
        const double errors = k.firstErrors / m.pods;
        const Text times = k.usable && k.reached && knee > 0
            ? Text{"膝の %1 倍", "%1 × the knee"}.arg(QString::number(errors / knee, 'f', 2))
            : Text{"エラー 1 % 超", "errors above 1 %"};
        labels.push_back({errors, ink.in(Text{"最初のエラー %1", "First errors %1"}.arg(formatNumber(errors))),
                          ink.in(times), ink.c.fail.text});
    }
    return labels;
}

void drawBands(Ink &ink, const Plot &plot, const LoadTestPicture &t, const Marks &m)
{
    if (!t.knee.usable || !t.knee.reached)
        return;
    const QRectF area = plot.plotArea();
    const auto band = [&](double from, double to, const QColor &fill) {
        const qreal left = std::clamp(plot.px(from), area.left(), area.right());
        const qreal right = std::clamp(plot.px(to), area.left(), area.right());
        ink.p.fillRect(QRectF(left, area.top(), right - left, area.height()), fill);
    };
    const double knee = t.knee.offered / m.pods, bad = std::max(knee, t.knee.firstBad / m.pods);
    band(knee, bad, ink.c.markNeutral);
    band(bad, plot.xTo(), ink.c.beyond);
}

void drawUpright(Ink &ink, const Plot &plot, double x, const QColor &colour, qreal width, const QList<qreal> &dashes = {})
{
    if (!plot.showsX(x))
        return;
    const QRectF area = plot.plotArea();
    ink.line({plot.px(x), area.top() - ink.u(10)}, {plot.px(x), area.bottom()}, colour, width, dashes);
}

void drawErrorsTriangle(Ink &ink, const Plot &plot, double x)
{
    if (!plot.showsX(x))
        return;
    const QPointF foot(plot.px(x), plot.plotArea().bottom());
    ink.p.setPen(Qt::NoPen);
    ink.p.setBrush(ink.c.fail.mark);
    ink.p.drawPolygon(QPolygonF({foot + QPointF(-ink.u(6), 0), foot + QPointF(ink.u(6), 0), foot + QPointF(0, -ink.u(8))}));
    ink.p.setBrush(Qt::NoBrush);
}

void drawTarget(Ink &ink, const Plot &plot, const LoadTestPicture &t)
{
    if (!t.targetMs || !plot.showsY(*t.targetMs))
        return;
    const QRectF area = plot.plotArea();
    const qreal y = plot.py(*t.targetMs);
    ink.line({area.left(), y}, {area.right(), y}, ink.c.text2, 1.5, {1.5, 2});
    const QString name = t.targetPercentile.isEmpty() ? QString() : t.targetPercentile + QLatin1Char(' ');
    ink.patchedText({area.left() + ink.u(10), y - ink.u(12)}, Qt::AlignLeft,
                    ink.in(Text{"目標 %1≤ %2", "Target %1≤ %2"}.arg(name, formatMs(*t.targetMs))), Type::CaptionBold,
                    ink.c.text2, ink.c.base);
}

std::vector<PlotStop> stopsOf(const Marks &m, const Colours &c, Lang lang)
{
    std::vector<PlotStop> stops;
    for (const LoadStep &s : m.steps) {
        PlotStop stop{m.load(s), formatWithUnit(m.load(s), QStringLiteral("req/s / Pod")), {}};
        for (const Line &line : lines) {
            QString value = formatMs(s.*line.value);
            if (!line.trusted(s))
                value += Text{" (標本が少ない)", " (few samples)"}.in(lang);
            stop.readings.push_back({QString::fromLatin1(line.name), value, c.*line.colour, s.*line.value});
        }
        stop.readings.push_back({Text{"エラー", "Errors"}.in(lang),
                                 formatWithUnit(100.0 * s.errors / s.samples, QStringLiteral("%")), c.fail.text, qQNaN()});
        stops.push_back(std::move(stop));
    }
    return stops;
}

/// What hollow points mean, where there are any.
void drawFewSamples(Ink &ink, const Plot &plot, const Marks &m)
{
    if (std::ranges::all_of(m.steps, &LoadStep::p99Trusted))
        return;
    const QRectF area = plot.plotArea();
    const qreal y = area.bottom() + ink.u(32);
    ink.p.setPen(QPen(ink.c.reference, ink.u(1.5)));
    ink.p.setBrush(ink.c.base);
    ink.p.drawEllipse(QPointF(area.left() + ink.u(4), y), ink.u(3.5), ink.u(3.5));
    ink.p.setBrush(Qt::NoBrush);
    ink.text({area.left() + ink.u(14), y - ink.u(8), area.width(), ink.u(16)}, Qt::AlignVCenter,
             ink.in({"標本が少ない値 (p95 は 200 未満、p99 は 1,000 未満)", "few samples (below 200 for p95, 1,000 for p99)"}),
             Type::Caption, ink.c.text3);
}

std::vector<double> decades(double from, double to)
{
    std::vector<double> ticks;
    for (double v = from; v <= to * 1.001; v *= 10)
        ticks.push_back(v);
    return ticks;
}

} // namespace

QChart *kneeChart(const LoadTestPicture &t, const PictureStyle &style)
{
    auto *plot = new Plot(style);
    const Marks m = marksOf(t);
    plot->setScales(Plot::Scale::Linear, Plot::Scale::Log);
    plot->setRange(m.from, m.to, m.low, m.high);
    plot->setGutters(56, 56, 48, 44);
    AxisText axes;
    axes.yTicks = decades(m.low, m.high);
    axes.y = [](double ms) { return formatMs(ms); };
    axes.xTitle = Text{"投入した負荷 req/s / Pod", "Offered load, req/s per pod"}.in(style.lang);
    plot->drawAxes = axesLayer(axes);
    plot->behind([t, m](Ink &ink, const Plot &p) { drawBands(ink, p, t, m); });

    for (const Line &line : lines) {
        QList<QPointF> points;
        for (const LoadStep &s : m.steps)
            points.append({m.load(s), std::max(s.*line.value, smallestMs)});
        plot->addLine(points, (*style.colours).*line.colour, line.width);
    }
    plot->above([t, m](Ink &ink, const Plot &p) {
        drawTarget(ink, p, t);
        if (t.declaredPerPod)
            drawUpright(ink, p, *t.declaredPerPod, ink.c.accent, 2, {3, 2});
        if (t.knee.firstErrors > 0) {
            drawUpright(ink, p, t.knee.firstErrors / m.pods, ink.c.fail.mark, 2, {1.2, 1.6});
            drawErrorsTriangle(ink, p, t.knee.firstErrors / m.pods);
        }
        if (t.knee.usable && t.knee.reached)
            drawUpright(ink, p, t.knee.offered / m.pods, ink.c.text, 3);
        std::vector<LineName> names;
        for (const Line &line : lines) {
            QList<QPointF> points;
            QList<bool> trusted;
            for (const LoadStep &s : m.steps) {
                points.append({m.load(s), std::max(s.*line.value, smallestMs)});
                trusted.append(line.trusted(s));
            }
            drawDots(ink, p, points, trusted, ink.c.*line.colour);
            if (!points.isEmpty())
                names.insert(names.begin(), {QString::fromLatin1(line.name), ink.c.*line.colour, points.last().y()});
        }
        if (!m.steps.empty() && p.showsX(m.load(m.steps.back())))
            drawLineNames(ink, p, names, m.load(m.steps.back()));
        drawTopLabels(ink, p, topLabels(ink, t, m));
        drawFewSamples(ink, p, m);
        if (!t.knee.usable)
            ink.text({p.plotArea().left(), ink.u(6), p.plotArea().width(), ink.u(20)}, Qt::AlignLeft | Qt::AlignVCenter,
                     ink.in(t.knee.whyNotUsable), Type::BodyBold, ink.c.text2);
    });
    plot->stops = stopsOf(m, *style.colours, style.lang);
    return plot;
}

} // namespace tenken
