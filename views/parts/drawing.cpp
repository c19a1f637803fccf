// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/drawing.h>

#include <parts/badge.h>

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace tenken {

Ink::Ink(QPainter &painter, const PictureStyle &pictureStyle)
    : p(painter), c(*pictureStyle.colours), style(pictureStyle)
{
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setBrush(Qt::NoBrush);
}

Ink::~Ink() { p.restore(); }

qreal Ink::width(const QString &text, Type role) const
{
    return std::ceil(QFontMetricsF(font(role), p.device()).horizontalAdvance(text));
}

QString Ink::elided(const QString &text, Type role, qreal width) const
{
    return QFontMetricsF(font(role), p.device()).elidedText(text, Qt::ElideRight, width);
}

void Ink::text(const QRectF &box, int alignment, const QString &text, Type role, const QColor &colour)
{
    p.setFont(font(role));
    p.setPen(colour);
    p.drawText(box, alignment | Qt::TextDontClip | Qt::TextSingleLine, text);
}

QRectF Ink::patchedText(QPointF anchor, int alignment, const QString &words, Type role, const QColor &colour,
                        const QColor &ground)
{
    const qreal w = width(words, role) + u(8), h = u(18);
    qreal x = anchor.x() - w / 2;
    if (alignment & Qt::AlignLeft)
        x = anchor.x() - u(4);
    else if (alignment & Qt::AlignRight)
        x = anchor.x() - w + u(4);
    const QRectF patch(x, anchor.y() - h / 2, w, h);
    p.fillRect(patch, ground);
    text(patch, Qt::AlignCenter, words, role, colour);
    return patch;
}

void Ink::line(QPointF from, QPointF to, const QColor &colour, qreal width, const QList<qreal> &dashes)
{
    // Upright lines a whole number of pixels wide stand on pixels, or they blur.
    const bool straight = from.x() == to.x() || from.y() == to.y();
    p.setRenderHint(QPainter::Antialiasing, !straight);
    QPen pen(colour, u(width), Qt::SolidLine, Qt::FlatCap);
    if (!dashes.isEmpty())
        pen.setDashPattern(dashes);
    p.setPen(pen);
    p.drawLine(from, to);
    p.setRenderHint(QPainter::Antialiasing);
}

void Ink::block(const QRectF &box, const QColor &fill, qreal radius)
{
    p.setPen(Qt::NoPen);
    p.setBrush(fill);
    p.drawRoundedRect(box, u(radius), u(radius));
    p.setBrush(Qt::NoBrush);
}

void Ink::hatched(const QRectF &box, const QColor &ground, const QColor &ink)
{
    p.fillRect(box, ground);
    drawHatch(p, box, ink, u(6), u(1.6));
    p.setPen(QPen(ink, u(1)));
    const qreal half = u(0.5);
    p.drawRect(box.adjusted(half, half, -half, -half));
}

double niceStep(double range, int most)
{
    if (!(range > 0) || !std::isfinite(range) || most < 1)
        return 1;
    const double rough = range / most, power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= rough * (1 - 1e-9))
            return factor * power;
    return 10 * power;
}

std::vector<double> niceTicks(double from, double to, int most)
{
    std::vector<double> ticks;
    if (!(to > from) || !std::isfinite(from) || !std::isfinite(to))
        return {from};
    const double step = niceStep(to - from, most);
    for (double i = std::ceil(from / step - 1e-9); i * step <= to + step * 1e-9; ++i)
        ticks.push_back(i * step);
    return ticks;
}

} // namespace tenken
