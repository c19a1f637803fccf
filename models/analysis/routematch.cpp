// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/routematch.h>

#include <analysis/meshroutes.h>

#include <algorithm>

namespace tenken {

namespace {

using Picked = MeshClient::Picked;

constexpr qsizetype longestText = 4'000;
constexpr size_t mostEarlier = 300; // matches that a later one is compared with

/// One entry of `match`. Conditions are texts by name: what is equal there asks the same.
struct RouteMatch {
    QString uriKind, uri;         ///< "prefix", "/api"; empty: any path
    bool anyCase = false;
    QMap<QString, QString> conditions;
    bool comparable = true;       ///< false: too large to compare

    bool isCatchAll() const { return uriKind.isEmpty() && conditions.isEmpty(); }
};

void write(Yaml node, QString &text)
{
    if (text.size() > longestText)
        return;
    if (node.isMap()) {
        QStringList keys = node.keys();
        std::ranges::sort(keys);
        for (const QString &key : keys) {
            text += u'{' + key + u':';
            write(node[key.toStdString()], text);
            text += u'}';
        }
    } else if (node.isSequence()) {
        for (const Yaml item : node.items()) {
            text += u'[';
            write(item, text);
            text += u']';
        }
    } else {
        text += node.string();
    }
}

void addCondition(RouteMatch &match, const QString &name, Yaml value)
{
    QString text;
    write(value, text);
    match.comparable = match.comparable && text.size() <= longestText;
    match.conditions.insert(name, text);
}

bool isAnyPath(const QString &kind, const QString &value)
{
    static const QStringList everything{QStringLiteral("*"), QStringLiteral(".*"), QStringLiteral("/.*"), QStringLiteral("^.*$"), QStringLiteral("^/.*$")};
    return kind == u"prefix" ? value == u"/" : kind == u"regex" && everything.contains(value);
}

void readUri(RouteMatch &match, Yaml uri)
{
    const QString kind = uri.keys().value(0), value = uri[kind.toStdString()].string();
    if (kind.isEmpty() || isAnyPath(kind, value))
        return;
    match.uriKind = kind;
    match.uri = value;
}

enum class Side { Mesh, Gateway };

// The gateways of a match narrow those of the VirtualService. False: it holds for the other side only.
bool readGateways(RouteMatch &match, Yaml gateways, Side side)
{
    QStringList names = gateways.strings();
    if (names.isEmpty())
        return true;
    const bool mesh = names.removeAll(QStringLiteral("mesh")) > 0;
    if (side == Side::Mesh)
        return mesh;
    std::ranges::sort(names);
    match.conditions.insert(QStringLiteral("gateways"), names.join(u' '));
    return !names.isEmpty();
}

// What a match asks of the client: answered where the client is known, else one condition more.
bool readSource(RouteMatch &match, Yaml entry, const MeshClient *client)
{
    if (const QString nameSpace = entry["sourceNamespace"].string(); !nameSpace.isEmpty()) {
        if (client && client->nameSpace != nameSpace)
            return false;
        if (!client)
            match.conditions.insert(QStringLiteral("sourceNamespace"), nameSpace);
    }
    Picked picked = Picked::All;
    for (const auto &[key, value] : entry["sourceLabels"].entries()) {
        Picked one = Picked::Unclear;
        if (client && !client->pods.empty()) {
            const auto count = std::ranges::count_if(client->pods, [&](const QMap<QString, QString> &labels) {
                return labels.contains(key.string()) && labels.value(key.string()) == value.string();
            });
            one = count == 0 ? Picked::None : size_t(count) == client->pods.size() ? Picked::All : Picked::Unclear;
        }
        if (one == Picked::Unclear)
            match.conditions.insert(QStringLiteral("sourceLabels/") + key.string(), value.string());
        picked = std::min(picked, one);
    }
    return picked != Picked::None;
}

std::optional<RouteMatch> readMatch(Yaml entry, Side side, const MeshClient *client)
{
    static const QStringList elsewhere{QStringLiteral("name"), QStringLiteral("statPrefix"), QStringLiteral("uri"), QStringLiteral("ignoreUriCase"),
                                       QStringLiteral("gateways"), QStringLiteral("sourceLabels"), QStringLiteral("sourceNamespace")};
    static const QStringList maps{QStringLiteral("headers"), QStringLiteral("withoutHeaders"), QStringLiteral("queryParams")};
    RouteMatch match;
    readUri(match, entry["uri"]);
    match.anyCase = entry["ignoreUriCase"].boolean().value_or(false);
    if (!readGateways(match, entry["gateways"], side) || !readSource(match, entry, side == Side::Mesh ? client : nullptr))
        return std::nullopt;
    for (const auto &[key, value] : entry.entries()) {
        if (elsewhere.contains(key.string()) || value.isNull())
            continue;
        if (!maps.contains(key.string())) {
            addCondition(match, key.string(), value);
            continue;
        }
        for (const auto &[name, one] : value.entries())
            addCondition(match, key.string() + u'/' + name.string(), one);
    }
    return match;
}

/// The matches of a route that can hold on this side; one without conditions where it has none.
std::vector<RouteMatch> matchesOf(Yaml http, Side side, const MeshClient *client)
{
    if (http["match"].size() == 0)
        return {RouteMatch{}};
    std::vector<RouteMatch> matches;
    for (const Yaml entry : http["match"].items()) {
        if (auto match = readMatch(entry, side, client))
            matches.push_back(std::move(*match));
    }
    return matches;
}

bool coversPath(const RouteMatch &a, const RouteMatch &b)
{
    if (a.uriKind.isEmpty())
        return true;
    if (b.uriKind.isEmpty() || (b.anyCase && !a.anyCase))
        return false;
    const Qt::CaseSensitivity sensitivity = a.anyCase ? Qt::CaseInsensitive : Qt::CaseSensitive;
    if (a.uriKind == u"prefix" && b.uriKind != u"regex")
        return b.uri.startsWith(a.uri, sensitivity);
    return a.uriKind == b.uriKind && a.uri.compare(b.uri, sensitivity) == 0;
}

/// Every request that b takes a takes too.
bool covers(const RouteMatch &a, const RouteMatch &b)
{
    if (!a.comparable || !coversPath(a, b))
        return false;
    return std::ranges::all_of(a.conditions.asKeyValueRange(), [&](const auto &condition) {
        const auto it = b.conditions.constFind(condition.first);
        return it != b.conditions.constEnd() && *it == condition.second;
    });
}

// A delegate takes what its own routes take: only where one of them takes all does nothing fall through.
bool letsThrough(const Manifests &manifests, const KubeObject &object, Yaml http, Side side)
{
    const Yaml reference = http["delegate"];
    if (!reference.isMap())
        return false;
    for (const KubeObject *other : manifests.ofKind(QStringLiteral("VirtualService"))) {
        if (other->name != reference["name"].string() || namespaceOf(*other) != reference["namespace"].stringOr(namespaceOf(object)))
            continue;
        const auto routes = other->node["spec"]["http"].items();
        return std::ranges::none_of(routes, [&](Yaml route) { return std::ranges::any_of(matchesOf(route, side, nullptr), &RouteMatch::isCatchAll); });
    }
    return true;
}

std::vector<bool> reachedOn(Side side, const Manifests &manifests, const KubeObject &object, const MeshClient *client)
{
    std::vector<bool> reached;
    std::vector<RouteMatch> earlier;
    bool all = false; // an earlier match takes every request
    for (const Yaml http : object.node["spec"]["http"].items()) {
        const std::vector<RouteMatch> matches = all ? std::vector<RouteMatch>() : matchesOf(http, side, client);
        reached.push_back(std::ranges::any_of(matches, [&](const RouteMatch &match) {
            return std::ranges::none_of(earlier, [&](const RouteMatch &before) { return covers(before, match); });
        }));
        if (matches.empty() || letsThrough(manifests, object, http, side))
            continue;
        all = all || std::ranges::any_of(matches, &RouteMatch::isCatchAll);
        for (const RouteMatch &match : matches) {
            if (earlier.size() < mostEarlier)
                earlier.push_back(match);
        }
    }
    return reached;
}

} // namespace

MeshClient::Picked MeshClient::picked(const LabelSelector &selector) const
{
    const auto count = std::ranges::count_if(pods, [&](const QMap<QString, QString> &labels) { return selector.matches(labels); });
    if (pods.empty() || (count > 0 && size_t(count) < pods.size()))
        return Picked::Unclear;
    return count == 0 ? Picked::None : Picked::All;
}

std::vector<RouteReach> routeReach(const Manifests &manifests, const KubeObject &virtualService, const MeshClient *client)
{
    const std::vector<bool> mesh = reachedOn(Side::Mesh, manifests, virtualService, client);
    const std::vector<bool> gateway = reachedOn(Side::Gateway, manifests, virtualService, nullptr);
    std::vector<RouteReach> reach;
    for (size_t i = 0; i < mesh.size(); ++i)
        reach.push_back({mesh[i], gateway[i]});
    return reach;
}

} // namespace tenken
