// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/podrequests.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr double mebibyte = 1024.0 * 1024.0;
constexpr NodeShare proxyDefault{0.1, 128, 0}; // istio's values.yaml: requests 100m, 128Mi
const QString proxyName = QStringLiteral("istio-proxy");

/// Reads one resource of a container: its request, else its limit.
double asked(Yaml resources, const char *resource, const QString &container, PodRequests &pod, bool report)
{
    Yaml value = resources["requests"][resource];
    if (!value || value.isNull())
        value = resources["limits"][resource];
    const bool memory = std::string_view(resource) == "memory";
    if (!value || value.isNull()) {
        if (report)
            pod.missing << QStringLiteral("%1: %2").arg(container, QLatin1StringView(resource));
        return 0;
    }
    const auto amount = parseQuantity(value.text());
    if (!amount || *amount < 0) {
        if (pod.unreadable.isEmpty())
            pod.unreadable = QStringLiteral("%1: %2 %3").arg(container, QLatin1StringView(resource), value.string().left(40));
        return 0;
    }
    return memory ? *amount / mebibyte : *amount;
}

NodeShare shareOf(const Container &c, PodRequests &pod, bool report)
{
    const Yaml resources = c.node["resources"];
    return {asked(resources, "cpu", c.name, pod, report), asked(resources, "memory", c.name, pod, report), 0};
}

NodeShare larger(const NodeShare &a, const NodeShare &b)
{
    return {std::max(a.cpu, b.cpu), std::max(a.memory, b.memory), 0};
}

// With any of the four annotations the injector writes only what they say; a limit alone becomes the request.
std::optional<NodeShare> annotatedSidecar(Yaml annotations, PodRequests &pod)
{
    const auto value = [&](const char *request, const char *limit, double unit) {
        const Yaml node = annotations[request] ? annotations[request] : annotations[limit];
        if (!node)
            return 0.0;
        const auto amount = parseQuantity(node.text());
        if ((!amount || *amount < 0) && pod.unreadable.isEmpty())
            pod.unreadable = QStringLiteral("%1: %2").arg(QLatin1StringView(request), node.string().left(40));
        return std::max(0.0, amount.value_or(0)) / unit;
    };
    const char *const names[] = {"sidecar.istio.io/proxyCPU", "sidecar.istio.io/proxyMemory", "sidecar.istio.io/proxyCPULimit",
                                 "sidecar.istio.io/proxyMemoryLimit"};
    if (std::ranges::none_of(names, [&](const char *name) { return annotations[name].exists(); }))
        return {};
    return NodeShare{value(names[0], names[2], 1), value(names[1], names[3], mebibyte), 0};
}

void readSidecar(const Workload &w, const Service &service, SidecarMode mode, PodRequests &pod)
{
    using From = PodRequests::SidecarFrom;
    if (mode == SidecarMode::None)
        return;
    if (const auto it = std::ranges::find(w.containers, proxyName, &Container::name); it != w.containers.end()
        && it->node["image"].string() != u"auto") {
        pod.sidecar = shareOf(*it, pod, false);
        pod.sidecarFrom = From::Manifest;
        return;
    }
    if (const auto annotated = annotatedSidecar(w.podTemplate["metadata"]["annotations"], pod)) {
        pod.sidecar = *annotated;
        pod.sidecarFrom = From::Annotation;
    } else {
        pod.sidecar = service.sidecar.value.value_or(proxyDefault);
        pod.sidecarFrom = service.sidecar ? From::Declared : From::Default;
    }
    const bool inMesh = service.mesh.value.value_or(false) || service.istioVersion;
    if (mode == SidecarMode::Unknown && !inMesh && pod.sidecarFrom != From::Annotation)
        pod.sidecarFrom = From::Unknown;
}

void addOverhead(const Workload &w, const Manifests &manifests, PodRequests &pod)
{
    Yaml fixed = w.podSpec["overhead"];
    const QString name = w.podSpec["runtimeClassName"].string();
    if (!fixed && name.isEmpty())
        return;
    if (!fixed) {
        pod.overheadKnown = false;
        for (const KubeObject *o : manifests.ofKind(QStringLiteral("RuntimeClass"))) {
            if (o->name == name) {
                fixed = o->node["overhead"]["podFixed"];
                pod.overheadKnown = true;
            }
        }
    }
    pod.total.cpu += std::max(0.0, parseQuantity(fixed["cpu"].text()).value_or(0));
    pod.total.memory += std::max(0.0, parseQuantity(fixed["memory"].text()).value_or(0)) / mebibyte;
}

// Requests of the Pod as a whole (spec.resources) stand for what its containers ask together.
void takePodLevel(Yaml resources, PodRequests &pod)
{
    for (const char *resource : {"cpu", "memory"}) {
        PodRequests ignored;
        if (!resources["requests"][resource] && !resources["limits"][resource])
            continue;
        const bool memory = std::string_view(resource) == "memory";
        (memory ? pod.total.memory : pod.total.cpu) = asked(resources, resource, QStringLiteral("Pod"), pod, false);
        pod.missing.removeIf([&](const QString &m) { return m.endsWith(QLatin1StringView(resource)); });
    }
}

} // namespace

PodRequests podRequests(const Workload &w, const Service &service, const Manifests &manifests)
{
    PodRequests pod;
    const SidecarMode mode = sidecarMode(w, service, &manifests);
    readSidecar(w, service, mode, pod);
    const bool injected = pod.sidecarFrom != PodRequests::SidecarFrom::NoSidecar
        && pod.sidecarFrom != PodRequests::SidecarFrom::Manifest;
    NodeShare together, before, starting;
    // Injected as a native sidecar it starts first and runs beside every init container; so it does where the mode
    // is not known, for that asks for more.
    if (injected) {
        together = pod.sidecar;
        if (mode != SidecarMode::Classic)
            before = pod.sidecar;
    }
    for (const Container &c : w.containers) {
        if (injected && c.name == proxyName)
            continue; // image auto: replaced by the injected one
        const bool isApp = c.role == Container::Role::App;
        const NodeShare share = shareOf(c, pod, isApp || c.role == Container::Role::NativeSidecar);
        if (c.role == Container::Role::Init) {
            starting = larger(starting, before + share);
            continue;
        }
        together = together + share;
        if (!isApp)
            before = before + share;
    }
    pod.total = larger(together, starting);
    takePodLevel(w.podSpec["resources"], pod);
    addOverhead(w, manifests, pod);
    pod.total.pods = 1;
    return pod;
}

} // namespace tenken
