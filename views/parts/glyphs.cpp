// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/badge.h>

#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

// Every glyph is drawn in a box of 16 × 16 with a pen of 1.5.
constexpr qreal boxSide = 16, penWidth = 1.5;

struct Pens {
    QColor ink, cut;
    qreal width;
    QPen solid() const { return QPen(ink, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin); }
};

void ring(QPainter &p, const Pens &pens, qreal radius)
{
    p.setPen(pens.solid());
    p.drawEllipse(QPointF(8, 8), radius, radius);
}

/// A ring of equal strokes, so that no seam shows where it begins.
void brokenRing(QPainter &p, const Pens &pens, qreal radius, int strokes, qreal share)
{
    p.setPen(QPen(pens.ink, pens.width, Qt::SolidLine, Qt::FlatCap));
    const QRectF box(8 - radius, 8 - radius, 2 * radius, 2 * radius);
    const qreal turn = 360.0 / strokes;
    for (int i = 0; i < strokes; ++i)
        p.drawArc(box, qRound((90 + i * turn - turn * share / 2) * 16), qRound(turn * share * 16));
}

void polyline(QPainter &p, const Pens &pens, const QPolygonF &points)
{
    p.setPen(pens.solid());
    p.drawPolyline(points);
}

void dot(QPainter &p, const Pens &pens, QPointF at, qreal radius)
{
    p.setPen(Qt::NoPen);
    p.setBrush(pens.ink);
    p.drawEllipse(at, radius, radius);
    p.setBrush(Qt::NoBrush);
}

void drawPass(QPainter &p, const Pens &pens)
{
    ring(p, pens, 6.5);
    polyline(p, pens, {{5.1, 8.3}, {7.2, 10.4}, {10.9, 5.9}});
}

void drawWarn(QPainter &p, const Pens &pens)
{
    p.setPen(pens.solid());
    p.drawPolygon(QPolygonF({{8, 1.9}, {14.9, 13.8}, {1.1, 13.8}}));
    polyline(p, pens, {{8, 6.2}, {8, 9.4}});
    dot(p, pens, {8, 11.6}, 0.95);
}

void drawFail(QPainter &p, const Pens &pens)
{
    constexpr qreal a = 1, b = 15, k = 4.1; // k: what an octagon cuts off a corner, 14 / (2 + √2)
    p.setPen(Qt::NoPen);
    p.setBrush(pens.ink);
    p.drawPolygon(QPolygonF({{a + k, a}, {b - k, a}, {b, a + k}, {b, b - k}, {b - k, b}, {a + k, b}, {a, b - k}, {a, a + k}}));
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(pens.cut, std::max(pens.width * 1.25, 1.9), Qt::SolidLine, Qt::RoundCap));
    p.drawLine(QPointF(5.6, 5.6), QPointF(10.4, 10.4));
    p.drawLine(QPointF(10.4, 5.6), QPointF(5.6, 10.4));
}

void drawUnknown(QPainter &p, const Pens &pens)
{
    brokenRing(p, pens, 6.6, 10, 0.6);
    QPainterPath mark(QPointF(6, 6.5));
    mark.cubicTo({6, 5.2}, {6.9, 4.5}, {8, 4.5});
    mark.cubicTo({9.2, 4.5}, {10, 5.3}, {10, 6.3});
    mark.cubicTo({10, 7.6}, {8, 7.7}, {8, 9.2});
    p.setPen(pens.solid());
    p.drawPath(mark);
    dot(p, pens, {8, 11.4}, 0.9);
}

void drawAttested(QPainter &p, const Pens &pens)
{
    p.setPen(pens.solid());
    p.drawEllipse(QPointF(8, 5), 2.9, 2.9);
    QPainterPath shoulders(QPointF(2.6, 14.2));
    shoulders.cubicTo({2.6, 11.4}, {4.8, 9.9}, {8, 9.9});
    shoulders.cubicTo({11.2, 9.9}, {13.4, 11.4}, {13.4, 14.2});
    p.drawPath(shoulders);
}

void drawReject(QPainter &p, const Pens &pens)
{
    polyline(p, pens, {{5.8, 2.4}, {2.4, 5.8}, {5.8, 9.2}});
    QPainterPath shaft(QPointF(2.4, 5.8));
    shaft.lineTo(9.9, 5.8);
    shaft.arcTo(QRectF(6.2, 5.8, 7.6, 7.6), 90, -180);
    shaft.lineTo(6.4, 13.4);
    p.setPen(pens.solid());
    p.drawPath(shaft);
}

void drawWaive(QPainter &p, const Pens &pens)
{
    polyline(p, pens, {{3.4, 1.9}, {12.6, 1.9}});
    polyline(p, pens, {{3.4, 14.1}, {12.6, 14.1}});
    polyline(p, pens, {{4.6, 2}, {4.6, 4.6}, {8, 8}, {4.6, 11.4}, {4.6, 14}});
    polyline(p, pens, {{11.4, 2}, {11.4, 4.6}, {8, 8}, {11.4, 11.4}, {11.4, 14}});
}

void drawAsk(QPainter &p, const Pens &pens)
{
    p.setPen(pens.solid());
    p.drawPolygon(QPolygonF({{1.8, 2.6}, {14.2, 2.6}, {14.2, 11.2}, {7.2, 11.2}, {4.4, 14.1}, {4.4, 11.2}, {1.8, 11.2}}));
}

void drawHands(QPainter &p, const Pens &pens) { polyline(p, pens, {{8, 4.6}, {8, 8.2}, {10.4, 9.6}}); }

void drawStale(QPainter &p, const Pens &pens)
{
    p.setPen(pens.solid());
    p.drawArc(QRectF(1.7, 1.7, 12.6, 12.6), 55 * 16, 290 * 16);
    polyline(p, pens, {{11.4, 0.9}, {11.7, 3.1}, {9.4, 3.8}}); // the arrow's head, at the arc's beginning
    drawHands(p, pens);
}

void drawIn16(QPainter &p, Glyph glyph, const Pens &pens)
{
    switch (glyph) {
    case Glyph::Pass: return drawPass(p, pens);
    case Glyph::Warn: return drawWarn(p, pens);
    case Glyph::Fail: return drawFail(p, pens);
    case Glyph::Unknown: return drawUnknown(p, pens);
    case Glyph::NotApplicable: return polyline(p, pens, {{3.8, 8}, {12.2, 8}});
    case Glyph::Attested: return drawAttested(p, pens);
    case Glyph::Reject: return drawReject(p, pens);
    case Glyph::Waive: return drawWaive(p, pens);
    case Glyph::Ask: return drawAsk(p, pens);
    case Glyph::Stale: return drawStale(p, pens);
    case Glyph::Open: return brokenRing(p, pens, 6.2, 12, 0.55);
    case Glyph::NotYet:
        ring(p, pens, 6.5);
        return drawHands(p, pens);
    }
}

} // namespace

void drawGlyph(QPainter &p, const QRectF &box, Glyph glyph, const QColor &ink, const QColor &cut)
{
    const qreal side = std::min(box.width(), box.height());
    if (side <= 0)
        return;
    const qreal zoom = side / boxSide;
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setBrush(Qt::NoBrush);
    p.translate(box.center().x() - side / 2, box.center().y() - side / 2);
    p.scale(zoom, zoom);
    // A pen thinner than 1.15 px reads as grey.
    drawIn16(p, glyph, {ink, cut, std::max(penWidth, 1.15 / zoom)});
    p.restore();
}

void drawGlyph(QPainter &p, const QRectF &box, Glyph glyph, const Colours &colours)
{
    const ToneColours &tone = toneOf(glyph, colours);
    drawGlyph(p, box, glyph, glyph == Glyph::Fail ? tone.fill : tone.text, tone.onFill);
}

} // namespace tenken
