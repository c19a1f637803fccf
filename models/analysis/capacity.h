// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/service.h>

namespace tenken {

struct CapacityOptions {
    double headroom = 0;      ///< 0.2 = 20 %
    int zones = 0;            ///< 0 or 1: no spare for a lost zone
};

struct EventPlan {
    CapacityEvent event;
    int peakPods = 0;         ///< ceil(peak ÷ per pod)
    int headroomPods = 0;     ///< added by headroom
    int zonePods = 0;         ///< added so that the rest stands when one zone is lost: ceil(pods × Z ÷ (Z − 1))
    int needed() const { return peakPods + headroomPods + zonePods; }
};

/// Pods per event against what the autoscaler allows.
struct CapacityPlan {
    double perPodRps = 0;
    bool perPodMeasured = false;        ///< from the knee rather than declared
    CapacityOptions options;
    std::vector<EventPlan> events;      ///< in file order
    std::optional<int> minReplicas;     ///< of the autoscaler (1 where unset), or the fixed replica count
    std::optional<int> maxReplicas;
    int largestNeed() const;
};

CapacityPlan planCapacity(const std::vector<CapacityEvent> &events, double perPodRps, const CapacityOptions &options);

} // namespace tenken
