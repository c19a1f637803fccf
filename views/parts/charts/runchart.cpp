// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts.h>
#include <parts/charts/plot.h>
#include <parts/charts/runbuckets.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

constexpr int mostBuckets = 400;
constexpr qreal errorStrip = 34; ///< px below the plot, for the share of errors

struct Times {
    std::vector<RunBucket> buckets;
    double from = 0, to = 1;
    std::optional<double> passed;
};

Times timesOf(const LoadTestPicture &t, int leastSeconds)
{
    Times times;
    if (t.run)
        times.buckets = bucketsOf(*t.run, mostBuckets, leastSeconds);
    if (!times.buckets.empty()) {
        times.from = double(t.run->seconds.front().second);
        times.to = double(t.run->seconds.back().second + 1);
    }
    times.passed = kneePassedAt(t);
    return times;
}

AxisText timeAxis(const Times &t, Lang lang)
{
    AxisText axes;
    axes.xTicks = timeTicks(t.from, t.to, 7);
    axes.x = [range = t.to - t.from](double s) { return formatMoment(s, range); };
    axes.xTitle = Text{"時刻 (%1)", "Time (%1)"}.arg(zoneName(t.from)).in(lang);
    return axes;
}

void drawBeyond(Ink &ink, const Plot &plot, std::optional<double> passed)
{
    if (!passed || *passed >= plot.xTo())
        return;
    const QRectF area = plot.plotArea();
    const qreal left = std::max(plot.px(*passed), area.left());
    ink.p.fillRect(QRectF(left, area.top(), area.right() - left, area.height()), ink.c.beyond);
}

void drawPassed(Ink &ink, const Plot &plot, std::optional<double> passed)
{
    if (!passed || !plot.showsX(*passed))
        return;
    const QRectF area = plot.plotArea();
    const qreal x = plot.px(*passed);
    ink.line({x, area.top() - ink.u(4)}, {x, area.bottom()}, ink.c.text, 2);
    const QString label = ink.in(Text{"膝を超えた %1", "Past the knee %1"}.arg(formatMoment(*passed, 3600)));
    const qreal width = ink.width(label, Type::CaptionBold);
    const bool left = x - ink.u(8) - width > area.left();
    ink.text({left ? x - ink.u(8) - width : x + ink.u(8), area.top() - ink.u(6), width, ink.u(16)}, Qt::AlignVCenter, label,
             Type::CaptionBold, ink.c.text);
}

double errorShare(const RunBucket &b)
{
    const double all = b.completed + b.failed;
    return all > 0 ? b.failed / all : 0;
}

/// Errors have a strip of their own: a second scale in one plot would invite comparing what cannot be compared.
void drawErrors(Ink &ink, const Plot &plot, const LoadTestPicture &t, const Times &times)
{
    double most = 0;
    for (const RunBucket &b : times.buckets)
        most = std::max(most, errorShare(b));
    const QRectF area = plot.plotArea();
    const qreal top = area.bottom() + ink.u(28), height = ink.u(errorStrip - 14), bottom = top + height;
    ink.text({0, bottom - ink.u(16), area.left() - ink.u(8), ink.u(16)}, Qt::AlignRight | Qt::AlignVCenter,
             ink.in({"エラー", "Errors"}), Type::Caption, ink.c.text3);
    ink.line({area.left(), bottom}, {area.right(), bottom}, ink.c.grid, 1);
    if (most <= 0) {
        ink.text({area.left() + ink.u(4), top, area.width(), height}, Qt::AlignVCenter, ink.in({"なし", "none"}),
                 Type::Caption, ink.c.text3);
        return;
    }
    const qreal bar = area.width() / qreal(times.buckets.size());
    for (const RunBucket &b : times.buckets) {
        const double share = errorShare(b);
        const qreal x = plot.px(b.at);
        if (share > 0 && plot.showsX(b.at))
            ink.p.fillRect(QRectF(x - bar / 2, bottom - height * share / most, std::max(bar, ink.u(1)), height * share / most),
                           ink.c.fail.mark);
    }
    const double whole = t.run->samples > 0 ? double(t.run->errors) / t.run->samples : 0;
    ink.text({area.right() + ink.u(8), bottom - ink.u(16), ink.u(80), ink.u(16)}, Qt::AlignVCenter,
             ink.in(Text{"最大 %1", "up to %1"}.arg(formatWithUnit(most * 100, QStringLiteral("%")))), Type::CaptionBold,
             ink.c.fail.text);
    const QString all = ink.in(Text{"全体 %1", "overall %1"}.arg(formatWithUnit(whole * 100, QStringLiteral("%"))));
    ink.patchedText({area.left() + ink.u(8), bottom - ink.u(9)}, Qt::AlignLeft, all, Type::Caption, ink.c.text2, ink.c.base);
}

std::vector<PlotStop> stopsOf(const Times &t, const Colours &c, Lang lang, bool latency)
{
    std::vector<PlotStop> stops;
    const auto rate = [](double v) { return formatWithUnit(v, QStringLiteral("req/s")); };
    for (const RunBucket &b : t.buckets) {
        PlotStop stop{b.at, formatMoment(b.at, 60) + QLatin1Char(' ') + zoneName(b.at), {}};
        if (latency) {
            if (b.samples == 0)
                continue;
            stop.readings = {{"p95", formatMs(b.p95), c.p95, b.p95}, {"p50", formatMs(b.p50), c.p50, b.p50}};
        } else {
            stop.readings = {{Text{"投入", "Offered"}.in(lang), rate(b.offered), c.reference, b.offered},
                             {Text{"完了", "Completed"}.in(lang), rate(b.completed), c.p95, b.completed},
                             {Text{"エラー", "Errors"}.in(lang), formatWithUnit(errorShare(b) * 100, QStringLiteral("%")),
                              c.fail.text, qQNaN()}};
        }
        stops.push_back(std::move(stop));
    }
    return stops;
}

/// Offered load changes in steps: drawn so, not as slopes between seconds.
QList<QPointF> asSteps(const std::vector<RunBucket> &buckets)
{
    QList<QPointF> points;
    for (size_t i = 0; i < buckets.size(); ++i) {
        if (i > 0)
            points.append({(buckets[i - 1].at + buckets[i].at) / 2, buckets[i - 1].offered});
        if (i > 0)
            points.append({(buckets[i - 1].at + buckets[i].at) / 2, buckets[i].offered});
        points.append({buckets[i].at, buckets[i].offered});
    }
    return points;
}

} // namespace

QChart *runChart(const LoadTestPicture &t, const PictureStyle &style)
{
    auto *plot = new Plot(style);
    const Times times = timesOf(t, 5);
    double most = 1;
    for (const RunBucket &b : times.buckets)
        most = std::max({most, b.offered, b.completed});
    plot->setScales(Plot::Scale::Linear, Plot::Scale::Linear);
    plot->setRange(times.from, times.to, 0, most * 1.08);
    plot->setGutters(56, 24, 84, 44 + errorStrip);
    AxisText axes = timeAxis(times, style.lang);
    axes.yTitle = QStringLiteral("req/s");
    const QString title = std::exchange(axes.xTitle, QString());
    plot->drawAxes = axesLayer(axes);
    plot->behind([times](Ink &ink, const Plot &p) { drawBeyond(ink, p, times.passed); });

    QList<QPointF> completed;
    for (const RunBucket &b : times.buckets)
        completed.append({b.at, b.completed});
    plot->addLine(asSteps(times.buckets), style.colours->reference, 2);
    plot->addLine(completed, style.colours->p95, 2);
    plot->above([t, times, title](Ink &ink, const Plot &p) {
        drawPassed(ink, p, times.passed);
        if (times.buckets.empty())
            return;
        drawErrors(ink, p, t, times);
        // Names stand where load last arrived: a run ends with seconds that only complete.
        const auto arriving = std::find_if(times.buckets.rbegin(), times.buckets.rend(),
                                           [](const RunBucket &b) { return b.offered > 0; });
        const RunBucket &last = arriving == times.buckets.rend() ? times.buckets.back() : *arriving;
        if (p.showsX(last.at))
            drawLineNames(ink, p, {{ink.in({"投入", "Offered"}), ink.c.text2, last.offered},
                                   {ink.in({"完了", "Completed"}), ink.c.p95, last.completed}}, p.xTo());
        const QRectF area = p.plotArea();
        ink.text({area.left(), p.size().height() - ink.u(20), area.width(), ink.u(16)}, Qt::AlignRight | Qt::AlignVCenter,
                 title, Type::Caption, ink.c.text3);
    });
    plot->stops = stopsOf(times, *style.colours, style.lang, false);
    return plot;
}

QChart *latencyOverTimeChart(const LoadTestPicture &t, const PictureStyle &style)
{
    auto *plot = new Plot(style);
    const Times times = timesOf(t, 10);
    QList<QPointF> p50, p95;
    double low = 1e12, high = 1;
    for (const RunBucket &b : times.buckets) {
        if (b.samples == 0)
            continue;
        p50.append({b.at, std::max(0.1, b.p50)});
        p95.append({b.at, std::max(0.1, b.p95)});
        low = std::min(low, p50.last().y());
        high = std::max(high, p95.last().y());
    }
    low = p50.isEmpty() ? 1 : std::pow(10, std::floor(std::log10(low) + 1e-9));
    high = std::max(low * 10, std::pow(10, std::ceil(std::log10(high) - 1e-9)));
    plot->setScales(Plot::Scale::Linear, Plot::Scale::Log);
    plot->setRange(times.from, times.to, low, high);
    plot->setGutters(56, 16, 84, 44);
    AxisText axes = timeAxis(times, style.lang);
    for (double v = low; v <= high * 1.001; v *= 10)
        axes.yTicks.push_back(v);
    axes.y = [](double ms) { return formatMs(ms); };
    plot->drawAxes = axesLayer(axes);
    plot->behind([times](Ink &ink, const Plot &p) { drawBeyond(ink, p, times.passed); });
    if (!p50.isEmpty()) {
        plot->addBand(p95, p50, style.colours->confidenceBand);
        plot->addLine(p50, style.colours->p50, 1.5);
        plot->addLine(p95, style.colours->p95, 2);
    }
    plot->above([times, p50, p95](Ink &ink, const Plot &p) {
        drawPassed(ink, p, times.passed);
        if (!p95.isEmpty() && p.showsX(p95.last().x()))
            drawLineNames(ink, p, {{"p95", ink.c.p95, p95.last().y()}, {"p50", ink.c.p50, p50.last().y()}}, p95.last().x());
    });
    plot->stops = stopsOf(times, *style.colours, style.lang, true);
    return plot;
}

} // namespace tenken
