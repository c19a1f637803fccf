// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts/runaxis.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

constexpr double smallestMs = 0.01, greatestMs = 1e9; ///< a log axis has no zero

/// "12:30" since the start, for files that know no date.
QString elapsed(double seconds)
{
    const qint64 s = qRound64(seconds);
    const QString minutes = QStringLiteral("%1:%2").arg(s / 60 % 60, s >= 3600 ? 2 : 1, 10, QLatin1Char('0')).arg(s % 60, 2, 10, QLatin1Char('0'));
    return s >= 3600 ? QStringLiteral("%1:%2").arg(s / 3600).arg(minutes) : minutes;
}

/// Ticks since the start; timeTicks() would place them on round local times.
std::vector<double> elapsedTicks(double from, double to)
{
    std::vector<double> ticks;
    for (const double step : {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1'800, 3'600, 7'200, 21'600, 86'400}) {
        if ((to - from) / step > 7 && step < 86'400)
            continue;
        for (double t = std::ceil(from / step) * step; t <= to && ticks.size() < 50; t += step)
            ticks.push_back(t);
        break;
    }
    return ticks;
}

} // namespace

QString momentOf(const RunOverTime &time, double at, Lang lang, bool withZone)
{
    if (!time.hasClock)
        return Text{"開始から %1", "%1 after the start"}.arg(elapsed(at)).in(lang);
    return formatMoment(at, 60) + (withZone ? QLatin1Char(' ') + zoneName(at) : QString());
}

AxisText timeAxis(const RunOverTime &time, Lang lang)
{
    AxisText axes;
    if (!time.hasClock) {
        axes.xTicks = elapsedTicks(time.from, time.to);
        axes.x = elapsed;
        axes.xTitle = Text{"開始からの時間 (分:秒)", "Since the start, min:s"}.in(lang);
        return axes;
    }
    axes.xTicks = timeTicks(time.from, time.to, 7);
    axes.x = [range = time.to - time.from](double s) { return formatMoment(s, range); };
    axes.xTitle = Text{"時刻 (%1)", "Time (%1)"}.arg(zoneName(time.from)).in(lang);
    return axes;
}

void drawBeyondKnee(Ink &ink, const Plot &plot, std::optional<double> passed)
{
    if (!passed || *passed >= plot.xTo())
        return;
    const QRectF area = plot.plotArea();
    const qreal left = std::max(plot.px(*passed), area.left());
    ink.p.fillRect(QRectF(left, area.top(), area.right() - left, area.height()), ink.c.beyond);
}

void drawKneePassed(Ink &ink, const Plot &plot, const RunOverTime &time)
{
    if (!time.passed || !plot.showsX(*time.passed))
        return;
    const QRectF area = plot.plotArea();
    const qreal x = plot.px(*time.passed);
    ink.line({x, area.top() - ink.u(4)}, {x, area.bottom()}, ink.c.text, 2);
    const QString at = time.hasClock ? formatMoment(*time.passed, 3600) : elapsed(*time.passed);
    const QString label = ink.in(Text{"膝を超えた %1", "Past the knee %1"}.arg(at));
    const qreal width = ink.width(label, Type::CaptionBold);
    const bool left = x - ink.u(8) - width > area.left();
    ink.patchedText({left ? x - ink.u(8) - width : x + ink.u(8), area.top() + ink.u(8)}, Qt::AlignLeft, label,
                    Type::CaptionBold, ink.c.text, left ? ink.c.base : ink.c.beyond);
}

void drawSteps(Ink &ink, const Plot &plot, const std::vector<LoadStep> &steps)
{
    const QRectF area = plot.plotArea();
    if (steps.size() < 2)
        return;
    ink.text({0, 0, area.left() - ink.u(8), ink.u(16)}, Qt::AlignRight | Qt::AlignVCenter, ink.in({"段", "Step"}),
             Type::Caption, ink.c.text3);
    for (size_t i = 0; i < steps.size(); ++i) {
        const qreal left = std::max(plot.px(steps[i].start), area.left()), right = std::min(plot.px(steps[i].end), area.right());
        if (right - left < ink.u(2))
            continue;
        ink.block({left + ink.u(1), ink.u(13), right - left - ink.u(2), ink.u(3)}, ink.c.reference);
        const QString number = QString::number(i + 1);
        if (ink.width(number, Type::Caption) + ink.u(2) < right - left)
            ink.text({left, -ink.u(3), right - left, ink.u(16)}, Qt::AlignCenter, number, Type::Caption, ink.c.text3);
    }
}

QList<QPointF> stairs(const std::vector<RunBucket> &buckets, double RunBucket::*value, double least)
{
    QList<QPointF> points;
    for (const RunBucket &b : buckets) {
        points.append({b.from, std::max(least, b.*value)});
        points.append({b.to, std::max(least, b.*value)});
    }
    return points;
}

MsRange wholeDecades(double low, double high)
{
    MsRange range;
    range.low = std::pow(10, std::floor(std::log10(std::clamp(low, smallestMs, greatestMs)) + 1e-9));
    range.high = std::pow(10, std::ceil(std::log10(std::clamp(high, smallestMs, greatestMs)) - 1e-9));
    range.high = std::max(range.high, range.low * 10);
    return range;
}

} // namespace tenken
