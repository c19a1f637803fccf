// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/meshroutes.h>

#include <analysis/fields.h>

#include <algorithm>

namespace tenken {

QString namespaceOf(const KubeObject &object)
{
    return object.nameSpace.isEmpty() ? QStringLiteral("default") : object.nameSpace;
}

QString qualifiedHost(const QString &host, const QString &nameSpace)
{
    QString name = host.trimmed().toLower();
    if (const qsizetype scheme = name.indexOf(QLatin1String("://")); scheme >= 0)
        name = name.sliced(scheme + 3);
    name = name.section(u'/', 0, 0);
    if (name.count(u':') == 1)
        name = name.section(u':', 0, 0);
    if (name.isEmpty() || name == u"*" || name.contains(u'.') || name.contains(u':'))
        return name;
    return name + u'.' + (nameSpace.isEmpty() ? QStringLiteral("default") : nameSpace) + QStringLiteral(".svc.cluster.local");
}

bool hostCovers(const QString &pattern, const QString &host)
{
    if (pattern == host || pattern == u"*")
        return !host.isEmpty();
    return pattern.startsWith(QLatin1String("*.")) && host.endsWith(QStringView(pattern).sliced(1));
}

PlacedSeconds placedSeconds(Yaml node)
{
    PlacedSeconds placed{{}, true, node};
    if (!node || node.isNull())
        return {};
    placed.seconds = node.isScalar() ? durationSeconds(node.text()) : std::nullopt;
    placed.readable = placed.seconds.has_value();
    return placed;
}

std::optional<double> MeshRoute::total() const
{
    std::optional<double> most;
    if (retries.perTry.seconds && *retries.perTry.seconds > 0)
        most = tries() * *retries.perTry.seconds;
    if (hasTimeout())
        most = most ? std::min(*most, *timeout.seconds) : *timeout.seconds;
    return most;
}

std::optional<double> MeshRoute::oneTry() const
{
    if (retries.attempts > 0 && retries.perTry.seconds && *retries.perTry.seconds > 0)
        return hasTimeout() ? std::min(*timeout.seconds, *retries.perTry.seconds) : *retries.perTry.seconds;
    return hasTimeout() ? timeout.seconds : std::nullopt;
}

MeshDefaults meshDefaults(const Manifests &manifests)
{
    MeshDefaults d;
    const auto take = [&d](Yaml config) {
        d.read = true;
        const Yaml retry = config["defaultHttpRetryPolicy"];
        if (retry.isMap()) {
            d.attempts = int(std::clamp<qint64>(retry["attempts"].integer().value_or(0), 0, 1000));
            d.perTry.seconds = placedSeconds(retry["perTryTimeout"]).seconds;
            if (const QString on = retry["retryOn"].string(); !on.isEmpty())
                d.conditions = on;
        }
        if (config["connectTimeout"])
            d.connect.seconds = placedSeconds(config["connectTimeout"]).seconds;
    };
    for (const KubeObject *op : manifests.ofKind(QStringLiteral("IstioOperator")))
        take(op->node["spec"]["meshConfig"]);
    for (const KubeObject *map : manifests.ofKind(QStringLiteral("ConfigMap"))) {
        const Yaml mesh = map->node["data"]["mesh"];
        if (map->name != u"istio" || !mesh.isScalar())
            continue;
        const auto inner = YamlFile::parse(mesh.string().toUtf8(), map->file);
        if (inner->documents().size() == 1 && inner->errors().empty())
            take(inner->documents().front());
    }
    return d;
}

namespace {

bool isVirtualService(const KubeObject &object)
{
    return object.kind == u"VirtualService" && object.group() == u"networking.istio.io";
}

RouteRetries retriesOf(Yaml node, const MeshDefaults &defaults)
{
    RouteRetries r;
    r.attempts = defaults.attempts;
    r.perTry = defaults.perTry;
    r.conditions = defaults.conditions;
    if (!node || node.isNull())
        return r;
    r.node = node;
    r.written = true;
    // Written without attempts, and with 0, it is off: nothing of the mesh's default remains.
    const IntField attempts = intField(node, "attempts", 0);
    r.readable = node.isMap() && attempts.known;
    r.attempts = std::clamp(attempts.value, 0, 1000);
    r.perTry = placedSeconds(node["perTryTimeout"]);
    r.readable = r.readable && r.perTry.readable;
    if (const QString on = node["retryOn"].string(); !on.isEmpty())
        r.conditions = on;
    return r;
}

/// The methods that the matches let through; any, as soon as one match does not say.
QStringList methodsOf(Yaml matches)
{
    QStringList methods;
    for (const Yaml match : matches.items()) {
        const QString exact = match["method"]["exact"].string();
        if (exact.isEmpty())
            return {};
        methods.append(exact.toUpper());
    }
    return methods;
}

struct RootHosts {
    QStringList hosts;
    bool inMesh = true, atGateway = false;
};

RootHosts rootOf(const KubeObject &object)
{
    RootHosts root;
    const Yaml spec = object.node["spec"];
    for (const QString &host : spec["hosts"].strings())
        root.hosts.append(qualifiedHost(host, namespaceOf(object)));
    const QStringList gateways = spec["gateways"].strings();
    root.inMesh = gateways.isEmpty() || gateways.contains(QStringLiteral("mesh"));
    root.atGateway = std::ranges::any_of(gateways, [](const QString &g) { return g != u"mesh"; });
    return root;
}

/// A VirtualService without hosts is a delegate: those of the routes that name it lead there.
RootHosts delegatedRoot(const Manifests &manifests, const KubeObject &delegate)
{
    RootHosts root{{}, false, false};
    for (const KubeObject &object : manifests.objects) {
        if (!isVirtualService(object))
            continue;
        for (const Yaml http : object.node["spec"]["http"].items()) {
            const Yaml reference = http["delegate"];
            if (reference["name"].string() != delegate.name
                || reference["namespace"].stringOr(namespaceOf(object)) != namespaceOf(delegate))
                continue;
            const RootHosts from = rootOf(object);
            root.hosts += from.hosts;
            root.inMesh = root.inMesh || from.inMesh;
            root.atGateway = root.atGateway || from.atGateway;
        }
    }
    return root;
}

std::vector<RouteDestination> destinationsOf(Yaml route, const QString &nameSpace)
{
    std::vector<RouteDestination> destinations;
    for (const Yaml node : route.items()) {
        RouteDestination d;
        d.host = qualifiedHost(node["destination"]["host"].string(), nameSpace);
        d.subset = node["destination"]["subset"].string();
        d.node = node;
        const Yaml weight = node["weight"];
        d.weight = weight.integer();
        d.weightReadable = !weight || weight.isNull() || d.weight.has_value();
        destinations.push_back(d);
    }
    return destinations;
}

MeshRoute routeOf(const KubeObject &object, Yaml http, int index, const MeshDefaults &defaults)
{
    MeshRoute r;
    r.object = &object;
    r.node = http;
    r.name = http["name"].stringOr(QStringLiteral("http[%1]").arg(index));
    r.methods = methodsOf(http["match"]);
    r.timeout = placedSeconds(http["timeout"]);
    r.retries = retriesOf(http["retries"], defaults);
    return r;
}

// Flagger writes a VirtualService for <name>, with <name>-primary and <name>-canary behind it.
void addFlaggerRoute(const KubeObject &canary, const MeshDefaults &defaults, std::vector<MeshRoute> &routes)
{
    const Yaml service = canary.node["spec"]["service"];
    if (!service.isMap())
        return;
    MeshRoute r = routeOf(canary, service, 0, defaults);
    r.name = QStringLiteral("service");
    const QString name = service["name"].stringOr(canary.node["spec"]["targetRef"]["name"].string());
    r.hosts = {qualifiedHost(name, namespaceOf(canary))};
    for (const QString &host : service["hosts"].strings())
        r.hosts.append(qualifiedHost(host, namespaceOf(canary)));
    const QStringList gateways = service["gateways"].strings();
    r.atGateway = std::ranges::any_of(gateways, [](const QString &g) { return g != u"mesh"; });
    r.inMesh = gateways.isEmpty() || gateways.contains(QStringLiteral("mesh"));
    for (const char *version : {"-primary", "-canary"}) {
        RouteDestination d;
        d.host = qualifiedHost(name + QLatin1String(version), namespaceOf(canary));
        d.node = service;
        r.destinations.push_back(d);
    }
    r.destinations.push_back({r.hosts.front(), {}, {}, true, service}); // the apex leads to the primary
    routes.push_back(std::move(r));
}

} // namespace

std::vector<MeshRoute> meshRoutes(const Manifests &manifests, const MeshClient *client)
{
    std::vector<MeshRoute> routes;
    const MeshDefaults defaults = meshDefaults(manifests);
    for (const KubeObject &object : manifests.objects) {
        if (object.kind == u"Canary" && object.group() == u"flagger.app")
            addFlaggerRoute(object, defaults, routes);
        if (!isVirtualService(object))
            continue;
        const RootHosts root = object.node["spec"]["hosts"].size() > 0 ? rootOf(object) : delegatedRoot(manifests, object);
        const std::vector<RouteReach> reach = routeReach(manifests, object, client);
        const bool rootless = !root.inMesh && !root.atGateway; // a delegate whose root is not among the files
        int index = 0;
        for (const Yaml http : object.node["spec"]["http"].items()) {
            const RouteReach &here = reach[size_t(index)];
            MeshRoute r = routeOf(object, http, index++, defaults);
            r.hosts = root.hosts;
            r.inMesh = root.inMesh && here.inMesh;
            r.atGateway = root.atGateway && here.atGateway;
            r.reachable = r.inMesh || r.atGateway || (rootless && (here.inMesh || here.atGateway));
            r.destinations = destinationsOf(http["route"], namespaceOf(object));
            if (!r.destinations.empty())
                routes.push_back(std::move(r));
        }
    }
    return routes;
}

} // namespace tenken
