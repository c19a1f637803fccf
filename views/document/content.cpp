// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/content.h>
#include <document/facts.h>

#include <algorithm>

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

void addFactRow(Writer &w, const DocumentFact &fact, bool first, const FactRowLook &look)
{
    const PaperText left(paperHtml(w.in(fact.name)), paperFont(9, true), mm(32), w.c.text, 12.75);
    const PaperText right(paperHtml(fact.value), paperFont(fact.isCode ? look.codePoints : 9, false, fact.isCode),
                          page::bodyWidth - mm(34), w.c.text, 12.75);
    Block block;
    block.height = std::max(left.height(), right.height()) + pt(9);
    block.spaceBefore = first ? pt(look.spaceBefore) : 0;
    block.draw = [left, right, first, ink = w.c.line](QPainter &p, const QRectF &box) {
        if (first)
            drawRule(p, box.left(), box.right(), box.top(), ink);
        left.draw(p, {box.left(), box.top() + pt(4.5)});
        right.draw(p, {box.left() + mm(34), box.top() + pt(4.5)});
        drawRule(p, box.left(), box.right(), box.bottom(), ink);
    };
    w.blocks.push_back(block);
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
