// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <document/document.h>
#include <document/flow.h>

namespace tenken {

/// The whole document, laid out: its blocks, and which stand on which page.
struct LaidOut {
    std::shared_ptr<std::vector<Block>> blocks;
    std::vector<PageContent> pages;
    struct Part {
        QString title;
        int page = 0;               ///< index of the one it begins on
    };
    std::vector<Part> parts;        ///< for the outline
};

LaidOut layOut(const DocumentInput &input);

/// Draws one page; the painter's unit is 1/20 pt, its origin the paper's corner.
void drawPage(QPainter &p, const LaidOut &document, size_t index, const DocumentInput &input);

} // namespace tenken
