// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/nodepacking.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

constexpr int mostPods = 1'000'000;

double reservedCpu(double vcpu)
{
    double millis = 0;
    for (int core = 1; core <= int(vcpu); ++core)
        millis += core == 1 ? 60 : core == 2 ? 10 : core <= 4 ? 5 : 2.5;
    return millis / 1000;
}

int podLimit(const InstanceType &type, const KubeletSettings &kubelet)
{
    int pods = kubelet.maxPods.value_or(type.pods);
    if (kubelet.podsPerCore)
        pods = std::min(pods, int(std::min<double>(mostPods, *kubelet.podsPerCore * type.vcpu)));
    return pods;
}

} // namespace

Allocatable allocatableOf(const InstanceType &type, const KubeletSettings &kubelet)
{
    Allocatable a;
    a.capacity = {type.vcpu, type.memory, 0};
    const double taken = type.architecture == u"arm64" ? 64 : 0;
    a.machine.memory = taken + std::ceil((type.memory - taken) * 0.075);
    a.reserved.cpu = kubelet.kubeCpu.value_or(reservedCpu(type.vcpu)) + kubelet.systemCpu.value_or(0);
    a.reserved.memory = kubelet.kubeMemory.value_or(11.0 * type.pods + 255) + kubelet.systemMemory.value_or(0);
    a.eviction.memory = kubelet.evictionShare ? *kubelet.evictionShare * type.memory : kubelet.evictionMemory.value_or(100);
    a.allocatable = a.capacity - a.machine - a.reserved - a.eviction;
    a.allocatable.pods = podLimit(type, kubelet);
    return a;
}

int podsWithPrefixDelegation(const InstanceType &type)
{
    // ENIs × (IPs − 1) + 2 are the type's Pods; each address becomes a prefix of 16.
    const int possible = (type.pods - 2) * 16 + 2;
    return std::min(possible, type.vcpu > 30 ? 250 : 110);
}

std::vector<NodeDaemon> daemonsOn(const NodeGroup &group, const Manifests &manifests, const Service &service)
{
    std::vector<NodeDaemon> daemons;
    for (const Workload &w : manifests.workloads) {
        if (w.object.kind != u"DaemonSet")
            continue;
        const Match match = placementOn(group, w.podSpec).match();
        if (match == Match::No)
            continue;
        Service unmeshed = service; // agents run outside the mesh unless their template says otherwise
        unmeshed.mesh = {};
        unmeshed.istioVersion = {};
        PodRequests pod = podRequests(w, unmeshed, manifests);
        if (pod.sidecarFrom == PodRequests::SidecarFrom::Unknown)
            pod.total = {pod.own().cpu, pod.own().memory, 1};
        daemons.push_back({w.object.name, pod.total, match == Match::Yes});
    }
    return daemons;
}

int NodePacking::perNode() const
{
    return std::max(0, std::min(fits, apart ? 1 : wanted));
}

int NodePacking::mostNodes() const
{
    int most = 0;
    for (const EventNodes &e : events)
        most = std::max(most, e.nodes);
    return most;
}

NodePacking packNode(const NodeGroup &group, const InstanceType &type, const PodRequests &pod,
                     std::vector<NodeDaemon> daemons, int wanted)
{
    using Limit = NodePacking::Limit;
    NodePacking p;
    p.group = group.name;
    p.type = type.name;
    p.node = allocatableOf(type, group.kubelet);
    p.daemons = std::move(daemons);
    p.pod = pod;
    p.wanted = wanted;
    for (const NodeDaemon &d : p.daemons)
        p.daemonSum = p.daemonSum + d.share;
    const NodeShare free = p.node.allocatable - p.daemonSum;
    // A hair of floating point must not cost a Pod: 3 × 0.1 is more than 0.3.
    const auto times = [](double room, double each) {
        return each > 0 ? int(std::clamp(std::floor(room / each + 1e-9), 0.0, double(mostPods))) : mostPods;
    };
    const std::pair<int, Limit> limits[] = {{times(free.cpu, pod.total.cpu), Limit::Cpu},
                                            {times(free.memory, pod.total.memory), Limit::Memory},
                                            {std::max(0, free.pods), Limit::Pods}};
    const auto &tightest = *std::ranges::min_element(limits, {}, &std::pair<int, Limit>::first);
    p.fits = tightest.first;
    p.limit = tightest.second;
    p.left = free - NodeShare{pod.total.cpu, pod.total.memory, 1} * p.perNode();
    return p;
}

int nodesFor(int pods, int perNode)
{
    return perNode > 0 ? (pods + perNode - 1) / perNode : 0;
}

std::optional<int> mostNodesOf(const NodeGroup &group, const InstanceType &type)
{
    std::optional<int> most = group.maxNodes;
    const auto bound = [&](std::optional<double> limit, double each) {
        if (limit && each > 0)
            most = std::min(most.value_or(mostPods), int(std::clamp(std::floor(*limit / each + 1e-9), 0.0, double(mostPods))));
    };
    bound(group.cpuLimit, type.vcpu);
    bound(group.memoryLimit, type.memory);
    return most;
}

bool keepsApart(const Workload &w)
{
    const Yaml terms = w.podSpec["affinity"]["podAntiAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"];
    return std::ranges::any_of(terms.items(), [&](Yaml term) {
        return term["topologyKey"].string() == u"kubernetes.io/hostname" && LabelSelector{term["labelSelector"]}.matches(w.podLabels());
    });
}

} // namespace tenken
