// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QString>

namespace tenken
{

/// One line of a metric query. A gap is a NaN, never a zero.
struct MetricSeries {
    QString file;
    QString query;
    QString metric;
    QString scope;
    QString unit; ///< as people write it ("req/s", "%", "ms"); empty when unknown
    double scale = 1; ///< a number in the metric's own unit × scale is one in `unit`
    std::vector<std::pair<double, double>>
        points; ///< epoch seconds, value; NaN = gap. None at all: asked, and no data
    double intervalSeconds = 0; ///< smallest spacing that the points really have
    double from = 0; ///< asked window, epoch seconds
    double to = 0;
};

} // namespace tenken
