// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/planninglaw.h>
#include <analysis/scaling.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace tenken
{

namespace
{

constexpr size_t fewestForFit = 6;

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;
using Free = std::array<bool, 3>;

/// Least squares for X(N) with γ scaled to the data, so that the three numbers are of comparable size.
class Fit
{
public:
    Fit(const std::vector<double> &n, const std::vector<double> &x) : m_n(n), m_x(x)
    {
        for (size_t i = 0; i < n.size(); ++i)
            m_scale = std::max(m_scale, x[i] / n[i]);
    }

    double scale() const { return m_scale; }

    double squares(const Vector &p) const
    {
        double sum = 0;
        for (size_t i = 0; i < m_n.size(); ++i) {
            const double error = m_x[i] - value(p, m_n[i]);
            sum += error * error;
        }
        return sum;
    }

    /// JᵀJ and Jᵀr of the free parameters; the fixed ones get a unit row, so that the matrix can be solved.
    void normal(const Vector &p, const Free &free, Matrix &jtj, Vector &jtr) const
    {
        jtj = {};
        jtr = {};
        for (size_t i = 0; i < m_n.size(); ++i) {
            const double n = m_n[i];
            const double below = 1 + p[0] * (n - 1) + p[1] * n * (n - 1);
            const double x = value(p, n);
            const Vector slope = {-x * (n - 1) / below, -x * n * (n - 1) / below, m_scale * n / below};
            for (size_t a = 0; a < 3; ++a) {
                for (size_t b = 0; free[a] && b < 3; ++b)
                    jtj[a][b] += free[b] ? slope[a] * slope[b] : 0;
                jtr[a] += free[a] ? slope[a] * (m_x[i] - x) : 0;
            }
        }
        for (size_t a = 0; a < 3; ++a) {
            if (!free[a])
                jtj[a][a] = 1;
        }
    }

private:
    double value(const Vector &p, double n) const
    {
        return m_scale * p[2] * n / (1 + p[0] * (n - 1) + p[1] * n * (n - 1));
    }

    const std::vector<double> &m_n;
    const std::vector<double> &m_x;
    double m_scale = 0;
};

/// Gauss–Jordan with pivoting; false when singular.
bool invert(Matrix m, Matrix &inverse)
{
    inverse = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    for (size_t column = 0; column < 3; ++column) {
        size_t pivot = column;
        for (size_t row = column + 1; row < 3; ++row)
            pivot = std::abs(m[row][column]) > std::abs(m[pivot][column]) ? row : pivot;
        if (m[pivot][column] == 0 || !std::isfinite(m[pivot][column]))
            return false;
        std::swap(m[pivot], m[column]);
        std::swap(inverse[pivot], inverse[column]);
        const double by = m[column][column];
        for (size_t k = 0; k < 3; ++k) {
            m[column][k] /= by;
            inverse[column][k] /= by;
        }
        for (size_t row = 0; row < 3; ++row) {
            const double factor = row == column ? 0 : m[row][column];
            for (size_t k = 0; k < 3; ++k) {
                m[row][k] -= factor * m[column][k];
                inverse[row][k] -= factor * inverse[column][k];
            }
        }
    }
    return true;
}

/// Levenberg–Marquardt with Marquardt's scaling. Denominators stay positive by refusing steps that lead below
/// zero.
Vector minimise(const Fit &fit, Vector p, const Free &free)
{
    double best = fit.squares(p);
    double damping = 1e-3;
    for (int round = 0; round < 500 && damping < 1e14; ++round) {
        Matrix jtj, inverse;
        Vector jtr;
        fit.normal(p, free, jtj, jtr);
        for (size_t a = 0; a < 3; ++a)
            jtj[a][a] *= 1 + damping;
        if (!invert(jtj, inverse))
            return p;
        Vector next = p;
        double moved = 0;
        for (size_t a = 0; a < 3; ++a) {
            for (size_t b = 0; free[a] && b < 3; ++b)
                next[a] += inverse[a][b] * jtr[b];
            moved = std::max(moved, std::abs(next[a] - p[a]) / (std::abs(p[a]) + 1e-12));
        }
        const bool possible = next[0] >= 0 && next[1] >= 0 && next[2] > 0;
        const double squares = possible ? fit.squares(next) : best;
        if (possible && squares < best) {
            p = next;
            best = squares;
            damping = std::max(damping / 10, 1e-12);
            if (moved < 1e-12)
                break;
        } else {
            damping *= 10;
        }
    }
    return p;
}

/// The least squares under α, β ≥ 0 lie inside, or on a side where one or both are zero: all four are tried.
Vector bestOf(const Fit &fit, Free &freeOfBest, bool coherency)
{
    constexpr std::array<std::array<double, 2>, 4> starts = {
        {{0.1, 0.01}, {0.01, 1e-4}, {0.5, 1e-3}, {1e-3, 1e-6}}};
    Vector best = {0, 0, 1};
    double least = HUGE_VAL;
    for (const Free &free :
         {Free{true, true, true}, {true, false, true}, {false, true, true}, {false, false, true}}) {
        if (free[1] && !coherency)
            continue;
        for (const auto &start : starts) {
            const Vector p = minimise(fit, {free[0] ? start[0] : 0, free[1] ? start[1] : 0, 1}, free);
            const double squares = fit.squares(p);
            const bool simpler = std::ranges::count(free, true) < std::ranges::count(freeOfBest, true);
            if (!(squares < least || (simpler && squares <= least * (1 + 1e-9))))
                continue; // as good with fewer parameters is better: the inside creeps towards a side for
                          // ever
            least = std::min(least, squares);
            best = p;
            freeOfBest = free;
        }
    }
    return best;
}

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

    const Fit fit(load, throughput);
    Free free{};
    const Vector p = bestOf(fit, free, coherency);
    UslFit result{.alpha = p[0], .beta = p[1], .gamma = p[2] * fit.scale()};

    const double squares = fit.squares(p);
    double mean = 0, total = 0;
    for (const double x : throughput)
        mean += x / double(throughput.size());
    for (const double x : throughput)
        total += (x - mean) * (x - mean);
    result.r2 = total > 0 ? 1 - squares / total : squares == 0 ? 1 : 0;

    Matrix jtj, inverse;
    Vector jtr;
    fit.normal(p, free, jtj, jtr);
    result.mostMeasured = most;
    result.degreesOfFreedom = int(load.size()) - 3; // one that ended at its bound was fitted too, as R's nls counts
    if (invert(jtj, inverse)) {
        const double variance = squares / result.degreesOfFreedom;
        result.residualError = std::sqrt(variance);
        const Vector unit = {1, 1, fit.scale()};
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

int Scaling::linearUpTo(double least, double lastPod) const
{
    if (points.size() < 2)
        return 0;
    const double perPod = points.front().throughput / points.front().pods;
    int pods = points.front().pods;
    for (size_t i = 1; i < points.size(); ++i) {
        const double added = (points[i].throughput - points[i - 1].throughput) / (points[i].pods - points[i - 1].pods);
        // Exactly at a bound is within it, whatever the last binary digit says.
        if (efficiency[i] < least - 1e-9 || added < (lastPod - 1e-9) * perPod)
            break;
        pods = points[i].pods;
    }
    return pods;
}

bool Scaling::isLinear(double least, double lastPod) const
{
    return points.size() >= 2 && std::ranges::all_of(efficiency, [&](double e) { return e >= least - 1e-9; })
        && lastMarginalShare >= lastPod - 1e-9;
}

Scaling analyseScaling(std::vector<ScalingPoint> points)
{
    Scaling scaling;
    std::erase_if(points, [](const ScalingPoint &p) { return p.pods <= 0 || !(p.throughput > 0); });
    std::ranges::stable_sort(points, {}, &ScalingPoint::pods);
    for (const ScalingPoint &point : points) { // one per pod count: the most that it was seen to carry
        if (scaling.points.empty() || scaling.points.back().pods != point.pods)
            scaling.points.push_back(point);
        else
            scaling.points.back().throughput = std::max(scaling.points.back().throughput, point.throughput);
    }
    if (scaling.points.empty())
        return scaling;
    const double perPod = scaling.points.front().throughput / scaling.points.front().pods;
    for (const ScalingPoint &point : scaling.points)
        scaling.efficiency.push_back(point.throughput / (point.pods * perPod));
    if (scaling.points.size() >= 2) {
        const ScalingPoint &last = scaling.points.back(), &before = scaling.points[scaling.points.size() - 2];
        scaling.lastMarginalShare =
            (last.throughput - before.throughput) / (last.pods - before.pods) / perPod;
    }
    scaling.fit = fitUsl(scaling.points);
    return scaling;
}

} // namespace tenken
