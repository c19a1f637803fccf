// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/knee.h>

namespace tenken
{

/// The way up: what follows the highest load (a second round, a ramp down) still carries its queue. In the
/// order of the load, and without steps that hold too few samples.
std::vector<int> wayUp(const std::vector<LoadStep> &steps, double (*load)(const LoadStep &));

/// A way up that begins behind the first one's highest load, from half of it or less: a second test in the same run.
/// Empty where there is none.
std::vector<LoadStep> secondClimb(const std::vector<LoadStep> &steps, double (*load)(const LoadStep &));

/// The percentile that is judged: the wanted one where every step has it, else another that they share (wrk tells
/// p50, p75, p90 and p99 only). 0: none, or figures that cannot be believed.
double sharedPercentile(const std::vector<LoadStep> &steps, const std::vector<int> &order, double wanted);

/// What to say where another percentile than the wanted one was judged.
std::vector<Text> caveatsOf(const std::vector<LoadStep> &steps, double judged, double wanted);

/// Median of the lower half's lowest values: a cold first step does not set it, nor does one spike.
double baseline(const std::vector<LoadStep> &steps, const std::vector<int> &order, double percentile);

/// Which signs of an overload one step shows.
std::vector<KneeSign> signsOf(const LoadStep &step, double baseline, double percentile, const KneeOptions &options);

/// The offered load where errors become more than allowed; 0: never.
double firstErrors(const std::vector<LoadStep> &steps, const std::vector<int> &order,
                   const KneeOptions &options);

} // namespace tenken
