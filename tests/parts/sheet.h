// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/colours.h>

#include <QImage>
#include <QPainter>

#include <functional>

namespace tenken {

/// A sheet of drawing paper in one scheme, for looking and for counting.
inline QImage sheet(QSize size, const Colours &colours, const std::function<void(QPainter &, const QRectF &)> &draw,
                    qreal ratio = 1)
{
    QImage image(size * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(colours.base);
    QPainter painter(&image);
    draw(painter, QRectF(QPointF(0, 0), QSizeF(size)));
    return image;
}

/// How many pixels are not the ground's.
inline int inkedPixels(const QImage &image, const QColor &ground)
{
    int n = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            n += image.pixel(x, y) != ground.rgb();
    return n;
}

/// Whether a colour stands somewhere on the sheet, exactly.
inline bool hasColour(const QImage &image, const QColor &colour)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, y) == colour.rgb())
                return true;
    return false;
}

} // namespace tenken
