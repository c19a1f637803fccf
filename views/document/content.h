// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <document/document.h>
#include <document/flow.h>
#include <parts/badge.h>
#include <parts/pictures.h>

namespace tenken {

/// What the parts of the document share while it is written.
struct Writer {
    const DocumentInput &input;
    const Colours &c;
    std::vector<Block> blocks;
    QMap<QString, int> evidenceNumber;  ///< path → n of [En]
    int figures = 0;                    ///< in the section being written
    std::vector<Remark> notices;        ///< noticesOf()

    explicit Writer(const DocumentInput &input);
    QString in(const Text &text) const { return text.in(input.lang); }
    QString reference(const QString &file, const Span &span) const; ///< "deployment.yaml:41 [E7]", escaped
    void heading(const Text &text);                                  ///< starts a part, on the same page if it fits
};

void writeCover(Writer &w);
void writeSection(Writer &w, const Section &section, int number);
void writeFigures(Writer &w, const Section &section, int number);
void writeMonitoring(Writer &w);        ///< what the monitors cover, where there is a list of them
void writeWaiversAndActions(Writer &w);
void writeAppendix(Writer &w);
void writeStages(Writer &w);            ///< on the cover: what each roll-out stage would be decided
void writeNotices(Writer &w);           ///< what to know beside the verdicts; nothing where there is nothing
void writeSignOffSummary(Writer &w);    ///< on the cover: what ties paper to the file, and who signs
void writeSignOffPage(Writer &w);       ///< boxes for ink, of the size of those that keys add

/// Pictures are laid out in px of a 96 dpi screen: a little smaller than 1:1, so that their text matches the page's.
constexpr qreal pictureScale = 0.75 * 0.86;
PictureStyle pictureStyleOf(const Writer &w);
/// A caption with a number of its own ("Figure 2-1") and the drawing below it.
void addFigure(Writer &w, const QString &section, const Text &title, const QString &about, qreal height,
               const std::function<void(QPainter &, const QRectF &)> &draw);

/// Cells are html; the last column takes the width that is left. The head is drawn again on the next page.
void writeTable(Writer &w, const QStringList &names, const std::vector<QStringList> &rows,
                const std::vector<qreal> &widths, const QFont &font);
struct DocumentFact;
struct FactRowLook {
    qreal codePoints = 8.25;            ///< size of a value that is code
    qreal spaceBefore = 0;              ///< over the first row, in points
};
/// "Service  ID authentication API", with a rule below; the first of a list has one above too.
void addFactRow(Writer &w, const DocumentFact &fact, bool first, const FactRowLook &look);

/// A horizontal rule under a row.
void drawRule(QPainter &p, qreal left, qreal right, qreal y, const QColor &ink, qreal millimetres = 0.25);
void drawPaperBadge(QPainter &p, const QRectF &box, Glyph glyph, const QString &word, const Colours &c, qreal points = 8.25);

} // namespace tenken
