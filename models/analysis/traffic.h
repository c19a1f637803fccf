// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/timeoutpath.h>

namespace tenken {

/// Everything that is known of the calls to one declared dependency.
struct DependencyTraffic {
    const Dependency *dependency = nullptr;
    QString host;                    ///< as Istio names it; empty where none is declared
    int port = 0;
    bool http = false;               ///< the mesh sees requests: routes and their timeouts hold
    bool opaque = false;             ///< for certain it sees bytes only (a database, TLS from the application)
    std::vector<MeshRoute> routes;   ///< http routes of the mesh that take these requests, in match order
    bool routesOfOthers = false;     ///< the host has routes, yet for other clients only (sourceLabels, sourceNamespace)
    std::vector<MeshRoute> ineffective; ///< such routes of a host whose bytes the mesh cannot see into
    std::vector<HostPolicy> policies;   ///< one per destination of these routes, else of the host; never empty in a mesh
    int endpoints = 0;               ///< 0: not known
    std::vector<TimeoutHop> hops;    ///< one per route; without routes one, where anything is known
};

/// Who calls this service, what it calls, and what waits on the way.
struct Traffic {
    bool mesh = false;               ///< Istio is declared, or its objects are among the files
    bool noMesh = false;             ///< `mesh: none`
    QString nameSpace;
    Text name;                       ///< the service in a picture
    QStringList ownHosts;
    MeshDefaults defaults;
    MeshClient client;               ///< the service as a sender
    std::vector<MeshRoute> routes;   ///< every route that requests come to and that is this service's or may take its requests
    std::vector<MeshRoute> inbound;  ///< those of them that lead to this service
    std::vector<TimeoutHop> callers; ///< one per caller and route
    bool callersKnown = false;       ///< declared, or routes to this service are among the files
    std::vector<DependencyTraffic> dependencies;

    /// Every path to this dependency: each caller with each of its hops, at most a few hundred.
    std::vector<TimeoutPath> pathsTo(const DependencyTraffic &dependency) const;
};

/// Whether one of these hosts is the route's own or a destination of it.
bool leadsTo(const MeshRoute &route, const QStringList &hosts);

/// `serving`: the workloads that carry the service's requests.
Traffic trafficOf(const Manifests &manifests, const Service &service, const std::vector<const Workload *> &serving);

} // namespace tenken
