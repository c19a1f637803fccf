// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/planninglaw.h>
#include <analysis/uslsquares.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace tenken
{

namespace
{

constexpr size_t fewestForFit = 6;

} // namespace

double UslFit::at(double pods) const
{
    return gamma * pods / (1 + alpha * (pods - 1) + beta * pods * (pods - 1));
}

double UslFit::errorAt(double pods) const
{
    const double below = 1 + alpha * (pods - 1) + beta * pods * (pods - 1), x = at(pods);
    const std::array<double, 3> slope = {-x * (pods - 1) / below, -x * pods * (pods - 1) / below, pods / below};
    double variance = 0;
    for (size_t a = 0; a < 3; ++a) {
        for (size_t b = 0; b < 3; ++b)
            variance += slope[a] * covariance[a][b] * slope[b];
    }
    return std::sqrt(std::max(0.0, variance));
}

double UslFit::bandAt(double pods) const
{
    // Quantile 0.975 of Student's t: a table up to 10, then Cornish and Fisher's expansion (error below 0.003).
    constexpr std::array table = {12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281};
    if (degreesOfFreedom < 1)
        return 0;
    const double n = degreesOfFreedom, z = 1.959964;
    const double t = size_t(degreesOfFreedom) <= table.size()
        ? table[size_t(degreesOfFreedom) - 1]
        : z + (z * z * z + z) / (4 * n) + (5 * std::pow(z, 5) + 16 * z * z * z + 3 * z) / (96 * n * n);
    return t * errorAt(pods);
}

std::optional<double> UslFit::limit() const
{
    return alpha > 0 ? std::optional(gamma / alpha) : std::nullopt;
}

std::optional<double> UslFit::optimum() const
{
    return alpha > 0 ? std::optional(1 / alpha) : std::nullopt;
}

std::optional<double> UslFit::peakPods() const
{
    if (beta <= 0)
        return {};
    return alpha < 1 ? std::sqrt((1 - alpha) / beta) : 0;
}

static std::optional<UslFit> fitted(const std::vector<double> &load, const std::vector<double> &throughput, bool coherency)
{
    const auto unusable = [](double v) { return !std::isfinite(v) || v <= 0; };
    if (load.size() < fewestForFit || load.size() != throughput.size() || std::ranges::any_of(load, unusable)
        || std::ranges::any_of(throughput, unusable))
        return {};
    const auto [least, most] = std::ranges::minmax(load);
    if (least == most)
        return {};

    const UslSquares fit(load, throughput);
    UslFree free{};
    const UslVector p = leastUslSquares(fit, free, coherency);
    UslFit result{.alpha = p[0], .beta = p[1], .gamma = p[2] * fit.scale()};

    const double squares = fit.squares(p);
    double mean = 0, total = 0;
    for (const double x : throughput)
        mean += x / double(throughput.size());
    for (const double x : throughput)
        total += (x - mean) * (x - mean);
    result.r2 = total > 0 ? 1 - squares / total : squares == 0 ? 1 : 0;

    UslMatrix jtj, inverse;
    UslVector jtr;
    fit.normal(p, free, jtj, jtr);
    result.mostMeasured = most;
    result.degreesOfFreedom = int(load.size()) - 3; // one that ended at its bound was fitted too, as R's nls counts
    if (invertUsl(jtj, inverse)) {
        const double variance = squares / result.degreesOfFreedom;
        result.residualError = std::sqrt(variance);
        const UslVector unit = {1, 1, fit.scale()};
        for (size_t a = 0; a < 3; ++a) {
            for (size_t b = 0; b < 3; ++b)
                result.covariance[a][b] = free[a] && free[b] ? inverse[a][b] * variance * unit[a] * unit[b] : 0;
        }
        const auto error = [&](size_t i) { return std::sqrt(std::max(0.0, result.covariance[i][i])); };
        result.alphaError = error(0);
        result.betaError = error(1);
        result.gammaError = error(2);
    }
    return result;
}

static std::optional<UslFit> fitted(const std::vector<ScalingPoint> &points, bool coherency)
{
    std::vector<double> pods, throughput;
    for (const ScalingPoint &point : points) {
        pods.push_back(point.pods);
        throughput.push_back(point.throughput);
    }
    return fitted(pods, throughput, coherency);
}

std::optional<UslFit> fitUsl(const std::vector<double> &load, const std::vector<double> &throughput)
{
    return fitted(load, throughput, true);
}

std::optional<UslFit> fitUsl(const std::vector<ScalingPoint> &points)
{
    return fitted(points, true);
}

std::optional<UslFit> planningLaw(const std::vector<ScalingPoint> &points)
{
    const std::optional<UslFit> law = fitted(points, true);
    if (!law || law->beta == 0 || law->beta > 2 * law->betaError)
        return law;
    return fitted(points, false);
}

} // namespace tenken
