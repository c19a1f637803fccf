// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

/// Which resource saturates at the knee of the load test, by the metrics of that time. Parameter:
/// utilization.
Finding judgeSaturation(const RuleContext &context);

} // namespace tenken
