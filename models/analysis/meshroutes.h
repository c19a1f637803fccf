// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/routematch.h>

namespace tenken {

QString namespaceOf(const KubeObject &object);                        ///< "default" where it names none
/// A host as Istio compares it: one without a dot gets the namespace and svc.cluster.local; "a:80" loses its port.
QString qualifiedHost(const QString &host, const QString &nameSpace);
bool isExportedTo(const KubeObject &object, const QString &nameSpace); ///< spec.exportTo; unset: to all
bool hostCovers(const QString &pattern, const QString &host);         ///< equal, "*", or "*.shop.svc" for what ends so

/// A duration of a mesh setting and where it stands.
struct PlacedSeconds {
    std::optional<double> seconds; ///< nothing: not set, or not readable
    bool readable = true;
    Yaml node;
};

PlacedSeconds placedSeconds(Yaml node);

struct RouteDestination {
    QString host;                  ///< qualified
    QString subset;
    std::optional<qint64> weight;  ///< nothing: not written
    bool weightReadable = true;
    Yaml node;
};

/// The retries of a route: what is written, else Istio's two (or the mesh's own default).
struct RouteRetries {
    int attempts = 2;              ///< further tries after the first
    bool written = false, readable = true;
    PlacedSeconds perTry;
    QString conditions;            ///< retryOn as it holds
    Yaml node;
};

/// One http route of a VirtualService (or of a Flagger Canary, which writes one).
struct MeshRoute {
    const KubeObject *object = nullptr;
    Yaml node;
    QString name;                  ///< "primary" or "http[0]"
    QStringList hosts;             ///< qualified; a delegate has those of the routes that lead to it
    bool inMesh = true;            ///< holds for sidecars; else for gateways only
    bool atGateway = false;
    bool reachable = true;         ///< false: earlier matches take all its requests
    QStringList methods;           ///< empty: any
    std::vector<RouteDestination> destinations;
    PlacedSeconds timeout;         ///< 0 and unset: no limit
    RouteRetries retries;
    bool hasTimeout() const { return timeout.seconds.value_or(0) > 0; }
    int tries() const { return 1 + retries.attempts; }
    /// The most it waits with all tries; nothing: without limit.
    std::optional<double> total() const;
    std::optional<double> oneTry() const;
};

/// Routes that forward somewhere, in file and match order; redirects and direct responses are passed over. With a
/// client, inMesh says whether its requests come there.
std::vector<MeshRoute> meshRoutes(const Manifests &manifests, const MeshClient *client = nullptr);

/// What holds for a whole mesh, where its configuration is among the files.
struct MeshDefaults {
    bool read = false;
    int attempts = 2;
    PlacedSeconds perTry, connect; ///< nodes are missing: the text inside a ConfigMap has no place of its own
    QString conditions = QStringLiteral("connect-failure,refused-stream,unavailable,cancelled");
};

MeshDefaults meshDefaults(const Manifests &manifests);

/// The DestinationRule's settings that hold for a host: a subset's and a port's go before the rule's own.
struct HostPolicy {
    const KubeObject *rule = nullptr;
    Yaml pool, outlier;
    PlacedSeconds connect;
    Yaml trafficPolicy;
};

HostPolicy hostPolicy(const Manifests &manifests, const QString &host, const QString &subset, int port,
                      const MeshClient &client);
/// Every DestinationRule for this host that holds for this client, the one that goes first first.
std::vector<const KubeObject *> destinationRules(const Manifests &manifests, const QString &host, const MeshClient &client);
Yaml subsetOf(const KubeObject &destinationRule, const QString &name);

/// What an integer limit of a connection pool bounds: nothing where it is unset or Istio's "no limit" (2³¹−1 and more);
/// from a million on, which no sidecar comes near, only in name.
enum class Bounds { Nothing, InName, Truly };
Bounds bounds(Yaml limit);

/// What Istio refuses or would not do as written; empty when it takes the settings.
struct RefusedSetting {
    Yaml node;
    Text why;
};
std::optional<RefusedSetting> refusedRetries(const MeshRoute &route);
std::optional<RefusedSetting> refusedRoute(Yaml httpRoute);           ///< no action, weights, mirrorPercentage
std::optional<RefusedSetting> refusedPolicy(Yaml trafficPolicy);      ///< connectionPool, outlierDetection

} // namespace tenken
