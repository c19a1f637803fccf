// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/workloads.h>

namespace tenken {

/// The PodDisruptionBudgets that Kubernetes asks before it evicts one of the workload's pods.
std::vector<const KubeObject *> evictionBudgets(const RuleContext &context, const Workload &w);

/// Judges them at the pods that the workload keeps; none at all is a warning.
void judgeBudgets(const RuleContext &context, const Workload &w, const EventNeed &need, std::vector<Finding> &findings);

/// Those that select no pod of any workload.
void judgeIdleBudgets(const RuleContext &context, std::vector<Finding> &findings);

} // namespace tenken
