// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/kneedle.h>

namespace tenken
{

std::optional<size_t> kneedle(const std::vector<double> &x, const std::vector<double> &y)
{
    if (x.size() < 3 || x.size() != y.size() || x.back() <= x.front() || y.back() <= y.front())
        return {};
    size_t knee = 0;
    double furthest = 0;
    for (size_t i = 1; i + 1 < x.size(); ++i) {
        const double along = (x[i] - x.front()) / (x.back() - x.front());
        const double up = (y[i] - y.front()) / (y.back() - y.front());
        if (along - up > furthest) {
            furthest = along - up;
            knee = i;
        }
    }
    return knee > 0 ? std::optional(knee) : std::nullopt;
}

} // namespace tenken
