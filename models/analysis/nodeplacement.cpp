// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/nodeplacement.h>

#include <analysis/fields.h>
#include <analysis/nodegroupreaders.h>

#include <algorithm>

namespace tenken {

namespace {

using Labels = QMap<QString, LabelValues>;

struct Narrowing {
    Match match = Match::Yes;
    Yaml node;
    QString key;
    Labels labels;
};

void narrowBy(Narrowing &n, const QString &key, const QString &op, const QStringList &values, Yaml node)
{
    if (n.match == Match::No)
        return;
    const auto end = [&](Match match) {
        if (match < n.match) {
            n.match = match;
            n.node = node;
            n.key = key;
        }
    };
    if (looksTemplated(key) || std::ranges::any_of(values, [](const QString &v) { return looksTemplated(v); }))
        return end(Match::Unknown);
    const auto it = n.labels.find(key);
    if (it == n.labels.end()) {
        const bool absenceSuits = op == u"NotIn" || op == u"DoesNotExist";
        if (isProviderLabel(key))
            return end(Match::Unknown);
        if (!absenceSuits)
            end(Match::No);
        return;
    }
    if (!it->narrow(op, values))
        return end(Match::Unknown);
    if (it->isEmpty())
        end(Match::No);
}

void narrowByTerm(Narrowing &n, Yaml term)
{
    const Yaml expressions = term["matchExpressions"], fields = term["matchFields"];
    if (expressions.size() == 0 && fields.size() == 0) {
        n.match = Match::No; // an empty term selects no node
        n.node = term;
        return;
    }
    for (const Yaml e : expressions.items())
        narrowBy(n, e["key"].string(), e["operator"].string(), e["values"].strings(), e["key"]);
    if (fields.size() > 0 && n.match == Match::Yes) {
        n.match = Match::Unknown; // names one node
        n.node = fields;
    }
}

Yaml requiredTerms(Yaml podSpec)
{
    return podSpec["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"];
}

// The terms are alternatives; the first that fits best counts.
Narrowing narrowed(const NodeGroup &group, Yaml podSpec)
{
    Narrowing base{Match::Yes, {}, {}, group.labels};
    for (const auto &[key, value] : podSpec["nodeSelector"].entries())
        narrowBy(base, key.string(), QStringLiteral("In"), {value.string()}, value);
    const Yaml required = requiredTerms(podSpec);
    if (!required.isMap() || base.match == Match::No)
        return base;
    Narrowing best = base;
    best.match = Match::No; // without a term nothing matches
    best.node = required;
    bool first = true;
    for (const Yaml term : required["nodeSelectorTerms"].items()) {
        Narrowing n = base;
        narrowByTerm(n, term);
        if (first || n.match > best.match)
            best = n;
        first = false;
    }
    return best;
}

bool tolerates(Yaml toleration, const NodeTaint &taint)
{
    const QString key = toleration["key"].string(), effect = toleration["effect"].string();
    const QString op = toleration["operator"].stringOr(QStringLiteral("Equal"));
    if (!effect.isEmpty() && effect != taint.effect)
        return false;
    if (key.isEmpty())
        return op == u"Exists"; // everything; with Equal the API server refuses it
    if (key != taint.key)
        return false;
    return op == u"Exists" || (op == u"Equal" && toleration["value"].string() == taint.value);
}

void judgeTaints(Placement &placement, const NodeGroup &group, Yaml tolerations)
{
    for (const NodeTaint &taint : group.taints) {
        if (taint.effect == u"PreferNoSchedule")
            continue;
        bool tolerated = false, forAWhile = false, templated = false;
        for (const Yaml t : tolerations.items()) {
            templated = templated || looksTemplated(t["key"].string()) || looksTemplated(t["value"].string());
            if (!tolerates(t, taint))
                continue;
            const bool limited = taint.effect == u"NoExecute" && t["tolerationSeconds"] && !t["tolerationSeconds"].isNull();
            (limited ? forAWhile : tolerated) = true;
        }
        if (tolerated)
            continue;
        placement.taints = std::min(placement.taints, templated && !forAWhile ? Match::Unknown : Match::No);
        placement.taint = &taint;
        placement.evictedLater = forAWhile;
        if (placement.taints == Match::No)
            return;
    }
}

} // namespace

Placement placementOn(const NodeGroup &group, Yaml podSpec)
{
    Narrowing n = narrowed(group, podSpec);
    Placement placement;
    placement.labels = n.match;
    placement.node = n.node;
    placement.key = n.key;
    placement.narrowed = std::move(n.labels);
    judgeTaints(placement, group, podSpec["tolerations"]);
    return placement;
}

NodeChoice nodeChoice(Yaml podSpec)
{
    if (podSpec["nodeSelector"].size() > 0 || requiredTerms(podSpec).isMap())
        return NodeChoice::Required;
    const Yaml preferred = podSpec["affinity"]["nodeAffinity"]["preferredDuringSchedulingIgnoredDuringExecution"];
    return preferred.size() > 0 ? NodeChoice::Preferred : NodeChoice::None;
}

std::vector<InstanceType> typesFor(const NodeGroup &group, const Placement &placement)
{
    std::vector<InstanceType> types;
    std::ranges::copy_if(group.types, std::back_inserter(types),
                         [&](const InstanceType &t) { return suits(t, placement.narrowed); });
    return types;
}

} // namespace tenken
