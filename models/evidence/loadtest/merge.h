// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

namespace tenken
{

/// Several generators' parts of one run, laid over each other by absolute time. Exact: counts add up and
/// histograms merge. Parts of different tools, or far apart in time, are no one run. Files of one level of
/// load each become a series of levels (see levels.h).
Result<LoadTestRun> mergeRuns(std::vector<LoadTestRun> parts);

/// The bare sum of parts that are known to belong together; at least one.
LoadTestRun overlay(std::vector<LoadTestRun> parts);

} // namespace tenken
