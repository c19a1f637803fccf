// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/badge.h>
#include <parts/icons.h>
#include <parts/pictures.h>

namespace tenken {

/// Sizes in meeting mode. They are said for a picture 1080 high and follow the height at hand: fonts are made in
/// that size, nothing is stretched, so that hinting stays.
struct MeetingScale {
    qreal unit = 1;            ///< height / 1080, less in a narrow window
    qreal zoom = 1;            ///< of text alone: the keys + and −

    // The smallest is read at 5 m from a picture 2 m wide.
    static constexpr qreal small = 28, body = 36, verdict = 56, question = 72, number = 80;
    static MeetingScale of(const QSize &size, qreal zoom);

    qreal px(qreal at1080) const { return at1080 * unit; }
    QFont font(qreal at1080, bool bold = false, bool mono = false) const;
    PictureStyle picture(const Colours &colours, Lang lang) const; ///< its smallest text is `small`
    friend bool operator==(const MeetingScale &, const MeetingScale &) = default;
};

/// A painter with what every part of the meeting's picture asks of it. Lengths are said at 1080.
class Sheet
{
public:
    Sheet(QPainter &painter, const Colours &colours, const MeetingScale &scale, Lang lang);

    QPainter &p;
    const Colours &c;
    const MeetingScale &s;
    Lang lang;

    qreal u(qreal at1080) const { return s.px(at1080); }
    QString in(const Text &text) const { return text.in(lang); }
    qreal width(const QString &text, const QFont &font) const;
    qreal lineHeight(const QFont &font) const;

    /// One line, from the left of `box` by default, centred upright. Returns its width.
    qreal line(const QRectF &box, const QString &text, const QFont &font, const QColor &colour,
               Qt::Alignment align = Qt::AlignLeft);
    /// Wraps and knows **bold**; returns the height.
    qreal paragraph(const QRectF &box, const QString &text, const QFont &font, const QColor &colour);
    qreal paragraphHeight(const QString &text, const QFont &font, qreal width) const;
    /// The largest of `sizes` at which the text fits; where none does, the smallest and as many words as fit, and
    /// "…". Returns the height.
    qreal fitted(const QRectF &box, const QString &text, const QList<qreal> &sizes, const QColor &colour,
                 bool bold = false);
    /// The same without drawing: the size that would be taken.
    qreal sizeThatFits(const QSizeF &room, const QString &text, const QList<qreal> &sizes, bool bold = false) const;

    /// A key as it stands on a keyboard; returns the width it took.
    qreal keyCap(const QPointF &leftCentre, const QString &key);
    qreal keyCapWidth(const QString &key) const;
    void card(const QRectF &box, bool toFillIn = false);
    void rule(const QPointF &from, qreal width);
};

/// "10 % of traffic" without its marks and shortened at words, as much as fits `height` lines.
QString cutToFit(const Sheet &sheet, const QString &text, const QFont &font, const QSizeF &room);

} // namespace tenken
