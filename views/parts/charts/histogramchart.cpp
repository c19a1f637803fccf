// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts.h>
#include <parts/charts/histogrambins.h>
#include <parts/charts/plot.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

struct Mark {
    QString name;
    double ms = 0;
    QColor Colours::*colour;
    bool trusted = true;
};

struct Percentile {
    double q;
    const char *name;
    QColor Colours::*colour;
    qint64 samples; ///< that it takes to be more than chance
};
const Percentile wanted[] = {{0.5, "p50", &Colours::p50, 20},
                             {0.95, "p95", &Colours::p95, 200},
                             {0.99, "p99", &Colours::p99, 1'000},
                             {0.999, "p99.9", &Colours::p99, 10'000}};

/// From the samples; where a tool keeps none, those that it states.
std::vector<Mark> marksOf(const LoadTestRun &run)
{
    std::vector<Mark> marks;
    const qint64 n = run.latency.count();
    for (const Percentile &p : wanted) {
        const auto stated = run.whole ? run.whole->percentileMs(p.q) : std::nullopt;
        const double ms = n > 0 ? run.latency.percentileMs(p.q) : stated.value_or(-1);
        const bool trusted = n <= 0 || n >= p.samples;
        if (ms > 0 && (trusted || p.samples <= 1'000))
            marks.push_back({QString::fromLatin1(p.name), ms, p.colour, trusted});
    }
    return marks;
}

void drawBars(Ink &ink, const Plot &plot, const std::vector<HistogramBin> &bins)
{
    const QRectF area = plot.plotArea();
    for (const HistogramBin &bin : bins) {
        const qreal left = std::max(area.left(), plot.px(bin.fromMs)), right = std::min(area.right(), plot.px(bin.toMs));
        const qreal top = std::clamp(plot.py(double(bin.count)), area.top(), area.bottom());
        if (bin.count <= 0 || right <= left)
            continue;
        const qreal width = std::max(ink.u(1), right - left - ink.u(1));
        ink.p.fillRect(QRectF(left, top, width, area.bottom() - top), ink.c.confidenceBand);
        // A count is never so small that its bar is not there.
        ink.p.fillRect(QRectF(left, std::min(top, area.bottom() - ink.u(2)), width, ink.u(2)), ink.c.p50);
    }
}

void drawMarks(Ink &ink, const Plot &plot, const std::vector<Mark> &marks, const LoadTestPicture &t)
{
    std::vector<TopLabel> labels;
    for (const Mark &mark : marks) {
        drawUpright(ink, plot, mark.ms, ink.c.*mark.colour, mark.trusted ? 2.5 : 1.5, mark.trusted ? QList<qreal>() : QList<qreal>{2, 2});
        labels.push_back({mark.ms, formatMs(mark.ms), mark.trusted ? mark.name : mark.name + ink.in({" (標本が少ない)", " (few samples)"}),
                          mark.trusted ? ink.c.*mark.colour : ink.c.text3});
    }
    drawTopLabels(ink, plot, labels);
    if (!t.targetMs || !plot.showsX(*t.targetMs))
        return;
    const QRectF area = plot.plotArea();
    ink.line({plot.px(*t.targetMs), area.top()}, {plot.px(*t.targetMs), area.bottom()}, ink.c.text2, 1.5, {1.5, 2});
    const QString name = t.targetPercentile.isEmpty() ? QString() : t.targetPercentile + QLatin1Char(' ');
    ink.patchedText({plot.px(*t.targetMs) + ink.u(6), area.top() + ink.u(12)}, Qt::AlignLeft,
                    ink.in(Text{"目標 %1≤ %2", "Target %1≤ %2"}.arg(name, formatMs(*t.targetMs))), Type::CaptionBold, ink.c.text2,
                    ink.c.base);
}

std::vector<PlotStop> stopsOf(const std::vector<HistogramBin> &bins, qint64 all, const Colours &c, Lang lang)
{
    std::vector<PlotStop> stops;
    qint64 below = 0;
    for (const HistogramBin &bin : bins) {
        below += bin.count;
        if (bin.count == 0)
            continue;
        stops.push_back({std::sqrt(bin.fromMs * bin.toMs), formatMs(bin.fromMs) + u'–' + formatMs(bin.toMs),
                         {{Text{"要求", "Requests"}.in(lang), formatNumber(double(bin.count)), c.p50, double(bin.count)},
                          {Text{"割合", "Share"}.in(lang), formatWithUnit(100.0 * double(bin.count) / double(all), QStringLiteral("%")), c.p95, qQNaN()},
                          {Text{"ここまで", "Up to here"}.in(lang), formatWithUnit(100.0 * double(below) / double(all), QStringLiteral("%")), c.p99, qQNaN()}}});
    }
    return stops;
}

QString summaryOf(const LoadTestRun *run, const std::vector<Mark> &marks, Lang lang)
{
    if (marks.empty())
        return Text{"標本がありません。", "There are no samples."}.in(lang);
    QStringList parts;
    for (const Mark &mark : marks)
        parts << mark.name + QLatin1Char(' ') + formatMs(mark.ms);
    if (run->latency.count() > 0)
        parts << Text{"最大 %1、%2 要求", "maximum %1, %2 requests"}
                     .arg(formatMs(run->latency.maxMs()), formatNumber(double(run->latency.count()))).in(lang);
    return parts.join(lang == Lang::Ja ? QStringLiteral("、") : QStringLiteral(", "));
}

/// The latencies that the axis has to show, with a little room.
std::pair<double, double> rangeOf(const std::vector<HistogramBin> &bins, const std::vector<Mark> &marks, const LoadTestPicture &t)
{
    double low = 1e12, high = 0;
    if (!bins.empty()) {
        low = bins.front().fromMs;
        high = bins.back().toMs;
    }
    for (const Mark &mark : marks) {
        low = std::min(low, mark.ms);
        high = std::max(high, mark.ms);
    }
    if (high <= 0)
        return {1, 10};
    if (t.targetMs && *t.targetMs > 0 && *t.targetMs < high * 5)
        high = std::max(high, *t.targetMs);
    return {low / 1.15, high * 1.15};
}

/// 1, 2 and 5 times powers of ten where decades alone would be too few to read by.
std::vector<double> msTicks(double low, double high)
{
    std::vector<double> ticks = decades(low, high);
    if (ticks.size() >= 4 || !(low > 0))
        return ticks;
    ticks.clear();
    for (double decade = std::pow(10, std::floor(std::log10(low))); decade <= high; decade *= 10)
        for (const double digit : {1.0, 2.0, 5.0})
            if (digit * decade >= low && digit * decade <= high)
                ticks.push_back(digit * decade);
    return ticks;
}

} // namespace

QChart *histogramChart(const LoadTestPicture &t, const PictureStyle &style)
{
    auto *plot = new Plot(style);
    const LoadTestRun none;
    const LoadTestRun &run = t.run ? *t.run : none;
    const std::vector<HistogramBin> bins = histogramBins(run.latency, 20);
    const std::vector<Mark> marks = marksOf(run);
    const auto [low, high] = rangeOf(bins, marks, t);
    qint64 most = 1;
    for (const HistogramBin &bin : bins)
        most = std::max(most, bin.count);
    const bool log = style.switchedScale;
    plot->setScales(Plot::Scale::Log, log ? Plot::Scale::Log : Plot::Scale::Linear);
    plot->setRange(low, high, log ? 0.5 : 0, log ? double(most) * 1.5 : double(most) * 1.05);
    plot->setGutters(64, 60, 40, 44);
    plot->scaleSwitches = !bins.empty();
    AxisText axes;
    axes.xTicks = msTicks(low, high);
    axes.x = [](double ms) { return formatMs(ms); };
    axes.xTitle = Text{"遅延 (対数)", "Latency (log)"}.in(style.lang);
    axes.yLabels = !bins.empty();
    if (log)
        axes.yTicks = decades(1, double(most));
    plot->drawAxes = axesLayer(axes);
    plot->above([t, bins, marks](Ink &ink, const Plot &p) {
        drawBars(ink, p, bins);
        drawMarks(ink, p, marks, t);
        if (bins.empty())
            drawNothing(ink, p, marks.empty() ? Text{"標本がありません。", "There are no samples."}
                                              : Text{"ファイルに標本はなく、述べられた分位点だけです。",
                                                     "The file holds no samples, only the percentiles it states."});
    });
    plot->stops = stopsOf(bins, std::max<qint64>(1, run.latency.count()), *style.colours, style.lang);
    plot->summary = summaryOf(&run, marks, style.lang);
    return plot;
}

} // namespace tenken
