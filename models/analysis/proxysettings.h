// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/manifests.h>

namespace tenken {

/// A setting of the sidecar together with the place that decides it; no file: Istio's default.
template<typename T>
struct ProxySetting {
    T value{};
    QString file;
    Span span;

    bool isDefault() const { return file.isEmpty(); }
};

/// What a pod's Envoy agent is told, merged as istiod does it: mesh defaultConfig, ProxyConfig of the root namespace and of the
/// pod's own, the annotation proxy.istio.io/config on the pod template, a ProxyConfig that selects the pod.
struct ProxySettings {
    ProxySetting<double> terminationDrain{.value = 5, .file = {}, .span = {}};
    ProxySetting<bool> exitOnZero;                                      ///< EXIT_ON_ZERO_ACTIVE_CONNECTIONS
    ProxySetting<double> minimumDrain{.value = 5, .file = {}, .span = {}};  ///< MINIMUM_DRAIN_DURATION
    ProxySetting<bool> hold;                                            ///< holdApplicationUntilProxyStarts

    bool rendered = false;              ///< the pod template holds an injected proxy: nothing is left to the mesh
    bool meshConfigRead = false;        ///< a mesh-wide configuration is among the files
    Span annotation;                    ///< of the annotation on the pod template, where there is one
    Span misplaced;                     ///< of the annotation on the workload's own metadata, where it has no effect
    std::vector<Problem> problems;      ///< an annotation that is no YAML, a duration that is none
};

/// Without `manifests` only the pod template is read. `templateFile` is the file that holds it.
ProxySettings proxySettings(const Workload &w, const Manifests *manifests);

/// The file a workload's pod template stands in: its own, or that of the Deployment a Rollout's workloadRef names.
QString templateFile(const Workload &w, const Manifests *manifests);

} // namespace tenken
