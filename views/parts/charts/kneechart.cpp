// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts.h>
#include <parts/charts/runaxis.h>

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

/// What the chart marks, per pod.
struct Marks {
    std::vector<LoadStep> steps;   ///< by load, those of which some percentile is known
    double pods = 1;
    bool byUsers = false;          ///< a closed loop holds users, and takes whatever rate comes of it
    double knee = 0, firstBad = 0, firstErrors = 0; ///< on the load's axis; 0: none
    double from = 0, to = 1, highest = 1000;
    MsRange range{1, 1000};
    double load(const LoadStep &s) const { return byUsers ? s.users : s.offered / pods; }
    QList<QPointF> points(const Line &line) const;
    QList<bool> trusted(const Line &line) const;
};

QList<QPointF> Marks::points(const Line &line) const
{
    QList<QPointF> points;
    for (const LoadStep &s : steps)
        if (isStated(s.*line.value))
            points.append({load(s), s.*line.value});
    return points;
}

QList<bool> Marks::trusted(const Line &line) const
{
    QList<bool> trusted;
    for (const LoadStep &s : steps)
        if (isStated(s.*line.value))
            trusted.append(line.trusted(s));
    return trusted;
}

void placeKnee(Marks &m, const Knee &k)
{
    m.knee = m.byUsers ? k.users : k.offered / m.pods;
    m.firstBad = m.byUsers ? k.firstBadUsers : k.firstBad / m.pods;
    m.firstErrors = k.firstErrors / m.pods;
    if (!m.byUsers || k.firstErrors <= 0)
        return;
    const auto failing = std::ranges::find(m.steps, k.firstErrors, &LoadStep::offered);
    m.firstErrors = failing == m.steps.end() ? 0 : failing->users;
}

Marks marksOf(const LoadTestPicture &t)
{
    Marks m;
    m.pods = std::max(1, t.pods);
    for (const LoadStep &s : t.steps)
        if (s.samples > 0 && (isStated(s.p50) || isStated(s.p95) || isStated(s.p99)))
            m.steps.push_back(s);
    const auto hasUsers = [](const LoadStep &s) { return s.users > 0; };
    m.byUsers = t.run && t.run->model == LoadModel::Closed && std::ranges::all_of(m.steps, hasUsers);
    std::ranges::stable_sort(m.steps, {}, [&](const LoadStep &s) { return m.load(s); });
    placeKnee(m, t.knee);
    if (m.steps.empty())
        return m;
    m.from = m.load(m.steps.front());
    m.to = m.load(m.steps.back());
    if (t.declaredPerPod && !m.byUsers) {
        m.from = std::min(m.from, *t.declaredPerPod);
        m.to = std::max(m.to, *t.declaredPerPod);
    }
    const double pad = m.to > m.from ? (m.to - m.from) / 20 : std::max(1.0, m.to / 4);
    m.from = std::max(0.0, m.from - pad);
    m.to += pad;
    double low = 1e12, high = 0;
    for (const LoadStep &s : m.steps)
        for (const Line &line : lines)
            if (isStated(s.*line.value)) {
                low = std::min(low, s.*line.value);
                high = std::max(high, s.*line.value);
            }
    if (t.targetMs && *t.targetMs > 0) {
        low = std::min(low, *t.targetMs);
        high = std::max(high, *t.targetMs);
    }
    m.range = wholeDecades(low, high);
    m.highest = high;
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

std::vector<TopLabel> topLabels(const Colours &c, Lang lang, const LoadTestPicture &t, const Marks &m)
{
    const auto in = [lang](const Text &text) { return text.in(lang); };
    std::vector<TopLabel> labels;
    const Knee &k = t.knee;
    const double knee = k.throughput / m.pods;
    const QString value = formatNumber(knee);
    if (k.usable && k.reached) {
        const QString bad = formatNumber(m.firstBad);
        const Text range = m.byUsers ? Text{"並列 %1、次は %2 · %3", "at %1 users, next %2 · %3"}.arg(formatNumber(m.knee), bad, confidenceText(k.confidence))
                                     : Text{"区間 %1–%2 · %3", "in %1–%2 · %3"}.arg(value, bad, confidenceText(k.confidence));
        labels.push_back({m.knee, in(Text{"膝 %1", "Knee %1"}.arg(value)), in(range), c.text});
    } else if (k.usable) {
        labels.push_back({m.knee, in(Text{"膝は %1 以上", "Knee at %1 or more"}.arg(value)),
                          in({"この試験では膝に届いていません", "this test did not reach it"}), c.text2});
    }
    if (t.declaredPerPod && !m.byUsers) {
        const Text share = k.usable && k.reached && knee > 0
            ? Text{"膝の %1 %", "%1 % of the knee"}.arg(qRound(*t.declaredPerPod / knee * 100))
            : Text{"1 Pod の計画値", "planned per pod"};
        labels.push_back({*t.declaredPerPod, in(Text{"申告 %1", "Declared %1"}.arg(formatNumber(*t.declaredPerPod))),
                          in(share), c.accent});
    }
    if (m.firstErrors > 0) {
        const double errors = k.firstErrors / m.pods;
        const std::optional<double> factor = k.errorsFactor();
        const Text times = factor
            ? Text{"膝の %1 倍", "%1 × the knee"}.arg(QString::number(*factor, 'f', 2))
            : Text{"エラー 1 % 超", "errors above 1 %"};
        labels.push_back({m.firstErrors, in(Text{"最初のエラー %1", "First errors %1"}.arg(formatNumber(errors))), in(times), c.fail.text});
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
    const double bad = std::max(m.knee, m.firstBad);
    band(m.knee, bad, ink.c.markNeutral);
    band(bad, plot.xTo(), ink.c.beyond);
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
        const QString rate = formatWithUnit(s.offered / m.pods, QStringLiteral("req/s / Pod"));
        PlotStop stop{m.load(s), m.byUsers ? Text{"並列 %1 · %2", "%1 users · %2"}.arg(formatNumber(s.users), rate).in(lang) : rate, {}};
        for (const Line &line : lines) {
            if (!isStated(s.*line.value))
                continue;
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

/// What the labels above the plot say, in words.
QString summaryOf(const Colours &c, Lang lang, const LoadTestPicture &t, const Marks &m)
{
    QStringList parts;
    if (!t.knee.usable)
        parts << t.knee.whyNotUsable.in(lang);
    for (const TopLabel &label : topLabels(c, lang, t, m))
        parts << label.value + QStringLiteral(" (") + label.meaning + QLatin1Char(')');
    return parts.join(Text{"、", ", "}.in(lang));
}

void drawLines(Ink &ink, const Plot &p, const Marks &m)
{
    std::vector<LineName> names;
    double last = 0;
    for (const Line &line : lines) {
        const QList<QPointF> points = m.points(line);
        drawDots(ink, p, points, m.trusted(line), ink.c.*line.colour);
        if (points.isEmpty())
            continue;
        names.insert(names.begin(), {QString::fromLatin1(line.name), ink.c.*line.colour, points.last().y()});
        last = std::max(last, points.last().x());
    }
    if (!names.empty() && p.showsX(last))
        drawLineNames(ink, p, names, last);
}

void drawMarks(Ink &ink, const Plot &p, const LoadTestPicture &t, const Marks &m)
{
    drawTarget(ink, p, t);
    if (t.declaredPerPod && !m.byUsers)
        drawUpright(ink, p, *t.declaredPerPod, ink.c.accent, 2, {3, 2});
    if (m.firstErrors > 0) {
        drawUpright(ink, p, m.firstErrors, ink.c.fail.mark, 2, {1.2, 1.6});
        drawErrorsTriangle(ink, p, m.firstErrors);
    }
    if (t.knee.usable && t.knee.reached)
        drawUpright(ink, p, m.knee, ink.c.text, 3);
}

} // namespace

QChart *kneeChart(const LoadTestPicture &t, const PictureStyle &style)
{
    auto *plot = new Plot(style);
    const Marks m = marksOf(t);
    const bool linear = style.switchedScale;
    plot->setScales(Plot::Scale::Linear, linear ? Plot::Scale::Linear : Plot::Scale::Log);
    plot->setRange(m.from, m.to, linear ? 0 : m.range.low, linear ? m.highest * 1.08 : m.range.high);
    plot->setGutters(56, 56, 48, 44);
    plot->scaleSwitches = true;
    AxisText axes;
    axes.yTicks = linear ? std::vector<double>() : decades(m.range.low, m.range.high);
    axes.y = [](double ms) { return formatMs(ms); };
    axes.xTitle = (m.byUsers ? Text{"並列数 (接続、ユーザー)", "Concurrency (connections, users)"}
                             : Text{"投入した負荷 req/s / Pod", "Offered load, req/s per pod"}).in(style.lang);
    plot->drawAxes = axesLayer(axes);
    plot->behind([t, m](Ink &ink, const Plot &p) { drawBands(ink, p, t, m); });
    for (const Line &line : lines)
        if (const QList<QPointF> points = m.points(line); !points.isEmpty())
            plot->addLine(points, (*style.colours).*line.colour, line.width);
    plot->above([t, m](Ink &ink, const Plot &p) {
        if (m.steps.empty())
            drawNothing(ink, p, {"段ごとの遅延がありません。", "There are no latencies by step."});
        drawMarks(ink, p, t, m);
        drawLines(ink, p, m);
        drawTopLabels(ink, p, topLabels(ink.c, ink.style.lang, t, m));
        drawFewSamples(ink, p, m);
        if (!t.knee.usable) // where neither the names of the lines above nor the target stand
            ink.patchedText({p.plotArea().left() + ink.u(10), p.plotArea().bottom() - ink.u(12)}, Qt::AlignLeft,
                            ink.in(t.knee.whyNotUsable), Type::Caption, ink.c.text2, ink.c.base);
    });
    plot->stops = stopsOf(m, *style.colours, style.lang);
    plot->summary = summaryOf(*style.colours, style.lang, t, m);
    return plot;
}

} // namespace tenken
