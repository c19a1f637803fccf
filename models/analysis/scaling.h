// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <array>
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
    double residualError = 0; ///< residual standard error, req/s
    int degreesOfFreedom = 0;
    double mostMeasured = 0; ///< pods: beyond, the law is an extrapolation
    std::array<std::array<double, 3>, 3> covariance{}; ///< of α, β, γ; 0 for one held at its bound
    double at(double pods) const;
    double errorAt(double pods) const; ///< standard error of at(), by the delta method
    /// Half the width of the 95 % confidence band at so many pods (Student's t).
    double bandAt(double pods) const;
    bool extrapolates(double pods) const { return pods > mostMeasured; }
    std::optional<double> peakPods() const; ///< √((1−α)/β), nothing when β = 0
    std::optional<double> limit() const; ///< γ/α: what more pods approach without coherency; nothing when α = 0
    std::optional<double> optimum() const; ///< 1/α pods
};

struct Scaling {
    std::vector<ScalingPoint> points; ///< sorted by pods, one per pod count
    std::vector<double> efficiency; ///< X(N) ÷ (N · X(first)/N(first))
    double lastMarginalShare = 1; ///< what the last pod adds ÷ what the first gave
    std::optional<UslFit> fit; ///< from six points on
    /// Every efficiency ≥ `efficiency`, and the last pod adds ≥ `lastPod` of the first.
    bool isLinear(double efficiency = 0.9, double lastPod = 0.8) const;
    int linearUpTo(double efficiency = 0.9, double lastPod = 0.8) const; ///< pods; 0 with fewer than two counts
    int mostTested() const { return points.empty() ? 0 : points.back().pods; }
};

Scaling analyseScaling(std::vector<ScalingPoint> points);
std::optional<UslFit> fitUsl(const std::vector<ScalingPoint> &points);
std::optional<UslFit> fitUsl(const std::vector<double> &load, const std::vector<double> &throughput);

} // namespace tenken
