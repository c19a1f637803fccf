// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/badge.h>
#include <parts/charts.h>
#include <parts/charts/plot.h>

#include <evidence/numbers.h>

#include <QBarSet>
#include <QFontMetricsF>
#include <QHorizontalStackedBarSeries>

#include <algorithm>

namespace tenken {

namespace {

constexpr qreal barShare = 0.5; ///< of an event's row

struct Part {
    Text name;
    int EventPlan::*pods;
    QColor Colours::*colour;
};

std::vector<Part> partsOf(const CapacityPlan &plan)
{
    std::vector<Part> parts{{{"ピーク", "Peak"}, &EventPlan::peakPods, &Colours::barDeep}};
    const auto uses = [&](int EventPlan::*pods) {
        return std::ranges::any_of(plan.events, [&](const EventPlan &e) { return e.*pods > 0; });
    };
    if (uses(&EventPlan::headroomPods))
        parts.push_back({Text{"余裕 %1 %", "Headroom %1 %"}.arg(formatNumber(plan.options.headroom * 100)),
                         &EventPlan::headroomPods, &Colours::barStrong});
    if (uses(&EventPlan::zonePods))
        parts.push_back({{"1 AZ 喪失の補填", "For a lost zone"}, &EventPlan::zonePods, &Colours::barLight});
    return parts;
}

/// No number of pods carries it: its pods are not a number to show.
bool isOutOfReach(const EventPlan &e) { return e.unreachable; }

bool isShort(const CapacityPlan &plan, const EventPlan &e) { return !isOutOfReach(e) && plan.maxReplicas && e.needed() > *plan.maxReplicas; }

/// The row of an event: events run from the top down, categories of Qt Charts from the bottom up.
QRectF rowOf(const Plot &plot, size_t event, size_t events)
{
    const QRectF area = plot.plotArea();
    const qreal height = area.height() / qreal(events);
    return {area.left(), area.top() + height * qreal(event), area.width(), height};
}

void drawLegend(Ink &ink, const CapacityPlan &plan)
{
    // One line where it fits; names of the parts are short.
    qreal x = 0;
    for (const Part &part : partsOf(plan)) {
        ink.block({x, ink.u(3), ink.u(12), ink.u(12)}, ink.c.*part.colour, 2);
        const QString name = ink.in(part.name);
        const qreal width = ink.width(name, Type::Caption);
        ink.text({x + ink.u(18), 0, width, ink.u(18)}, Qt::AlignVCenter, name, Type::Caption, ink.c.text2);
        x += ink.u(18) + width + ink.u(20);
    }
}

void drawRowName(Ink &ink, const QRectF &row, const EventPlan &e, qreal room)
{
    const QString load = formatWithUnit(e.event.peakRps, QStringLiteral("req/s"));
    const QRectF upper(0, row.center().y() - ink.u(18), room, ink.u(18));
    ink.text(upper, Qt::AlignRight | Qt::AlignVCenter, ink.elided(ink.in(e.event.name), Type::CaptionBold, room),
             Type::CaptionBold, ink.c.text);
    ink.text(upper.translated(0, ink.u(18)), Qt::AlignRight | Qt::AlignVCenter, load, Type::Caption, ink.c.text2);
}

void drawShortage(Ink &ink, const Plot &plot, const QRectF &bar, const CapacityPlan &plan, const EventPlan &e)
{
    const int missing = e.needed() - *plan.maxReplicas;
    const QRectF gap(QPointF(plot.px(*plan.maxReplicas), bar.top()), QPointF(plot.px(e.needed()), bar.bottom()));
    ink.p.fillRect(gap, ink.c.fail.fill);
    drawHatch(ink.p, gap, ink.c.markFail, ink.u(8), ink.u(1.2));
    const QString label = ink.in(Text{"%1 Pod 不足", "%1 pods short"}.arg(missing));
    if (ink.width(label, Type::CaptionBold) + ink.u(12) < gap.width())
        ink.patchedText(gap.center(), Qt::AlignHCenter, label, Type::CaptionBold, ink.c.fail.onFill, ink.c.fail.fill);
}

Text reachWords(const EventPlan &e)
{
    return e.mostRps > 0 ? Text{"Pod を増やしても届きません (最大 %1 req/s)", "no number of pods reaches it (at most %1 req/s)"}
                               .arg(formatNumber(e.mostRps))
                         : Text{"Pod を増やしても届きません", "no number of pods reaches it"};
}

void drawOutOfReach(Ink &ink, const Plot &plot, const QRectF &bar, const EventPlan &e)
{
    const QRectF area = plot.plotArea();
    ink.p.fillRect(bar.adjusted(0, 0, -ink.u(1), 0), ink.c.fail.fill);
    drawHatch(ink.p, bar.adjusted(0, 0, -ink.u(1), 0), ink.c.markFail, ink.u(8), ink.u(1.2));
    const QString words = ink.elided(ink.in(reachWords(e)), Type::CaptionBold, area.width() - ink.u(16));
    ink.patchedText(bar.center(), Qt::AlignHCenter, words, Type::CaptionBold, ink.c.fail.onFill, ink.c.fail.fill);
}

/// With a word where that is more than was ever tested.
QString neededText(const EventPlan &e, Lang lang)
{
    return e.extrapolated ? formatNumber(e.needed()) + Text{" (外挿)", " (extrapolated)"}.in(lang) : formatNumber(e.needed());
}

void drawRows(Ink &ink, const Plot &plot, const CapacityPlan &plan)
{
    for (size_t i = 0; i < plan.events.size(); ++i) {
        const EventPlan &e = plan.events[i];
        const QRectF row = rowOf(plot, i, plan.events.size());
        const qreal half = row.height() * barShare / 2;
        const QRectF bar(row.left(), row.center().y() - half, row.width(), 2 * half);
        drawRowName(ink, row, e, plot.plotArea().left() - ink.u(12));
        if (isOutOfReach(e)) {
            drawOutOfReach(ink, plot, bar, e);
            continue;
        }
        const bool lacks = isShort(plan, e);
        if (lacks)
            drawShortage(ink, plot, bar, plan, e);
        ink.patchedText({plot.px(e.needed()) + ink.u(8), row.center().y()}, Qt::AlignLeft, neededText(e, ink.style.lang),
                        Type::BodyBold, lacks ? ink.c.fail.text : ink.c.text,
                        plan.maxReplicas && e.needed() >= *plan.maxReplicas ? ink.c.beyond : ink.c.base);
    }
}

void drawLimits(Ink &ink, const Plot &plot, const CapacityPlan &plan)
{
    const QRectF area = plot.plotArea();
    const auto line = [&](double pods, qreal width, const QList<qreal> &dashes, const QColor &colour) {
        ink.line({plot.px(pods), area.top() - ink.u(6)}, {plot.px(pods), area.bottom()}, colour, width, dashes);
    };
    const auto label = [&](double pods, const Text &text, Type role, const QColor &colour, qreal from) {
        const QString words = ink.in(text);
        const qreal width = ink.width(words, role);
        const qreal x = std::clamp(plot.px(pods) - width / 2, from, plot.size().width() - width);
        ink.text({x, area.top() - ink.u(26), width, ink.u(18)}, Qt::AlignVCenter, words, role, colour);
        return x + width + ink.u(12);
    };
    const bool fixed = plan.minReplicas && plan.maxReplicas && *plan.minReplicas == *plan.maxReplicas;
    qreal end = 0;
    if (plan.minReplicas && !fixed) {
        line(*plan.minReplicas, 1.5, {3, 2}, ink.c.text2);
        end = label(*plan.minReplicas, Text{"HPA 最小 %1", "HPA min %1"}.arg(*plan.minReplicas), Type::Caption, ink.c.text2, 0);
    }
    if (plan.maxReplicas) {
        line(*plan.maxReplicas, 3, {}, ink.c.text);
        const Text words = fixed ? Text{"固定 %1", "Fixed at %1"} : Text{"HPA 最大 %1", "HPA max %1"};
        label(*plan.maxReplicas, words.arg(*plan.maxReplicas), Type::CaptionBold, ink.c.text, end);
    }
}

/// Room for the events' names, within reason.
qreal nameGutter(const CapacityPlan &plan, const PictureStyle &style)
{
    const QFontMetricsF metrics(unitFontFor(Type::CaptionBold, 1, style.families));
    qreal widest = 80;
    for (const EventPlan &e : plan.events)
        widest = std::max(widest, metrics.horizontalAdvance(e.event.name.in(style.lang)));
    return std::min(widest + 24, 176.0);
}

std::vector<PlotStop> stopsOf(const CapacityPlan &plan, const PictureStyle &style)
{
    std::vector<PlotStop> stops;
    for (size_t i = 0; i < plan.events.size(); ++i) {
        const EventPlan &e = plan.events[i];
        PlotStop stop{isOutOfReach(e) ? 0 : double(e.needed()), e.event.name.in(style.lang), {}};
        const double row = double(plan.events.size()) - double(i) - 0.5;
        const Text needed{"必要", "Needed"};
        if (isOutOfReach(e)) {
            stop.readings.push_back({needed.in(style.lang), reachWords(e).in(style.lang), style.colours->fail.text, row});
            stops.push_back(std::move(stop));
            continue;
        }
        for (const Part &part : partsOf(plan))
            stop.readings.push_back({part.name.in(style.lang), formatWithUnit(e.*part.pods, QStringLiteral("Pod")),
                                     (*style.colours).*part.colour, qQNaN()});
        if (e.nodes)
            stop.readings.push_back({Text{"ノード", "Nodes"}.in(style.lang), formatNumber(*e.nodes), style.colours->text2, qQNaN()});
        stop.readings.push_back({needed.in(style.lang), formatWithUnit(e.needed(), QStringLiteral("Pod")),
                                 isShort(plan, e) ? style.colours->fail.text : style.colours->text, row});
        stops.push_back(std::move(stop));
    }
    return stops;
}

QString summaryOf(const CapacityPlan &plan, Lang lang)
{
    QStringList parts;
    for (const EventPlan &e : plan.events) {
        if (isOutOfReach(e)) {
            parts << e.event.name.in(lang) + QStringLiteral(": ") + reachWords(e).in(lang);
            continue;
        }
        const Text needs = Text{"%1 は %2 Pod", "%1 needs %2 pods"}.arg(e.event.name, e.needed());
        parts << (isShort(plan, e) ? Text{"%1 (%2 不足)", "%1 (%2 short)"}.arg(needs, e.needed() - *plan.maxReplicas) : needs).in(lang);
    }
    if (plan.maxReplicas)
        parts << Text{"最大は %1 Pod", "the maximum is %1 pods"}.arg(*plan.maxReplicas).in(lang);
    return parts.join(lang == Lang::Ja ? QStringLiteral("、") : QStringLiteral(", "));
}

} // namespace

QChart *capacityChart(const CapacityPlan &plan, const PictureStyle &style)
{
    auto *plot = new Plot(style);
    double most = 1.1 * std::max({1, plan.maxReplicas.value_or(0), plan.minReplicas.value_or(0)});
    for (const EventPlan &e : plan.events)
        if (!isOutOfReach(e)) // the number stands beside its bar, with a word where it is extrapolated
            most = std::max(most, double(e.needed()) * (e.extrapolated ? 1.45 : 1.1));
    const size_t events = plan.events.size();
    plot->setScales(Plot::Scale::Linear, Plot::Scale::Category);
    plot->setRange(0, most, 0, double(std::max<size_t>(1, events)));
    plot->setGutters(nameGutter(plan, style), 56, 24, 44);
    AxisText axes;
    axes.verticalGrid = true;
    axes.yLabels = false;
    axes.xTitle = Text{"必要な Pod 数", "Pods needed"}.in(style.lang);
    plot->drawAxes = axesLayer(axes);
    plot->behind([plan](Ink &ink, const Plot &p) {
        if (!plan.maxReplicas)
            return;
        const QRectF area = p.plotArea();
        const qreal left = p.px(*plan.maxReplicas);
        ink.p.fillRect(QRectF(left, area.top(), area.right() - left, area.height()), ink.c.beyond);
    });
    if (events > 0) {
        auto *bars = new QHorizontalStackedBarSeries(plot);
        bars->setBarWidth(barShare);
        for (const Part &part : partsOf(plan)) {
            auto *set = new QBarSet(part.name.in(style.lang), bars);
            set->setBrush((*style.colours).*part.colour);
            set->setPen(QPen(style.colours->base, style.scale));
            for (size_t i = events; i-- > 0;)
                set->append(isOutOfReach(plan.events[i]) ? 0 : plan.events[i].*part.pods);
            bars->append(set);
        }
        plot->addShown(bars);
    }
    plot->above([plan](Ink &ink, const Plot &p) {
        drawLegend(ink, plan);
        drawLimits(ink, p, plan);
        drawRows(ink, p, plan);
    });
    plot->stops = stopsOf(plan, style);
    plot->summary = summaryOf(plan, style.lang);
    return plot;
}

} // namespace tenken
