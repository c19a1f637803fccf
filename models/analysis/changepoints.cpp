// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/changepoints.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

constexpr size_t shortestLine = 3;

/// Sums from which the squared error of any stretch follows at once.
class Sums
{
public:
    explicit Sums(const std::vector<double> &series)
        : m_y(series.size() + 1), m_ty(series.size() + 1), m_yy(series.size() + 1)
    {
        for (size_t i = 0; i < series.size(); ++i) {
            m_y[i + 1] = m_y[i] + series[i];
            m_ty[i + 1] = m_ty[i] + double(i) * series[i];
            m_yy[i + 1] = m_yy[i] + series[i] * series[i];
        }
    }

    double mean(size_t begin, size_t end) const { return (m_y[end] - m_y[begin]) / double(end - begin); }

    double levelError(size_t begin, size_t end) const
    {
        const double y = m_y[end] - m_y[begin];
        return std::max(0.0, m_yy[end] - m_yy[begin] - y * y / double(end - begin));
    }

    double slope(size_t begin, size_t end) const
    {
        const double n = double(end - begin);
        const double middle = (double(begin) + double(end) - 1) / 2;
        const double spread = n * (n * n - 1) / 12;
        return (m_ty[end] - m_ty[begin] - middle * (m_y[end] - m_y[begin])) / spread;
    }

    double lineError(size_t begin, size_t end) const
    {
        const double n = double(end - begin);
        const double s = slope(begin, end);
        return std::max(0.0, levelError(begin, end) - s * s * n * (n * n - 1) / 12);
    }

private:
    std::vector<double> m_y, m_ty, m_yy;
};

/// Variance of one value around its level, from the median of squared differences: steps hardly move it.
double noise(const std::vector<double> &series)
{
    std::vector<double> squares;
    for (size_t i = 1; i < series.size(); ++i)
        squares.push_back((series[i] - series[i - 1]) * (series[i] - series[i - 1]));
    const auto middle = squares.begin() + std::ptrdiff_t(squares.size() / 2);
    std::ranges::nth_element(squares, middle);
    return *middle / (2 * 0.455); // 0.455: the median of χ² with one degree of freedom
}

struct Best {
    double cost = 0;
    size_t from = 0;
    bool level = true;
};

Segment segment(const Sums &sums, size_t begin, size_t end, bool level)
{
    const double mean = sums.mean(begin, end);
    if (level)
        return {begin, end, mean, mean};
    const double rise = sums.slope(begin, end) * double(end - begin - 1) / 2;
    return {begin, end, mean - rise, mean + rise};
}

} // namespace

std::vector<Segment> findSegments(const std::vector<double> &series, double leastNoise)
{
    const size_t n = series.size();
    const Sums sums(series);
    if (n < 2)
        return n == 0 ? std::vector<Segment>{} : std::vector<Segment>{segment(sums, 0, n, true)};

    double scale = 0;
    for (const double y : series)
        scale = std::max(scale, std::abs(y));
    const double floor = std::max(1e-9, leastNoise * scale);
    const double variance = std::max(noise(series), floor * floor);
    const double levelPrice = 4 * variance * std::log(double(n));
    const double linePrice = 2 * levelPrice;

    // best[i] explains the first i values. A start that cannot win any more is never looked at again (PELT).
    std::vector<Best> best(n + 1);
    best[0].cost = -levelPrice;
    std::vector<size_t> starts;
    for (size_t end = 1; end <= n; ++end) {
        starts.push_back(end - 1);
        Best &here = best[end];
        here.cost = HUGE_VAL;
        for (const size_t from : starts) {
            const double level = best[from].cost + sums.levelError(from, end) + levelPrice;
            if (level < here.cost)
                here = {level, from, true};
            if (end - from < shortestLine)
                continue;
            const double line = best[from].cost + sums.lineError(from, end) + linePrice;
            if (line < here.cost)
                here = {line, from, false};
        }
        std::erase_if(starts, [&](size_t from) {
            return end - from >= shortestLine && best[from].cost + sums.lineError(from, end) > here.cost;
        });
    }

    std::vector<Segment> segments;
    for (size_t end = n; end > 0; end = best[end].from)
        segments.push_back(segment(sums, best[end].from, end, best[end].level));
    std::ranges::reverse(segments);
    return segments;
}

} // namespace tenken
