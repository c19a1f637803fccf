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

} // namespace

QStringList kubernetesTags(const Manifests &manifests, const Service &service)
{
    std::vector<const Workload *> serving, called;
    for (const Workload &w : manifests.workloads) {
        if (keyOf(w.object.kind).isEmpty() || w.object.nameSpace == u"kube-system")
            continue;
        serving.push_back(&w);
        const Yaml labels = w.object.node["metadata"]["labels"];
        const QStringList names{w.object.name, labels["app.kubernetes.io/name"].string(), labels["app"].string()};
        const auto isOurs = [&](const QString &name) {
            return !name.isEmpty() && (name == service.id || service.aliases.contains(name));
        };
        if (std::ranges::any_of(names, isOurs))
            called.push_back(&w);
    }
    // The only one there is the service's, whatever it is called.
    if (called.empty() && serving.size() == 1)
        called = serving;
    QStringList tags;
    for (const Workload *w : called) {
        tags << keyOf(w->object.kind) + u':' + w->object.name << u"app:"_s + w->object.name << u"destination_workload:"_s + w->object.name;
        for (const KubeObject *object : manifests.servicesOf(*w))
            tags << u"service:"_s + object->name << u"destination_service_name:"_s + object->name;
    }
    tags.removeDuplicates();
    return tags;
}

} // namespace tenken
