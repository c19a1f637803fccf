// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/loadsteps.h>

namespace tenken
{

/// The figures of a stretch of a run's seconds, [begin, end) by index. Nothing is dropped.
LoadStep measureSeconds(const LoadTestRun &run, size_t begin, size_t end);

/// A stretch whose load is stated: from the seconds where the run keeps samples, else from the figures that the tool
/// states for it. Transients are dropped. Nothing where the run says nothing of it.
std::optional<LoadStep> measureLevel(const LoadTestRun &run, const LoadLevel &level);

/// Steps of a run that has stated figures alone: windows at one load belong together.
std::vector<LoadStep> stepsOfWindows(const LoadTestRun &run);

/// Fills a step's latencies with what the tool states of its time; nothing changes where it states none.
void takeStatedLatencies(const LoadTestRun &run, LoadStep &step);

/// Seconds to drop at the beginning of a step: 15 %, at most 30.
double transientOf(double seconds);

} // namespace tenken
