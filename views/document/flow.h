// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <document/paper.h>

#include <functional>
#include <vector>

namespace tenken {

/// Something as wide as the page's body that is drawn whole on one page.
struct Block {
    qreal height = 0;
    std::function<void(QPainter &, const QRectF &)> draw;
    qreal spaceBefore = 0;          ///< dropped at the top of a page
    bool keepWithNext = false;
    bool onNewPage = false;
    std::shared_ptr<Block> head;    ///< of a table: drawn again wherever its rows continue on a page
};

struct PlacedBlock {
    const Block *block = nullptr;
    QRectF box;                     ///< on the page
};

using PageContent = std::vector<PlacedBlock>;

/// Puts blocks on pages: never splits one, keeps together what belongs together, repeats table heads. A block that
/// is higher than a page is scaled down to one. The blocks must outlive the pages.
std::vector<PageContent> paginate(const std::vector<Block> &blocks);

/// A block of text over the body's width.
Block textBlock(const QString &html, const QFont &font, const QColor &ink, qreal leadingPoints, qreal spaceBefore = 0);

} // namespace tenken
