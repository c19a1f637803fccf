// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace tenken
{

/// Kneedle (Satopää et al. 2011) for a rising convex curve, as a second opinion: the point furthest below the
/// line between the curve's ends. It normalises both axes, so its answer depends on how far the test went.
std::optional<size_t> kneedle(const std::vector<double> &x, const std::vector<double> &y);

} // namespace tenken
