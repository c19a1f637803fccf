// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/histogram.h>

namespace tenken {

struct HistogramBin {
    double fromMs = 0, toMs = 0;
    qint64 count = 0;
};

/// Bins of equal ratio, `perDecade` for a factor of ten, from the smallest latency to the greatest without holes.
/// Their counts add up to the histogram's.
std::vector<HistogramBin> histogramBins(const LatencyHistogram &latency, int perDecade);

} // namespace tenken
