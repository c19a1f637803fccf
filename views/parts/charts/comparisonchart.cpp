// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts/runaxis.h>
#include <parts/comparisonpicture.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

constexpr qreal differenceStrip = 84; ///< px below the plot, for the difference of p95 at each load

struct Side {
    const std::vector<LoadStep> *steps;
    QString name;
    QColor Colours::*p95;
    QColor Colours::*p50;
};

struct Sides {
    Side before, after;
    bool byUsers = false;
    double load(const LoadStep &s) const { return byUsers ? s.users : s.offered; }
    QList<QPointF> points(const Side &side, double LoadStep::*value) const
    {
        QList<QPointF> points;
        for (const LoadStep &s : *side.steps)
            if (isStated(s.*value) && std::isfinite(load(s)))
                points.append({load(s), s.*value});
        std::ranges::sort(points, {}, &QPointF::x);
        return points;
    }
};

Sides sidesOf(const ComparisonPicture &p)
{
    return {{&p.before, p.beforeName, &Colours::text2, &Colours::reference},
            {&p.after, p.afterName, &Colours::p95, &Colours::p50}, p.comparison.byUsers};
}

const QColor &colourOf(const Change &change, const Colours &c)
{
    return change.outcome == Change::Outcome::Higher ? c.fail.text
        : change.outcome == Change::Outcome::Lower   ? c.pass.text
                                                     : c.text3;
}

QString signedPercent(double share)
{
    const double value = std::round(share * 1000) / 10;
    return (value > 0 ? QStringLiteral("+") : QString()) + formatWithUnit(value, QStringLiteral("%"));
}

bool isTested(const Change &c) { return c.outcome != Change::Outcome::NotComparable; }

/// How far the strip reaches to either side of no difference.
double reachOf(const RunComparison &comparison)
{
    double reach = 0.1;
    const bool someKeptUp = std::ranges::any_of(comparison.levels, &LevelChange::keptUp);
    for (const LevelChange &level : comparison.levels)
        if (isTested(level.p95) && (level.keptUp || !someKeptUp)) // past the knee anything can be; those stop at the edge
            reach = std::max({reach, std::abs(level.p95.by), std::abs(level.p95.low), std::abs(level.p95.high)});
    return std::min(reach * 1.1, 3.0);
}

void drawDifferences(Ink &ink, const Plot &plot, const RunComparison &comparison)
{
    const QRectF area = plot.plotArea();
    const double reach = reachOf(comparison);
    const qreal top = area.bottom() + ink.u(46), bottom = top + ink.u(differenceStrip - 30), middle = (top + bottom) / 2;
    const auto y = [&](double by) { return middle - (bottom - top) / 2 * std::clamp(by / reach, -1.0, 1.0); };
    ink.text({area.left() + ink.u(4), top - ink.u(20), area.width(), ink.u(16)}, Qt::AlignVCenter,
             ink.in({"p95 の差 (線は 95 % 区間)", "Difference of p95 (line: 95 % interval)"}), Type::Caption, ink.c.text3);
    ink.line({area.left(), middle}, {area.right(), middle}, ink.c.axis, 1);
    for (const double by : {reach, 0.0, -reach})
        ink.text({0, y(by) - ink.u(8), area.left() - ink.u(8), ink.u(16)}, Qt::AlignRight | Qt::AlignVCenter,
                 by == 0 ? QStringLiteral("0 %") : signedPercent(std::round(by * 100) / 100), Type::Caption, ink.c.text3);
    for (const LevelChange &level : comparison.levels) {
        const qreal x = plot.px(level.load);
        if (!isTested(level.p95) || !plot.showsX(level.load))
            continue;
        const QColor colour = colourOf(level.p95, ink.c);
        ink.line({x, y(level.p95.low)}, {x, y(level.p95.high)}, colour, 2);
        ink.p.setPen(QPen(colour, ink.u(1.5)));
        ink.p.setBrush(level.p95.outcome == Change::Outcome::NoneShown ? ink.c.base : colour);
        ink.p.drawEllipse(QPointF(x, y(level.p95.by)), ink.u(4), ink.u(4));
        ink.p.setBrush(Qt::NoBrush);
    }
}

void drawSide(Ink &ink, const Plot &plot, const Sides &sides, const Side &side, std::vector<LineName> &names)
{
    for (const auto value : {&LoadStep::p50, &LoadStep::p95}) {
        const QList<QPointF> points = sides.points(side, value);
        if (points.isEmpty())
            continue;
        const bool p95 = value == &LoadStep::p95;
        const QColor colour = ink.c.*(p95 ? side.p95 : side.p50);
        drawDots(ink, plot, points, {}, colour);
        names.push_back({side.name + (p95 ? QStringLiteral(" p95") : QStringLiteral(" p50")), colour, points.last().y()});
    }
}

std::vector<PlotStop> stopsOf(const RunComparison &comparison, const Colours &c, Lang lang)
{
    std::vector<PlotStop> stops;
    for (const LevelChange &level : comparison.levels) {
        PlotStop stop{level.load, comparison.byUsers ? Text{"並列 %1", "%1 users"}.arg(formatNumber(level.load)).in(lang)
                                                     : formatWithUnit(level.load, QStringLiteral("req/s")), {}};
        const auto add = [&](const char *name, const Change &change, double y) {
            if (change.before >= 0 && change.after >= 0)
                stop.readings.push_back({QString::fromLatin1(name),
                                         formatMs(change.before) + QStringLiteral(" → ") + formatMs(change.after) + QStringLiteral(" · ")
                                             + wordsFor(change).in(lang), colourOf(change, c), y});
        };
        add("p50", level.p50, level.p50.after);
        add("p95", level.p95, level.p95.after);
        add("p99", level.p99, qQNaN());
        if (level.errors.before >= 0 && level.errors.after >= 0)
            stop.readings.push_back({Text{"エラー", "Errors"}.in(lang),
                                     formatWithUnit(level.errors.before * 100, QStringLiteral("%")) + QStringLiteral(" → ")
                                         + formatWithUnit(level.errors.after * 100, QStringLiteral("%")), colourOf(level.errors, c), qQNaN()});
        stops.push_back(std::move(stop));
    }
    return stops;
}

/// Loads and latencies that both sides' points need.
void setRange(Plot &plot, const Sides &sides, const PictureStyle &style, AxisText &axes)
{
    double from = 1e12, to = 0, low = 1e12, high = 0;
    for (const Side *side : {&sides.before, &sides.after})
        for (const auto value : {&LoadStep::p50, &LoadStep::p95})
            for (const QPointF &p : sides.points(*side, value)) {
                from = std::min(from, p.x());
                to = std::max(to, p.x());
                low = std::min(low, p.y());
                high = std::max(high, p.y());
            }
    if (high <= 0)
        from = 0, to = 1, low = 1, high = 10;
    const double pad = to > from ? (to - from) / 20 : std::max(1.0, to / 4);
    const MsRange range = wholeDecades(low, high);
    const bool linear = style.switchedScale;
    plot.setScales(Plot::Scale::Linear, linear ? Plot::Scale::Linear : Plot::Scale::Log);
    plot.setRange(std::max(0.0, from - pad), to + pad, linear ? 0 : range.low, linear ? high * 1.08 : range.high);
    axes.yTicks = linear ? std::vector<double>() : decades(range.low, range.high);
}

} // namespace

QChart *comparisonChart(const ComparisonPicture &picture, const PictureStyle &style)
{
    auto *plot = new Plot(style);
    const auto kept = std::make_shared<const ComparisonPicture>(picture);
    const Sides sides = sidesOf(*kept);
    AxisText axes;
    axes.y = [](double ms) { return formatMs(ms); };
    setRange(*plot, sides, style, axes);
    plot->setGutters(64, 16, 132, 36 + differenceStrip);
    plot->scaleSwitches = true;
    const Text title = sides.byUsers ? Text{"並列数", "Concurrency"} : Text{"投入した負荷 req/s", "Offered load, req/s"};
    plot->drawAxes = axesLayer(axes);
    for (const Side *side : {&sides.before, &sides.after}) {
        if (const auto points = sides.points(*side, &LoadStep::p50); !points.isEmpty())
            plot->addLine(points, (*style.colours).*side->p50, 1.5);
        if (const auto points = sides.points(*side, &LoadStep::p95); !points.isEmpty())
            plot->addLine(points, (*style.colours).*side->p95, 2.5);
    }
    plot->above([kept, sides, title](Ink &ink, const Plot &p) {
        std::vector<LineName> names;
        drawSide(ink, p, sides, sides.before, names);
        drawSide(ink, p, sides, sides.after, names);
        if (names.empty())
            return drawNothing(ink, p, {"段ごとの遅延がありません。", "There are no latencies by step."});
        drawLineNames(ink, p, names, p.xTo());
        drawDifferences(ink, p, kept->comparison);
        const QRectF area = p.plotArea();
        ink.text({area.left(), p.size().height() - ink.u(18), area.width(), ink.u(16)}, Qt::AlignRight | Qt::AlignVCenter,
                 ink.in(title), Type::Caption, ink.c.text3);
    });
    plot->stops = stopsOf(kept->comparison, *style.colours, style.lang);
    plot->summary = kept->comparison.verdict.in(style.lang);
    return plot;
}

QList<QStringList> comparisonTable(const ComparisonPicture &picture, Lang lang)
{
    const RunComparison &comparison = picture.comparison;
    const auto in = [lang](const Text &text) { return text.in(lang); };
    QList<QStringList> rows{{in(comparison.byUsers ? Text{"並列数", "Users"} : Text{"投入 req/s", "Offered, req/s"}), in({"値", "Figure"}),
                             picture.beforeName, picture.afterName, in({"差", "Difference"})}};
    for (const LevelChange &level : comparison.levels) {
        const auto add = [&](const QString &name, const Change &change, auto &&format) {
            const auto shown = [&](double v) { return v >= 0 ? format(v) : QStringLiteral("—"); };
            rows.append({formatNumber(level.load), name, shown(change.before), shown(change.after), in(wordsFor(change))});
        };
        add(QStringLiteral("p50"), level.p50, formatMs);
        add(QStringLiteral("p95"), level.p95, formatMs);
        add(QStringLiteral("p99"), level.p99, formatMs);
        add(in({"完了 req/s", "Completed, req/s"}), level.throughput, formatNumber);
        add(in({"エラー", "Errors"}), level.errors, [](double v) { return formatWithUnit(v * 100, QStringLiteral("%")); });
    }
    return rows;
}

Text comparisonTitle() { return {"前と後で違うか", "Do the two runs differ?"}; }

} // namespace tenken
