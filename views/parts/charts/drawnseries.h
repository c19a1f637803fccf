// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/charts/plot.h>
#include <parts/charts/seriespanels.h>

namespace tenken
{

/// What the layers of one chart share. Held by them: a plot outlives the picture that it was made of.
struct DrawnSeries {
    SeriesPicture picture;
    SeriesPanels panels;
    QStringList names;
    QTimeZone zone;
    std::vector<std::vector<std::vector<SeriesPoint>>>
        pieces; ///< by series; of those in the table alone none
    std::vector<SeriesSpacing> spacings;

    explicit DrawnSeries(const SeriesPicture &shown);
};

/// Ordered series share one hue; beyond its shades the dashes tell them apart.
QColor seriesColour(size_t index, size_t count, const Colours &c);

} // namespace tenken
