// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/podtimeline.h>

namespace tenken {

/// What the scheduler counts for one Pod, told apart by who asks for it.
struct PodRequests {
    NodeShare total;                 ///< effective requests, overhead included
    NodeShare sidecar;               ///< of istio-proxy
    NodeShare own() const { return total - sidecar; }

    enum class SidecarFrom { NoSidecar, Default, Annotation, Declared, Manifest, Unknown };
    SidecarFrom sidecarFrom = SidecarFrom::NoSidecar; ///< Unknown: the default is counted, yet there may be none
    QStringList missing;             ///< "app: cpu" – containers that ask for nothing: counted as 0
    QString unreadable;              ///< the first quantity that is none
    bool overheadKnown = true;       ///< false: a runtimeClassName whose RuntimeClass was not read
};

/// The larger of what runs together (app containers, native sidecars) and of each init container with the native
/// sidecars that start before it; then the overhead. Requests default to limits; requests of the Pod as a whole
/// stand for the sum (docs: Sidecar Containers, Resource Management). An istio-proxy that is injected later is added.
PodRequests podRequests(const Workload &w, const Service &service, const Manifests &manifests);

} // namespace tenken
