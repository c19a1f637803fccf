// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <parts/charts.h>
#include <parts/charts/plot.h>
#include <parts/charts/seriespanels.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace tenken
{

namespace
{

constexpr size_t mostPoints = 2'000; ///< of a line
constexpr size_t mostStops = 4'000;

/// What the layers of one chart share. Held by them: a plot outlives the picture that it was made of.
struct Drawn {
    SeriesPicture picture;
    SeriesPanels panels;
    QStringList names;
    QTimeZone zone;
    std::vector<std::vector<std::vector<SeriesPoint>>>
        pieces; ///< by series; of those in the table alone none
    std::vector<SeriesSpacing> spacings;

    explicit Drawn(const SeriesPicture &shown);
};

/// In a band of its own a series is told by what is measured.
QString nameAlone(const MetricSeries &s)
{
    return s.metric.isEmpty() ? s.query : s.metric;
}

Drawn::Drawn(const SeriesPicture &shown)
    : picture(shown),
      panels(panelsOf(shown)),
      names(namesOf(shown.series)),
      zone(zoneNamed(shown.timeZone)),
      pieces(shown.series.size()),
      spacings(shown.series.size())
{
    for (const SeriesPanel &panel : panels.panels) {
        std::vector<MetricSeries> together;
        for (const size_t i : panel.series) {
            const MetricSeries &s = picture.series[i];
            together.push_back({s.file, s.query, s.metric, s.scope, {}, 1, {}});
        }
        const QStringList apart = namesOf(together);
        for (size_t k = 0; k < panel.series.size(); ++k)
            names[qsizetype(panel.series[k])] = together.size() > 1 || panels.panels.size() < 2
                ? apart[qsizetype(k)]
                : nameAlone(together[k]);
        for (const size_t i : panel.series) {
            pieces[i] = piecesOf(picture.series[i], mostPoints);
            spacings[i] = spacingOf(picture.series[i]);
        }
    }
}

/// Ordered series share one hue; beyond its shades the dashes tell them apart.
QColor colourOf(size_t index, size_t count, const Colours &c)
{
    if (count == 1)
        return c.p95;
    const QColor shades[] = {c.p99, c.p95, c.p50};
    return index < 3 ? shades[index] : c.reference;
}

QList<qreal> dashesOf(size_t index)
{
    static const QList<qreal> patterns[] = {{}, {}, {}, {}, {6, 3}, {2, 2}};
    return patterns[std::min<size_t>(index, 5)];
}

/// "警報 > 200 ms · p95"; whose it is stands in the summary and the table, or the words would cover the
/// lines.
Text shortWords(const SeriesThreshold &t, const ShownUnit &unit)
{
    const QString value = (t.comparator + u' ' + unit.words(t.value)).trimmed()
        + (t.aggregator.isEmpty() ? QString() : QStringLiteral(" · ") + t.aggregator);
    return t.critical ? Text{"警報 %1", "Critical %1"}.arg(value) : Text{"注意 %1", "Warning %1"}.arg(value);
}

struct ThresholdLine {
    double y = 0; ///< in the plot
    Text words, by; ///< by: the monitor
    enum class Kind { Plain, Warning, Critical } kind = Kind::Plain;
};

std::vector<ThresholdLine> thresholdLines(const Drawn &d, const SeriesPanel &panel)
{
    using Kind = ThresholdLine::Kind;
    std::vector<ThresholdLine> lines;
    for (const SeriesThreshold &t : d.picture.thresholds) {
        if (std::ranges::find(panel.series, t.series) != panel.series.end() && t.value >= panel.low
            && t.value <= panel.high)
            lines.push_back({panel.y(t.value), shortWords(t, panel.unit), sameText(t.monitor),
                             t.critical ? Kind::Critical : Kind::Warning});
    }
    if (d.picture.threshold && &panel == d.panels.panelOf(0))
        lines.push_back({panel.y(*d.picture.threshold),
                         Text{"しきい値 %1", "Threshold %1"}.arg(panel.unit.words(*d.picture.threshold)),
                         {}});
    return lines;
}

void drawThresholds(Ink &ink, const Plot &plot, const Drawn &d, const SeriesPanel &panel)
{
    const QRectF area = plot.plotArea();
    std::vector<QRectF> taken;
    for (const ThresholdLine &line : thresholdLines(d, panel)) {
        const bool critical = line.kind == ThresholdLine::Kind::Critical;
        const QColor colour = critical                  ? ink.c.fail.text
            : line.kind == ThresholdLine::Kind::Warning ? ink.c.warn.text
                                                        : ink.c.text2;
        const qreal y = plot.py(line.y);
        ink.line({area.left(), y}, {area.right(), y}, colour, 1.5,
                 critical ? QList<qreal>{6, 3} : QList<qreal>{1.5, 2});
        const bool above = y - ink.u(24) > area.top();
        const QString words = ink.elided(ink.in(line.words), Type::CaptionBold, area.width() - ink.u(20));
        const qreal width = ink.width(words, Type::CaptionBold);
        const QRectF place(area.right() - ink.u(6) - width, y + ink.u(above ? -21 : 3), width, ink.u(18));
        if (std::ranges::any_of(taken, [&](const QRectF &other) { return other.intersects(place); }))
            continue; // its line is there, and its words in the table
        taken.push_back(place);
        ink.patchedText({place.left(), place.center().y()}, Qt::AlignLeft, words, Type::CaptionBold, colour,
                        ink.c.base);
    }
}

void drawWindows(Ink &ink, const Plot &plot, const Drawn &d)
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

Text intervalsOf(const Drawn &d, const SeriesPanel &panel)
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

void drawPanelAxis(Ink &ink, const Plot &plot, const Drawn &d, const SeriesPanel &panel)
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

void drawAxes(Ink &ink, const Plot &plot, const Drawn &d)
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
void drawLonePoints(Ink &ink, const Plot &plot, const Drawn &d)
{
    for (const SeriesPanel &panel : d.panels.panels) {
        for (size_t k = 0; k < panel.series.size(); ++k) {
            QList<QPointF> lone;
            for (const auto &piece : d.pieces[panel.series[k]]) {
                if (piece.size() == 1)
                    lone.append({piece.front().first, panel.y(piece.front().second)});
            }
            drawDots(ink, plot, lone, {}, colourOf(k, panel.series.size(), ink.c));
        }
    }
}

void drawNames(Ink &ink, const Plot &plot, const Drawn &d)
{
    for (const SeriesPanel &panel : d.panels.panels) {
        std::vector<LineName> names;
        for (size_t k = 0; k < panel.series.size() && panel.series.size() > 1; ++k) {
            const auto &points = d.picture.series[panel.series[k]].points;
            const auto last = std::find_if(points.rbegin(), points.rend(),
                                           [](const auto &p) { return std::isfinite(p.second); });
            if (last != points.rend())
                names.push_back({d.names[qsizetype(panel.series[k])], colourOf(k, panel.series.size(), ink.c),
                                 panel.y(last->second)});
        }
        drawLineNames(ink, plot, std::move(names), plot.xTo());
    }
}

void addLines(Plot &plot, const Drawn &d)
{
    for (const SeriesPanel &panel : d.panels.panels) {
        for (size_t k = panel.series.size(); k-- > 0;) {
            for (const auto &piece : d.pieces[panel.series[k]]) {
                QList<QPointF> points;
                for (const auto &[at, value] : piece)
                    points.append({at, panel.y(value)});
                if (points.size() > 1)
                    plot.addLine(points, colourOf(k, panel.series.size(), *plot.style.colours), 2,
                                 dashesOf(k));
            }
        }
    }
}

double valueAt(const MetricSeries &s, double at, double within)
{
    const auto here = std::ranges::lower_bound(s.points, at - within, {}, &SeriesPoint::first);
    double best = qQNaN(), distance = within;
    for (auto it = here; it != s.points.end() && it->first <= at + within; ++it) {
        if (std::abs(it->first - at) <= distance) {
            distance = std::abs(it->first - at);
            best = it->second;
        }
    }
    return best;
}

/// Every moment that any shown series has a point at, as far as there is room for them.
std::vector<double> momentsOf(const Drawn &d)
{
    std::set<double> moments;
    for (const SeriesPanel &panel : d.panels.panels) {
        for (const size_t i : panel.series) {
            for (const auto &piece : d.pieces[i]) {
                for (const auto &point : piece)
                    moments.insert(point.first);
            }
            for (const auto &[at, value] : d.picture.series[i].points) {
                if (!std::isfinite(value) && moments.size() < 4 * mostStops)
                    moments.insert(at); // where there is none is worth a stop too
            }
        }
    }
    std::vector<double> kept;
    const size_t every = moments.size() / mostStops + 1;
    size_t i = 0;
    for (const double at : moments) {
        if (i++ % every == 0)
            kept.push_back(at);
    }
    return kept;
}

std::vector<PlotStop> stopsOf(const Drawn &d, const PictureStyle &style)
{
    std::vector<PlotStop> stops;
    for (const double at : momentsOf(d)) {
        PlotStop stop{at, wholeMoment(at, d.zone, style.lang), {}};
        for (const SeriesPanel &panel : d.panels.panels) {
            for (size_t k = 0; k < panel.series.size(); ++k) {
                const size_t i = panel.series[k];
                const double value = valueAt(d.picture.series[i], at, std::max(1.0, d.spacings[i].usual / 2));
                const bool known = std::isfinite(value);
                stop.readings.push_back(
                    {d.names[qsizetype(i)],
                     known ? panel.unit.words(value) : Text{"値なし", "no value"}.in(style.lang),
                     colourOf(k, panel.series.size(), *style.colours), known ? panel.y(value) : qQNaN()});
            }
        }
        stops.push_back(std::move(stop));
    }
    return stops;
}

QString summaryOf(const Drawn &d, Lang lang)
{
    QStringList parts;
    for (const SeriesPanel &panel : d.panels.panels) {
        for (const size_t i : panel.series) {
            double low = qInf(), high = -qInf();
            for (const auto &[at, value] : d.picture.series[i].points) {
                if (std::isfinite(value)) {
                    low = std::min(low, value);
                    high = std::max(high, value);
                }
            }
            const Text spacing = wordsOf(d.spacings[i]);
            parts << (low > high ? Text{"%1: %2", "%1: %2"}.arg(d.names[qsizetype(i)], spacing)
                                 : Text{"%1: %2–%3、%4", "%1: %2 to %3, %4"}.arg(
                                       d.names[qsizetype(i)], formatNumber(low * panel.unit.factor),
                                       panel.unit.words(high), spacing))
                         .in(lang);
        }
        for (const ThresholdLine &line : thresholdLines(d, panel))
            parts << (line.by.isEmpty() ? line.words : Text{"%1 (%2)", "%1 (%2)"}.arg(line.words, line.by))
                         .in(lang);
    }
    return parts.join(lang == Lang::Ja ? QStringLiteral("。") : QStringLiteral(". "));
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
    const auto d = std::make_shared<const Drawn>(picture);
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
    plot->stops = stopsOf(*d, style);
    plot->summary = summaryOf(*d, style.lang);
    return plot;
}

} // namespace tenken
