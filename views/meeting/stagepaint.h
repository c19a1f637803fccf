// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <meeting/itemscreen.h>
#include <meeting/sheet.h>

namespace tenken {

/// Where the parts of an item's screen lie.
struct StageLayout {
    QRectF head, question, cards, remarks, evidence, column;
    qreal questionSize = MeetingScale::question;
    qreal noteSize = MeetingScale::body;    ///< in the cards
};
StageLayout layOutStage(const Sheet &sheet, const QSizeF &size, const ItemScreen &screen);

void drawHead(Sheet &sheet, const QRectF &box, const ItemScreen &screen);
void drawQuestion(Sheet &sheet, const StageLayout &layout, const ItemScreen &screen);
void drawCards(Sheet &sheet, const StageLayout &layout, const ItemScreen &screen);
void drawRemarks(Sheet &sheet, const QRectF &box, const ItemScreen &screen);
/// What is wrong in one number and a sentence, and how to mend it.
void drawColumn(Sheet &sheet, const QRectF &box, const ItemScreen &screen);
/// Instead of a picture: what was looked at, one finding a line.
void drawFindings(Sheet &sheet, const QRectF &box, const std::vector<Finding> &findings);
/// For whoever leads: what good looks like, and what to look at.
void drawPresenterNotes(Sheet &sheet, const QRectF &box, const ItemScreen &screen);

/// Text of a checklist or a finding without the marks of code, which has no look of its own here.
QString withoutCode(QString text);

} // namespace tenken
