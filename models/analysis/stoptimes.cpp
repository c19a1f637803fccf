// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/fields.h>
#include <analysis/podtimeline.h>
#include <analysis/probes.h>

#include <algorithm>

namespace tenken {

namespace {

void readGrace(Yaml podSpec, StopTimes &times)
{
    const IntField grace = intField(podSpec, "terminationGracePeriodSeconds", 30);
    times.grace = grace.value;
    times.graceKnown = grace.known && grace.value >= 0;
    times.graceSpan = grace.span;
}

// The hooks run side by side, so the longest decides. One that cannot be seen could be longer than all.
void readPreStops(const Workload &w, const Service &service, StopTimes &times)
{
    bool allKnown = true;
    double longest = -1;
    for (const Container &c : ownContainers(w)) {
        const Hook hook = lifecycleHook(c, "preStop", service.preStopSeconds.value);
        times.preStops.push_back(hook);
        allKnown = allKnown && hook.seconds;
        if (hook.exists && hook.atLeast > longest) {
            longest = hook.atLeast;
            times.preStopSpan = hook.span;
        }
    }
    if (allKnown)
        times.preStop = std::max(longest, 0.0);
}

void readProxy(const Workload &w, const Service &service, const Manifests *manifests, StopTimes &times)
{
    const ProxySettings proxy = proxySettings(w, manifests);
    times.proxyDrain = proxy.terminationDrain.value;
    times.exitOnZero = proxy.exitOnZero.value && readsExitOnZero(service);
    times.minimumDrain = proxy.minimumDrain.value;
    times.proxySpan = times.exitOnZero ? proxy.exitOnZero.span : proxy.terminationDrain.span;
    times.sidecar = sidecarMode(w, service, manifests);
}

} // namespace

StopTimes stopTimes(const Workload &w, const Service &service, const Manifests *manifests)
{
    StopTimes times;
    readGrace(w.podSpec, times);
    readPreStops(w, service, times);
    times.sigterm = service.sigtermSeconds.value;
    times.drain = service.drainSeconds.value;
    readProxy(w, service, manifests, times);
    return times;
}

std::optional<double> StopTimes::needed() const
{
    if (!preStop || !sigterm || !drain)
        return std::nullopt;
    return *preStop + *sigterm + *drain;
}

double StopTimes::preStopAtLeast() const
{
    double longest = preStop.value_or(0);
    for (const Hook &hook : preStops)
        longest = std::max(longest, hook.atLeast);
    return longest;
}

double StopTimes::neededAtLeast() const
{
    return preStopAtLeast() + sigterm.value_or(0) + drain.value_or(0);
}

} // namespace tenken
