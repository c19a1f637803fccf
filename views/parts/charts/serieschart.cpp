// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <parts/charts.h>
#include <parts/charts/drawnseries.h>
#include <parts/charts/seriesreadout.h>
#include <parts/charts/thresholdlines.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

QList<qreal> dashesOf(size_t index)
{
    static const QList<qreal> patterns[] = {{}, {}, {}, {}, {6, 3}, {2, 2}};
    return patterns[std::min<size_t>(index, 5)];
}

void drawWindows(Ink &ink, const Plot &plot, const DrawnSeries &d)
{
    const QRectF area = plot.plotArea();
    qreal free = area.left();
    for (const TimeWindow &window : d.picture.windows) {
        if (!(window.to > window.from) || window.to < plot.xFrom() || window.from > plot.xTo())
            continue;
        const qreal left = std::max(plot.px(window.from), area.left());
        const qreal right = std::max(std::min(plot.px(window.to), area.right()), left + ink.u(2));
        ink.p.fillRect(QRectF(left, area.top(), right - left, area.height()), ink.c.markNeutral);
        if (right - left > ink.u(12)) // of short ones side by side the edges would be all there is
            for (const qreal x : {left, right})
                ink.line({x, area.top()}, {x, area.bottom()}, ink.c.axis, 1);
        const QString words = ink.in(Text{"負荷試験 %1", "Load test %1"}.arg(window.name));
        const qreal width = ink.width(words, Type::Caption);
        const qreal x =
            std::clamp((left + right - width) / 2, area.left(), std::max(area.left(), area.right() - width));
        if (x < free)
            continue; // next to it there is one already
        free = x + width + ink.u(8);
        ink.text({x, area.top() - ink.u(34), width, ink.u(16)}, Qt::AlignLeft | Qt::AlignVCenter, words,
                 Type::Caption, ink.c.text2);
    }
}

Text intervalsOf(const DrawnSeries &d, const SeriesPanel &panel)
{
    std::vector<Text> found;
    for (const size_t i : panel.series) {
        if (const Text words = wordsOf(d.spacings[i]); std::ranges::find(found, words) == found.end())
            found.push_back(words);
    }
    if (found.size() > 2)
        return {"間隔は系列ごとに違う", "intervals differ by series"};
    Text words = found.empty() ? Text() : found.front();
    return found.size() < 2 ? words : Text{"%1 / %2", "%1 / %2"}.arg(words, found.back());
}

void drawPanelAxis(Ink &ink, const Plot &plot, const DrawnSeries &d, const SeriesPanel &panel)
{
    const QRectF area = plot.plotArea();
    const qreal top = plot.py(panel.top()), bottom = plot.py(panel.base);
    const double factor = panel.unit.factor;
    for (const double tick :
         niceTicks(panel.low * factor, panel.high * factor, std::max(2, int((bottom - top) / ink.u(30))))) {
        const qreal y = plot.py(panel.y(tick / factor));
        ink.line({area.left(), y}, {area.right(), y}, ink.c.grid, 1);
        ink.text({0, y - ink.u(8), area.left() - ink.u(8), ink.u(16)}, Qt::AlignRight | Qt::AlignVCenter,
                 formatNumber(tick), Type::Caption, ink.c.text3);
    }
    QStringList words{panel.unit.name, ink.in(intervalsOf(d, panel))};
    if (d.panels.panels.size() > 1 && panel.series.size() == 1)
        words.prepend(d.names[qsizetype(panel.series.front())]);
    words.removeAll(QString());
    ink.text({area.left() + ink.u(4), top - ink.u(18), area.width(), ink.u(16)},
             Qt::AlignLeft | Qt::AlignVCenter,
             ink.elided(words.join(QStringLiteral(" · ")), Type::Caption, area.width() - ink.u(8)),
             Type::Caption, ink.c.text3);
    if (&panel != &d.panels.panels.back())
        ink.line({area.left(), bottom}, {area.right(), bottom}, ink.c.axis, 1);
}

void drawAxes(Ink &ink, const Plot &plot, const DrawnSeries &d)
{
    for (const SeriesPanel &panel : d.panels.panels)
        drawPanelAxis(ink, plot, d, panel);
    const double range = plot.xTo() - plot.xFrom();
    AxisText axes;
    axes.yLabels = false;
    axes.xTicks =
        timeTicks(plot.xFrom(), plot.xTo(), std::max(2, int(plot.plotArea().width() / ink.u(96))), d.zone);
    axes.x = [range, zone = d.zone](double s) { return formatMoment(s, range, zone); };
    const Text time = Text{"時刻 (%1)", "Time (%1)"}.arg(zoneName(d.panels.from, d.zone));
    axes.xTitle = ink.in(
        d.panels.left == 0
            ? time
            : Text{"%1 · ほか %2 系列は表に", "%1 · %2 more series in the table"}.arg(time, d.panels.left));
    axesLayer(axes)(ink, plot);
}

/// Points that no line joins to another: a value alone between gaps is a value too.
void drawLonePoints(Ink &ink, const Plot &plot, const DrawnSeries &d)
{
    for (const SeriesPanel &panel : d.panels.panels) {
        for (size_t k = 0; k < panel.series.size(); ++k) {
            QList<QPointF> lone;
            for (const auto &piece : d.pieces[panel.series[k]]) {
                if (piece.size() == 1)
                    lone.append({piece.front().first, panel.y(piece.front().second)});
            }
            drawDots(ink, plot, lone, {}, seriesColour(k, panel.series.size(), ink.c));
        }
    }
}

void drawNames(Ink &ink, const Plot &plot, const DrawnSeries &d)
{
    for (const SeriesPanel &panel : d.panels.panels) {
        std::vector<LineName> names;
        for (size_t k = 0; k < panel.series.size() && panel.series.size() > 1; ++k) {
            const auto &points = d.picture.series[panel.series[k]].points;
            const auto last = std::find_if(points.rbegin(), points.rend(),
                                           [](const auto &p) { return std::isfinite(p.second); });
            if (last != points.rend())
                names.push_back({d.names[qsizetype(panel.series[k])], seriesColour(k, panel.series.size(), ink.c),
                                 panel.y(last->second)});
        }
        drawLineNames(ink, plot, std::move(names), plot.xTo());
    }
}

void addLines(Plot &plot, const DrawnSeries &d)
{
    for (const SeriesPanel &panel : d.panels.panels) {
        for (size_t k = panel.series.size(); k-- > 0;) {
            for (const auto &piece : d.pieces[panel.series[k]]) {
                QList<QPointF> points;
                for (const auto &[at, value] : piece)
                    points.append({at, panel.y(value)});
                if (points.size() > 1)
                    plot.addLine(points, seriesColour(k, panel.series.size(), *plot.style.colours), 2,
                                 dashesOf(k));
            }
        }
    }
}

Text whyNothing(const SeriesPicture &picture)
{
    if (!picture.instead.isEmpty())
        return picture.instead;
    const bool any = std::ranges::any_of(picture.series, [](const MetricSeries &s) {
        return std::ranges::any_of(s.points, [](const auto &p) { return std::isfinite(p.second); });
    });
    return any ? Text() : Text{"この問い合わせのデータはありません。", "No data for this query."};
}

} // namespace

QChart *seriesChart(const SeriesPicture &picture, const PictureStyle &style)
{
    auto *plot = new Plot(style);
    const auto d = std::make_shared<const DrawnSeries>(picture);
    const bool named =
        std::ranges::any_of(d->panels.panels, [](const SeriesPanel &p) { return p.series.size() > 1; });
    const bool marked = std::ranges::any_of(
        picture.windows, [&](const TimeWindow &w) { return w.to > d->panels.from && w.from < d->panels.to; });
    plot->setScales(Plot::Scale::Linear, Plot::Scale::Linear);
    plot->setRange(d->panels.from, d->panels.to, d->panels.low, d->panels.high);
    plot->setGutters(64, marked ? 44 : 28, named ? 150 : 24, 44);
    if (const Text why = whyNothing(picture); !why.isEmpty()) {
        plot->summary = why.in(style.lang);
        plot->above([why](Ink &ink, const Plot &p) { drawNothing(ink, p, why); });
        return plot;
    }
    plot->behind([d](Ink &ink, const Plot &p) { drawWindows(ink, p, *d); });
    plot->drawAxes = [d](Ink &ink, const Plot &p) { drawAxes(ink, p, *d); };
    addLines(*plot, *d);
    plot->above([d](Ink &ink, const Plot &p) {
        drawLonePoints(ink, p, *d);
        for (const SeriesPanel &panel : d->panels.panels)
            drawThresholds(ink, p, *d, panel);
        drawNames(ink, p, *d);
    });
    plot->stops = seriesStops(*d, style);
    plot->summary = seriesSummary(*d, style.lang);
    return plot;
}

} // namespace tenken
