// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/knee.h>

namespace tenken
{

double usersOf(const LoadStep &step);

/// In a closed loop latency never jumps: past the knee it grows with the users while throughput stays. The
/// knee is the fewest users that reach nearly all of the throughput; N* = Xmax · Rmin is where the ideal
/// lines cross.
Knee closedKnee(const std::vector<LoadStep> &steps, const KneeOptions &options);

} // namespace tenken
