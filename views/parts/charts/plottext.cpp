// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts/plot.h>

#include <evidence/numbers.h>

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

void drawGrid(Ink &ink, const Plot &plot, const AxisText &text, const std::vector<double> &xs,
              const std::vector<double> &ys)
{
    const QRectF area = plot.plotArea();
    if (text.verticalGrid) {
        for (const double x : xs)
            ink.line({plot.px(x), area.top()}, {plot.px(x), area.bottom()}, ink.c.grid, 1);
        return;
    }
    for (const double y : ys)
        ink.line({area.left(), plot.py(y)}, {area.right(), plot.py(y)}, ink.c.grid, 1);
}

void drawXAxis(Ink &ink, const Plot &plot, const AxisText &text, const std::vector<double> &xs)
{
    const QRectF area = plot.plotArea();
    ink.line(area.bottomLeft(), area.bottomRight(), ink.c.axis, 1);
    qreal lastEnd = -1e9;
    for (const double x : xs) {
        const QString label = text.x ? text.x(x) : formatNumber(x);
        const qreal half = ink.width(label, Type::Caption) / 2 + ink.u(4);
        if (plot.px(x) - half < lastEnd)
            continue;
        lastEnd = plot.px(x) + half;
        if (!text.verticalGrid)
            ink.line({plot.px(x), area.bottom()}, {plot.px(x), area.bottom() + ink.u(4)}, ink.c.axis, 1);
        ink.text({plot.px(x) - half, area.bottom() + ink.u(6), 2 * half, ink.u(16)}, Qt::AlignCenter, label,
                 Type::Caption, ink.c.text3);
    }
    ink.text({area.left(), area.bottom() + ink.u(24), area.width(), ink.u(16)}, Qt::AlignRight | Qt::AlignVCenter,
             text.xTitle, Type::Caption, ink.c.text3);
}

void drawYLabels(Ink &ink, const Plot &plot, const AxisText &text, const std::vector<double> &ys)
{
    const QRectF area = plot.plotArea();
    for (const double y : ys)
        ink.text({0, plot.py(y) - ink.u(8), area.left() - ink.u(8), ink.u(16)}, Qt::AlignRight | Qt::AlignVCenter,
                 text.y ? text.y(y) : formatNumber(y), Type::Caption, ink.c.text3);
    // Inside the plot, where no label of a value can meet it.
    if (!text.yTitle.isEmpty())
        ink.text({area.left() + ink.u(4), area.top() - ink.u(18), area.width(), ink.u(16)},
                 Qt::AlignLeft | Qt::AlignVCenter, text.yTitle, Type::Caption, ink.c.text3);
}

/// Pushes intervals of the given half widths apart along a line, keeping their order and the bounds.
void pushApart(std::vector<qreal> &centres, const std::vector<qreal> &halves, qreal from, qreal to, qreal gap)
{
    qreal edge = from;
    for (size_t i = 0; i < centres.size(); ++i) {
        centres[i] = std::max(centres[i], edge + halves[i]);
        edge = centres[i] + halves[i] + gap;
    }
    edge = to;
    for (size_t i = centres.size(); i-- > 0;) {
        centres[i] = std::min(centres[i], edge - halves[i]);
        edge = centres[i] - halves[i] - gap;
    }
}

} // namespace

Plot::Layer axesLayer(AxisText text)
{
    return [text](Ink &ink, const Plot &plot) {
        const QRectF area = plot.plotArea();
        std::vector<double> xs = text.xTicks, ys = text.yTicks;
        if (xs.empty())
            xs = niceTicks(plot.xFrom(), plot.xTo(), std::max(2, int(area.width() / ink.u(60))));
        if (ys.empty() && text.yLabels)
            ys = niceTicks(plot.yFrom(), plot.yTo(), std::max(2, int(area.height() / ink.u(36))));
        std::erase_if(xs, [&](double x) { return !plot.showsX(x); });
        drawGrid(ink, plot, text, xs, ys);
        drawXAxis(ink, plot, text, xs);
        if (text.yLabels)
            drawYLabels(ink, plot, text, ys);
    };
}

void drawLineNames(Ink &ink, const Plot &plot, std::vector<LineName> names, double atX)
{
    std::ranges::sort(names, {}, [&](const LineName &n) { return plot.py(n.y); });
    const QRectF area = plot.plotArea();
    std::vector<qreal> centres, halves(names.size(), ink.u(8));
    for (const LineName &name : names)
        centres.push_back(std::clamp(plot.py(name.y), area.top(), area.bottom()));
    pushApart(centres, halves, area.top() - ink.u(8), area.bottom() + ink.u(4), 0);
    const qreal x = std::min(plot.px(atX), area.right()) + ink.u(8);
    const qreal room = plot.size().width() - x;
    for (size_t i = 0; i < names.size(); ++i)
        ink.text({x, centres[i] - ink.u(8), room, ink.u(16)}, Qt::AlignLeft | Qt::AlignVCenter,
                 ink.elided(names[i].name, Type::CaptionBold, room), Type::CaptionBold, names[i].colour);
}

void drawDots(Ink &ink, const Plot &plot, const QList<QPointF> &points, const QList<bool> &trusted, const QColor &colour)
{
    for (qsizetype i = 0; i < points.size(); ++i) {
        if (!plot.showsX(points[i].x()))
            continue;
        const bool solid = i >= trusted.size() || trusted[i];
        ink.p.setPen(QPen(solid ? ink.c.base : ink.c.reference, ink.u(solid ? 1 : 1.5)));
        ink.p.setBrush(solid ? colour : ink.c.base);
        ink.p.drawEllipse(QPointF(plot.px(points[i].x()), plot.py(points[i].y())), ink.u(3.5), ink.u(3.5));
    }
    ink.p.setBrush(Qt::NoBrush);
}

void drawTopLabels(Ink &ink, const Plot &plot, std::vector<TopLabel> labels)
{
    std::erase_if(labels, [&](const TopLabel &l) { return !plot.showsX(l.x); });
    std::ranges::sort(labels, {}, &TopLabel::x);
    std::vector<qreal> centres, halves;
    for (const TopLabel &label : labels) {
        centres.push_back(plot.px(label.x));
        halves.push_back(std::max(ink.width(label.value, Type::BodyBold), ink.width(label.meaning, Type::Caption)) / 2);
    }
    pushApart(centres, halves, 0, plot.size().width(), ink.u(12));
    const qreal top = plot.plotArea().top() - ink.u(50);
    for (size_t i = 0; i < labels.size(); ++i) {
        const QRectF box(centres[i] - halves[i], top, 2 * halves[i], ink.u(20));
        ink.text(box, Qt::AlignCenter, labels[i].value, Type::BodyBold, labels[i].colour);
        ink.text(box.translated(0, ink.u(19)), Qt::AlignCenter, labels[i].meaning, Type::Caption, ink.c.text2);
    }
}

void drawUpright(Ink &ink, const Plot &plot, double x, const QColor &colour, qreal width, const QList<qreal> &dashes)
{
    if (!plot.showsX(x))
        return;
    const QRectF area = plot.plotArea();
    ink.line({plot.px(x), area.top() - ink.u(10)}, {plot.px(x), area.bottom()}, colour, width, dashes);
}

void drawNothing(Ink &ink, const Plot &plot, const Text &why)
{
    const QRectF area = plot.plotArea();
    ink.patchedText(area.center(), Qt::AlignHCenter, ink.elided(ink.in(why), Type::Body, area.width() - ink.u(16)),
                    Type::Body, ink.c.text2, ink.c.base);
}

std::vector<double> decades(double from, double to)
{
    std::vector<double> ticks;
    if (!(from > 0) || !std::isfinite(to))
        return ticks;
    for (double v = std::pow(10, std::ceil(std::log10(from) - 1e-9)); v <= to * 1.001; v *= 10)
        ticks.push_back(v);
    return ticks;
}

namespace {

QDateTime momentAt(double epochSeconds, const QTimeZone &zone)
{
    // Years 1 to 9999: a time from a file may be anything.
    const double ms = std::clamp(epochSeconds * 1000, -6.2e13, 2.5e14);
    return QDateTime::fromMSecsSinceEpoch(std::isfinite(ms) ? qRound64(ms) : 0, zone);
}

} // namespace

QString formatMoment(double epochSeconds, double range, const QTimeZone &zone)
{
    const QDateTime moment = momentAt(epochSeconds, zone);
    if (range > 3 * 86'400)
        return moment.toString(QStringLiteral("MM-dd"));
    return moment.toString(range > 86'400 ? QStringLiteral("MM-dd HH:mm")
                                          : range < 300 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

QString zoneName(double epochSeconds, const QTimeZone &zone) { return momentAt(epochSeconds, zone).timeZoneAbbreviation(); }

QString wholeMoment(double epochSeconds, const QTimeZone &zone, Lang lang)
{
    const QDateTime moment = momentAt(epochSeconds, zone);
    const QString day = QLocale(lang == Lang::Ja ? QLocale::Japanese : QLocale::English)
                            .standaloneDayName(moment.date().dayOfWeek(), QLocale::ShortFormat);
    const QString time = moment.toString(moment.time().second() == 0 ? QStringLiteral("HH:mm") : QStringLiteral("HH:mm:ss"));
    return QStringLiteral("%1 (%2) %3 %4").arg(moment.toString(QStringLiteral("yyyy-MM-dd")), day, time, moment.timeZoneAbbreviation());
}

QTimeZone zoneNamed(const QString &name)
{
    const QTimeZone zone(name.toLatin1());
    return !name.isEmpty() && zone.isValid() ? zone : QTimeZone::systemTimeZone();
}

std::vector<double> timeTicks(double from, double to, int most, const QTimeZone &zone)
{
    const double steps[] = {1, 2, 5, 10, 15, 30, 60, 120, 180, 300, 360, 600, 900, 1'800, 3'600, 7'200, 10'800, 21'600,
                            43'200, 86'400, 172'800, 604'800, 1'209'600, 2'592'000};
    std::vector<double> ticks;
    if (!(to > from) || !std::isfinite(from) || !std::isfinite(to))
        return ticks;
    const double rough = (to - from) / std::max(1, most);
    const double *found = std::ranges::find_if(steps, [&](double s) { return s >= rough; });
    const double step = found == std::end(steps) ? std::ceil(rough / 2'592'000) * 2'592'000 : *found;
    // Ticks stand on round local times.
    const double shift = momentAt(from, zone).offsetFromUtc();
    for (double t = std::ceil((from + shift) / step) * step - shift; t <= to; t += step)
        ticks.push_back(t);
    return ticks;
}

} // namespace tenken
