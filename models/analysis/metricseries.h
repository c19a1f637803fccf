// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/datadog/snapshot.h>

namespace tenken
{

/// What the times of a series say: which interval its points really have, and how often none is there.
struct SeriesSpacing {
    double usual = 0; ///< seconds between neighbours, the median; 0: fewer than two points
    double least = 0, most = 0;
    size_t values = 0; ///< points with a value
    size_t gaps = 0; ///< stretches without one, between the first value and the last
};
SeriesSpacing spacingOf(const MetricSeries &series);

/// "every 10 min", "20 s to 5 min apart", "one point", "no data".
Text wordsOf(const SeriesSpacing &spacing);

using SeriesPoint = std::pair<double, double>; ///< epoch seconds, value

/// The lines to draw. A gap ends one: a missing value, or a missing time. Of many points the least and the
/// greatest of every stretch are kept, at most about `most` in all.
std::vector<std::vector<SeriesPoint>> piecesOf(const MetricSeries &series, size_t most);

/// A unit to show values in, so that the greatest of them reads easily: "MiB" for 9e6 B.
struct ShownUnit {
    QString name;
    double factor = 1;

    QString words(double value) const; ///< "1.2 GiB" of a value in the series' unit
};
ShownUnit shownUnit(const QString &unit, double greatest);

/// Names that tell series apart, in a picture of all of them: the scope, the metric, or both.
QStringList namesOf(const std::vector<MetricSeries> &series);

/// A threshold of a monitor that watches the same metric.
struct SeriesThreshold {
    size_t series = 0; ///< index in the picture
    double value = 0; ///< in that series' unit
    bool critical = true; ///< else a warning
    QString comparator; ///< ">"
    QString aggregator; ///< "p95", where it is not the series' own
    QString monitor; ///< its name
};

/// Only of monitors that compare the metric itself: of a change, a ratio or a sum over time the threshold has
/// another scale.
std::vector<SeriesThreshold> thresholdsOn(const MetricSeries &series, const std::vector<Monitor> &monitors);

/// What a snapshot has of the metrics that a monitor watches: series with its threshold on their scale if
/// there are any, else those of the metric.
std::vector<MetricSeries> seriesWatchedBy(const Monitor &monitor, const std::vector<MetricSeries> &all);

} // namespace tenken
