// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/sourceedit.h>

#include <parts/badge.h>
#include <parts/style.h>
#include <parts/type.h>

#include <QPainter>

#include <algorithm>

namespace tenken {

namespace {

constexpr int edgeWidth = 4, notePadding = 16;

struct MarkColours {
    QColor ground, edge;
};

MarkColours coloursOf(const SourceHighlight &mark, const Colours &c)
{
    if (mark.verdict == Verdict::NotApplicable)
        return {c.markNeutral, c.warn.mark};
    const ToneColours &tone = toneOf(glyphOf(mark.verdict), c);
    return {mark.verdict == Verdict::Fail ? c.markFail : tone.tint, tone.mark};
}

} // namespace

template<typename Each>
void SourceEdit::forEachShownBlock(Each each) const
{
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF box = blockBoundingGeometry(block).translated(contentOffset());
        if (box.top() > viewport()->height())
            break;
        if (block.isVisible())
            each(lineOf(block), QRectF(0, box.top(), viewport()->width(), box.height()));
    }
}

void SourceEdit::paintGround(QPainter &p)
{
    const Colours &c = coloursFor(palette());
    forEachShownBlock([&](int line, const QRectF &row) {
        if (const SourceHighlight *mark = markAt(line))
            p.fillRect(row, coloursOf(*mark, c).ground);
    });
}

void SourceEdit::paintNotes(QPainter &p)
{
    const Colours &c = coloursFor(palette());
    QFont caption = fontFor(Type::Caption);
    if (m_captionSize > 0)
        caption.setPixelSize(m_captionSize);
    forEachShownBlock([&](int line, const QRectF &row) {
        if (const Fold *fold = foldStartingAt(line)) {
            const Text text{"%1–%2 を折りたたみ", "%1–%2 folded"};
            p.fillRect(row, c.window);
            p.setFont(caption);
            p.setPen(c.text3);
            p.drawText(row.adjusted(2, 0, 0, 0), Qt::AlignVCenter, text.arg(fold->first, fold->last).in(m_lang));
            return;
        }
        const SourceHighlight *mark = markAt(line);
        if (!mark || mark->note.isEmpty() || line != std::max(mark->span.line, m_firstLine))
            return;
        p.setFont(caption);
        const bool badge = mark->verdict != Verdict::NotApplicable;
        const qreal width = badge ? badgeSize(caption, mark->note).width() : QFontMetricsF(caption).horizontalAdvance(mark->note);
        const QRectF place(row.right() - notePadding - width, row.top(), width, row.height());
        p.fillRect(place.adjusted(-8, 0, notePadding, 0), coloursOf(*mark, c).ground);
        if (badge) {
            drawBadge(p, place, glyphOf(mark->verdict), mark->note, c);
        } else {
            p.setPen(c.text2);
            p.drawText(place, Qt::AlignVCenter | Qt::AlignRight, mark->note);
        }
    });
}

void SourceEdit::paintGutter(QPainter &p, const QRect &box)
{
    const Colours &c = coloursFor(palette());
    p.fillRect(box, c.base);
    p.translate(0, viewport()->y());
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    forEachShownBlock([&](int line, const QRectF &shown) {
        const QRectF row(0, shown.top(), box.width(), shown.height());
        const QRectF number = row.adjusted(0, 0, -10, 0);
        if (foldStartingAt(line)) {
            p.fillRect(row, c.window);
            p.setPen(c.text3);
            p.drawText(number, Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("…"));
            return;
        }
        const SourceHighlight *mark = markAt(line);
        if (mark) {
            p.fillRect(row, coloursOf(*mark, c).ground);
            p.fillRect(QRectF(0, row.top(), edgeWidth, row.height()), coloursOf(*mark, c).edge);
        }
        p.setFont(mark ? bold : font());
        p.setPen(mark ? c.text : c.text3);
        p.drawText(number, Qt::AlignRight | Qt::AlignVCenter, QString::number(line));
    });
}

void SourceEdit::paintEvent(QPaintEvent *event)
{
    {
        QPainter p(viewport());
        paintGround(p);
    }
    QPlainTextEdit::paintEvent(event);
    QPainter p(viewport());
    paintNotes(p);
    if (hasFocus())
        drawFocus(p, viewport()->rect(), coloursFor(palette()));
}

} // namespace tenken
