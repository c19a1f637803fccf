// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts/runbuckets.h>

#include <algorithm>

namespace tenken {

std::vector<RunBucket> bucketsOf(const LoadTestRun &run, int most, int leastSeconds)
{
    std::vector<RunBucket> buckets;
    const size_t n = run.seconds.size();
    if (n == 0 || most < 1)
        return buckets;
    const size_t length = std::max<size_t>({1, size_t(std::max(1, leastSeconds)), (n + most - 1) / most});
    for (size_t first = 0; first < n; first += length) {
        const size_t last = std::min(first + length, n);
        RunBucket b;
        LatencyHistogram latency;
        for (size_t i = first; i < last; ++i) {
            const LoadSecond &s = run.seconds[i];
            b.offered += double(s.arrivals >= 0 ? s.arrivals : s.started);
            b.completed += double(s.completed - s.failed);
            b.failed += double(s.failed);
            latency.merge(s.latency);
        }
        const double seconds = double(last - first);
        b.at = double(run.seconds[first].second) + seconds / 2;
        b.offered /= seconds;
        b.completed /= seconds;
        b.failed /= seconds;
        b.samples = latency.count();
        if (b.samples > 0) {
            b.p50 = latency.percentileMs(0.5);
            b.p95 = latency.percentileMs(0.95);
        }
        buckets.push_back(b);
    }
    return buckets;
}

std::optional<double> kneePassedAt(const LoadTestPicture &t)
{
    const size_t firstBad = size_t(t.knee.lastGoodStep + 1);
    if (!t.knee.usable || !t.knee.reached || firstBad >= t.steps.size())
        return std::nullopt;
    return t.steps[firstBad].start;
}

} // namespace tenken
