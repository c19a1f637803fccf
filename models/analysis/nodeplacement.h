// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/nodegroups.h>

namespace tenken {

enum class Match { No, Unknown, Yes };

/// Whether a Pod may run on a group's nodes, by nodeSelector, required node affinity and taints.
struct Placement {
    Match labels = Match::Yes;
    Match taints = Match::Yes;
    Yaml node;                            ///< the expression or selector entry that decides against it, or is not known
    QString key;                          ///< its label
    const NodeTaint *taint = nullptr;     ///< the taint that is not tolerated
    bool evictedLater = false;            ///< tolerated for tolerationSeconds only
    QMap<QString, LabelValues> narrowed;  ///< the group's labels on the nodes that the Pod may use

    Match match() const { return std::min(labels, taints); }
};

Placement placementOn(const NodeGroup &group, Yaml podSpec);

/// Whether the Pod asks for nodes at all, and how firmly.
enum class NodeChoice { None, Preferred, Required };
NodeChoice nodeChoice(Yaml podSpec);

/// The instance types of a group that the Pod may get.
std::vector<InstanceType> typesFor(const NodeGroup &group, const Placement &placement);

} // namespace tenken
