// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

/// One metric that an autoscaler follows, whatever API version wrote it.
struct ScalingMetric {
    enum class Kind { Resource, ContainerResource, Other };
    Kind kind = Kind::Other;
    QString resource; ///< "cpu"
    QString container; ///< of a ContainerResource
    bool needsRequests = false; ///< a utilization is a share of the requests
    Text name; ///< "cpu 60 %"
    Yaml node; ///< missing for the default metric
};

/// Of an HPA (autoscaling/v1, v2beta1, v2beta2, v2) or a KEDA ScaledObject. An HPA without metrics follows
/// cpu at 80 % of the requests; an `Other` metric comes from an adapter that manifests do not show.
std::vector<ScalingMetric> scalingMetrics(const KubeObject &autoscaler);

/// The containers for which a metric's utilization cannot be worked out: no request for its resource.
QStringList containersWithoutRequest(const Workload &w, const ScalingMetric &metric);

} // namespace tenken
