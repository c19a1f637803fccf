// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

#include <parts/colours.h>

namespace tenken {

/// How many requests took how long, over time: cells of equal time and of equal ratio of latency.
struct HeatGrid {
    int columns = 0, rows = 0;
    double from = 0;              ///< on the run's clock
    double columnSeconds = 1;
    double lowMs = 1, ratio = 2;  ///< row r holds [lowMs · ratio^r, lowMs · ratio^(r+1))
    std::vector<qint64> counts;   ///< column by column
    qint64 most = 0;

    qint64 at(int column, int row) const { return counts[size_t(column) * size_t(rows) + size_t(row)]; }
    double edgeMs(int row) const; ///< the lower one; of `rows`: the top
    double columnFrom(int column) const { return from + columnSeconds * column; }
    bool isEmpty() const { return most == 0; }
};

/// At most so many columns, each at least `leastSeconds` long, and so many rows. Nothing of the counts is lost.
HeatGrid heatGridOf(const LoadTestRun &run, int mostColumns, int leastSeconds, int mostRows);

/// Counts in classes: 1, 2, 5, 10, 20 … thinned to at most `most` lower bounds, the first being 1.
std::vector<qint64> heatClasses(qint64 greatest, int most);
int heatClassOf(const std::vector<qint64> &classes, qint64 count); ///< −1: none

/// Colours from faint to strong in equal steps of lightness (CIE L*), so that a grey print keeps their order.
std::vector<QColor> heatRamp(const Colours &colours, int steps);
double lightness(const QColor &colour); ///< CIE L*, 0…100

} // namespace tenken
