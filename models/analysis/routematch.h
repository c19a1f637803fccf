// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/manifests.h>

namespace tenken {

/// Who sends requests from inside the mesh. Routes and DestinationRules may hold for some pods only.
struct MeshClient {
    QString nameSpace;
    std::vector<QMap<QString, QString>> pods; ///< labels of the pods of each of its workloads; empty: not known

    /// Whether labels (or a workloadSelector) pick all of its pods, none, or that cannot be said.
    enum class Picked { None, Unclear, All };
    Picked picked(const LabelSelector &selector) const;
};

/// Where requests come to an http route of a VirtualService: the first match wins, so an earlier one may leave nothing.
struct RouteReach {
    bool inMesh = true;
    bool atGateway = true;
};

/// One for each entry of spec.http. With a client, inMesh is about its requests: sourceLabels and sourceNamespace are
/// compared with its pods. Without one, such a match takes the requests of some clients and leaves those of others.
std::vector<RouteReach> routeReach(const Manifests &manifests, const KubeObject &virtualService, const MeshClient *client = nullptr);

} // namespace tenken
