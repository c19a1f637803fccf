// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

/// What the serving pods used at the knee of the load test, against their limits: memory per container, and
/// throttling where a cpu limit exists. Parameter: utilization.
std::vector<Finding> judgeUsage(const RuleContext &context);

} // namespace tenken
