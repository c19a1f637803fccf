// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts/histogrambins.h>

#include <algorithm>
#include <cmath>

namespace tenken {

std::vector<HistogramBin> histogramBins(const LatencyHistogram &latency, int perDecade)
{
    std::vector<HistogramBin> bins;
    if (latency.count() <= 0 || latency.buckets().empty() || perDecade < 1)
        return bins;
    constexpr double leastMs = 0.001; // a log axis has no zero
    const auto binOf = [&](double ms) { return int(std::floor(std::log10(std::max(ms, leastMs)) * perDecade + 1e-9)); };
    const auto middleOf = [&](quint32 index) {
        const double middle = (LatencyHistogram::bucketLowMs(index) + LatencyHistogram::bucketHighMs(index)) / 2;
        return std::clamp(middle, latency.minMs(), latency.maxMs());
    };
    const int first = binOf(middleOf(latency.buckets().front().first)), last = binOf(middleOf(latency.buckets().back().first));
    for (int bin = first; bin <= last; ++bin)
        bins.push_back({std::pow(10, double(bin) / perDecade), std::pow(10, double(bin + 1) / perDecade), 0});
    for (const auto &[index, count] : latency.buckets())
        bins[size_t(std::clamp(binOf(middleOf(index)), first, last) - first)].count += count;
    return bins;
}

} // namespace tenken
