// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/run.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

std::optional<double> LoadAggregate::percentileMs(double q) const
{
    const auto at = std::ranges::find_if(percentiles, [&](const auto &p) { return std::abs(p.first - q) < 1e-9; });
    return at != percentiles.end() ? std::optional(at->second) : std::nullopt;
}

Text nearestRankMeaning()
{
    return {QStringLiteral("最近順位、対数ヒストグラム、誤差 ≤ 0.4 %"),
            QStringLiteral("nearest rank, log histogram, error ≤ 0.4 %")};
}

} // namespace tenken
