// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/stretch.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace tenken
{

namespace
{

using Seconds = std::span<const LoadSecond>;

double completedRate(Seconds seconds)
{
    double completed = 0;
    for (const LoadSecond &s : seconds)
        completed += double(s.completed);
    return seconds.empty() ? 0 : completed / double(seconds.size());
}

double loadRate(Seconds seconds)
{
    double sent = 0;
    for (const LoadSecond &s : seconds)
        sent += double(std::max(s.started, s.arrivals));
    return std::max(seconds.empty() ? 0 : sent / double(seconds.size()), completedRate(seconds));
}

// The least rate that still counts as `share` of `rps` when counted over so many seconds.
double least(double rps, double share, size_t seconds)
{
    return rps * share - 3 * std::sqrt(rps * share / double(seconds));
}

Stretch summed(Seconds seconds, double rps)
{
    Stretch s;
    s.seconds = qint64(seconds.size());
    s.rate = completedRate(seconds);
    s.answered = !seconds.empty() && s.rate >= least(rps, 0.99, seconds.size());
    for (const LoadSecond &second : seconds) {
        s.completed += second.completed;
        s.failed += second.failed;
        s.latency.merge(second.latency);
    }
    return s;
}

} // namespace

Stretch longestStretch(const LoadTestRun &run, double rps)
{
    constexpr size_t block = Stretch::blockSeconds;
    const Seconds all(run.seconds);
    double highest = 0;
    size_t bestFrom = 0, bestEnd = 0;
    std::optional<size_t> from; // of the stretch under way, at full rate
    for (size_t i = 0; i + block <= all.size(); i += block) { // a last part of a block says too little
        highest = std::max(highest, completedRate(all.subspan(i, block)));
        const double load = loadRate(all.subspan(i, block));
        if (load < least(rps, 0.95, block)) {
            from.reset();
            continue;
        }
        if (load < least(rps, 0.99, block))
            continue;
        if (!from)
            from = i;
        if (i + block - *from > bestEnd - bestFrom) {
            bestFrom = *from;
            bestEnd = i + block;
        }
    }
    Stretch stretch = summed(all.subspan(bestFrom, bestEnd - bestFrom), rps);
    stretch.highestRate = highest;
    return stretch;
}

std::optional<double> quantileOf(const QString &percentile)
{
    if (!percentile.startsWith(u'p', Qt::CaseInsensitive))
        return {};
    bool ok = false;
    const double percent = percentile.sliced(1).toDouble(&ok);
    if (!ok || !(percent > 0) || !(percent < 100))
        return {};
    return percent / 100;
}

bool isTrusted(double quantile, qint64 samples)
{
    return double(samples) >= 10 / (1 - quantile) - 1e-6;
}

} // namespace tenken
