// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/pictures.h>
#include <parts/type.h>

#include <vector>

namespace tenken {

/// A painter together with what every picture asks of it: colours, language, fonts and a unit. Lengths are given
/// in px of a 96 dpi screen and grow with the style's scale.
class Ink
{
public:
    Ink(QPainter &painter, const PictureStyle &style);
    ~Ink();
    Q_DISABLE_COPY_MOVE(Ink)

    QPainter &p;
    const Colours &c;
    const PictureStyle &style;

    qreal u(qreal px) const { return px * style.scale; }
    QString in(const Text &text) const { return text.in(style.lang); }
    QFont font(Type role) const { return unitFontFor(role, style.scale, style.families); }
    qreal width(const QString &text, Type role) const;
    QString elided(const QString &text, Type role, qreal width) const;

    void text(const QRectF &box, int alignment, const QString &text, Type role, const QColor &colour);
    /// The same on a patch of `ground`, so that lines behind it do not cross the letters. Returns the patch.
    QRectF patchedText(QPointF anchor, int alignment, const QString &text, Type role, const QColor &colour,
                       const QColor &ground);
    void line(QPointF from, QPointF to, const QColor &colour, qreal width, const QList<qreal> &dashes = {});
    void block(const QRectF &box, const QColor &fill, qreal radius = 0);
    void hatched(const QRectF &box, const QColor &ground, const QColor &ink);
};

/// 1, 2 or 5 × 10ⁿ so that `range` has at most `most` steps.
double niceStep(double range, int most);
std::vector<double> niceTicks(double from, double to, int most);

} // namespace tenken
