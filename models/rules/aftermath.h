// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/workloads.h>

namespace tenken {

/// What budgets and autoscaler do while a zone is gone, and as a finding.
ZoneAftermath aftermathOf(const RuleContext &context, const Workload &w, const ZoneLoss &loss);
Finding judgeAftermath(const RuleContext &context, const Workload &w, const EventNeed &need, const ZoneLoss &loss);

} // namespace tenken
