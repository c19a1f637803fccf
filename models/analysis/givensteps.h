// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/loadsteps.h>
#include <evidence/loadtest/givensteps.h>

namespace tenken
{

/// As given. Rates go to the run's levels in order; where their numbers differ, to the steps that are found; else
/// the run is cut into parts of equal length.
Result<std::vector<LoadStep>> findSteps(const LoadTestRun &run, const GivenSteps &given);

} // namespace tenken
