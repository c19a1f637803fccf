// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/charts/drawnseries.h>

namespace tenken
{

/// A threshold in the plot: of a monitor, or of the picture itself.
struct ThresholdLine {
    double y = 0; ///< in the plot
    Text words, by; ///< by: the monitor
    enum class Kind { Plain, Warning, Critical } kind = Kind::Plain;
};

std::vector<ThresholdLine> thresholdLines(const DrawnSeries &d, const SeriesPanel &panel);
void drawThresholds(Ink &ink, const Plot &plot, const DrawnSeries &d, const SeriesPanel &panel);

} // namespace tenken
