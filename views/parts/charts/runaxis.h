// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/charts/plot.h>
#include <parts/charts/runbuckets.h>

namespace tenken {

/// What the charts over a run's time share: the axis, the steps above it, and where the knee was passed.
AxisText timeAxis(const RunOverTime &time, Lang lang);
QString momentOf(const RunOverTime &time, double at, Lang lang, bool withZone = false); ///< to the second
void drawBeyondKnee(Ink &ink, const Plot &plot, std::optional<double> passed);
void drawKneePassed(Ink &ink, const Plot &plot, const RunOverTime &time);

/// The steps as numbered spans, in the first `stepsHeight` px above the plot's own gutter.
constexpr qreal stepsHeight = 18;
void drawSteps(Ink &ink, const Plot &plot, const std::vector<LoadStep> &steps);

/// A staircase through the buckets: load changes in steps and is not a slope between them.
QList<QPointF> stairs(const std::vector<RunBucket> &buckets, double RunBucket::*value, double least = 0);

/// From the bottom of the smallest decade to the top of the largest.
struct MsRange {
    double low = 1, high = 10;
};
MsRange wholeDecades(double low, double high);

} // namespace tenken
