// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/zonepins.h>

#include <analysis/nodegroupreaders.h>
#include <analysis/nodeplacement.h>

#include <algorithm>

namespace tenken {

bool isZoneKey(const QString &key)
{
    return key == zoneLabel || key == u"failure-domain.beta.kubernetes.io/zone";
}

namespace {

/// What a term says of zones: named ones, or some that are left out.
struct Zones {
    LabelValues allowed = LabelValues::any();
    QSet<QString> without;
};

void narrow(Zones &zones, const QString &key, const QString &op, const QStringList &values)
{
    if (!isZoneKey(key) || !zones.allowed.narrow(op, values))
        return;
    if (op == u"NotIn")
        zones.without.unite(QSet<QString>(values.begin(), values.end()));
}

// Without the names of all zones: those a term names, or those it leaves of the declared number.
int byTerms(Yaml podSpec, int zones)
{
    Zones base;
    for (const auto &[key, value] : podSpec["nodeSelector"].entries())
        narrow(base, key.string(), QStringLiteral("In"), {value.string()});
    std::vector<Zones> alternatives;
    const Yaml required = podSpec["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"];
    for (const Yaml term : required["nodeSelectorTerms"].items()) {
        Zones z = base;
        for (const Yaml e : term["matchExpressions"].items())
            narrow(z, e["key"].string(), e["operator"].string(), e["values"].strings());
        alternatives.push_back(std::move(z));
    }
    if (alternatives.empty())
        alternatives.push_back(base);
    QSet<QString> named;
    int open = 0;
    for (const Zones &z : alternatives) {
        if (const auto names = z.allowed.named())
            named.unite(QSet<QString>(names->begin(), names->end()));
        else if (z.without.isEmpty())
            return 0;
        else
            open = std::max(open, std::max(1, zones - int(z.without.size())));
    }
    return std::max(open, int(named.size()));
}

// The zones of the groups that take the pod. Nothing where one of them does not say which zones it spans.
std::optional<int> byGroups(Yaml podSpec, const std::vector<NodeGroup> &groups)
{
    QSet<QString> zones;
    bool any = false;
    for (const NodeGroup &group : groups) {
        const Placement placement = placementOn(group, podSpec);
        if (placement.match() == Match::No)
            continue;
        const auto it = placement.narrowed.constFind(zoneLabel);
        const auto named = it == placement.narrowed.constEnd() ? std::nullopt : it->named();
        if (placement.match() != Match::Yes || !named)
            return {};
        zones.unite(QSet<QString>(named->begin(), named->end()));
        any = true;
    }
    return any ? std::optional(int(zones.size())) : std::nullopt;
}

} // namespace

int zonesOf(Yaml podSpec, int zones, const std::vector<NodeGroup> &groups)
{
    if (!podSpec["nodeName"].string().isEmpty() || podSpec["nodeSelector"]["kubernetes.io/hostname"].exists())
        return 1; // one node
    const int pinned = byTerms(podSpec, zones);
    const auto grouped = byGroups(podSpec, groups);
    if (!grouped)
        return pinned;
    return pinned > 0 ? std::min(pinned, *grouped) : *grouped;
}

} // namespace tenken
