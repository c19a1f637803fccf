// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/traffic.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr size_t mostPaths = 400;

const QStringList &opaqueKinds()
{
    static const QStringList kinds = QStringLiteral(
        "mysql mariadb aurora aurora-mysql aurora-postgresql postgres postgresql oracle sqlserver mssql db2 redis valkey elasticache "
        "memcached mongo mongodb documentdb cassandra kafka msk rabbitmq amqp activemq sqs sns s3 dynamodb kinesis firehose "
        "tcp tls smtp ldap ldaps ftp sftp nfs efs").split(u' ');
    return kinds;
}

bool isHttpKind(const QString &kind)
{
    return QStringLiteral("http http2 grpc rest graphql service api").split(u' ').contains(kind);
}

bool isIstio(const KubeObject &object)
{
    return object.group() == u"networking.istio.io" || object.group() == u"install.istio.io";
}

void addOwnHosts(const Manifests &manifests, const Service &service, const std::vector<const Workload *> &serving, Traffic &t)
{
    if (!serving.empty())
        t.nameSpace = namespaceOf(serving.front()->object);
    else
        t.nameSpace = QStringLiteral("default");
    const auto add = [&](const QString &name, const QString &nameSpace) {
        const QString host = qualifiedHost(name, nameSpace);
        if (!host.isEmpty() && !t.ownHosts.contains(host))
            t.ownHosts.append(host);
    };
    for (const Workload *w : serving) {
        for (const KubeObject *object : manifests.servicesOf(*w))
            add(object->name, namespaceOf(*object));
        for (const KubeObject *canary : manifests.ofKind(QStringLiteral("Canary"))) {
            const QString target = canary->node["spec"]["targetRef"]["name"].string();
            if (canary->group() == u"flagger.app" && target == w->object.name)
                add(canary->node["spec"]["service"]["name"].stringOr(target), namespaceOf(*canary));
        }
    }
    if (t.ownHosts.empty() && !service.id.isEmpty())
        add(service.id, t.nameSpace);
}

/// The sidecar of a client without a route: no timeout, and Istio's (or the mesh's own) retries.
TimeoutLayer defaultLayer(const MeshDefaults &defaults)
{
    TimeoutLayer layer;
    layer.by = TimeoutLayer::By::Mesh;
    layer.tries = 1 + defaults.attempts;
    layer.triesDefault = true;
    if (defaults.attempts > 0 && defaults.perTry.seconds.value_or(0) > 0)
        layer.perTry = defaults.perTry.seconds;
    return layer;
}

std::vector<std::vector<TimeoutLayer>> meshLayers(const Traffic &t, bool gateways)
{
    std::vector<std::vector<TimeoutLayer>> layers;
    for (const MeshRoute &route : t.inbound) {
        if (gateways ? route.atGateway : route.inMesh)
            layers.push_back({meshLayer(route)});
    }
    return layers;
}

void addCallers(const Service &service, Traffic &t)
{
    const auto inMesh = meshLayers(t, false), atGateway = meshLayers(t, true);
    t.callersKnown = !t.inbound.empty() || service.callers;
    if (service.callers && !service.callers.value->empty()) {
        auto below = inMesh.empty() ? atGateway : inMesh;
        if (below.empty() && t.mesh)
            below.push_back({defaultLayer(t.defaults)});
        if (below.empty())
            below.emplace_back();
        for (const Caller &caller : *service.callers) {
            for (std::vector<TimeoutLayer> layers : below) {
                if (caller.client.declared)
                    layers.insert(layers.begin(), clientLayer(caller.client, service.file));
                t.callers.push_back({sameText(caller.id), t.name, std::move(layers)});
            }
        }
        return;
    }
    if (service.callers)
        return;
    for (const auto &layers : inMesh)
        t.callers.push_back({{"呼び出し元", "caller"}, t.name, layers});
    for (const auto &layers : atGateway)
        t.callers.push_back({{"ゲートウェイ", "gateway"}, t.name, layers});
    if (t.callers.empty() && t.mesh)
        t.callers.push_back({{"呼び出し元", "caller"}, t.name, {defaultLayer(t.defaults)}});
}

/// What a ServiceEntry says of a host: HTTP to look into, or bytes only.
void lookAtEntry(const Manifests &manifests, const QString &host, DependencyTraffic &d)
{
    for (const KubeObject *entry : manifests.ofKind(QStringLiteral("ServiceEntry"))) {
        const QStringList hosts = entry->node["spec"]["hosts"].strings();
        if (!std::ranges::any_of(hosts, [&](const QString &h) { return hostCovers(h.toLower(), host); }))
            continue;
        const auto ports = entry->node["spec"]["ports"].items();
        if (d.port == 0 && ports.size() == 1)
            d.port = int(std::clamp<qint64>(ports.front()["number"].integer().value_or(0), 0, 65535));
        bool http = false;
        for (const Yaml port : ports) {
            const QString protocol = port["protocol"].string().toUpper();
            if (d.port == 0 || port["number"].integer() == d.port)
                http = http || protocol.startsWith(QLatin1String("GRPC")) || protocol == u"HTTP" || protocol == u"HTTP2";
        }
        d.http = http;
        d.opaque = !http && !ports.empty();
        d.endpoints = int(std::min<qsizetype>(entry->node["spec"]["endpoints"].size(), 10'000));
    }
}

/// Pods behind a Service of the files; not known where an autoscaler decides.
int podsBehind(const Manifests &manifests, const QString &host)
{
    int pods = 0;
    for (const Workload &w : manifests.workloads) {
        const auto services = manifests.servicesOf(w);
        const bool behind = std::ranges::any_of(services, [&](const KubeObject *s) { return qualifiedHost(s->name, namespaceOf(*s)) == host; });
        if (behind && manifests.autoscalerOf(w))
            return 0;
        if (behind)
            pods += w.declaredReplicas();
    }
    return pods;
}

bool isClusterService(const Manifests &manifests, const QString &name, const QString &nameSpace)
{
    return std::ranges::any_of(manifests.objects, [&](const KubeObject &o) {
        return o.kind == u"Service" && o.group().isEmpty() && o.name == name && namespaceOf(o) == nameSpace;
    });
}

/// users, users.shop, users.shop.svc and the full name are one host to a sidecar.
QString hostOf(const Manifests &manifests, const Dependency &d, const QString &nameSpace)
{
    QString host = qualifiedHost(d.host, nameSpace);
    if (host.endsWith(QLatin1String(".svc")))
        return host + QStringLiteral(".cluster.local");
    if (host.count(u'.') == 1 && isClusterService(manifests, host.section(u'.', 0, 0), host.section(u'.', 1, 1)))
        return host + QStringLiteral(".svc.cluster.local");
    return host;
}

int portOf(const QString &host)
{
    QString rest = host;
    if (const qsizetype scheme = rest.indexOf(QLatin1String("://")); scheme >= 0)
        rest = rest.sliced(scheme + 3);
    rest = rest.section(u'/', 0, 0);
    const int port = rest.count(u':') == 1 ? rest.section(u':', 1).toInt() : 0;
    return port > 0 && port < 65536 ? port : 0;
}

/// Routes that a sidecar of this namespace takes for a host: those of the most specific hosts.
std::vector<MeshRoute> routesFor(const std::vector<MeshRoute> &routes, const QString &host, const QString &nameSpace)
{
    qsizetype best = 0;
    std::vector<MeshRoute> found;
    for (const MeshRoute &route : routes) {
        if (host.isEmpty() || !route.inMesh || !isExportedTo(*route.object, nameSpace))
            continue;
        qsizetype length = 0;
        for (const QString &pattern : route.hosts) {
            if (hostCovers(pattern, host))
                length = std::max(length, pattern == host ? 1000 : pattern.size());
        }
        if (length == 0 || length < best)
            continue;
        if (length > best)
            found.clear();
        best = length;
        found.push_back(route);
    }
    return found;
}

void addPolicies(const Manifests &manifests, const Traffic &t, DependencyTraffic &d)
{
    for (const MeshRoute &route : d.routes) {
        for (const RouteDestination &to : route.destinations)
            d.policies.push_back(hostPolicy(manifests, to.host, to.subset, d.port, t.client));
    }
    if (d.policies.empty())
        d.policies.push_back(hostPolicy(manifests, d.host, {}, d.port, t.client));
}

void addHops(const Service &service, const Traffic &t, DependencyTraffic &d)
{
    const ClientSettings &client = d.dependency->client;
    const auto add = [&](std::vector<TimeoutLayer> layers) {
        if (client.declared)
            layers.insert(layers.begin(), clientLayer(client, service.file));
        if (!layers.empty())
            d.hops.push_back({t.name, sameText(d.dependency->id), std::move(layers)});
    };
    for (const MeshRoute &route : d.routes)
        add({meshLayer(route)});
    if (!d.routes.empty())
        return;
    if (t.mesh && d.http)
        add({defaultLayer(t.defaults)});
    else
        add({});
}

/// `all`: the routes of the mesh; `taken`: the same as this service's own requests come to them.
DependencyTraffic dependencyTraffic(const Manifests &manifests, const Service &service, const Dependency &dependency,
                                    const std::vector<MeshRoute> &all, const std::vector<MeshRoute> &taken, const Traffic &t)
{
    DependencyTraffic d;
    d.dependency = &dependency;
    d.host = hostOf(manifests, dependency, t.nameSpace);
    d.port = portOf(dependency.host);
    const QString kind = dependency.kind.toLower();
    d.opaque = opaqueKinds().contains(kind) || (kind == u"https" && !d.host.endsWith(QLatin1String(".cluster.local")));
    d.http = !d.opaque && (isHttpKind(kind) || d.host.endsWith(QLatin1String(".cluster.local")));
    lookAtEntry(manifests, d.host, d);
    const std::vector<MeshRoute> covering = routesFor(taken, d.host, t.nameSpace);
    d.routesOfOthers = covering.empty() && !routesFor(all, d.host, t.nameSpace).empty();
    (d.opaque ? d.ineffective : d.routes) = covering;
    d.http = d.http || !d.routes.empty();
    if (d.endpoints == 0)
        d.endpoints = podsBehind(manifests, d.host);
    if (!t.noMesh)
        addPolicies(manifests, t, d);
    addHops(service, t, d);
    return d;
}

} // namespace

bool leadsTo(const MeshRoute &route, const QStringList &hosts)
{
    return std::ranges::any_of(hosts, [&](const QString &host) {
        return route.hosts.contains(host)
            || std::ranges::any_of(route.destinations, [&](const RouteDestination &d) { return d.host == host; });
    });
}

Traffic trafficOf(const Manifests &manifests, const Service &service, const std::vector<const Workload *> &serving)
{
    Traffic t;
    t.noMesh = service.mesh && !*service.mesh;
    t.mesh = !t.noMesh && ((service.mesh && *service.mesh) || service.istioVersion || std::ranges::any_of(manifests.objects, isIstio));
    t.defaults = meshDefaults(manifests);
    t.name = sameText(!service.id.isEmpty() ? service.id : serving.empty() ? QStringLiteral("service") : serving.front()->object.name);
    addOwnHosts(manifests, service, serving, t);
    t.client.nameSpace = t.nameSpace;
    for (const Workload *w : serving)
        t.client.pods.push_back(w->podLabels());
    const std::vector<MeshRoute> all = t.noMesh ? std::vector<MeshRoute>() : meshRoutes(manifests);
    const std::vector<MeshRoute> taken = t.noMesh ? std::vector<MeshRoute>() : meshRoutes(manifests, &t.client);
    for (size_t i = 0; i < all.size(); ++i) {
        const bool own = leadsTo(all[i], t.ownHosts);
        if (all[i].reachable && (own || !all[i].inMesh || taken[i].inMesh))
            t.routes.push_back(all[i]);
        if (all[i].reachable && own)
            t.inbound.push_back(all[i]);
    }
    addCallers(service, t);
    if (service.dependencies) {
        for (const Dependency &d : *service.dependencies)
            t.dependencies.push_back(dependencyTraffic(manifests, service, d, all, taken, t));
    }
    return t;
}

std::vector<TimeoutPath> Traffic::pathsTo(const DependencyTraffic &dependency) const
{
    std::vector<TimeoutPath> paths;
    for (const TimeoutHop &hop : dependency.hops) {
        for (const TimeoutHop &caller : callers) {
            if (paths.size() < mostPaths)
                paths.push_back({{caller, hop}, 0});
        }
        if (callers.empty())
            paths.push_back({{hop}, 0});
    }
    return paths;
}

} // namespace tenken
