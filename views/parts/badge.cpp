// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/badge.h>

#include <QFontMetricsF>

#include <cmath>

namespace tenken {

namespace {

// For a word of 12 px (9 pt); everything grows with the word.
constexpr qreal wordHeight = 12, badgeHeight = 20, padding = 6, iconSide = 12, gap = 4, corner = 4;

QFont bold(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

/// The font's size in the units of the painter, whatever the device.
qreal unitsOf(const QFont &font, const QPaintDevice *device)
{
    if (font.pixelSize() > 0)
        return font.pixelSize();
    const qreal dpi = device ? device->logicalDpiY() : 96;
    return font.pointSizeF() * dpi / 72;
}

qreal wordWidth(const QFontMetricsF &metrics, const QString &word) { return std::ceil(metrics.horizontalAdvance(word)); }

enum class Shape { Quiet, Tinted, Dashed, Filled, Outlined };

Shape shapeOf(Glyph glyph)
{
    switch (glyph) {
    case Glyph::Warn:
    case Glyph::Waive:
    case Glyph::Stale: return Shape::Tinted;
    case Glyph::Unknown: return Shape::Dashed;
    case Glyph::Fail: return Shape::Filled;
    case Glyph::Reject:
    case Glyph::Ask: return Shape::Outlined;
    default: return Shape::Quiet;
    }
}

void drawShape(QPainter &p, const QRectF &frame, Shape shape, const ToneColours &tone, const Colours &colours, qreal unit)
{
    if (shape == Shape::Quiet)
        return;
    p.setRenderHint(QPainter::Antialiasing);
    const qreal radius = corner * unit;
    if (shape == Shape::Filled) {
        p.setPen(Qt::NoPen);
        p.setBrush(tone.fill);
        p.drawRoundedRect(frame, radius, radius);
        return;
    }
    QPen pen(tone.text, unit);
    if (shape == Shape::Dashed)
        pen.setDashPattern({3, 2});
    pen.setCapStyle(Qt::FlatCap);
    p.setPen(pen);
    p.setBrush(shape == Shape::Outlined ? colours.base : tone.tint);
    const qreal half = unit / 2;
    p.drawRoundedRect(frame.adjusted(half, half, -half, -half), radius - half, radius - half);
}

} // namespace

Glyph glyphOf(Verdict v)
{
    switch (v) {
    case Verdict::Pass: return Glyph::Pass;
    case Verdict::Warn: return Glyph::Warn;
    case Verdict::Unknown: return Glyph::Unknown;
    case Verdict::Fail: return Glyph::Fail;
    case Verdict::NotApplicable: return Glyph::NotApplicable;
    }
    return Glyph::Unknown;
}

Glyph glyphOf(TeamAnswer a)
{
    switch (a) {
    case TeamAnswer::Open: return Glyph::Open;
    case TeamAnswer::Pass: return Glyph::Pass;
    case TeamAnswer::Fail: return Glyph::Fail;
    case TeamAnswer::NotApplicable: return Glyph::NotApplicable;
    case TeamAnswer::NotYet: return Glyph::NotYet;
    }
    return Glyph::Open;
}

Glyph glyphOf(ReviewAnswer a)
{
    switch (a) {
    case ReviewAnswer::Open: return Glyph::Open;
    case ReviewAnswer::Accept: return Glyph::Pass;
    case ReviewAnswer::Reject: return Glyph::Reject;
    case ReviewAnswer::Waive: return Glyph::Waive;
    case ReviewAnswer::Ask: return Glyph::Ask;
    }
    return Glyph::Open;
}

Glyph glyphOf(Standing s)
{
    switch (s) {
    case Standing::Pass: return Glyph::Pass;
    case Standing::Attested: return Glyph::Attested;
    case Standing::Warn: return Glyph::Warn;
    case Standing::Fail: return Glyph::Fail;
    case Standing::Unknown: return Glyph::Unknown;
    case Standing::Unanswered: return Glyph::Open;
    case Standing::NotApplicable: return Glyph::NotApplicable;
    case Standing::Waived: return Glyph::Waive;
    }
    return Glyph::Unknown;
}

Glyph glyphOf(Decision d)
{
    switch (d) {
    case Decision::Go: return Glyph::Pass;
    case Decision::ConditionalGo: return Glyph::Warn;
    case Decision::NoGo: return Glyph::Fail;
    }
    return Glyph::Fail;
}

Glyph glyphOf(Remark::Kind kind)
{
    switch (kind) {
    case Remark::Kind::Override: return Glyph::Warn;
    case Remark::Kind::Dissent: return Glyph::Ask;
    case Remark::Kind::Stale: return Glyph::Stale;
    case Remark::Kind::Waiver: return Glyph::Waive;
    }
    return Glyph::Open;
}

QChar signOf(Glyph g)
{
    switch (g) {
    case Glyph::Pass:
    case Glyph::Attested: return u'✓';
    case Glyph::Warn: return u'!';
    case Glyph::Fail: return u'✗';
    case Glyph::Reject: return u'↩';
    case Glyph::Waive: return u'⧖';
    case Glyph::Stale: return u'↻';
    case Glyph::NotApplicable: return u'–';
    case Glyph::Open:
    case Glyph::NotYet: return u'○';
    case Glyph::Ask:
    case Glyph::Unknown: break;
    }
    return u'?';
}

const ToneColours &toneOf(Glyph g, const Colours &c)
{
    switch (g) {
    case Glyph::Pass:
    case Glyph::Attested: return c.pass;
    case Glyph::Warn:
    case Glyph::Waive:
    case Glyph::Stale:
    case Glyph::NotYet: return c.warn;
    case Glyph::Fail:
    case Glyph::Reject: return c.fail;
    case Glyph::Unknown: return c.unknown;
    case Glyph::NotApplicable: return c.notApplicable;
    case Glyph::Ask: return c.ask;
    case Glyph::Open: return c.open;
    }
    return c.unknown;
}

QSizeF badgeSize(const QFont &font, const QString &word)
{
    const qreal unit = unitsOf(font, nullptr) / wordHeight;
    const qreal text = word.isEmpty() ? 0 : gap * unit + wordWidth(QFontMetricsF(bold(font)), word);
    return {2 * padding * unit + iconSide * unit + text, badgeHeight * unit};
}

void drawBadge(QPainter &p, const QRectF &box, Glyph glyph, const QString &word, const Colours &colours)
{
    p.save();
    const QFont font = bold(p.font());
    p.setFont(font);
    const QFontMetricsF metrics(font, p.device());
    const qreal unit = unitsOf(font, p.device()) / wordHeight;
    const qreal text = word.isEmpty() ? 0 : gap * unit + wordWidth(metrics, word);
    const qreal width = 2 * padding * unit + iconSide * unit + text, height = badgeHeight * unit;
    const QRectF frame(box.left(), box.center().y() - height / 2, width, height);

    const ToneColours &tone = toneOf(glyph, colours);
    const Shape shape = shapeOf(glyph);
    drawShape(p, frame, shape, tone, colours, unit);
    const bool filled = shape == Shape::Filled;
    const QColor ink = filled ? tone.onFill : tone.text;
    const QRectF icon(frame.left() + padding * unit, frame.center().y() - iconSide * unit / 2, iconSide * unit,
                      iconSide * unit);
    drawGlyph(p, icon, glyph, ink, filled ? tone.fill : tone.onFill);
    p.setPen(ink);
    const QRectF place(icon.right() + gap * unit, frame.top(), text + padding * unit, height);
    p.drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip, word);
    p.restore();
}

} // namespace tenken
