// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/badge.h>
#include <parts/drawing.h>

#include <evidence/numbers.h>

#include <QPainterPath>

#include <algorithm>

namespace tenken {

namespace {

constexpr qreal legendHeight = 28, signHeight = 30, axisHeight = 44, labelGutter = 48, rightGutter = 16;

struct Layout {
    QRectF plot;
    qreal column = 1;
    qreal x(size_t i) const { return plot.left() + column * qreal(i); }
    qreal y(double percent) const { return plot.bottom() - plot.height() * std::clamp(percent, 0.0, 100.0) / 104; }
};

QString durationText(double seconds)
{
    if (seconds >= 3600)
        return formatWithUnit(seconds / 3600, QStringLiteral("h"));
    if (seconds >= 60)
        return formatWithUnit(seconds / 60, QStringLiteral("min"));
    return formatWithUnit(seconds, QStringLiteral("s"));
}

/// A head and shoulders: somebody has to say "go on".
void drawPerson(Ink &ink, const QRectF &box, const QColor &colour)
{
    ink.p.save();
    ink.p.setRenderHint(QPainter::Antialiasing);
    ink.p.setPen(Qt::NoPen);
    ink.p.setBrush(colour);
    const qreal w = box.width();
    ink.p.drawEllipse(QPointF(box.center().x(), box.top() + w * 0.28), w * 0.22, w * 0.22);
    QPainterPath shoulders;
    shoulders.moveTo(box.left() + w * 0.12, box.bottom());
    shoulders.arcTo(QRectF(box.left() + w * 0.12, box.top() + w * 0.56, w * 0.76, w * 0.88), 180, -180);
    shoulders.closeSubpath();
    ink.p.drawPath(shoulders);
    ink.p.restore();
}

/// A lens: an analysis decides here.
void drawLens(Ink &ink, const QRectF &box, const QColor &colour)
{
    ink.p.save();
    ink.p.setRenderHint(QPainter::Antialiasing);
    ink.p.setBrush(Qt::NoBrush);
    ink.p.setPen(QPen(colour, ink.u(2), Qt::SolidLine, Qt::RoundCap));
    const qreal w = box.width();
    ink.p.drawEllipse(QPointF(box.left() + w * 0.42, box.top() + w * 0.42), w * 0.3, w * 0.3);
    ink.p.drawLine(QPointF(box.left() + w * 0.65, box.top() + w * 0.65), QPointF(box.left() + w * 0.92, box.top() + w * 0.92));
    ink.p.restore();
}

qreal drawLegend(Ink &ink, qreal x, qreal y, const QString &word, auto &&draw)
{
    draw(QRectF(x, y, ink.u(16), ink.u(16)));
    const qreal width = ink.width(word, Type::Caption);
    ink.text({x + ink.u(22), y, width + ink.u(2), ink.u(16)}, Qt::AlignVCenter | Qt::AlignLeft, word, Type::Caption, ink.c.text2);
    return x + ink.u(22) + width + ink.u(18);
}

void drawAxes(Ink &ink, const Layout &l, const CanaryPlan &plan)
{
    for (const int tick : {0, 25, 50, 75, 100}) {
        ink.line({l.plot.left(), l.y(tick)}, {l.plot.right(), l.y(tick)}, tick == 0 ? ink.c.axis : ink.c.grid, 1);
        ink.text({l.plot.left() - ink.u(labelGutter), l.y(tick) - ink.u(9), ink.u(labelGutter - 8), ink.u(18)}, Qt::AlignRight | Qt::AlignVCenter,
                 QStringLiteral("%1 %").arg(tick), Type::Caption, ink.c.text3);
    }
    const int every = std::max(1, int(ink.u(48) / std::max(1.0, l.column)));
    for (size_t i = 0; i < plan.steps.size(); ++i) {
        const CanaryStep &s = plan.steps[i];
        QString words;
        if (s.person)
            words = ink.in(Text{"人", "person"});
        else if (s.seconds)
            words = durationText(*s.seconds);
        if (!words.isEmpty() && (every == 1 || int(i) % every == 0))
            ink.text({l.x(i), l.plot.bottom() + ink.u(2), l.column, ink.u(18)}, Qt::AlignCenter, ink.elided(words, Type::Caption, l.column), Type::Caption, ink.c.text2);
    }
    const Text what{"段 (縦は新しい版への要求)", "Step (requests to the new version upward)"};
    ink.text({l.plot.left(), l.plot.bottom() + ink.u(22), l.plot.width(), ink.u(18)}, Qt::AlignRight | Qt::AlignVCenter, ink.in(what), Type::Caption, ink.c.text3);
}

// Where an analysis can fail: straight down to nothing.
void drawAborts(Ink &ink, const Layout &l, const CanaryPlan &plan)
{
    for (size_t i = 0; i < plan.steps.size(); ++i) {
        const CanaryStep &s = plan.steps[i];
        const bool watched = s.analysis || (plan.background >= 0 && int(i) >= plan.background && i + 1 < plan.steps.size());
        if (!watched || s.weight <= 0)
            continue;
        const qreal x = l.x(i) + l.column - ink.u(3), bottom = l.y(0);
        ink.line({x, l.y(s.weight) + ink.u(2)}, {x, bottom - ink.u(6)}, ink.c.fail.text, 1.5, {3, 2});
        ink.line({x - ink.u(4), bottom - ink.u(8)}, {x, bottom - ink.u(2)}, ink.c.fail.text, 1.5);
        ink.line({x + ink.u(4), bottom - ink.u(8)}, {x, bottom - ink.u(2)}, ink.c.fail.text, 1.5);
    }
}

void drawSteps(Ink &ink, const Layout &l, const CanaryPlan &plan)
{
    for (size_t i = 0; i < plan.steps.size(); ++i) {
        const CanaryStep &s = plan.steps[i];
        const QRectF area(QPointF(l.x(i), l.y(s.weight)), QPointF(l.x(i) + l.column, l.y(0)));
        if (s.kind == CanaryStep::Kind::Match)
            ink.hatched(QRectF(QPointF(l.x(i), l.y(100)), QPointF(l.x(i) + l.column, l.y(0))), ink.c.base, ink.c.barLight);
        else if (area.height() > 0)
            ink.p.fillRect(area, s.kind == CanaryStep::Kind::Promote ? ink.c.barStrong : ink.c.barLight);
        const double before = i > 0 ? plan.steps[i - 1].weight : 0;
        ink.line({l.x(i), l.y(before)}, {l.x(i), l.y(s.weight)}, ink.c.barDeep, 2);
        ink.line({l.x(i), l.y(s.weight)}, {l.x(i) + l.column, l.y(s.weight)}, ink.c.barDeep, 2);
        if (s.asked)
            ink.line({l.x(i), l.y(*s.asked)}, {l.x(i) + l.column, l.y(*s.asked)}, ink.c.warn.text, 1.5, {2, 2});
    }
}

void drawSigns(Ink &ink, const Layout &l, const CanaryPlan &plan)
{
    double shown = -1;
    for (size_t i = 0; i < plan.steps.size(); ++i) {
        const CanaryStep &s = plan.steps[i];
        const qreal size = std::min(ink.u(18), l.column * 0.8);
        const QRectF sign(l.x(i) + (l.column - size) / 2, l.plot.top() - ink.u(signHeight) + ink.u(4), size, size);
        if (s.person)
            drawPerson(ink, sign, ink.c.warn.text);
        else if (s.analysis)
            drawLens(ink, sign, ink.c.accent);
        if (s.weight != shown && s.weight > 0 && l.column > ink.u(30)) {
            const QString words = formatWithUnit(s.weight, QStringLiteral("%"));
            const bool over = s.weight > 85;
            const QColor ground = !over ? ink.c.base : s.kind == CanaryStep::Kind::Promote ? ink.c.barStrong : ink.c.barLight;
            ink.text({l.x(i), l.y(s.weight) + (over ? ink.u(2) : -ink.u(19)), l.column, ink.u(18)}, Qt::AlignCenter, words, Type::CaptionBold, inkOn(ground, ink.c));
        }
        shown = s.weight;
    }
    if (plan.background < 0 || plan.steps.empty())
        return;
    // The analysis that runs beside all steps: a bar above them.
    const qreal y = l.plot.top() - ink.u(5);
    ink.line({l.x(size_t(plan.background)) + ink.u(2), y}, {l.plot.right() - l.column, y}, ink.c.accent, 3);
    drawLens(ink, {l.x(size_t(plan.background)) + ink.u(2), y - ink.u(20), ink.u(16), ink.u(16)}, ink.c.accent);
}

} // namespace

qreal canaryHeight(const CanaryPlan &, const PictureStyle &style)
{
    return style.scale * 280;
}

void drawCanary(QPainter &p, const QRectF &box, const CanaryPlan &plan, const PictureStyle &style)
{
    if (plan.steps.empty())
        return;
    Ink ink(p, style);
    Layout l;
    l.plot = box.adjusted(ink.u(labelGutter), ink.u(legendHeight + signHeight), -ink.u(rightGutter), -ink.u(axisHeight));
    if (l.plot.width() < 20 || l.plot.height() < 20)
        return;
    l.column = l.plot.width() / qreal(plan.steps.size());
    qreal x = box.left();
    x = drawLegend(ink, x, box.top(), ink.in({"分析が判定", "analysis decides"}), [&](const QRectF &r) { drawLens(ink, r, ink.c.accent); });
    x = drawLegend(ink, x, box.top(), ink.in({"人を待つ", "waits for a person"}), [&](const QRectF &r) { drawPerson(ink, r, ink.c.warn.text); });
    x = drawLegend(ink, x, box.top(), ink.in({"失敗で 0 % へ", "failure: back to 0 %"}), [&](const QRectF &r) {
        ink.line({r.center().x(), r.top()}, {r.center().x(), r.bottom()}, ink.c.fail.text, 1.5, {3, 2});
    });
    if (plan.worstRounding() > 0)
        drawLegend(ink, x, box.top(), ink.in({"書かれた重み", "weight as written"}), [&](const QRectF &r) {
            ink.line({r.left(), r.center().y()}, {r.right(), r.center().y()}, ink.c.warn.text, 1.5, {2, 2});
        });
    drawAxes(ink, l, plan);
    drawSteps(ink, l, plan);
    drawAborts(ink, l, plan);
    drawSigns(ink, l, plan);
}

} // namespace tenken
