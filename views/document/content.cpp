// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/content.h>
#include <document/facts.h>

namespace tenken {

Writer::Writer(const DocumentInput &in) 
    : input(in), c(lightColours()), evidenceNumber(evidenceNumbers(*in.evidence)), notices(noticesOf(in))
{
}

QString Writer::reference(const QString &file, const Span &span) const
{
    return paperHtml(placeOf(evidenceNumber, file, span));
}

void Writer::heading(const Text &text)
{
    Block block = textBlock(paperHtml(in(text)), paperFont(12, true), c.text, 18, pt(18));
    block.height += pt(4);
    block.keepWithNext = true;
    blocks.push_back(block);
}

void drawRule(QPainter &p, qreal left, qreal right, qreal y, const QColor &ink, qreal millimetres)
{
    p.save();
    p.setPen(QPen(ink, mm(millimetres), Qt::SolidLine, Qt::FlatCap));
    p.drawLine(QPointF(left, y), QPointF(right, y));
    p.restore();
}

void drawPaperBadge(QPainter &p, const QRectF &box, Glyph glyph, const QString &word, const Colours &c, qreal points)
{
    p.save();
    p.setFont(paperFont(points, true));
    drawBadge(p, box, glyph, word, c);
    p.restore();
}

} // namespace tenken
