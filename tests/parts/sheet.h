// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/colours.h>

#include <QImage>
#include <QPainter>

#include <functional>

namespace tenken {

/// A sheet of drawing paper in one scheme, for looking and for counting.
QImage sheet(QSize size, const Colours &colours, const std::function<void(QPainter &, const QRectF &)> &draw,
             qreal ratio = 1);

/// How many pixels are not the ground's.
int inkedPixels(const QImage &image, const QColor &ground);

/// Whether a colour stands somewhere on the sheet, exactly.
bool hasColour(const QImage &image, const QColor &colour);

} // namespace tenken
