// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <meeting/sheet.h>

#include <parts/richline.h>
#include <parts/type.h>

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

constexpr qreal full = 1080, leastWidth = 1560; ///< narrower than that, the width decides
constexpr qreal keyHeight = 48, keyPadding = 13;

} // namespace

MeetingScale MeetingScale::of(const QSize &size, qreal zoom)
{
    return {std::max<qreal>(0.2, std::min(size.height() / full, size.width() / leastWidth)), zoom};
}

QFont MeetingScale::font(qreal at1080, bool bold, bool mono) const
{
    QFont font = fontFor(mono ? Type::Code : bold ? Type::BodyBold : Type::Body);
    if (bold)
        font.setWeight(QFont::DemiBold);
    font.setPixelSize(std::max(1, qRound(at1080 * unit * zoom)));
    return font;
}

PictureStyle MeetingScale::picture(const Colours &colours, Lang lang) const
{
    PictureStyle style;
    style.colours = &colours;
    style.lang = lang;
    style.scale = small * unit * zoom / unitsOf(Type::Caption);
    return style;
}

Sheet::Sheet(QPainter &painter, const Colours &colours, const MeetingScale &scale, Lang language)
    : p(painter), c(colours), s(scale), lang(language)
{
    p.setRenderHint(QPainter::Antialiasing);
}

qreal Sheet::width(const QString &text, const QFont &font) const
{
    return std::ceil(QFontMetricsF(font, p.device()).horizontalAdvance(text));
}

qreal Sheet::lineHeight(const QFont &font) const { return std::ceil(QFontMetricsF(font, p.device()).height()); }

qreal Sheet::line(const QRectF &box, const QString &text, const QFont &font, const QColor &colour, Qt::Alignment align)
{
    p.setFont(font);
    p.setPen(colour);
    p.drawText(box, int(align | Qt::AlignVCenter) | Qt::TextSingleLine | Qt::TextDontClip, text);
    return width(text, font);
}

qreal Sheet::paragraph(const QRectF &box, const QString &text, const QFont &font, const QColor &colour)
{
    return text.isEmpty() ? 0 : drawRichText(p, box, text, font, colour);
}

qreal Sheet::paragraphHeight(const QString &text, const QFont &font, qreal width) const
{
    return text.isEmpty() ? 0 : richTextHeight(text, font, width, p.device());
}

qreal Sheet::sizeThatFits(const QSizeF &room, const QString &text, const QList<qreal> &sizes, bool bold) const
{
    for (const qreal size : sizes) {
        if (paragraphHeight(text, s.font(size, bold), room.width()) <= room.height())
            return size;
    }
    return sizes.isEmpty() ? MeetingScale::small : sizes.last();
}

qreal Sheet::fitted(const QRectF &box, const QString &text, const QList<qreal> &sizes, const QColor &colour, bool bold)
{
    const QFont font = s.font(sizeThatFits(box.size(), text, sizes, bold), bold);
    return paragraph(box, cutToFit(*this, text, font, box.size()), font, colour);
}

qreal Sheet::keyCapWidth(const QString &key) const
{
    return std::max(u(keyHeight), width(key, s.font(MeetingScale::small, false, true)) + 2 * u(keyPadding));
}

qreal Sheet::keyCap(const QPointF &leftCentre, const QString &key)
{
    const qreal w = keyCapWidth(key), h = u(keyHeight);
    const QRectF box(leftCentre.x(), leftCentre.y() - h / 2, w, h);
    const qreal line = std::max<qreal>(1, u(1.5));
    p.setPen(QPen(c.border, line));
    p.setBrush(c.alt);
    p.drawRoundedRect(box.adjusted(line / 2, line / 2, -line / 2, -line / 2), u(6), u(6));
    this->line(box, key, s.font(MeetingScale::small, false, true), c.text, Qt::AlignHCenter);
    return w;
}

void Sheet::card(const QRectF &box, bool toFillIn)
{
    const qreal line = toFillIn ? std::max<qreal>(2, u(4)) : std::max<qreal>(1, u(1.5));
    p.setPen(QPen(toFillIn ? c.accent : c.line, line));
    p.setBrush(c.base);
    p.drawRoundedRect(box.adjusted(line / 2, line / 2, -line / 2, -line / 2), u(6), u(6));
}

void Sheet::rule(const QPointF &from, qreal width)
{
    p.fillRect(QRectF(from, QSizeF(width, std::max<qreal>(1, u(1.5)))), c.line);
}

QString cutToFit(const Sheet &sheet, const QString &text, const QFont &font, const QSizeF &room)
{
    if (sheet.paragraphHeight(text, font, room.width()) <= room.height())
        return text;
    const auto cut = [&](qsizetype length) {
        QString part = text.left(length);
        // No half of a surrogate pair, no open **.
        if (!part.isEmpty() && part.back().isHighSurrogate())
            part.chop(1);
        if (part.count(QStringLiteral("**")) % 2 == 1)
            part += QStringLiteral("**");
        return part.trimmed() + QChar(0x2026);
    };
    qsizetype fits = 0, tooMuch = text.size();
    while (tooMuch - fits > 1) {
        const qsizetype middle = (fits + tooMuch) / 2;
        (sheet.paragraphHeight(cut(middle), font, room.width()) <= room.height() ? fits : tooMuch) = middle;
    }
    return fits == 0 ? QString() : cut(fits);
}

} // namespace tenken
