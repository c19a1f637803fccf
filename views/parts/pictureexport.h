// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>
#include <parts/pictureview.h>

#include <QImage>

class QChart;

namespace tenken {

/// The chart that shows a picture, or null where it is drawn without one. The caller owns it.
QChart *pictureChart(const Picture &picture, PictureView::Facet facet, const PictureStyle &style);

/// A picture to take away; and the table of the same values as CSV, safe to open in a spreadsheet.
QImage pictureImage(const Picture &picture, PictureView::Facet facet, QSize size, const PictureStyle &style, qreal ratio);
QByteArray pictureSvg(const Picture &picture, PictureView::Facet facet, QSize size, const PictureStyle &style);
QString pictureCsv(const Picture &picture, PictureView::Facet facet, Lang lang);

/// The values behind one side of a picture: header first.
QList<QStringList> facetTable(const Picture &picture, PictureView::Facet facet, Lang lang);

/// Writes PNG, SVG or CSV, by the name's ending.
Result<void> savePicture(const QString &path, const PictureView &view);

} // namespace tenken
