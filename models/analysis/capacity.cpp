// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/capacity.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

constexpr double mostPods = 1'000'000;

/// Rounds up, but not for a hair of floating point: 0.3 × 1000 ÷ 100 is 3 pods, not 4.
int podsFor(double exact)
{
    if (!(exact < mostPods)) // not a number either: never fewer pods for a number that makes no sense
        return int(mostPods);
    return int(std::max(0.0, std::ceil(exact - 1e-9 * std::max(1.0, exact))));
}

} // namespace

int CapacityPlan::largestNeed() const
{
    int most = 0;
    for (const EventPlan &event : events)
        most = std::max(most, event.needed());
    return most;
}

CapacityPlan planCapacity(const std::vector<CapacityEvent> &events, double perPodRps,
                          const CapacityOptions &options)
{
    CapacityPlan plan;
    plan.options = options;
    if (!std::isfinite(perPodRps) || perPodRps <= 0)
        return plan; // no throughput, no plan: an event without a number must not look like one that needs
                     // nothing
    plan.perPodRps = perPodRps;
    for (const CapacityEvent &event : events) {
        EventPlan pods{.event = event};
        pods.peakPods = podsFor(event.peakRps / perPodRps);
        const int withHeadroom = podsFor(event.peakRps * (1 + std::max(0.0, options.headroom)) / perPodRps);
        pods.headroomPods = withHeadroom - pods.peakPods;
        if (options.zones >= 2)
            pods.zonePods =
                podsFor(double(withHeadroom) * options.zones / (options.zones - 1)) - withHeadroom;
        plan.events.push_back(pods);
    }
    return plan;
}

} // namespace tenken
