// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/colours.h>
#include <review/remarks.h>
#include <review/standing.h>

#include <QPainter>

namespace tenken {

/// The glyphs of verdicts and answers, drawn as paths: sharp from 11 to 56 px, vector on paper.
enum class Glyph { Pass, Warn, Fail, Unknown, NotApplicable, Attested, Reject, Waive, Ask, Stale, Open, NotYet };

Glyph glyphOf(Verdict v);
Glyph glyphOf(TeamAnswer a);
Glyph glyphOf(ReviewAnswer a);
Glyph glyphOf(Standing s);
Glyph glyphOf(Decision d);
Glyph glyphOf(Remark::Kind kind);

QChar signOf(Glyph g); ///< where there is only text: ✓ ! ✗ ? –

const ToneColours &toneOf(Glyph g, const Colours &colours);
void drawGlyph(QPainter &p, const QRectF &box, Glyph glyph, const Colours &colours);
void drawGlyph(QPainter &p, const QRectF &box, Glyph glyph, const QColor &ink, const QColor &cut);

/// Icon and word. Pass is quiet, warn tinted, unknown dashed, fail filled. Height 20 at 9 pt; scales with the
/// painter's font. Drawn from the left of `box`, centred vertically.
void drawBadge(QPainter &p, const QRectF &box, Glyph glyph, const QString &word, const Colours &colours);
QSizeF badgeSize(const QFont &font, const QString &word);

/// A segment bar: pass, warn, fail, unknown, n/a; 2 px gaps, a non-zero segment at least 4 px, unknown hatched.
void drawSegments(QPainter &p, const QRectF &box, const SectionCount &count, const Colours &colours);

/// Clipped 45° lines at `pitch`, independent of the device (Qt::BDiagPattern is not).
void drawHatch(QPainter &p, const QRectF &box, const QColor &ink, qreal pitch = 6, qreal width = 1.2);

} // namespace tenken
