// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/replicas.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

bool ReplicaRange::isKeda() const
{
    return autoscaler && autoscaler->kind == u"ScaledObject";
}

QString ReplicaRange::file(const Workload &w) const
{
    return autoscaler ? autoscaler->file : w.object.file;
}

namespace
{

// A written count; the default where it is not written, and "not known" where it is no whole number.
int countOr(Yaml node, int fallback, bool &known)
{
    if (!node || node.isNull())
        return fallback;
    const auto n = node.integer();
    if (!n || *n < 0 || *n > 1'000'000) {
        known = false;
        return fallback;
    }
    return int(*n);
}

// KEDA scales nothing while it is paused: to a count that is written as text, or at whatever stood before.
void applyPause(Yaml annotations, ReplicaRange &range)
{
    const Yaml count = annotations["autoscaling.keda.sh/paused-replicas"], paused = annotations["autoscaling.keda.sh/paused"];
    range.paused = count.exists() || paused.string() == u"true";
    if (!range.paused)
        return;
    range.minNode = count ? count : paused;
    bool isNumber = false;
    const int pods = count.string().toInt(&isNumber);
    if (!isNumber || pods < 0) {
        range.known = false;
        return;
    }
    // The pause ends some day: fewer than the minimum count, more than the maximum do.
    range.min = std::min(range.min, pods);
    range.max = std::max(range.max, pods);
}

bool isCanary(const Workload &w)
{
    if (w.object.name.endsWith(u"-canary"))
        return true;
    const auto labels = w.podLabels();
    return std::ranges::any_of(QStringList{"track", "version", "role"},
                               [&](const QString &key) { return labels.value(key) == u"canary"; });
}

template <typename Predicate>
std::vector<const Workload *> filtered(const std::vector<const Workload *> &all, Predicate wanted)
{
    std::vector<const Workload *> some;
    std::ranges::copy_if(all, std::back_inserter(some), wanted);
    return some.empty() ? all : some;
}

} // namespace

ReplicaRange replicasOf(const Manifests &manifests, const Workload &workload)
{
    ReplicaRange range;
    range.autoscaler = manifests.autoscalerOf(workload);
    if (!range.autoscaler) {
        range.minNode = range.maxNode = workload.object.node["spec"]["replicas"];
        range.known = workload.object.kind != u"DaemonSet";
        countOr(range.minNode, 1, range.known);
        range.min = range.max = workload.declaredReplicas();
        return range;
    }
    const Yaml spec = range.autoscaler->node["spec"];
    const bool keda = range.isKeda();
    range.minNode = spec[keda ? "minReplicaCount" : "minReplicas"];
    range.maxNode = spec[keda ? "maxReplicaCount" : "maxReplicas"];
    range.min = countOr(range.minNode, keda ? 0 : 1, range.known);
    range.max = countOr(range.maxNode, keda ? 100 : 0, range.known);
    if (!keda && !range.maxNode)
        range.known = false; // the API refuses such an HPA
    // With idleReplicaCount set, that is what stands while nothing triggers: before a sudden event.
    if (keda && spec["idleReplicaCount"]) {
        range.minNode = spec["idleReplicaCount"];
        range.min = std::min(range.min, countOr(range.minNode, 0, range.known));
    }
    if (keda)
        applyPause(range.autoscaler->node["metadata"]["annotations"], range);
    return range;
}

ServingWorkloads servingWorkloads(const Manifests &manifests, const Service &service)
{
    std::vector<const Workload *> all;
    for (const Workload &w : manifests.workloads) {
        if (w.isLongRunning() && w.object.kind != u"DaemonSet")
            all.push_back(&w);
    }
    if (all.size() > 1) {
        all = filtered(all, [&](const Workload *w) { return !manifests.servicesOf(*w).empty(); });
        all = filtered(all, [&](const Workload *w) {
            return w->object.name == service.id || service.aliases.contains(w->object.name);
        });
        all = filtered(all, [](const Workload *w) { return !isCanary(*w); });
    }
    return {all, {all.begin(), all.end()}};
}

std::vector<const Workload *> servingWorkloads(const RuleContext &context)
{
    return context.serving ? context.serving->all : servingWorkloads(context.manifests(), context.service()).all;
}

const CapacityEvent *largestEvent(const Service &service)
{
    const auto it = std::ranges::max_element(service.events, {}, &CapacityEvent::peakRps);
    return it == service.events.end() ? nullptr : &*it;
}

int podsFor(double rps, double perPod)
{
    const double pods = std::ceil(rps / perPod - 1e-9); // 4000 ÷ 0.1 must not become 40,001
    return std::isfinite(pods) ? int(std::clamp(pods, 0.0, 1e9)) : 1'000'000'000;
}

} // namespace tenken
