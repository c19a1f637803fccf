// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <optional>
#include <vector>

namespace tenken
{

struct ScalingPoint {
    int pods = 1;
    double throughput = 0; ///< req/s at the knee with that many pods
};

/// Universal Scalability Law (Gunther 2007): X(N) = γN / (1 + α(N−1) + βN(N−1)), α, β ≥ 0.
struct UslFit {
    double alpha = 0, beta = 0, gamma = 0;
    double alphaError = 0, betaError = 0, gammaError = 0; ///< standard errors
    double r2 = 0;
    double at(double pods) const;
    std::optional<double> peakPods() const; ///< √((1−α)/β), nothing when β = 0
};

struct Scaling {
    std::vector<ScalingPoint> points; ///< sorted by pods, one per pod count
    std::vector<double> efficiency; ///< X(N) ÷ (N · X(first)/N(first))
    double lastMarginalShare = 1; ///< what the last pod adds ÷ what the first gave
    std::optional<UslFit> fit; ///< from six points on
};

Scaling analyseScaling(std::vector<ScalingPoint> points);
std::optional<UslFit> fitUsl(const std::vector<ScalingPoint> &points);
std::optional<UslFit> fitUsl(const std::vector<double> &load, const std::vector<double> &throughput);

} // namespace tenken
