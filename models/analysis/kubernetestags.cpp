// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/coverageparts.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

QString keyOf(const QString &kind)
{
    if (kind == u"Deployment" || kind == u"Rollout")
        return u"kube_deployment"_s;
    return kind == u"StatefulSet" ? u"kube_stateful_set"_s : QString();
}

struct Workloads {
    std::vector<const Workload *> own, nearby;
};

bool isOurs(const QString &name, const Service &service)
{
    return !name.isEmpty() && (name == service.id || service.aliases.contains(name));
}

Workloads workloadsOf(const Manifests &manifests, const Service &service)
{
    Workloads found;
    for (const Workload &w : manifests.workloads) {
        if (keyOf(w.object.kind).isEmpty() || w.object.nameSpace == u"kube-system")
            continue;
        const Yaml labels = w.object.node["metadata"]["labels"];
        const QStringList names{w.object.name, labels["app.kubernetes.io/name"].string(),
                                labels["app"].string(), labels["tags.datadoghq.com/service"].string(),
                                labels["app.kubernetes.io/part-of"].string()};
        const bool ours =
            std::ranges::any_of(names, [&](const QString &name) { return isOurs(name, service); });
        (ours ? found.own : found.nearby).push_back(&w);
    }
    // The only one there is the service's, whatever it is called.
    if (found.own.empty() && found.nearby.size() == 1)
        std::swap(found.own, found.nearby);
    return found;
}

/// What its traces and metrics are tagged with: the labels of unified service tagging, or DD_SERVICE.
QStringList unifiedNames(const Workload &w)
{
    constexpr const char *label = "tags.datadoghq.com/service";
    QStringList names{w.object.node["metadata"]["labels"][label].string(),
                      w.podLabels().value(QLatin1StringView(label))};
    for (const Container &c : w.appContainers()) {
        for (const Yaml variable : c.node["env"].items()) {
            if (variable["name"].text() == "DD_SERVICE")
                names << variable["value"].string();
        }
    }
    names.removeIf([](const QString &name) { return name.isEmpty() || name.contains(u'$'); });
    return names;
}

QStringList tagsOf(const std::vector<const Workload *> &workloads, const Manifests &manifests)
{
    QStringList tags;
    for (const Workload *w : workloads) {
        tags << keyOf(w->object.kind) + u':' + w->object.name << u"app:"_s + w->object.name
             << u"destination_workload:"_s + w->object.name;
        for (const KubeObject *object : manifests.servicesOf(*w))
            tags << u"kube_service:"_s + object->name << u"destination_service_name:"_s + object->name;
        for (const QString &name : unifiedNames(*w))
            tags << u"service:"_s + name;
    }
    tags.removeDuplicates();
    return tags;
}

} // namespace

QStringList kubernetesTags(const Manifests &manifests, const Service &service)
{
    return tagsOf(workloadsOf(manifests, service).own, manifests);
}

QStringList scrapedTags(const Manifests &manifests, const Service &service)
{
    QStringList tags;
    for (const Workload *w : workloadsOf(manifests, service).own) {
        for (const KubeObject *object : manifests.servicesOf(*w))
            tags << u"service:"_s + object->name.toLower();
    }
    return tags;
}

QStringList nearbyTags(const Manifests &manifests, const Service &service)
{
    const Workloads found = workloadsOf(manifests, service);
    QStringList tags = tagsOf(found.nearby, manifests);
    const QStringList own = tagsOf(found.own, manifests);
    tags.removeIf([&](const QString &tag) { return own.contains(tag); });
    return tags;
}

QStringList namespaceTags(const Manifests &manifests, const Service &service)
{
    QStringList tags;
    for (const Workload *w : workloadsOf(manifests, service).own) {
        if (w->object.nameSpace.isEmpty() || w->object.nameSpace == u"default")
            return {}; // where it runs is told elsewhere
        tags << u"kube_namespace:"_s + w->object.nameSpace.toLower();
    }
    tags.removeDuplicates();
    return tags;
}

} // namespace tenken
