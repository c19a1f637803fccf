// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/instancetypes.h>
#include <evidence/manifests.h>
#include <evidence/service.h>

#include <QSet>

namespace tenken {

/// The values that a label of a group's nodes may have: some, or (as Karpenter's NotIn, Exists, Gt and Lt leave it)
/// all but some, within bounds for whole numbers.
class LabelValues
{
public:
    static LabelValues any() { return {}; }
    static LabelValues of(const QStringList &values);

    bool isEmpty() const;
    bool has(const QString &value) const;
    /// Keeps what an operator allows: In, NotIn, Exists, DoesNotExist, Gt, Lt, Gte, Lte. False: no such operator.
    bool narrow(const QString &op, const QStringList &values);
    /// The values that are named; nothing where all but some are allowed.
    std::optional<QStringList> named() const;

private:
    bool withinBounds(const QString &value) const;
    void dropOutside();
    bool m_allBut = true;
    QSet<QString> m_values;
    std::optional<qint64> m_above, m_below; ///< both exclusive
};

/// What a node group's kubelets are told; unset fields follow EKS' formulas.
struct KubeletSettings {
    std::optional<int> maxPods, podsPerCore;
    std::optional<double> kubeCpu, kubeMemory;     ///< kubeReserved: cores, MiB
    std::optional<double> systemCpu, systemMemory; ///< systemReserved
    std::optional<double> evictionMemory;          ///< MiB
    std::optional<double> evictionShare;           ///< of the memory, where it is a percentage
};

/// A group of nodes of one making: of eksctl, Karpenter, or as people declare it.
struct NodeGroup {
    enum class Source { Declared, Eksctl, Karpenter };
    Source source = Source::Declared;
    QString name;
    QString object;                      ///< "NodePool/api"
    QString file;
    Span span;
    QMap<QString, LabelValues> labels;
    std::vector<NodeTaint> taints;
    std::vector<InstanceType> types;     ///< those it may consist of and whose size is known
    QStringList unknownTypes;            ///< named, and neither in the table nor described
    bool open = false;                   ///< types beside these are possible: Karpenter chooses, or a launch template does
    std::optional<int> minNodes, maxNodes;
    std::optional<double> cpuLimit, memoryLimit; ///< Karpenter: cores, MiB over all its nodes
    bool unlimited = false;              ///< Karpenter without limits
    KubeletSettings kubelet;
    QString unreadable;                  ///< what could not be read, for a person: "launchTemplate"

    bool isKarpenter() const { return source == Source::Karpenter; }
    std::optional<QStringList> zones() const; ///< nothing: not known
};

/// The groups of service.yaml, then those of eksctl's ClusterConfig and of Karpenter's NodePools among the manifests.
std::vector<NodeGroup> nodeGroups(const Manifests &manifests, const Service &service);

/// Whether a label is one that EKS, Karpenter or the cloud provider sets by itself: its absence from a file says nothing.
bool isProviderLabel(const QString &key);

} // namespace tenken
