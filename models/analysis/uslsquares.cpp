// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/uslsquares.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

/// Levenberg–Marquardt with Marquardt's scaling. Denominators stay positive by refusing steps that lead below
/// zero.
UslVector minimise(const UslSquares &fit, UslVector p, const UslFree &free)
{
    double best = fit.squares(p);
    double damping = 1e-3;
    for (int round = 0; round < 500 && damping < 1e14; ++round) {
        UslMatrix jtj, inverse;
        UslVector jtr;
        fit.normal(p, free, jtj, jtr);
        for (size_t a = 0; a < 3; ++a)
            jtj[a][a] *= 1 + damping;
        if (!invertUsl(jtj, inverse))
            return p;
        UslVector next = p;
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

} // namespace

UslSquares::UslSquares(const std::vector<double> &n, const std::vector<double> &x) : m_n(n), m_x(x)
{
    for (size_t i = 0; i < n.size(); ++i)
        m_scale = std::max(m_scale, x[i] / n[i]);
}

double UslSquares::squares(const UslVector &p) const
{
    double sum = 0;
    for (size_t i = 0; i < m_n.size(); ++i) {
        const double error = m_x[i] - value(p, m_n[i]);
        sum += error * error;
    }
    return sum;
}

void UslSquares::normal(const UslVector &p, const UslFree &free, UslMatrix &jtj, UslVector &jtr) const
{
    jtj = {};
    jtr = {};
    for (size_t i = 0; i < m_n.size(); ++i) {
        const double n = m_n[i];
        const double below = 1 + p[0] * (n - 1) + p[1] * n * (n - 1);
        const double x = value(p, n);
        const UslVector slope = {-x * (n - 1) / below, -x * n * (n - 1) / below, m_scale * n / below};
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

double UslSquares::value(const UslVector &p, double n) const
{
    return m_scale * p[2] * n / (1 + p[0] * (n - 1) + p[1] * n * (n - 1));
}

bool invertUsl(UslMatrix m, UslMatrix &inverse)
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

UslVector leastUslSquares(const UslSquares &fit, UslFree &freeOfBest, bool coherency)
{
    constexpr std::array<std::array<double, 2>, 4> starts = {
        {{0.1, 0.01}, {0.01, 1e-4}, {0.5, 1e-3}, {1e-3, 1e-6}}};
    UslVector best = {0, 0, 1};
    double least = HUGE_VAL;
    for (const UslFree &free :
         {UslFree{true, true, true}, {true, false, true}, {false, true, true}, {false, false, true}}) {
        if (free[1] && !coherency)
            continue;
        for (const auto &start : starts) {
            const UslVector p = minimise(fit, {free[0] ? start[0] : 0, free[1] ? start[1] : 0, 1}, free);
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

} // namespace tenken
