// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>
#include <parts/pictureview.h>

#include <QImage>

#include <functional>

class QChart;

namespace tenken {

/// The chart that shows a picture, or null where it is drawn without one. The caller owns it.
QChart *pictureChart(const Picture &picture, PictureView::Facet facet, const PictureStyle &style);

/// A drawing to take away, with a margin around it.
using Drawing = std::function<void(QPainter &, const QRectF &)>;
QImage drawingImage(const Drawing &draw, QSize size, const PictureStyle &style, qreal ratio);
QByteArray drawingSvg(const Drawing &draw, QSize size, const PictureStyle &style, const QString &title);
QString csvOf(const QList<QStringList> &rows); ///< safe to open in a spreadsheet

/// The values behind one side of a picture: header first.
QList<QStringList> facetTable(const Picture &picture, PictureView::Facet facet, Lang lang);

/// Writes PNG, SVG or CSV, by the name's ending.
Result<void> savePicture(const QString &path, const PictureView &view);

} // namespace tenken
