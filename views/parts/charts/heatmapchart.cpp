// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts.h>
#include <parts/charts/heatgrid.h>
#include <parts/charts/runaxis.h>

#include <evidence/numbers.h>

#include <cmath>

namespace tenken {

namespace {

constexpr int mostColumns = 160, mostRows = 44, mostClasses = 7, leastSeconds = 2;

struct Heat {
    HeatGrid grid;
    std::vector<qint64> classes;
    std::vector<QColor> ramp;
    int classAt(int column, int row) const { return heatClassOf(classes, grid.at(column, row)); }
};

/// Neighbours of one class are drawn as one: fewer items on paper, and no seams between them.
void drawRow(Ink &ink, const Plot &plot, const Heat &heat, int row)
{
    const QRectF area = plot.plotArea();
    const qreal top = std::max(area.top(), plot.py(heat.grid.edgeMs(row + 1))), bottom = plot.py(heat.grid.edgeMs(row));
    for (int column = 0; column < heat.grid.columns;) {
        const int kind = heat.classAt(column, row), first = column;
        while (++column < heat.grid.columns && heat.classAt(column, row) == kind) { }
        const qreal left = std::max(area.left(), plot.px(heat.grid.columnFrom(first)));
        const qreal right = std::min(area.right(), plot.px(heat.grid.columnFrom(column)));
        if (kind >= 0 && right > left)
            ink.p.fillRect(QRectF(left, top, right - left + ink.u(0.3), bottom - top + ink.u(0.3)), heat.ramp[size_t(kind)]);
    }
}

void drawCells(Ink &ink, const Plot &plot, const Heat &heat)
{
    ink.p.save();
    ink.p.setRenderHint(QPainter::Antialiasing, false);
    for (int row = 0; row < heat.grid.rows; ++row)
        drawRow(ink, plot, heat, row);
    ink.p.restore();
}

/// The strongest on top, as the eye looks for it.
void drawLegend(Ink &ink, const Plot &plot, const Heat &heat)
{
    const QRectF area = plot.plotArea();
    const qreal x = area.right() + ink.u(16);
    const qreal pitch = std::min(ink.u(18), area.height() / qreal(heat.classes.size() + 1));
    qreal y = area.top();
    ink.text({x, y - ink.u(3), ink.u(100), ink.u(16)}, Qt::AlignVCenter, ink.in({"要求 / 区画", "Requests / cell"}), Type::Caption,
             ink.c.text3);
    for (size_t i = heat.classes.size(); i-- > 0;) {
        y += pitch;
        ink.block({x, y, ink.u(14), pitch - ink.u(4)}, heat.ramp[i]);
        if (pitch < ink.u(14) && (heat.classes.size() - i) % 2 == 0)
            continue; // no room for every number
        ink.text({x + ink.u(20), y - ink.u(1), ink.u(80), ink.u(16)}, Qt::AlignVCenter,
                 QStringLiteral("≥ ") + formatNumber(double(heat.classes[i])), Type::Caption, ink.c.text2);
    }
}

std::vector<PlotStop> stopsOf(const RunOverTime &t, const Colours &c, Lang lang)
{
    std::vector<PlotStop> stops;
    for (const RunBucket &b : t.latencies)
        stops.push_back({b.at, momentOf(t, b.at, lang, true),
                         {{Text{"要求", "Requests"}.in(lang), formatNumber(double(b.samples)), c.p95, qQNaN()},
                          {QStringLiteral("p50"), formatMs(b.p50), c.p50, b.p50},
                          {QStringLiteral("p95"), formatMs(b.p95), c.p95, b.p95}}});
    return stops;
}

QString summaryOf(const Heat &heat, Lang lang)
{
    if (heat.grid.isEmpty())
        return Text{"標本がありません。", "There are no samples."}.in(lang);
    return Text{"遅延 %1 から %2。区画は %3 × %4 %、最も濃い区画に %5 要求。",
                "Latencies from %1 to %2. A cell is %3 × %4 %, the strongest holds %5 requests."}
        .arg(formatMs(heat.grid.lowMs), formatMs(heat.grid.edgeMs(heat.grid.rows)),
             formatWithUnit(heat.grid.columnSeconds, QStringLiteral("s")), formatNumber(std::round((heat.grid.ratio - 1) * 100)),
             formatNumber(double(heat.grid.most))).in(lang);
}

void drawCellSize(Ink &ink, const Plot &plot, const Heat &heat)
{
    const QRectF area = plot.plotArea();
    const Text size = Text{"区画 %1 × %2 %", "Cell %1 × %2 %"}.arg(
        formatWithUnit(heat.grid.columnSeconds, QStringLiteral("s")), formatNumber(std::round((heat.grid.ratio - 1) * 100)));
    ink.text({area.left(), area.bottom() + ink.u(24), area.width(), ink.u(16)}, Qt::AlignLeft | Qt::AlignVCenter, ink.in(size),
             Type::Caption, ink.c.text3);
}

} // namespace

QChart *heatmapChart(const LoadTestPicture &t, const PictureStyle &style)
{
    auto *plot = new Plot(style);
    Heat heat;
    RunOverTime time;
    if (t.run) {
        heat.grid = heatGridOf(*t.run, mostColumns, leastSeconds, mostRows);
        time = overTime(t, mostColumns, leastSeconds);
    }
    heat.classes = heatClasses(heat.grid.most, mostClasses);
    heat.ramp = heatRamp(*style.colours, int(heat.classes.size()));
    const bool linear = style.switchedScale;
    const double low = heat.grid.isEmpty() ? 1 : heat.grid.lowMs / 1.05, high = heat.grid.isEmpty() ? 10 : heat.grid.edgeMs(heat.grid.rows);
    plot->setScales(Plot::Scale::Linear, linear ? Plot::Scale::Linear : Plot::Scale::Log);
    plot->setRange(time.from, time.to, linear ? 0 : low, std::max(high, low * 1.5));
    plot->setGutters(56, 12 + stepsHeight, 132, 44);
    plot->scaleSwitches = true;
    AxisText axes = timeAxis(time, style.lang);
    axes.y = [](double ms) { return formatMs(ms); };
    axes.yTicks = linear ? std::vector<double>() : decades(low, high);
    if (!linear && axes.yTicks.size() < 2)
        axes.yTicks = niceTicks(low, high, 4);
    plot->drawAxes = axesLayer(axes);
    plot->above([t, heat, time](Ink &ink, const Plot &p) {
        if (heat.grid.isEmpty())
            return drawNothing(ink, p, {"このファイルに標本がないため、分布は描けません。", "The file holds no samples: no distribution."});
        drawCells(ink, p, heat);
        drawSteps(ink, p, t.steps);
        drawKneePassed(ink, p, time);
        drawLegend(ink, p, heat);
        drawCellSize(ink, p, heat);
    });
    plot->stops = stopsOf(time, *style.colours, style.lang);
    plot->summary = summaryOf(heat, style.lang);
    return plot;
}

} // namespace tenken
