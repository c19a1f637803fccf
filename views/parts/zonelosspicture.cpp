// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/badge.h>
#include <parts/drawing.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr qreal nameGutter = 104, resultGutter = 120, headHeight = 24, rowHeight = 64, rowGap = 12, cellGap = 8, aftermathRow = 20;

/// Pods as squares, in rows that fill the cell; where they would be smaller than 5 px, the number says it.
void drawPods(Ink &ink, const QRectF &cell, int pods, const QColor &fill)
{
    const QRectF room = cell.adjusted(ink.u(8), ink.u(8), -ink.u(40), -ink.u(8));
    for (qreal side = ink.u(12); side >= ink.u(5); side -= ink.u(1)) {
        const qreal pitch = side + ink.u(3);
        const int across = int((room.width() + ink.u(3)) / pitch), down = int((room.height() + ink.u(3)) / pitch);
        if (across * down < pods || across < 1)
            continue;
        const int rows = (pods + across - 1) / across;
        const qreal top = room.center().y() - (rows * pitch - ink.u(3)) / 2;
        for (int i = 0; i < pods; ++i)
            ink.block({room.left() + (i % across) * pitch, top + (i / across) * pitch, side, side}, fill, 1);
        return;
    }
}

void drawZone(Ink &ink, const QRectF &cell, int pods, bool lost)
{
    if (lost)
        ink.hatched(cell, ink.c.markFail, ink.c.fail.mark);
    else
        ink.block(cell, ink.c.alt, 2);
    if (!lost)
        drawPods(ink, cell, pods, ink.c.barStrong);
    const QString number = QString::number(pods);
    if (lost)
        ink.patchedText(cell.center(), Qt::AlignHCenter, ink.in(Text{"%1 Pod を失う", "%1 pods lost"}.arg(pods)),
                        Type::CaptionBold, ink.c.fail.text, ink.c.markFail);
    else
        ink.text(cell.adjusted(0, 0, -ink.u(10), 0), Qt::AlignRight | Qt::AlignVCenter, number, Type::BodyBold, ink.c.text);
}

void drawResult(Ink &ink, const QRectF &place, int left, int needed)
{
    const bool enough = needed <= 0 || left >= needed;
    const QColor colour = needed <= 0 ? ink.c.text : enough ? ink.c.pass.text : ink.c.fail.text;
    ink.text({place.left(), place.center().y() - ink.u(20), place.width(), ink.u(24)}, Qt::AlignVCenter,
             ink.in(Text{"残り %1 Pod", "%1 pods left"}.arg(left)), Type::Title, colour);
    const Text wanted = needed > 0 ? Text{"必要 ≥ %1", "needed ≥ %1"}.arg(needed) : Text{"必要数は不明", "need unknown"};
    ink.text({place.left(), place.center().y() + ink.u(4), place.width(), ink.u(16)}, Qt::AlignVCenter, ink.in(wanted),
             Type::Caption, ink.c.text3);
}

void drawCase(Ink &ink, const QRectF &row, const Text &name, const Text &why, const std::vector<int> &zones, int left,
              int needed)
{
    ink.text({row.left(), row.center().y() - ink.u(18), ink.u(nameGutter), ink.u(18)}, Qt::AlignVCenter, ink.in(name),
             Type::BodyBold, ink.c.text);
    ink.text({row.left(), row.center().y() + ink.u(2), ink.u(nameGutter), ink.u(16)}, Qt::AlignVCenter, ink.in(why),
             Type::Caption, ink.c.text3);
    const QRectF cells = row.adjusted(ink.u(nameGutter), 0, -ink.u(resultGutter), 0);
    const qreal width = (cells.width() - ink.u(cellGap) * (zones.size() - 1)) / zones.size();
    // The zone that is lost is the one that hurts most.
    const auto lost = std::max_element(zones.begin(), zones.end()) - zones.begin();
    for (size_t i = 0; i < zones.size(); ++i)
        drawZone(ink, {cells.left() + qreal(i) * (width + ink.u(cellGap)), cells.top(), width, cells.height()},
                 zones[i], qsizetype(i) == lost);
    drawResult(ink, {cells.right() + ink.u(16), row.top(), ink.u(resultGutter - 16), row.height()}, left, needed);
}

/// What happens until the zone is back: when the lost pods are replaced, and what budget and autoscaler do.
void drawAftermath(Ink &ink, const QRectF &box, const ZoneLoss &loss)
{
    const ZoneAftermath &a = *loss.aftermath;
    const int lost = a.replaced + a.waiting;
    const auto row = [&, y = box.top()](const Text &name, const Text &what, bool bad) mutable {
        ink.text({box.left(), y, ink.u(nameGutter), ink.u(aftermathRow)}, Qt::AlignVCenter, ink.in(name), Type::CaptionBold, ink.c.text2);
        ink.text({box.left() + ink.u(nameGutter), y, box.width() - ink.u(nameGutter), ink.u(aftermathRow)}, Qt::AlignVCenter, ink.in(what),
                 Type::Caption, bad ? ink.c.fail.text : ink.c.text);
        y += ink.u(aftermathRow);
    };
    ink.line({box.left(), box.top() - ink.u(4)}, {box.right(), box.top() - ink.u(4)}, ink.c.line, 1);
    if (!a.givenUpAfter || a.orderedIdentity)
        row({"失った Pod", "Lost pods"}, Text{"%1 Pod は代わらないまま", "%1 pods are not replaced"}.arg(lost), true);
    else if (a.waiting > 0)
        row(Text{"%1 s 後", "After %1 s"}.arg(*a.givenUpAfter), Text{"代わりの %1 Pod が動き、%2 Pod は Pending", "%1 replacements run, %2 stay pending"}.arg(a.replaced, a.waiting), true);
    else
        row(Text{"%1 s 後", "After %1 s"}.arg(*a.givenUpAfter), Text{"代わりの %1 Pod が残りの AZ で動く", "%1 replacements run in the other zones"}.arg(a.replaced), false);
    row(sameText(QStringLiteral("PDB")), !a.hasBudget ? Text{"なし: drain がさらに減らせる", "none: drains may take more"}
            : !a.evictable                            ? Text{"読めない", "cannot be read"}
                                                      : Text{"あと %1 Pod の追い出しを許す", "lets %1 more be evicted"}.arg(*a.evictable), false);
    row(sameText(QStringLiteral("HPA")), a.autoscaledTo ? Text{"失った Pod を 0 % と数え、%1 Pod のまま (最大 %2)", "counts lost pods as 0 %, stays at %1 (at most %2)"}.arg(*a.autoscaledTo, a.autoscalerMax)
                                                        : Text{"なし: %1 Pod のまま", "none: stays at %1"}.arg(loss.replicas), false);
}

} // namespace

qreal zoneLossHeight(const ZoneLoss &loss, const PictureStyle &style)
{
    const bool one = loss.best == loss.worst || loss.best.empty() || loss.worst.empty();
    return style.scale * (headHeight + rowHeight + (one ? 0 : rowHeight + rowGap) + 4 + (loss.aftermath ? rowGap + 3 * aftermathRow : 0));
}

void drawZoneLoss(QPainter &p, const QRectF &box, const ZoneLoss &loss, const PictureStyle &style)
{
    if (loss.worst.empty() && loss.best.empty())
        return;
    Ink ink(p, style);
    const size_t zones = std::max(loss.best.size(), loss.worst.size());
    const QRectF cells = box.adjusted(ink.u(nameGutter), 0, -ink.u(resultGutter), 0);
    const qreal width = (cells.width() - ink.u(cellGap) * (zones - 1)) / zones;
    for (size_t i = 0; i < zones; ++i)
        ink.text({cells.left() + qreal(i) * (width + ink.u(cellGap)), box.top(), width, ink.u(headHeight)},
                 Qt::AlignLeft | Qt::AlignVCenter, ink.in(Text{"AZ %1", "Zone %1"}.arg(int(i) + 1)), Type::Caption,
                 ink.c.text2);

    qreal y = box.top() + ink.u(headHeight);
    const auto drawNext = [&](const Text &name, const Text &why, const std::vector<int> &pods, int left) {
        drawCase(ink, {box.left(), y, box.width(), ink.u(rowHeight)}, name, why, pods, left, loss.needed);
        y += ink.u(rowHeight + rowGap);
    };
    if (loss.best == loss.worst || loss.best.empty() || loss.worst.empty()) {
        const auto &only = loss.worst.empty() ? loss.best : loss.worst;
        drawNext({"保証された配置", "Guaranteed"}, {"制約どおり", "by the constraint"}, only,
                 loss.worst.empty() ? loss.leftBest : loss.leftWorst);
    } else {
        drawNext({"最良の配置", "Best spread"}, {"均等", "even"}, loss.best, loss.leftBest);
        drawNext({"最悪の配置", "Worst spread"}, {"制約が許す偏り", "allowed skew"}, loss.worst, loss.leftWorst);
    }
    if (loss.aftermath)
        drawAftermath(ink, {box.left(), y, box.width(), ink.u(3 * aftermathRow)}, loss);
}

} // namespace tenken
