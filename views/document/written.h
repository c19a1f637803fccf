// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <document/document.h>
#include <parts/badge.h>
#include <parts/pictureexport.h>

namespace tenken {

/// A piece of text as it was said; whoever prints it masks secrets and escapes.
struct WrittenRun {
    enum class Kind { Plain, Strong, Code, Link };
    QString text;                   ///< of Plain: **bold** and `code` are understood; of Link: the address
    Kind kind = Kind::Plain;
    bool onNewLine = false;
};

struct WrittenCell {
    std::vector<WrittenRun> runs;
    std::optional<Glyph> glyph = {}; ///< stands before the words, in its colour
};

/// One part of the review as a text with tables: what the HTML and the Markdown document both say.
struct WrittenPart {
    enum class Kind { Heading, Paragraph, Table, Figure };
    Kind kind = Kind::Paragraph;
    int level = 2;                  ///< of a heading: 1 is the document's
    QString text = {};                  ///< heading, a table's or figure's caption
    WrittenCell words = {};         ///< of a paragraph
    QStringList head = {};          ///< of a table; empty: each row's first cell is its heading
    std::vector<std::vector<WrittenCell>> rows = {};
    QSize size = {};                ///< of a figure, in px of a 96 dpi screen
    Drawing draw = {};
    QList<QStringList> data = {};   ///< the figure as a table, its first row the heads
};

/// The whole document: the same facts in the same order as on paper (pages.h).
std::vector<WrittenPart> writtenReview(const DocumentInput &input);

/// The style that figures are drawn in.
PictureStyle writtenStyle(const DocumentInput &input);

/// One file without scripts and without anything to load: figures are inside, each with its data as a table.
QByteArray htmlDocument(const DocumentInput &input);

/// For a wiki or a pull request; figures are their tables.
QByteArray markdownDocument(const DocumentInput &input);

} // namespace tenken
