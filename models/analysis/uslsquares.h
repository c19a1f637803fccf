// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

namespace tenken
{

// α, β and γ, a matrix of them, and which of them are free.
using UslVector = std::array<double, 3>;
using UslMatrix = std::array<UslVector, 3>;
using UslFree = std::array<bool, 3>;

/// Least squares for X(N) with γ scaled to the data, so that the three numbers are of comparable size.
class UslSquares
{
public:
    UslSquares(const std::vector<double> &n, const std::vector<double> &x);

    double scale() const { return m_scale; }
    double squares(const UslVector &p) const;
    /// JᵀJ and Jᵀr of the free parameters; the fixed ones get a unit row, so that the matrix can be solved.
    void normal(const UslVector &p, const UslFree &free, UslMatrix &jtj, UslVector &jtr) const;

private:
    double value(const UslVector &p, double n) const;

    const std::vector<double> &m_n;
    const std::vector<double> &m_x;
    double m_scale = 0;
};

/// Gauss–Jordan with pivoting; false when singular.
bool invertUsl(UslMatrix m, UslMatrix &inverse);

/// The least squares under α, β ≥ 0 lie inside, or on a side where one or both are zero: all four are tried.
UslVector leastUslSquares(const UslSquares &fit, UslFree &freeOfBest, bool coherency);

} // namespace tenken
