// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace tenken
{

/// A stretch of a series that is level or climbs (falls) along a line.
struct Segment {
    size_t begin = 0, end = 0; ///< [begin, end)
    double first = 0, last = 0; ///< the fitted values at its ends; equal where it is level
    bool isLevel() const { return first == last; }
};

/// Cuts a series into the fewest level or sloping segments that explain it (optimal partitioning: least
/// squared error plus a price for every segment). The noise is estimated from the series itself, and taken to
/// be at least `leastNoise` of the largest value.
std::vector<Segment> findSegments(const std::vector<double> &series, double leastNoise = 0.01);

} // namespace tenken
