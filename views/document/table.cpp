// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/content.h>

#include <algorithm>

namespace tenken {

namespace {

/// A row of cells with given widths; the last takes the rest.
Block row(const Writer &w, const QStringList &cells, const std::vector<qreal> &widths, const QFont &font,
          bool isHead = false)
{
    std::vector<std::pair<qreal, PaperText>> texts;
    qreal x = 0, height = 0;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const qreal width = i < qsizetype(widths.size()) ? widths[size_t(i)] : page::bodyWidth - x;
        QFont cellFont = font;
        if (isHead)
            cellFont.setWeight(QFont::DemiBold);
        const qreal leading = cellFont.pixelSize() / unitsPerPoint * 1.42;
        const PaperText text(cells[i], cellFont, width - mm(2), w.c.text, leading);
        height = std::max(height, text.height());
        texts.emplace_back(x, text);
        x += width;
    }
    Block block;
    block.height = height + pt(6);
    block.draw = [texts, ink = isHead ? w.c.text : w.c.line, thick = isHead ? 0.4 : 0.25](QPainter &p,
                                                                                          const QRectF &box) {
        for (const auto &[x, text] : texts)
            text.draw(p, {box.left() + x, box.top() + pt(3)});
        drawRule(p, box.left(), box.right(), box.bottom(), ink, thick);
    };
    return block;
}

} // namespace

void writeTable(Writer &w, const QStringList &names, const std::vector<QStringList> &rows,
                const std::vector<qreal> &widths, const QFont &font)
{
    auto head = std::make_shared<Block>(row(w, names, widths, paperFont(8.25), true));
    Block first = *head;
    first.keepWithNext = true;
    w.blocks.push_back(first);
    for (const QStringList &cells : rows) {
        Block block = row(w, cells, widths, font);
        block.head = head;
        w.blocks.push_back(block);
    }
}

} // namespace tenken
