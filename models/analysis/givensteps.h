// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/loadsteps.h>
#include <evidence/problem.h>

namespace tenken
{

/// Steps as people give them, for files that do not tell their load.
struct GivenSteps {
    struct Range {
        double from = 0, to = 0; ///< seconds after the run's start
        double offered = 0; ///< req/s
    };
    std::vector<double> rates = {}; ///< req/s of the levels, in order
    std::vector<Range> ranges = {};
    bool isEmpty() const { return rates.empty() && ranges.empty(); }
};

/// "100,150,200": rates in order; "0-60:100,60-120:200": seconds and rate.
Result<GivenSteps> parseGivenSteps(const QString &text);

/// As given. Rates go to the run's levels in order; where their numbers differ, to the steps that are found; else
/// the run is cut into parts of equal length.
Result<std::vector<LoadStep>> findSteps(const LoadTestRun &run, const GivenSteps &given);

} // namespace tenken
