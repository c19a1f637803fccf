// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/manifestindex.h>
#include <evidence/trace.h>

#include <algorithm>

namespace tenken {

namespace {

bool hasPair(const QMap<QString, QString> &labels, const std::pair<Yaml, Yaml> &pair)
{
    const auto found = labels.constFind(pair.first.string());
    return found != labels.cend() && *found == pair.second.string();
}

/// An operator that Kubernetes does not know makes the selector invalid: it matches nothing.
bool fits(Yaml term, const QMap<QString, QString> &labels)
{
    const std::string_view op = term["operator"].text();
    const auto label = labels.constFind(term["key"].string());
    const bool exists = label != labels.cend();
    if (term["key"].text().empty())
        return false;
    if (op == "Exists")
        return exists;
    if (op == "DoesNotExist")
        return !exists;
    const QStringList values = term["values"].isSequence() ? term["values"].strings() : QStringList();
    if (values.isEmpty())
        return false;
    if (op == "In")
        return exists && values.contains(*label);
    if (op == "NotIn")
        return !exists || !values.contains(*label);
    return false;
}

bool isMissing(Yaml node) { return !node.exists() || node.isNull(); }

} // namespace

bool LabelSelector::matches(const QMap<QString, QString> &labels) const
{
    const Yaml pairs = node["matchLabels"];
    const Yaml terms = node["matchExpressions"];
    if (!node.isMap() || !(isMissing(pairs) || pairs.isMap()) || !(isMissing(terms) || terms.isSequence()))
        return false;
    return std::ranges::all_of(pairs.entries(), [&](const auto &pair) { return hasPair(labels, pair); })
        && std::ranges::all_of(terms.items(), [&](Yaml term) { return fits(term, labels); });
}

namespace {

bool sameNamespace(const KubeObject &a, const KubeObject &b)
{
    const auto name = [](const KubeObject &object) {
        return object.nameSpace.isEmpty() ? QStringLiteral("default") : object.nameSpace;
    };
    return name(a) == name(b);
}

QString groupOf(const QString &apiVersion)
{
    return apiVersion.contains(u'/') ? apiVersion.section(u'/', 0, 0) : QString();
}

/// Without an apiVersion the autoscaler looks in the core group, and KEDA in apps.
bool targets(const KubeObject &scaler, const Workload &workload)
{
    const bool keda = scaler.kind == u"ScaledObject";
    const Yaml target = scaler.node["spec"]["scaleTargetRef"];
    const QString kind = target["kind"].stringOr(keda ? QStringLiteral("Deployment") : QString());
    const QString apiVersion = target["apiVersion"].stringOr(keda ? QStringLiteral("apps/v1") : QString());
    return kind == workload.object.kind && target["name"].string() == workload.object.name
        && groupOf(apiVersion) == workload.object.group() && sameNamespace(scaler, workload.object);
}

bool budgetSelects(const KubeObject &budget, const QMap<QString, QString> &labels)
{
    const LabelSelector selector{budget.node["spec"]["selector"]};
    const bool everything = selector.node["matchLabels"].size() + selector.node["matchExpressions"].size() == 0;
    // In policy/v1beta1 an empty selector selected no pods; since policy/v1 it selects all.
    return selector.matches(labels) && !(everything && budget.apiVersion == u"policy/v1beta1");
}

bool serviceSelects(const KubeObject &service, const QMap<QString, QString> &labels)
{
    const Yaml selector = service.node["spec"]["selector"];
    return selector.size() > 0 && service.node["spec"]["type"].text() != "ExternalName"
        && std::ranges::all_of(selector.entries(), [&](const auto &pair) { return hasPair(labels, pair); });
}

} // namespace

namespace {

const ManifestIndex *usableIndex(const Manifests &manifests)
{
    const ManifestIndex *index = manifests.index.get();
    return index && index->objects == manifests.objects.size() ? index : nullptr;
}

std::vector<const KubeObject *> objectsAt(const Manifests &manifests, const ManifestIndex::Positions &positions)
{
    std::vector<const KubeObject *> found;
    found.reserve(positions.size());
    for (const size_t position : positions)
        found.push_back(&manifests.objects[position]);
    return found;
}

std::vector<const KubeObject *> allObjects(const Manifests &manifests)
{
    std::vector<const KubeObject *> found;
    for (const KubeObject &object : manifests.objects)
        found.push_back(&object);
    return found;
}

std::vector<const KubeObject *> maySelect(const Manifests &manifests, const QMap<QString, QString> &labels)
{
    const ManifestIndex *index = usableIndex(manifests);
    return index ? objectsAt(manifests, index->maySelect(labels)) : allObjects(manifests);
}

} // namespace

std::vector<const KubeObject *> Manifests::ofKind(const QString &kind) const
{
    if (const ManifestIndex *known = usableIndex(*this)) {
        const auto it = known->kinds.constFind(kind);
        return it == known->kinds.cend() ? std::vector<const KubeObject *>() : objectsAt(*this, *it);
    }
    std::vector<const KubeObject *> found;
    for (const KubeObject &object : objects) {
        if (object.kind == kind)
            found.push_back(&object);
    }
    return found;
}

const KubeObject *Manifests::autoscalerOf(const Workload &w) const
{
    const ManifestIndex *known = usableIndex(*this);
    const auto candidates = known ? objectsAt(*this, known->scalers.value(w.object.name)) : allObjects(*this);
    const auto scaler = [&](QStringView kind, QStringView group) -> const KubeObject * {
        for (const KubeObject *object : candidates) {
            if (object->kind == kind && object->group() == group && targets(*object, w))
                return object;
        }
        return nullptr;
    };
    if (const KubeObject *own = scaler(u"HorizontalPodAutoscaler", u"autoscaling"))
        return own;
    return scaler(u"ScaledObject", u"keda.sh");
}

std::vector<const KubeObject *> Manifests::budgetsOf(const Workload &w) const
{
    std::vector<const KubeObject *> found;
    const QMap<QString, QString> labels = w.podLabels();
    for (const KubeObject *budget : maySelect(*this, labels)) {
        if (budget->kind == u"PodDisruptionBudget" && budget->group() == u"policy" && sameNamespace(*budget, w.object)
            && budgetSelects(*budget, labels))
            found.push_back(budget);
    }
    return found;
}

std::vector<const KubeObject *> Manifests::servicesOf(const Workload &w) const
{
    std::vector<const KubeObject *> found;
    const QMap<QString, QString> labels = w.podLabels();
    for (const KubeObject *service : maySelect(*this, labels)) {
        if (service->kind == u"Service" && service->group().isEmpty() // not the Service of Knative
            && sameNamespace(*service, w.object) && serviceSelects(*service, labels))
            found.push_back(service);
    }
    return found;
}

std::optional<SourcePlace> Manifests::sourceOf(const QString &file, const Span &span) const
{
    const auto trace = traces.value(file);
    return trace ? trace->source(span) : std::nullopt;
}

const YamlFile *Manifests::fileOf(const QString &name) const
{
    if (index) {
        const auto it = index->files.constFind(name);
        return it == index->files.cend() || *it >= files.size() ? nullptr : files[*it].get();
    }
    for (const auto &file : files) {
        if (file->name() == name)
            return file.get();
    }
    return nullptr;
}

} // namespace tenken
