// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/manifests.h>

namespace tenken {

/// Pods at one moment of a rolling update.
struct RolloutStep {
    int oldPods = 0;
    int newStarting = 0;
    int newReady = 0;
    int ready() const { return oldPods + newReady; }
    int total() const { return oldPods + newStarting + newReady; }
};

struct Rollout {
    int replicas = 0;
    int maxSurge = 0;         ///< resolved, rounded up
    int maxUnavailable = 0;   ///< resolved, rounded down; 1 when both come out as 0
    int lowestReady = 0;
    int highestTotal = 0;
    std::vector<RolloutStep> steps;
    int needed = 0;           ///< pods the chosen event needs, 0 when unknown
};

/// Deployment semantics (ResolveFenceposts); `strategy` is spec.strategy.
Rollout simulateRollout(Yaml strategy, int replicas);

/// Pods per zone under the constraints of a workload, and what is left when one zone is lost.
struct ZoneLoss {
    int zones = 0;
    int replicas = 0;
    std::vector<int> best, worst;  ///< pods per zone
    int leftBest = 0, leftWorst = 0;
    int needed = 0;                ///< 0 when unknown
    bool hardConstraint = false;   ///< DoNotSchedule on the zone
    bool softConstraint = false;   ///< ScheduleAnyway on the zone
    bool selectorMatches = true;   ///< the constraint's selector selects the pod itself
    int maxSkew = 0;
    Span span;
};

ZoneLoss simulateZoneLoss(const Workload &w, int replicas, int zones);

} // namespace tenken
