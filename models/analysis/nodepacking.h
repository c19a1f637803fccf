// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/nodeplacement.h>
#include <analysis/podrequests.h>

namespace tenken {

/// What a node of a type leaves to Pods, and what takes the rest.
struct Allocatable {
    NodeShare capacity;      ///< as advertised
    NodeShare machine;       ///< what the virtual machine itself takes of the memory
    NodeShare reserved;      ///< kubeReserved and systemReserved
    NodeShare eviction;      ///< evictionHard memory.available
    NodeShare allocatable;   ///< capacity − all of these; `pods` is the kubelet's limit
};

/// EKS' formulas (amazon-eks-ami, nodeadm kubelet/config.go): kube-reserved cpu is 6 % of the first core, 1 % of the
/// second, 0.5 % of the third and fourth, 0.25 % of each further one; memory is 11 MiB × maxPods + 255 MiB; eviction at
/// 100 MiB. The memory a node reports is below the advertised size: as Karpenter does, 7.5 % are taken off (on arm64
/// after 64 MiB). A maxPods that is set changes the number of Pods, not the memory reserve.
Allocatable allocatableOf(const InstanceType &type, const KubeletSettings &kubelet = {});

/// ⌊…⌋ × 16 more Pods with prefix delegation, and what AWS recommends of them: 110 up to 30 vCPU, else 250.
int podsWithPrefixDelegation(const InstanceType &type);

/// A DaemonSet with a Pod on the group's nodes.
struct NodeDaemon {
    QString name;
    NodeShare share;
    bool certain = true;     ///< false: whether it lands there is not known; it is counted
};

std::vector<NodeDaemon> daemonsOn(const NodeGroup &group, const Manifests &manifests, const Service &service);

/// One node with its Pods: two columns of the same parts, CPU and memory.
struct NodePacking {
    enum class Limit { Cpu, Memory, Pods, Nothing };
    struct EventNodes {
        Text name;
        int pods = 0;
        int nodes = 0;
    };
    QString group, type;
    Allocatable node;
    std::vector<NodeDaemon> daemons;
    NodeShare daemonSum;
    PodRequests pod;
    int fits = 0;            ///< Pods of the workload on an otherwise empty node
    int wanted = 1;          ///< Pods a node is meant to carry
    bool apart = false;      ///< a required anti-affinity keeps its Pods on different nodes: never more than one
    Limit limit = Limit::Nothing; ///< what stops the next Pod
    NodeShare left;          ///< beside perNode() Pods
    std::vector<EventNodes> events;
    std::optional<int> maxNodes;  ///< of the group

    int perNode() const;     ///< Pods that are drawn and counted: at most the wanted ones, at least none
    int mostNodes() const;   ///< of the events
};

NodePacking packNode(const NodeGroup &group, const InstanceType &type, const PodRequests &pod,
                     std::vector<NodeDaemon> daemons, int wanted);
int nodesFor(int pods, int perNode);

/// How many nodes of a type a group may have: its maximum, or what Karpenter's limits allow. Nothing: not known or no limit.
std::optional<int> mostNodesOf(const NodeGroup &group, const InstanceType &type);

/// Whether a required podAntiAffinity on the host keeps the workload's own Pods apart.
bool keepsApart(const Workload &w);

} // namespace tenken
