// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

/// Autoscalers whose target is none of the workloads, or that share their target with another.
std::vector<Finding> judgeScalingTargets(const RuleContext &context);

} // namespace tenken
