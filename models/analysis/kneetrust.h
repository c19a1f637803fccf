// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/knee.h>

namespace tenken
{

/// One point for each thing that speaks for the answer; three or more are high, two are medium.
Confidence confidence(int points);
Confidence lowered(Confidence c);

/// Whether a step holds enough samples for the percentile that is judged.
bool trusted(const LoadStep &step, const Knee &knee);

/// Two bad steps in a row that recover, or one in which requests failed, are more than a hiccup of the test. `spikes` and
/// `order` are places in `steps`.
bool areDoubtful(const std::vector<int> &spikes, const std::vector<int> &order, const std::vector<LoadStep> &steps,
                 const KneeOptions &options);

/// Of a knee that was reached: `good` is its place in `order`.
Confidence kneeConfidence(const std::vector<LoadStep> &steps, const std::vector<int> &order, size_t good,
                          const Knee &knee);

/// The judged percentile of the first bad step ÷ baseline; 1 where there is no baseline.
double jumpOf(const LoadStep &bad, const Knee &knee);

} // namespace tenken
