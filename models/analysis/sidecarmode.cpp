// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/podtimeline.h>

namespace tenken {

namespace {

// Labels win over annotations, as in istiod's injection policy.
QString meshWord(const Workload &w, const char *name)
{
    const Yaml metadata = w.podTemplate["metadata"];
    const QString label = metadata["labels"][name].string();
    return label.isEmpty() ? metadata["annotations"][name].string() : label;
}

std::optional<SidecarMode> renderedSidecar(const Workload &w)
{
    for (const Container &c : w.containers) {
        if (c.name != u"istio-proxy" || c.node["image"].string() == u"auto")
            continue; // image auto: the injector replaces it, in the mode it chooses itself
        if (c.role == Container::Role::NativeSidecar)
            return SidecarMode::Native;
        if (c.role == Container::Role::App)
            return SidecarMode::Classic;
    }
    return std::nullopt;
}

// Istio 1.27 made ENABLE_NATIVE_SIDECARS "auto": native when every kubelet is 1.33 or newer. Before, the default was off.
SidecarMode modeByVersions(const Service &service)
{
    if (!service.istioVersion)
        return SidecarMode::Unknown;
    if (*service.istioVersion < QVersionNumber(1, 27))
        return SidecarMode::Classic;
    if (!service.kubernetesVersion)
        return SidecarMode::Unknown;
    return *service.kubernetesVersion < QVersionNumber(1, 33) ? SidecarMode::Classic : SidecarMode::Native;
}

Yaml namespaceLabels(const Workload &w, const Manifests &manifests)
{
    for (const KubeObject *o : manifests.ofKind(QStringLiteral("Namespace"))) {
        if (o->group().isEmpty() && o->name == w.object.nameSpace)
            return o->node["metadata"]["labels"];
    }
    return {};
}

// The webhook passes over a namespace that is disabled, whatever its pods say; in ambient mode a pod is only injected
// where it or its namespace asks for it.
bool withoutSidecar(const Workload &w, const Manifests &manifests)
{
    const Yaml labels = namespaceLabels(w, manifests);
    if (labels["istio-injection"].string() == u"disabled")
        return true;
    const QString own = w.podTemplate["metadata"]["labels"]["istio.io/dataplane-mode"].string();
    const QString mode = own.isEmpty() ? labels["istio.io/dataplane-mode"].string() : own;
    const bool injected = labels["istio-injection"].string() == u"enabled" || !labels["istio.io/rev"].string().isEmpty()
        || meshWord(w, "sidecar.istio.io/inject") == u"true" || !meshWord(w, "istio.io/rev").isEmpty();
    return mode == u"ambient" && !injected;
}

} // namespace

bool readsExitOnZero(const Service &service)
{
    return !service.istioVersion || !(*service.istioVersion < QVersionNumber(1, 12));
}

SidecarMode sidecarMode(const Workload &w, const Service &service, const Manifests *manifests)
{
    if (const std::optional<SidecarMode> rendered = renderedSidecar(w))
        return *rendered;
    if (service.mesh && !*service.mesh)
        return SidecarMode::None;
    if (manifests && withoutSidecar(w, *manifests))
        return SidecarMode::None;
    // The injector passes over pods on the host's network and those that opt out.
    if (meshWord(w, "sidecar.istio.io/inject") == u"false" || w.podSpec["hostNetwork"].boolean().value_or(false))
        return SidecarMode::None;
    const QString native = w.podTemplate["metadata"]["annotations"]["sidecar.istio.io/nativeSidecar"].string();
    const bool inMesh = (service.mesh && *service.mesh) || service.istioVersion
        || meshWord(w, "sidecar.istio.io/inject") == u"true" || !meshWord(w, "istio.io/rev").isEmpty();
    if (!inMesh)
        return SidecarMode::Unknown;
    if (native == u"true")
        return SidecarMode::Native;
    if (native == u"false")
        return SidecarMode::Classic;
    return modeByVersions(service);
}

} // namespace tenken
