// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/flow.h>

#include <algorithm>

namespace tenken {

namespace {

class Pager
{
public:
    explicit Pager(const std::vector<Block> &blocks) : m_blocks(blocks) { }

    std::vector<PageContent> run()
    {
        newPage();
        for (size_t i = 0; i < m_blocks.size();) {
            const size_t end = groupEnd(i);
            placeGroup(i, end);
            i = end;
        }
        return std::move(m_pages);
    }

private:
    /// A block and all that must stay with it.
    size_t groupEnd(size_t begin) const
    {
        size_t end = begin;
        while (end + 1 < m_blocks.size() && m_blocks[end].keepWithNext)
            ++end;
        return end + 1;
    }

    qreal heightOf(size_t begin, size_t end) const
    {
        qreal height = 0;
        for (size_t i = begin; i < end; ++i)
            height += m_blocks[i].height + (i == begin ? 0 : m_blocks[i].spaceBefore);
        return height;
    }

    void newPage()
    {
        m_pages.emplace_back();
        m_y = 0;
    }

    void placeGroup(size_t begin, size_t end)
    {
        const qreal wanted = heightOf(begin, end);
        const bool fresh = m_y == 0;
        const bool fits = m_y + m_blocks[begin].spaceBefore + wanted <= page::bodyHeight;
        // What cannot stay together on any page is placed one by one.
        const bool together = wanted + headHeight(begin) <= page::bodyHeight;
        if (!fresh && (m_blocks[begin].onNewPage || (!fits && together)))
            newPage();
        for (size_t i = begin; i < end; ++i)
            place(m_blocks[i]);
    }

    qreal headHeight(size_t index) const { return m_blocks[index].head ? m_blocks[index].head->height : 0; }

    void place(const Block &block)
    {
        if (m_y > 0 && m_y + block.spaceBefore + block.height > page::bodyHeight + 0.5)
            newPage();
        if (m_y == 0 && block.head)
            put(*block.head, block.head->height);
        else if (m_y > 0)
            m_y += block.spaceBefore;
        put(block, std::min(block.height, page::bodyHeight - m_y));
    }

    void put(const Block &block, qreal height)
    {
        m_pages.back().push_back({&block, QRectF(page::left, page::top + m_y, page::bodyWidth, height)});
        m_y += height;
    }

    const std::vector<Block> &m_blocks;
    std::vector<PageContent> m_pages;
    qreal m_y = 0;
};

} // namespace

std::vector<PageContent> paginate(const std::vector<Block> &blocks)
{
    return Pager(blocks).run();
}

Block textBlock(const QString &html, const QFont &font, const QColor &ink, qreal leadingPoints, qreal spaceBefore)
{
    const PaperText text(html, font, page::bodyWidth, ink, leadingPoints);
    Block block;
    block.height = text.height();
    block.spaceBefore = spaceBefore;
    block.draw = [text](QPainter &p, const QRectF &box) { text.draw(p, box.topLeft()); };
    return block;
}

} // namespace tenken
