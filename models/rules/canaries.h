// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/canary.h>
#include <analysis/meshroutes.h>
#include <rules/workloads.h>

namespace tenken {

/// Everything among the files that can give a new version a part of the requests.
struct Canaries {
    std::vector<const KubeObject *> rollouts;  ///< of Argo
    std::vector<const KubeObject *> flagger;
    std::vector<MeshRoute> splits;             ///< routes with several destinations that neither of them drives, reachable or not
    std::vector<MeshRoute> whole;              ///< routes to the service with one destination
    std::vector<AlbAction> alb;                ///< likewise

    bool empty() const { return rollouts.empty() && flagger.empty() && splits.empty() && alb.empty(); }
};

Canaries canariesOf(const RuleContext &context);

/// The steps of a Rollout, with its pods: the autoscaler's minimum, else replicas.
CanaryPlan planOf(const RuleContext &context, const KubeObject &rollout);

Finding sayNoCanary(const RuleContext &context, const Text &title);
/// Nothing happens until a person takes `paused: true` (Argo) or `suspend: true` (Flagger) away: a warning where one is set.
std::optional<Finding> judgeHalt(const RuleContext &context, const KubeObject &release);
Finding sayUnreadable(Finding f); ///< a number or a duration that is a variable

} // namespace tenken
