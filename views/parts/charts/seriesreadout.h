// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/charts/drawnseries.h>

namespace tenken
{

/// Where the crosshair stops over series, with what each is there.
std::vector<PlotStop> seriesStops(const DrawnSeries &d, const PictureStyle &style);

/// Range, spacing and thresholds of each series in words.
QString seriesSummary(const DrawnSeries &d, Lang lang);

} // namespace tenken
