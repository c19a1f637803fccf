// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/badge.h>
#include <parts/drawing.h>

#include <evidence/numbers.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr qreal legendHeight = 28, axisHeight = 40, labelGutter = 44, lineLabelGutter = 108;

struct Layout {
    QRectF plot;
    double most = 1; ///< pods at the top
    qreal y(double pods) const { return plot.bottom() - plot.height() * pods / most; }
};

qreal drawLegendEntry(Ink &ink, qreal x, qreal y, const QColor &fill, bool hatched, const QString &word)
{
    const QRectF swatch(x, y + ink.u(2), ink.u(12), ink.u(12));
    if (hatched)
        ink.hatched(swatch, ink.c.base, fill);
    else
        ink.block(swatch, fill, 2);
    const qreal width = ink.width(word, Type::Caption);
    ink.text({x + ink.u(18), y, width, ink.u(16)}, Qt::AlignVCenter, word, Type::Caption, ink.c.text2);
    return x + ink.u(18) + width + ink.u(20);
}

void drawAxes(Ink &ink, const Layout &l, int steps)
{
    for (const double tick : niceTicks(0, l.most, 5)) {
        ink.line({l.plot.left(), l.y(tick)}, {l.plot.right(), l.y(tick)}, tick == 0 ? ink.c.axis : ink.c.grid, 1);
        ink.text({l.plot.left() - ink.u(labelGutter), l.y(tick) - ink.u(9), ink.u(labelGutter - 8), ink.u(18)},
                 Qt::AlignRight | Qt::AlignVCenter, formatNumber(tick), Type::Caption, ink.c.text3);
    }
    const qreal column = l.plot.width() / steps;
    const int every = std::max(1, int(ink.u(28) / column) + 1);
    for (int i = 0; i < steps; i += every)
        ink.text({l.plot.left() + column * i, l.plot.bottom() + ink.u(2), column, ink.u(18)}, Qt::AlignCenter,
                 QString::number(i), Type::Caption, ink.c.text3);
    const Text what{"入れ替えの段 (縦は Pod 数)", "Step of the roll-out (pods upward)"};
    ink.text({l.plot.left(), l.plot.bottom() + ink.u(20), l.plot.width(), ink.u(18)}, Qt::AlignRight | Qt::AlignVCenter,
             ink.in(what), Type::Caption, ink.c.text3);
}

void drawColumns(Ink &ink, const Layout &l, const Rollout &r)
{
    const qreal column = l.plot.width() / qreal(r.steps.size()), gap = std::min(ink.u(4), column / 5);
    for (size_t i = 0; i < r.steps.size(); ++i) {
        const RolloutStep &step = r.steps[i];
        const qreal x = l.plot.left() + column * qreal(i) + gap / 2, width = column - gap;
        const auto part = [&](int from, int pods) {
            return QRectF(QPointF(x, l.y(from + pods)), QSizeF(width, l.y(from) - l.y(from + pods)));
        };
        if (r.needed > 0 && step.ready() < r.needed)
            ink.p.fillRect(QRectF(x - gap / 2, l.plot.top(), column, l.plot.height()), ink.c.markFail);
        ink.block(part(0, step.oldPods), ink.c.barNeutral);
        ink.block(part(step.oldPods, step.newReady), ink.c.barStrong);
        if (step.newStarting > 0)
            ink.hatched(part(step.ready(), step.newStarting), ink.c.base, ink.c.barStrong);
    }
}

/// A level across the plot with its name at the right end.
void drawLevel(Ink &ink, const Layout &l, double pods, const QString &name, const QColor &colour, qreal width,
               const QList<qreal> &dashes, qreal shift)
{
    const qreal y = l.y(pods);
    ink.line({l.plot.left(), y}, {l.plot.right() + ink.u(6), y}, colour, width, dashes);
    ink.text({l.plot.right() + ink.u(10), y - ink.u(9) + shift, ink.u(lineLabelGutter - 10), ink.u(18)},
             Qt::AlignVCenter | Qt::AlignLeft, name, Type::CaptionBold, colour);
}

} // namespace

void drawRollout(QPainter &p, const QRectF &box, const Rollout &r, const PictureStyle &style)
{
    if (r.steps.empty())
        return;
    Ink ink(p, style);
    Layout l;
    l.plot = box.adjusted(ink.u(labelGutter), ink.u(legendHeight), -ink.u(lineLabelGutter), -ink.u(axisHeight));
    l.most = std::max({1, r.highestTotal, r.needed, r.replicas}) * 1.08;

    qreal x = l.plot.left();
    x = drawLegendEntry(ink, x, box.top(), ink.c.barNeutral, false, ink.in({"旧 Pod", "Old pods"}));
    x = drawLegendEntry(ink, x, box.top(), ink.c.barStrong, false, ink.in({"新 Pod (ready)", "New pods, ready"}));
    drawLegendEntry(ink, x, box.top(), ink.c.barStrong, true, ink.in({"新 Pod (起動中)", "New pods, starting"}));
    drawAxes(ink, l, int(r.steps.size()));
    drawColumns(ink, l, r);

    const bool short_ = r.needed > 0 && r.lowestReady < r.needed;
    const qreal apart = l.y(r.lowestReady) - l.y(r.needed);
    const qreal shift = r.needed > 0 && std::abs(apart) < ink.u(16) ? (ink.u(16) - std::abs(apart)) / 2 : 0;
    const qreal down = apart >= 0 ? shift : -shift;
    drawLevel(ink, l, r.lowestReady, ink.in(Text{"最小 ready %1", "Lowest ready %1"}.arg(r.lowestReady)),
              short_ ? ink.c.fail.text : ink.c.text, 2.5, {}, down);
    if (r.needed > 0)
        drawLevel(ink, l, r.needed, ink.in(Text{"必要 %1", "Needed %1"}.arg(r.needed)), ink.c.text, 1.5, {1.5, 2}, -down);
}

} // namespace tenken
