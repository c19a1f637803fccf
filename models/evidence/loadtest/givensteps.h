// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <vector>

namespace tenken
{

/// Steps as people give them, for files that do not tell their load.
struct GivenSteps {
    struct Range {
        double from = 0, to = 0; ///< seconds after the run's start
        double offered = 0; ///< req/s
        bool operator==(const Range &) const = default;
    };
    std::vector<double> rates = {}; ///< req/s of the levels, in order
    std::vector<Range> ranges = {};
    bool isEmpty() const { return rates.empty() && ranges.empty(); }
};

/// "100,150,200": rates in order; "0-60:100,60-120:200": seconds and rate.
Result<GivenSteps> parseGivenSteps(const QString &text);

} // namespace tenken
