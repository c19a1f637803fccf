// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/nodepacking.h>
#include <rules/workloads.h>

namespace tenken {

/// A node group and how a workload's pods stand to it.
struct GroupMatch {
    const NodeGroup *group = nullptr;
    Placement placement;
};

/// The workloads whose nodes are judged: long-running ones that share a namespace with what serves the requests, for
/// a platform's own controllers may lie among the same manifests. DaemonSets run wherever nodes are.
std::vector<const Workload *> placedWorkloads(const RuleContext &context);

std::vector<GroupMatch> matchesOf(const std::vector<NodeGroup> &groups, const Workload &w);

/// No group is known: what to write.
Finding noNodeGroups(const RuleContext &context, const Text &title);

/// service.yaml names a group (`platform.node-group`) that there is not.
std::optional<Finding> unknownGroupName(const RuleContext &context, const Text &title, const std::vector<NodeGroup> &groups);

QStringList namesOf(const std::vector<GroupMatch> &matches);
Text whyNot(const GroupMatch &match); ///< one sentence: what keeps the pods off the group, or is not known

} // namespace tenken
