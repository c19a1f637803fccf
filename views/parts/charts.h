// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/pictures.h>

class QChart;

namespace tenken {

/// Charts on Qt Charts: built from values, styled from Colours (a QChart does not follow the palette), without
/// animation. The caller owns the chart. Annotations are graphics items that follow plotAreaChanged.
QChart *kneeChart(const LoadTestPicture &test, const PictureStyle &style);       ///< latency percentiles over load
QChart *runChart(const LoadTestPicture &test, const PictureStyle &style);        ///< offered, completed, errors over time
QChart *latencyOverTimeChart(const LoadTestPicture &test, const PictureStyle &style); ///< p50–p95 band over time
QChart *heatmapChart(const LoadTestPicture &test, const PictureStyle &style);    ///< how many took how long, over time
QChart *histogramChart(const LoadTestPicture &test, const PictureStyle &style);  ///< of the whole run, with percentiles
QChart *capacityChart(const CapacityPlan &plan, const PictureStyle &style);      ///< pods per event against the HPA
QChart *scalingChart(const Scaling &scaling, const PictureStyle &style);
QChart *seriesChart(const SeriesPicture &series, const PictureStyle &style);

/// Draws a chart into a painter as vectors, without a window; takes ownership of the chart.
void drawChart(QPainter &p, const QRectF &box, QChart *chart);

} // namespace tenken
