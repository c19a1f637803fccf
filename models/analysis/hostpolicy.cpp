// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/meshroutes.h>

#include <algorithm>

namespace tenken {

bool isExportedTo(const KubeObject &object, const QString &nameSpace)
{
    const QStringList to = object.node["spec"]["exportTo"].strings();
    return to.isEmpty() || to.contains(QStringLiteral("*")) || to.contains(nameSpace)
        || (to.contains(QStringLiteral(".")) && namespaceOf(object) == nameSpace);
}

namespace {

// Istio looks in the client's namespace, then in the service's own, then in the root namespace.
int rank(const KubeObject &rule, const QString &host, const QString &clientNamespace)
{
    const QString own = namespaceOf(rule);
    if (own == clientNamespace)
        return 0;
    if (host.section(u'.', 1, 1) == own && host.endsWith(QLatin1String(".svc.cluster.local")))
        return 1;
    return own == u"istio-system" ? 2 : 3;
}

// A rule with a workloadSelector is for the clients it selects, in its own namespace; where they are not known it does not count.
bool isForClient(const KubeObject &rule, const MeshClient &client)
{
    const Yaml selector = rule.node["spec"]["workloadSelector"];
    if (!selector || selector.isNull())
        return true;
    return namespaceOf(rule) == client.nameSpace && client.picked(LabelSelector{selector}) == MeshClient::Picked::All;
}

Yaml firstOf(Yaml a, Yaml b)
{
    return a && !a.isNull() ? a : b;
}

Yaml portPolicy(Yaml trafficPolicy, int port)
{
    const auto entries = trafficPolicy["portLevelSettings"].items();
    for (const Yaml entry : entries) {
        if (port > 0 && entry["port"]["number"].integer() == port)
            return entry;
    }
    return port == 0 && entries.size() == 1 ? entries.front() : Yaml();
}

} // namespace

std::vector<const KubeObject *> destinationRules(const Manifests &manifests, const QString &host, const MeshClient &client)
{
    std::vector<const KubeObject *> found;
    const QString &clientNamespace = client.nameSpace;
    for (const KubeObject *rule : manifests.ofKind(QStringLiteral("DestinationRule"))) {
        const QString pattern = qualifiedHost(rule->node["spec"]["host"].string(), namespaceOf(*rule));
        if (rule->group() == u"networking.istio.io" && hostCovers(pattern, host) && isExportedTo(*rule, clientNamespace)
            && rank(*rule, host, clientNamespace) < 3 && isForClient(*rule, client))
            found.push_back(rule);
    }
    std::ranges::stable_sort(found, {}, [&](const KubeObject *rule) {
        const QString pattern = qualifiedHost(rule->node["spec"]["host"].string(), namespaceOf(*rule));
        return std::pair(rank(*rule, host, clientNamespace), pattern == host ? -1000 : -int(pattern.size()));
    });
    return found;
}

Yaml subsetOf(const KubeObject &destinationRule, const QString &name)
{
    for (const Yaml subset : destinationRule.node["spec"]["subsets"].items()) {
        if (!name.isEmpty() && subset["name"].string() == name)
            return subset;
    }
    return {};
}

HostPolicy hostPolicy(const Manifests &manifests, const QString &host, const QString &subset, int port,
                      const MeshClient &client)
{
    HostPolicy p;
    const auto rules = destinationRules(manifests, host, client);
    if (rules.empty())
        return p;
    p.rule = rules.front();
    const Yaml own = p.rule->node["spec"]["trafficPolicy"];
    const Yaml ofSubset = subsetOf(*p.rule, subset)["trafficPolicy"];
    p.trafficPolicy = firstOf(ofSubset, own);
    // A port's settings replace the others as a whole: what they leave out falls back to Istio's defaults.
    const Yaml ofPort = firstOf(portPolicy(ofSubset, port), portPolicy(own, port));
    p.pool = ofPort ? ofPort["connectionPool"] : firstOf(ofSubset["connectionPool"], own["connectionPool"]);
    p.outlier = ofPort ? ofPort["outlierDetection"] : firstOf(ofSubset["outlierDetection"], own["outlierDetection"]);
    p.connect = placedSeconds(p.pool["tcp"]["connectTimeout"]);
    return p;
}

Bounds bounds(Yaml limit)
{
    const std::optional<qint64> n = limit.integer();
    constexpr qint64 unlimited = 2'147'483'647, beyondReach = 1'000'000; // int32; the default is 2³²−1
    if (!n || *n <= 0 || *n >= unlimited)
        return Bounds::Nothing;
    return *n < beyondReach ? Bounds::Truly : Bounds::InName;
}

} // namespace tenken
