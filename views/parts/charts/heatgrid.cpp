// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts/heatgrid.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace tenken {

namespace {

constexpr double finestRatio = 1.12; ///< well above the histogram's own width: no row stays empty for want of buckets
constexpr double leastMs = 0.001;

struct MsSpan {
    double low = leastMs, high = leastMs;
};

MsSpan latenciesOf(const LoadTestRun &run)
{
    MsSpan span{1e12, leastMs};
    for (const LoadSecond &s : run.seconds) {
        if (s.latency.count() <= 0)
            continue;
        span.low = std::min(span.low, std::max(leastMs, s.latency.minMs()));
        span.high = std::max(span.high, s.latency.maxMs());
    }
    return span;
}

/// The same few hundred buckets come in every second: each one's row is worked out once.
std::vector<int> rowsOfBuckets(const HeatGrid &grid, const LoadTestRun &run)
{
    quint32 last = 0;
    for (const LoadSecond &s : run.seconds)
        if (!s.latency.buckets().empty())
            last = std::max(last, s.latency.buckets().back().first);
    std::vector<int> rows(size_t(last) + 1);
    for (quint32 index = 0; index <= last; ++index) {
        const double middle = (LatencyHistogram::bucketLowMs(index) + LatencyHistogram::bucketHighMs(index)) / 2;
        const double row = std::floor(std::log(std::max(middle, grid.lowMs) / grid.lowMs) / std::log(grid.ratio));
        rows[index] = int(std::clamp(row, 0.0, double(grid.rows - 1)));
    }
    return rows;
}

QColor between(const QColor &a, const QColor &b, double t)
{
    const auto mix = [t](int from, int to) { return int(std::lround(from + (to - from) * t)); };
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

/// The colour between two whose lightness is the wanted one.
QColor ofLightness(const QColor &a, const QColor &b, double wanted)
{
    double low = 0, high = 1;
    const bool rising = lightness(b) > lightness(a);
    for (int i = 0; i < 20; ++i) {
        const double middle = (low + high) / 2;
        ((lightness(between(a, b, middle)) < wanted) == rising ? low : high) = middle;
    }
    return between(a, b, low);
}

} // namespace

double HeatGrid::edgeMs(int row) const { return lowMs * std::pow(ratio, row); }

HeatGrid heatGridOf(const LoadTestRun &run, int mostColumns, int leastSeconds, int mostRows)
{
    HeatGrid grid;
    const auto [low, high] = latenciesOf(run);
    const size_t n = run.seconds.size();
    if (n == 0 || high < low || mostColumns < 1 || mostRows < 1)
        return grid;
    const size_t length = std::max<size_t>({1, size_t(std::max(1, leastSeconds)), (n + size_t(mostColumns) - 1) / size_t(mostColumns)});
    grid.columns = int((n + length - 1) / length);
    grid.from = double(run.seconds.front().second);
    grid.columnSeconds = double(length);
    grid.lowMs = low;
    grid.ratio = std::max(finestRatio, std::pow(high / low * 1.001, 1.0 / mostRows));
    grid.rows = std::clamp(int(std::ceil(std::log(high / low * 1.001) / std::log(grid.ratio) - 1e-9)), 1, mostRows);
    grid.counts.assign(size_t(grid.columns) * size_t(grid.rows), 0);
    const std::vector<int> rowOf = rowsOfBuckets(grid, run);
    for (size_t i = 0; i < n; ++i) {
        qint64 *column = grid.counts.data() + i / length * size_t(grid.rows);
        for (const auto &[index, count] : run.seconds[i].latency.buckets())
            column[rowOf[index]] += count;
    }
    grid.most = *std::ranges::max_element(grid.counts);
    return grid;
}

std::vector<qint64> heatClasses(qint64 greatest, int most)
{
    std::vector<qint64> all;
    for (qint64 decade = 1; decade <= greatest; decade *= 10) {
        for (const qint64 digit : {1, 2, 5})
            if (digit * decade <= greatest)
                all.push_back(digit * decade);
        if (decade > std::numeric_limits<qint64>::max() / 100)
            break;
    }
    const size_t stride = (all.size() + size_t(std::max(1, most)) - 1) / size_t(std::max(1, most));
    std::vector<qint64> classes;
    for (size_t i = 0; i < all.size(); i += std::max<size_t>(1, stride))
        classes.push_back(all[i]);
    return classes;
}

int heatClassOf(const std::vector<qint64> &classes, qint64 count)
{
    return int(std::ranges::upper_bound(classes, count) - classes.begin()) - 1;
}

double lightness(const QColor &colour)
{
    const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    const double y = 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    return y > 216.0 / 24389 ? 116 * std::cbrt(y) - 16 : y * 24389 / 27;
}

std::vector<QColor> heatRamp(const Colours &c, int steps)
{
    const std::array anchors{c.confidenceBand, c.p50, c.p95, c.p99};
    const double from = lightness(anchors.front()), to = lightness(anchors.back());
    std::vector<QColor> ramp;
    for (int i = 0; i < steps; ++i) {
        const double wanted = steps > 1 ? from + (to - from) * i / (steps - 1) : to;
        size_t segment = 0;
        while (segment + 2 < anchors.size() && (lightness(anchors[segment + 1]) < wanted) == (to > from))
            ++segment;
        ramp.push_back(ofLightness(anchors[segment], anchors[segment + 1], wanted));
    }
    return ramp;
}

} // namespace tenken
