// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/nodegroups.h>

namespace tenken {

// How nodeGroups() makes its groups: one reader per source, in nodegroupreaders.cpp.
inline const QString zoneLabel = QStringLiteral("topology.kubernetes.io/zone");

NodeGroup declaredGroup(const NodeGroupSource &source, const Service &service);
std::vector<NodeGroup> eksctlGroups(const KubeObject &cluster);
NodeGroup karpenterGroup(const KubeObject &pool, const Manifests &manifests);

/// Whether nodes of a type can carry these labels.
bool suits(const InstanceType &type, const QMap<QString, LabelValues> &labels);

/// Labels that follow from instance types and zones.
void addDerivedLabels(NodeGroup &group);

} // namespace tenken
