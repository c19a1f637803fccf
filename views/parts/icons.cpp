// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/icons.h>

#include <QApplication>
#include <QIconEngine>
#include <QPainterPath>

#include <algorithm>
#include <functional>

namespace tenken {

namespace {

struct Strokes {
    QList<QPolygonF> lines;
    QPainterPath extra;
};

Strokes strokesOf(Sign sign)
{
    Strokes s;
    switch (sign) {
    case Sign::File:
        s.lines = {{{3.2, 1.5}, {9.4, 1.5}, {12.8, 4.9}, {12.8, 14.5}, {3.2, 14.5}, {3.2, 1.5}}, {{9.2, 1.6}, {9.2, 5.1}, {12.7, 5.1}}};
        break;
    case Sign::Search:
        s.extra.addEllipse(QPointF(6.8, 6.8), 4.8, 4.8);
        s.lines = {{{10.4, 10.4}, {14.3, 14.3}}};
        break;
    case Sign::Copy:
        s.lines = {{{5.5, 5.5}, {14, 5.5}, {14, 14}, {5.5, 14}, {5.5, 5.5}}, {{10.5, 2}, {2, 2}, {2, 10.5}}};
        break;
    case Sign::OpenOutside:
        s.lines = {{{7, 3}, {2.5, 3}, {2.5, 13.5}, {13, 13.5}, {13, 9}}, {{9.8, 1.8}, {14.2, 1.8}, {14.2, 6.2}}, {{14, 2}, {7.5, 8.5}}};
        break;
    case Sign::Undo:
    case Sign::Redo:
        s.lines = {{{5.8, 2.4}, {2.4, 5.8}, {5.8, 9.2}}};
        s.extra.moveTo(2.4, 5.8);
        s.extra.lineTo(9.9, 5.8);
        s.extra.arcTo(QRectF(6.2, 5.8, 7.6, 7.6), 90, -180);
        s.extra.lineTo(6.4, 13.4);
        break;
    case Sign::Meeting:
        s.lines = {{{1.5, 2.2}, {14.5, 2.2}, {14.5, 11}, {1.5, 11}, {1.5, 2.2}}, {{8, 11}, {8, 14}}, {{4.6, 14.2}, {11.4, 14.2}}, {{6.7, 4.6}, {10, 6.6}, {6.7, 8.6}, {6.7, 4.6}}};
        break;
    case Sign::Attachment:
        s.extra.moveTo(11.8, 4.4);
        s.extra.lineTo(6, 10.2);
        s.extra.cubicTo({4.8, 11.4}, {6.2, 12.8}, {7.4, 11.6});
        s.extra.lineTo(13, 6);
        s.extra.cubicTo({15.4, 3.6}, {12.4, 0.6}, {10, 3});
        s.extra.lineTo(4, 9);
        s.extra.cubicTo({0.4, 12.6}, {5, 17}, {8.6, 13.4});
        s.extra.lineTo(12, 10);
        break;
    case Sign::Differ:
        s.lines = {{{2, 5.2}, {14, 5.2}}, {{11, 2.2}, {14, 5.2}, {11, 8.2}}, {{14, 10.8}, {2, 10.8}}, {{5, 7.8}, {2, 10.8}, {5, 13.8}}};
        break;
    case Sign::Calendar:
        s.lines = {{{2, 3.2}, {14, 3.2}, {14, 14}, {2, 14}, {2, 3.2}}, {{2, 6.6}, {14, 6.6}}, {{5, 1.4}, {5, 4}}, {{11, 1.4}, {11, 4}}};
        break;
    case Sign::Person:
        s.extra.addEllipse(QPointF(8, 5), 2.9, 2.9);
        s.extra.moveTo(2.6, 14.2);
        s.extra.cubicTo({2.6, 11.4}, {4.8, 9.9}, {8, 9.9});
        s.extra.cubicTo({11.2, 9.9}, {13.4, 11.4}, {13.4, 14.2});
        break;
    case Sign::Table:
        s.lines = {{{1.8, 2.5}, {14.2, 2.5}, {14.2, 13.5}, {1.8, 13.5}, {1.8, 2.5}}, {{1.8, 6}, {14.2, 6}}, {{1.8, 9.8}, {14.2, 9.8}}, {{6.5, 6}, {6.5, 13.5}}};
        break;
    case Sign::Lock:
        s.lines = {{{3, 7.2}, {13, 7.2}, {13, 14.2}, {3, 14.2}, {3, 7.2}}};
        s.extra.moveTo(5.2, 7);
        s.extra.lineTo(5.2, 4.6);
        s.extra.arcTo(QRectF(5.2, 1.8, 5.6, 5.6), 180, -180);
        s.extra.lineTo(10.8, 7);
        break;
    case Sign::Pencil:
        s.lines = {{{2.2, 13.8}, {3, 10.4}, {10.8, 2.6}, {13.4, 5.2}, {5.6, 13}, {2.2, 13.8}}, {{9, 4.4}, {11.6, 7}}};
        break;
    case Sign::ChevronDown: s.lines = {{{4, 6.2}, {8, 10.2}, {12, 6.2}}}; break;
    case Sign::ChevronRight: s.lines = {{{6.2, 4}, {10.2, 8}, {6.2, 12}}}; break;
    case Sign::Folder:
        s.lines = {{{1.6, 13.4}, {1.6, 2.8}, {6.2, 2.8}, {8, 4.8}, {14.4, 4.8}, {14.4, 13.4}, {1.6, 13.4}}};
        break;
    case Sign::Close: s.lines = {{{3.6, 3.6}, {12.4, 12.4}}, {{12.4, 3.6}, {3.6, 12.4}}}; break;
    case Sign::Plus: s.lines = {{{8, 2.8}, {8, 13.2}}, {{2.8, 8}, {13.2, 8}}}; break;
    case Sign::Scale: s.lines = {{{2.6, 2.4}, {2.6, 13.4}, {13.6, 13.4}}, {{4.6, 11.6}, {9.4, 10.2}, {11.2, 7.6}, {12.4, 2.8}}}; break;
    case Sign::Reload:
        s.extra.arcMoveTo(QRectF(2, 2, 12, 12), 40);
        s.extra.arcTo(QRectF(2, 2, 12, 12), 40, 290);
        s.lines = {{{13.6, 1.6}, {13.4, 4.9}, {10.1, 4.7}}};
        break;
    }
    return s;
}

/// Paints at whatever size and density is asked for, in the colours of the application's palette.
class PathIcon : public QIconEngine
{
public:
    using Draw = std::function<void(QPainter &, const QRectF &, const Colours &, const QColor &)>;
    explicit PathIcon(Draw draw) : m_draw(std::move(draw)) { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const QPalette palette = QApplication::palette();
        const Colours &c = coloursFor(palette);
        const bool onAccent = mode == QIcon::Selected && state == QIcon::On; // as primary buttons ask for it
        m_draw(*painter, rect, c, mode == QIcon::Disabled ? c.border : onAccent ? c.onAccent : c.text);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new PathIcon(*this); }

private:
    Draw m_draw;
};

} // namespace

void drawSign(QPainter &p, const QRectF &box, Sign sign, const QColor &ink)
{
    const qreal side = std::min(box.width(), box.height());
    if (side <= 0)
        return;
    const Strokes strokes = strokesOf(sign);
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.translate(box.center().x() - side / 2, box.center().y() - side / 2);
    p.scale(side / 16, side / 16);
    if (sign == Sign::Redo) { // the same arrow, seen in a mirror
        p.translate(16, 0);
        p.scale(-1, 1);
    }
    p.setPen(QPen(ink, std::max(1.4, 1.15 * 16 / side), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.setBrush(Qt::NoBrush);
    for (const QPolygonF &line : strokes.lines)
        p.drawPolyline(line);
    p.drawPath(strokes.extra);
    p.restore();
}

QIcon iconOf(Sign sign)
{
    return QIcon(new PathIcon([sign](QPainter &p, const QRectF &box, const Colours &, const QColor &ink) {
        drawSign(p, box, sign, ink);
    }));
}

QIcon iconOf(Glyph glyph)
{
    return QIcon(new PathIcon([glyph](QPainter &p, const QRectF &box, const Colours &c, const QColor &) {
        drawGlyph(p, box, glyph, c);
    }));
}

} // namespace tenken
