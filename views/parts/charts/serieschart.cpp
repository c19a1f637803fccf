// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts.h>
#include <parts/charts/plot.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

constexpr int mostLines = 6, mostPoints = 2'000;

using Points = std::vector<std::pair<double, double>>;

/// Keeps the smallest and the greatest value of every stretch, so that no spike is lost; gaps stay gaps.
Points thinned(const Points &points)
{
    if (points.size() <= mostPoints)
        return points;
    Points kept;
    const size_t length = (points.size() * 2 + mostPoints - 1) / mostPoints;
    for (size_t first = 0; first < points.size(); first += length) {
        const auto begin = points.begin() + qsizetype(first);
        const auto end = points.begin() + qsizetype(std::min(first + length, points.size()));
        if (std::any_of(begin, end, [](const auto &p) { return std::isnan(p.second); })) {
            kept.insert(kept.end(), begin, end);
            continue;
        }
        const auto [low, high] = std::minmax_element(begin, end, [](const auto &a, const auto &b) { return a.second < b.second; });
        kept.push_back(*std::min(low, high));
        if (low != high)
            kept.push_back(*std::max(low, high));
    }
    return kept;
}

/// A gap ends a line: bridging it would claim values that nobody measured.
std::vector<QList<QPointF>> pieces(const Points &points)
{
    std::vector<QList<QPointF>> result(1);
    for (const auto &[at, value] : points) {
        if (std::isfinite(value))
            result.back().append({at, value});
        else if (!result.back().isEmpty())
            result.emplace_back();
    }
    if (result.back().isEmpty())
        result.pop_back();
    return result;
}

QColor colourOf(size_t index, size_t count, const Colours &c)
{
    if (count == 1)
        return c.p95;
    const QColor shades[] = {c.p99, c.p95, c.p50, c.reference};
    return shades[std::min<size_t>(index, 3)];
}

QString nameOf(const MetricSeries &s)
{
    return !s.scope.isEmpty() && s.scope != QLatin1String("*") ? s.scope : s.metric;
}

struct Extent {
    double from = 1e18, to = -1e18, low = 0, high = -1e300;
};

Extent extentOf(const SeriesPicture &picture)
{
    Extent e;
    for (const MetricSeries &s : picture.series) {
        if (s.to > s.from) {
            e.from = std::min(e.from, s.from);
            e.to = std::max(e.to, s.to);
        }
        for (const auto &[at, value] : s.points) {
            e.from = std::min(e.from, at);
            e.to = std::max(e.to, at);
            if (std::isfinite(value)) {
                e.low = std::min(e.low, value);
                e.high = std::max(e.high, value);
            }
        }
    }
    if (picture.threshold && std::isfinite(*picture.threshold)) {
        e.low = std::min(e.low, *picture.threshold);
        e.high = std::max(e.high, *picture.threshold);
    }
    if (e.to <= e.from)
        e.from = 0, e.to = 1;
    if (e.high <= e.low)
        e.high = e.low + 1;
    return e;
}

void drawThreshold(Ink &ink, const Plot &plot, double value, const QString &unit)
{
    const QRectF area = plot.plotArea();
    const qreal y = plot.py(value);
    ink.line({area.left(), y}, {area.right(), y}, ink.c.text2, 1.5, {1.5, 2});
    const QString shown = unit.isEmpty() ? formatNumber(value) : formatWithUnit(value, unit);
    const bool above = y - ink.u(24) > area.top();
    ink.patchedText({area.left() + ink.u(10), y + ink.u(above ? -12 : 12)}, Qt::AlignLeft,
                    ink.in(Text{"しきい値 %1", "Threshold %1"}.arg(shown)), Type::CaptionBold, ink.c.text2, ink.c.base);
}

std::vector<PlotStop> stopsOf(const SeriesPicture &picture, const PictureStyle &style)
{
    std::vector<PlotStop> stops;
    if (picture.series.empty())
        return stops;
    const size_t shown = std::min<size_t>(picture.series.size(), mostLines);
    for (const auto &[at, first] : thinned(picture.series.front().points)) {
        PlotStop stop{at, formatMoment(at, 7'200) + QLatin1Char(' ') + zoneName(at), {}};
        for (size_t i = 0; i < shown; ++i) {
            const MetricSeries &s = picture.series[i];
            const auto here = std::ranges::lower_bound(s.points, at, {}, &std::pair<double, double>::first);
            const bool hit = here != s.points.end() && std::abs(here->first - at) <= std::max(1.0, s.intervalSeconds);
            const double value = hit ? here->second : qQNaN();
            const QString words = !std::isfinite(value) ? Text{"値なし", "no value"}.in(style.lang)
                : s.unit.isEmpty() ? formatNumber(value) : formatWithUnit(value, s.unit);
            stop.readings.push_back({nameOf(s), words, colourOf(i, shown, *style.colours), value});
        }
        stops.push_back(std::move(stop));
    }
    return stops;
}

} // namespace

QChart *seriesChart(const SeriesPicture &picture, const PictureStyle &style)
{
    auto *plot = new Plot(style);
    const Extent e = extentOf(picture);
    plot->setScales(Plot::Scale::Linear, Plot::Scale::Linear);
    plot->setRange(e.from, e.to, e.low < 0 ? e.low * 1.05 : 0, e.high * 1.12);
    const size_t shown = std::min<size_t>(picture.series.size(), mostLines);
    plot->setGutters(64, 28, shown > 1 ? 150 : 24, 44);
    AxisText axes;
    axes.xTicks = timeTicks(e.from, e.to, 6);
    axes.x = [range = e.to - e.from](double s) { return formatMoment(s, range); };
    const Text time = picture.series.size() > mostLines
        ? Text{"時刻 (%1) · ほか %2 系列は表に", "Time (%1) · %2 more series in the table"}.arg(
              zoneName(e.from), int(picture.series.size()) - mostLines)
        : Text{"時刻 (%1)", "Time (%1)"}.arg(zoneName(e.from));
    axes.xTitle = time.in(style.lang);
    axes.yTitle = picture.series.empty() ? QString() : picture.series.front().unit;
    plot->drawAxes = axesLayer(axes);
    std::vector<LineName> names;
    for (size_t i = shown; i-- > 0;) {
        const QColor colour = colourOf(i, shown, *style.colours);
        for (const QList<QPointF> &piece : pieces(thinned(picture.series[i].points))) {
            plot->addLine(piece, colour, 2);
            if (names.empty() || names.back().name != nameOf(picture.series[i]))
                names.push_back({nameOf(picture.series[i]), colour, piece.last().y()});
            names.back().y = piece.last().y();
        }
    }
    plot->above([picture, names, shown](Ink &ink, const Plot &p) {
        if (picture.threshold && p.showsY(*picture.threshold))
            drawThreshold(ink, p, *picture.threshold, picture.series.empty() ? QString() : picture.series.front().unit);
        if (shown > 1)
            drawLineNames(ink, p, names, p.xTo());
    });
    plot->stops = stopsOf(picture, style);
    return plot;
}

} // namespace tenken
