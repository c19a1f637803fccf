// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/rollout.h>

#include <analysis/fields.h>
#include <analysis/zonepins.h>

#include <algorithm>
#include <numeric>

namespace tenken {

namespace {

constexpr int mostZones = 1'000;
constexpr int mostReplicas = 1'000'000;

// The scheduler counts the pods a selector matches. One that does not match the pod itself spreads nothing, nor does
// one narrowed by a label that every pod has for itself.
bool spreadsItself(Yaml constraint, const QMap<QString, QString> &labels)
{
    static const QStringList ownToEachPod{QStringLiteral("statefulset.kubernetes.io/pod-name"),
                                          QStringLiteral("apps.kubernetes.io/pod-index")};
    for (const QString &key : constraint["matchLabelKeys"].strings()) {
        if (ownToEachPod.contains(key))
            return false;
    }
    const Yaml selector = constraint["labelSelector"];
    return selector.isMap() && LabelSelector{selector}.matches(labels);
}

struct Limits {
    int skew = 0;           ///< 0: none
    bool capped = false;    ///< minDomains asks for more zones than there are: the minimum counts as 0
    bool honorsTaints = false;
};

void readConstraint(Yaml constraint, const QMap<QString, QString> &labels, ZoneLoss &loss, Limits &limits)
{
    if (!isZoneKey(constraint["topologyKey"].string())) {
        loss.hostnameOnly = true;
        return;
    }
    if (!spreadsItself(constraint, labels)) {
        loss.selectorMatches = false;
        if (!loss.span.isValid())
            loss.span = constraint["topologyKey"].entrySpan();
        return;
    }
    const bool hard = constraint["whenUnsatisfiable"].stringOr(QStringLiteral("DoNotSchedule")) == u"DoNotSchedule";
    const IntField skew = intField(constraint, "maxSkew", 1);
    if (!hard && loss.hardConstraint)
        return;
    loss.softConstraint = loss.softConstraint || !hard;
    loss.span = constraint["topologyKey"].entrySpan();
    loss.selector = constraint["labelSelector"];
    if (!hard || !skew.known || skew.value < 1) {
        loss.maxSkew = skew.value;
        return;
    }
    loss.hardConstraint = true;
    limits.skew = limits.skew > 0 ? std::min(limits.skew, skew.value) : skew.value;
    limits.capped = limits.capped || intField(constraint, "minDomains", 1).value > loss.zones;
    limits.honorsTaints = constraint["nodeTaintsPolicy"].string() == u"Honor";
    loss.maxSkew = limits.skew;
}

enum class Counts { No, Unclear, Own };

// Without namespaces and namespaceSelector a term is about the pod's own namespace; with them, about those alone.
Counts namespacesOf(Yaml term, const QString &own)
{
    const QStringList names = term["namespaces"].strings();
    const Yaml selector = term["namespaceSelector"];
    const bool selects = selector.exists() && !selector.isNull();
    if ((names.isEmpty() && !selects) || (selects && selector.size() == 0) || (!own.isEmpty() && names.contains(own)))
        return Counts::Own;
    if (own.isEmpty())
        return Counts::Unclear;
    if (!selects)
        return Counts::No;
    // Every namespace has this label; what others it has the files need not say.
    static const QString nameLabel = QStringLiteral("kubernetes.io/metadata.name");
    if (LabelSelector{selector}.matches({{nameLabel, own}}))
        return Counts::Own;
    const QStringList keys = selector["matchLabels"].keys();
    const bool byName = keys == QStringList{nameLabel} && selector["matchExpressions"].size() == 0;
    return byName ? Counts::No : Counts::Unclear;
}

/// Whether a term of podAffinity or podAntiAffinity is about pods of the same workload.
Counts countsOwn(Yaml term, const Workload &w)
{
    if (!spreadsItself(term, w.podLabels()) || term["mismatchLabelKeys"].size() > 0)
        return Counts::No;
    return namespacesOf(term, w.object.nameSpace);
}

void readAntiAffinity(Yaml terms, const Workload &w, ZoneLoss &loss)
{
    for (const Yaml term : terms.items()) {
        if (!isZoneKey(term["topologyKey"].string()) || !LabelSelector{term["labelSelector"]}.matches(w.podLabels()))
            continue;
        const Counts counts = countsOwn(term, w);
        if (counts != Counts::Own) {
            loss.unclearScope = loss.unclearScope || counts == Counts::Unclear;
            loss.selectorMatches = loss.selectorMatches && counts != Counts::No;
            if (!loss.span.isValid())
                loss.span = term["topologyKey"].entrySpan();
            continue;
        }
        loss.antiAffinity = true;
        loss.hardConstraint = true;
        loss.maxSkew = 1;
        loss.span = term["topologyKey"].entrySpan();
        loss.selector = term["labelSelector"];
    }
}

void readPreferredAntiAffinity(Yaml terms, const Workload &w, ZoneLoss &loss)
{
    for (const Yaml term : terms.items()) {
        const Yaml inner = term["podAffinityTerm"];
        if (!isZoneKey(inner["topologyKey"].string()) || countsOwn(inner, w) != Counts::Own)
            continue;
        loss.softConstraint = true;
        if (!loss.span.isValid() || !loss.selectorMatches)
            loss.span = inner["topologyKey"].entrySpan();
        if (!loss.selector)
            loss.selector = inner["labelSelector"];
    }
}

// Pods that have to be where one of them is are all in its zone, whatever else would spread them.
void readAffinity(Yaml terms, const Workload &w, ZoneLoss &loss)
{
    for (const Yaml term : terms.items()) {
        const QString key = term["topologyKey"].string();
        if ((!isZoneKey(key) && key != u"kubernetes.io/hostname") || countsOwn(term, w) != Counts::Own)
            continue;
        loss.together = true;
        loss.pinnedZones = 1;
        loss.zones = 1;
        loss.span = term["topologyKey"].entrySpan();
    }
}

std::vector<int> evenly(int pods, int zones)
{
    std::vector<int> all(size_t(zones), pods / zones);
    for (int i = 0; i < pods % zones; ++i)
        ++all[size_t(i)];
    return all;
}

// The most crowded first zone that maxSkew lets the scheduler reach: m pods there and no other zone below m − skew.
std::vector<int> crowded(int pods, int zones, int skew)
{
    if (skew <= 0) {
        std::vector<int> all(size_t(zones), 0);
        all.front() = pods;
        return all;
    }
    // m + (zones − 1) × (m − skew) ≤ pods, and m ≤ pods
    const qint64 m = std::min<qint64>(pods, (qint64(pods) + qint64(zones - 1) * skew) / zones);
    const int first = int(std::max<qint64>(m, 0));
    std::vector<int> all{first};
    if (zones > 1) {
        const std::vector<int> rest = evenly(pods - first, zones - 1);
        all.insert(all.end(), rest.begin(), rest.end());
    }
    return all;
}

void distribute(ZoneLoss &loss, const Limits &limits)
{
    const int zones = loss.zones;
    loss.placed = loss.replicas;
    if (loss.antiAffinity)
        loss.placed = std::min(loss.replicas, zones);
    else if (limits.capped)
        loss.placed = int(std::min<qint64>(loss.replicas, qint64(zones) * limits.skew));
    const int skew = loss.antiAffinity ? 1 : limits.skew;
    loss.best = evenly(loss.placed, zones);
    loss.worst = crowded(loss.placed, zones, skew);
    if (limits.capped && !loss.antiAffinity && loss.worst.front() > skew) {
        // Every zone is full up to the skew before another may take more.
        loss.worst = loss.best;
    }
    loss.leftBest = loss.placed - std::ranges::max(loss.best);
    loss.leftWorst = loss.placed - std::ranges::max(loss.worst);
}

// While the lost zone's nodes exist it counts as the emptiest one: no other zone may hold more than the skew.
int waiting(const ZoneLoss &loss, const Limits &limits)
{
    const int lost = loss.placed - loss.leftBest;
    if (loss.antiAffinity)
        return lost;
    if (limits.skew <= 0 || limits.honorsTaints)
        return 0;
    int room = 0;
    for (size_t i = 1; i < loss.best.size(); ++i)
        room += std::max(0, limits.skew - loss.best[i]);
    return std::max(0, lost - room);
}

} // namespace

ZoneLoss simulateZoneLoss(const Workload &w, int replicas, int zones, const std::vector<NodeGroup> &groups)
{
    ZoneLoss loss;
    loss.replicas = std::clamp(replicas, 0, mostReplicas);
    loss.zones = std::clamp(zones, 1, mostZones);
    loss.pinnedZones = zonesOf(w.podSpec, loss.zones, groups);
    if (loss.pinnedZones > 0)
        loss.zones = std::min(loss.zones, loss.pinnedZones);

    Limits limits;
    const QMap<QString, QString> labels = w.podLabels();
    for (const Yaml constraint : w.podSpec["topologySpreadConstraints"].items())
        readConstraint(constraint, labels, loss, limits);
    const Yaml anti = w.podSpec["affinity"]["podAntiAffinity"];
    readAntiAffinity(anti["requiredDuringSchedulingIgnoredDuringExecution"], w, loss);
    readPreferredAntiAffinity(anti["preferredDuringSchedulingIgnoredDuringExecution"], w, loss);
    readAffinity(w.podSpec["affinity"]["podAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"], w, loss);
    loss.selectorMatches = loss.selectorMatches || loss.hardConstraint || loss.softConstraint;
    loss.hostnameOnly = loss.hostnameOnly && !loss.hardConstraint && !loss.softConstraint && loss.selectorMatches;
    distribute(loss, limits);
    loss.pending = waiting(loss, limits);
    return loss;
}

} // namespace tenken
