// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/knee.h>

namespace tenken
{

/// The knee again with the seconds of every step drawn anew, many times. Nothing where the run keeps no samples, or
/// the steps are too short to draw from.
std::optional<KneeSpread> spreadOf(const Knee &knee, const LoadTestRun &run, const std::vector<LoadStep> &steps,
                                   const KneeOptions &options);

} // namespace tenken
