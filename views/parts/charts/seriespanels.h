// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/finding.h>

namespace tenken
{

/// The series of one unit: a band of the chart with a scale of its own. Bands stand one above the other over
/// the same time, because two scales in one plot invite comparing what cannot be compared.
struct SeriesPanel {
    ShownUnit unit;
    std::vector<size_t> series; ///< indices in the picture, at most `mostLines`
    double low = 0, high = 1; ///< of the values, with thresholds
    double base = 0, height = 1; ///< the band in the plot's own range

    double y(double value) const { return base + (value - low) / (high - low) * height; }
    double top() const { return base + height; }
};

struct SeriesPanels {
    static constexpr size_t mostLines = 6, mostPanels = 6;

    std::vector<SeriesPanel> panels; ///< from the top
    double from = 0, to = 1; ///< epoch seconds
    double low = 0, high = 1; ///< of the whole plot
    size_t left = 0; ///< series that are in the table alone

    const SeriesPanel *panelOf(size_t series) const;
};

SeriesPanels panelsOf(const SeriesPicture &picture);

/// How many bands a picture has, for its height.
size_t panelCount(const SeriesPicture &picture);

} // namespace tenken
