// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/badge.h>
#include <parts/drawing.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

constexpr qreal nameGutter = 104, valueGutter = 132, legendHeight = 26, barHeight = 32, barRow = 52, gap = 14,
                headHeight = 22, eventRow = 28, footHeight = 22;
constexpr int mostDrawnPods = 12; ///< more are drawn as one block with their number

enum class Fill { Reserved, Daemons, Sidecar, App };

QColor colourOf(Fill fill, const Colours &c)
{
    switch (fill) {
    case Fill::Reserved:
        return c.barNeutral;
    case Fill::Daemons:
        return c.barLight;
    case Fill::Sidecar:
        return c.barDeep;
    case Fill::App:
        break;
    }
    return c.barStrong;
}

/// One of the two resources of the node, as the picture needs it.
struct Resource {
    Text name;
    double capacity = 0, reserved = 0, daemons = 0, sidecar = 0, app = 0;
    bool memory = false;

    double used(int pods) const { return reserved + daemons + (sidecar + app) * pods; }
    QString text(double v) const
    {
        if (!memory)
            return formatNumber(v);
        return v >= 1024 ? formatWithUnit(v / 1024, QStringLiteral("GiB")) : formatWithUnit(std::round(v), QStringLiteral("MiB"));
    }
};

Resource resourceOf(const NodePacking &p, bool memory)
{
    const auto of = [memory](const NodeShare &s) { return memory ? s.memory : s.cpu; };
    const Allocatable &n = p.node;
    return {memory ? Text{"メモリ", "Memory"} : Text{"CPU", "CPU"}, of(n.capacity), of(n.machine) + of(n.reserved) + of(n.eviction),
            of(p.daemonSum), of(p.pod.sidecar), of(p.pod.own()), memory};
}

qreal drawLegendEntry(Ink &ink, qreal x, qreal y, const QColor &fill, const Text &words)
{
    const QString word = ink.in(words);
    const qreal width = ink.width(word, Type::Caption);
    ink.block({x, y + ink.u(2), ink.u(12), ink.u(12)}, fill, 2);
    ink.text({x + ink.u(18), y, width, ink.u(16)}, Qt::AlignVCenter, word, Type::Caption, ink.c.text2);
    return x + ink.u(18) + width + ink.u(16);
}

void drawLegend(Ink &ink, const QRectF &box, const NodePacking &p)
{
    qreal x = drawLegendEntry(ink, box.left(), box.top(), ink.c.barNeutral, {"システム予約", "System reserved"});
    if (!p.daemons.empty())
        x = drawLegendEntry(ink, x, box.top(), ink.c.barLight, sameText(QStringLiteral("DaemonSet")));
    if (p.pod.sidecar != NodeShare{})
        x = drawLegendEntry(ink, x, box.top(), ink.c.barDeep, sameText(QStringLiteral("istio-proxy")));
    drawLegendEntry(ink, x, box.top(), ink.c.barStrong, {"アプリの Pod", "Application pod"});
}

/// What is drawn of the Pods: those that fit of the wanted ones, and the ones that do not.
struct Drawn {
    int pods = 0, missing = 0;
    bool merged = false;
};

Drawn drawnOf(const NodePacking &p)
{
    const int wanted = p.apart ? std::min(1, p.wanted) : p.wanted;
    return {p.perNode(), std::max(0, wanted - p.fits), std::max(p.perNode(), wanted) > mostDrawnPods};
}

void drawPart(Ink &ink, const QRectF &part, Fill fill, const QString &word)
{
    if (part.width() < 0.5)
        return;
    const QColor colour = colourOf(fill, ink.c);
    ink.block(part, colour);
    if (ink.width(word, Type::Caption) + ink.u(8) <= part.width())
        ink.text(part, Qt::AlignCenter, word, Type::Caption, inkOn(colour, ink.c));
}

void drawMissing(Ink &ink, const QRectF &part, const Text &words)
{
    ink.hatched(part, ink.c.markFail, ink.c.fail.mark);
    if (const QString word = ink.in(words); ink.width(word, Type::CaptionBold) + ink.u(12) <= part.width())
        ink.patchedText(part.center(), Qt::AlignHCenter, word, Type::CaptionBold, ink.c.fail.text, ink.c.markFail);
}

// A node as one bar: from left to right what is taken, then what is left; its end is a line.
void drawResource(Ink &ink, const QRectF &row, const Resource &r, const Drawn &drawn)
{
    const QRectF bar(row.left() + ink.u(nameGutter), row.top() + ink.u(4), row.width() - ink.u(nameGutter + valueGutter), ink.u(barHeight));
    const double shown = std::max(r.capacity, r.used(drawn.pods + drawn.missing));
    const auto px = [&](double v) { return bar.left() + bar.width() * (shown > 0 ? v / shown : 0); };
    double at = 0;
    const auto next = [&](double amount) {
        const QRectF part(QPointF(px(at), bar.top()), QPointF(px(at + amount), bar.bottom()));
        at += amount;
        return part.adjusted(0, 0, -std::min(ink.u(1), part.width() / 4), 0); // a hair between neighbours
    };
    ink.text({row.left(), bar.top() - ink.u(2), ink.u(nameGutter - 8), ink.u(18)}, Qt::AlignVCenter, ink.in(r.name), Type::BodyBold, ink.c.text);
    ink.text({row.left(), bar.top() + ink.u(16), ink.u(nameGutter - 8), ink.u(16)}, Qt::AlignVCenter, r.text(r.capacity), Type::Caption, ink.c.text3);
    ink.block({bar.left(), bar.top(), px(r.capacity) - bar.left(), bar.height()}, ink.c.alt);

    drawPart(ink, next(r.reserved), Fill::Reserved, r.text(r.reserved));
    drawPart(ink, next(r.daemons), Fill::Daemons, r.text(r.daemons));
    const int blocks = drawn.merged ? std::min(1, drawn.pods) : drawn.pods, each = drawn.merged ? drawn.pods : 1;
    for (int i = 0; i < blocks; ++i) {
        drawPart(ink, next(r.sidecar * each), Fill::Sidecar, r.text(r.sidecar * each));
        const QString word = drawn.merged ? ink.in(Text{"%1 Pod", "%1 pods"}.arg(drawn.pods)) : r.text(r.app);
        drawPart(ink, next(r.app * each), Fill::App, word);
    }
    if (drawn.missing > 0)
        drawMissing(ink, next((r.sidecar + r.app) * drawn.missing), {"載らない Pod", "pod that does not fit"});
    else if (px(r.capacity) - px(at) > ink.u(3)) {
        const QRectF left(QPointF(px(at), bar.top()), QPointF(px(r.capacity), bar.bottom()));
        ink.p.setPen(QPen(ink.c.border, ink.u(1), Qt::DashLine));
        ink.p.drawRect(left.adjusted(ink.u(0.5), ink.u(0.5), -ink.u(0.5), -ink.u(0.5)));
        if (const QString word = ink.in(Text{"残り", "left"}); ink.width(word, Type::Caption) + ink.u(8) <= left.width())
            ink.text(left, Qt::AlignCenter, word, Type::Caption, ink.c.text2);
    }
    const double left = r.capacity - r.used(drawn.pods);
    const bool tight = drawn.missing > 0 && r.used(drawn.pods + drawn.missing) > r.capacity + 1e-9;
    ink.line({px(r.capacity), bar.top() - ink.u(4)}, {px(r.capacity), bar.bottom() + ink.u(4)}, tight ? ink.c.fail.text : ink.c.text2, tight ? 2.5 : 1.5);
    const Text words = tight ? Text{"%1 不足", "%1 short"}.arg(r.text(r.used(drawn.pods + drawn.missing) - r.capacity)) : Text{"残り %1", "%1 left"}.arg(r.text(std::max(0.0, left)));
    ink.text({bar.right() + ink.u(14), bar.top(), ink.u(valueGutter - 14), bar.height()}, Qt::AlignVCenter, ink.in(words), Type::BodyBold,
             tight ? ink.c.fail.text : ink.c.text);
}

void drawFits(Ink &ink, const QRectF &row, const NodePacking &p)
{
    const bool good = p.fits >= p.wanted;
    const Text words = Text{"%1 · 載る Pod %2 · 望む数 %3 · Pod の数の上限 %4", "%1 · %2 pods fit · %3 wanted · at most %4 pods of any kind"}
                           .arg(p.type, p.fits, p.wanted, p.node.allocatable.pods);
    // From the left edge where it would not fit beside the names.
    const qreal gutter = ink.width(ink.in(words), Type::Caption) + ink.u(nameGutter) <= row.width() ? ink.u(nameGutter) : 0;
    ink.text({row.left() + gutter, row.top(), row.width() - gutter, ink.u(18)}, Qt::AlignVCenter, ink.in(words), Type::Caption,
             good ? ink.c.text2 : ink.c.fail.text);
}

void drawEvents(Ink &ink, const QRectF &box, const NodePacking &p)
{
    ink.text({box.left(), box.top(), box.width(), ink.u(headHeight)}, Qt::AlignVCenter,
             ink.in(Text{"イベントに要るノード（1 ノード %1 Pod）", "Nodes for the events (%1 pods a node)"}.arg(p.perNode())), Type::CaptionBold, ink.c.text2);
    const QRectF plot = box.adjusted(ink.u(nameGutter), ink.u(headHeight), -ink.u(valueGutter), 0);
    const double most = std::max({1, p.mostNodes(), p.maxNodes.value_or(0)}) * 1.04;
    const auto px = [&](double nodes) { return plot.left() + plot.width() * nodes / most; };
    qreal y = plot.top();
    for (const NodePacking::EventNodes &e : p.events) {
        const QRectF bar(plot.left(), y + ink.u(6), px(e.nodes) - plot.left(), ink.u(eventRow - 12));
        const bool over = p.maxNodes && e.nodes > *p.maxNodes;
        ink.text({box.left(), y, ink.u(nameGutter - 8), ink.u(eventRow)}, Qt::AlignVCenter, ink.elided(ink.in(e.name), Type::Caption, ink.u(nameGutter - 8)),
                 Type::Caption, ink.c.text2);
        ink.block({bar.left(), bar.top(), plot.width(), bar.height()}, ink.c.alt);
        ink.block(over ? QRectF(bar.topLeft(), QPointF(px(*p.maxNodes), bar.bottom())) : bar, ink.c.barStrong);
        if (over)
            ink.hatched(QRectF(QPointF(px(*p.maxNodes), bar.top()), bar.bottomRight()), ink.c.markFail, ink.c.fail.mark);
        ink.text({plot.right() + ink.u(14), y, ink.u(valueGutter - 14), ink.u(eventRow)}, Qt::AlignVCenter,
                 ink.in(Text{"%1 ノード · %2 Pod", "%1 nodes · %2 pods"}.arg(e.nodes, e.pods)), over ? Type::CaptionBold : Type::Caption, over ? ink.c.fail.text : ink.c.text);
        y += ink.u(eventRow);
    }
    if (!p.maxNodes)
        return;
    const qreal x = px(*p.maxNodes);
    ink.line({x, plot.top()}, {x, y + ink.u(2)}, ink.c.text, 1.5, {1.5, 2});
    const QString word = ink.in(Text{"グループの最大 %1", "group maximum %1"}.arg(*p.maxNodes));
    const qreal width = ink.width(word, Type::CaptionBold);
    ink.text({std::min(x - width / 2, plot.right() + ink.u(10) - width), y + ink.u(2), width, ink.u(18)}, Qt::AlignCenter, word, Type::CaptionBold, ink.c.text);
}

} // namespace

qreal nodePackingHeight(const NodePacking &p, const PictureStyle &style)
{
    const qreal events = p.events.empty() ? 0 : gap + headHeight + eventRow * qreal(p.events.size()) + (p.maxNodes ? footHeight : 0);
    return style.scale * (legendHeight + 2 * barRow + 20 + events + 4);
}

void drawNodePacking(QPainter &painter, const QRectF &box, const NodePacking &p, const PictureStyle &style)
{
    if (p.node.capacity.cpu <= 0)
        return;
    Ink ink(painter, style);
    drawLegend(ink, box, p);
    const Drawn drawn = drawnOf(p);
    qreal y = box.top() + ink.u(legendHeight);
    for (const bool memory : {false, true}) {
        drawResource(ink, {box.left(), y, box.width(), ink.u(barRow)}, resourceOf(p, memory), drawn);
        y += ink.u(barRow);
    }
    drawFits(ink, {box.left(), y - ink.u(4), box.width(), ink.u(20)}, p);
    y += ink.u(20);
    if (!p.events.empty())
        drawEvents(ink, {box.left(), y + ink.u(gap), box.width(), box.bottom() - y - ink.u(gap)}, p);
}

} // namespace tenken
