// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/podtimeline.h>
#include <analysis/probes.h>

#include <algorithm>

namespace tenken {

namespace {

StartTimes startOf(const Container &container, const Service &service)
{
    const Probe startup = readProbe(container, "startupProbe");
    const Probe liveness = readProbe(container, "livenessProbe");
    const Probe &killer = startup.exists() ? startup : liveness;
    const Hook postStart = lifecycleHook(container, "postStart");

    StartTimes times;
    times.container = container.name;
    times.start = service.startSeconds.value;
    times.postStart = postStart.seconds.value_or(0);
    times.postStartKnown = postStart.seconds.has_value();
    // Measured from the container's start to ready, so it holds the postStart it was measured with; a container
    // is not ready before its postStart returns.
    if (times.start)
        times.start = std::max(*times.start, postStart.atLeast);
    times.hasStartupProbe = startup.exists();
    times.killable = killer.exists();
    times.timingKnown = killer.timingKnown;
    if (times.killable) {
        times.initialDelay = killer.initialDelay;
        times.period = killer.period;
        times.failureThreshold = killer.failureThreshold;
        times.earliestKill = killer.earliestKill();
        times.probeSpan = killer.node.entrySpan();
    }
    return times;
}

} // namespace

std::vector<StartTimes> startTimes(const Workload &w, const Service &service)
{
    std::vector<StartTimes> all;
    for (const Container &container : servingContainers(w))
        all.push_back(startOf(container, service));
    return all;
}

} // namespace tenken
