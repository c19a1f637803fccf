// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

/// The load tests that say how throughput grows with pods: the knee was reached and the pod count is known.
std::vector<const LoadTestAnalysis *> scalingTests(const std::vector<LoadTestAnalysis> &tests);

/// Their knees by pod count; nothing with fewer than two counts.
/// The same for planning: the law, and the most pods that were tested.
ScaleOut scaleOutOf(const std::vector<LoadTestAnalysis> &tests);
std::optional<Scaling> scalingOf(const std::vector<LoadTestAnalysis> &tests);

} // namespace tenken
