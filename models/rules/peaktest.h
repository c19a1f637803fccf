// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

/// Whether one test sent an event's peak rate for the wanted time, with errors and latency within the targets. Of the
/// stretches at that rate one decides: the newest that is long enough, else the longest.
std::vector<Finding> judgePeakTest(const RuleContext &context, const LoadTestAnalysis &a,
                                   const CapacityEvent &event);

} // namespace tenken
