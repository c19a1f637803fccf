// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/canary.h>
#include <analysis/meshroutes.h>

#include <algorithm>

namespace tenken {

namespace {

const KubeObject *serviceAt(const Manifests &manifests, const QString &host, const QString &nameSpace)
{
    for (const KubeObject *s : manifests.ofKind(QStringLiteral("Service"))) {
        if (s->group().isEmpty() && qualifiedHost(s->name, namespaceOf(*s)) == qualifiedHost(host, nameSpace))
            return s;
    }
    return nullptr;
}

bool selectsAll(const QMap<QString, QString> &labels, const QMap<QString, QString> &pod)
{
    return std::ranges::all_of(labels.asKeyValueRange(), [&](const auto &pair) { return pod.value(pair.first, QString()) == pair.second && pod.contains(pair.first); });
}

} // namespace

CanaryVersion versionOf(const Manifests &manifests, const QString &host, const QString &nameSpace, Yaml subset)
{
    CanaryVersion v;
    v.name = host.section(u'.', 0, 0);
    const KubeObject *service = serviceAt(manifests, host, nameSpace);
    if (service) {
        for (const auto &[key, value] : service->node["spec"]["selector"].entries())
            v.labels.insert(key.string(), value.string());
    }
    for (const auto &[key, value] : subset["labels"].entries())
        v.labels.insert(key.string(), value.string());
    if (subset)
        v.name += u'/' + subset["name"].string();
    v.known = !v.labels.isEmpty();
    const QString own = service ? namespaceOf(*service) : nameSpace;
    for (const Workload &w : manifests.workloads) {
        if (v.known && w.isLongRunning() && namespaceOf(w.object) == (own.isEmpty() ? QStringLiteral("default") : own) && selectsAll(v.labels, w.podLabels()))
            v.workloads.push_back(&w);
    }
    return v;
}

Distinct distinct(const CanaryVersion &a, const CanaryVersion &b)
{
    if (!a.known || !b.known)
        return Distinct::Unknown;
    if (a.labels == b.labels)
        return Distinct::SamePods;
    const bool both = std::ranges::any_of(a.workloads, [&](const Workload *w) { return std::ranges::contains(b.workloads, w); });
    if (both)
        return Distinct::SamePods;
    for (const auto &[key, value] : a.labels.asKeyValueRange()) {
        if (b.labels.contains(key) && b.labels.value(key) != value)
            return Distinct::Yes;
    }
    return !a.workloads.empty() && !b.workloads.empty() ? Distinct::Yes : Distinct::Unknown;
}

namespace {

bool namesAction(Yaml backend, const QString &name)
{
    const Yaml service = backend["service"];
    const bool v1 = service["name"].string() == name && service["port"]["name"].text() == "use-annotation";
    return v1 || (backend["serviceName"].string() == name && backend["servicePort"].text() == "use-annotation");
}

bool isUsed(const KubeObject &ingress, const QString &name)
{
    const Yaml spec = ingress.node["spec"];
    if (namesAction(spec["defaultBackend"], name) || namesAction(spec["backend"], name))
        return true;
    for (const Yaml rule : spec["rules"].items()) {
        for (const Yaml path : rule["http"]["paths"].items()) {
            if (namesAction(path["backend"], name))
                return true;
        }
    }
    return false;
}

} // namespace

std::vector<AlbAction> albActions(const Manifests &manifests)
{
    std::vector<AlbAction> actions;
    const QString prefix = QStringLiteral("alb.ingress.kubernetes.io/actions.");
    for (const KubeObject *ingress : manifests.ofKind(QStringLiteral("Ingress"))) {
        for (const auto &[key, value] : ingress->node["metadata"]["annotations"].entries()) {
            if (!key.string().startsWith(prefix))
                continue;
            AlbAction action;
            action.ingress = ingress;
            action.name = key.string().sliced(prefix.size());
            action.node = value;
            action.used = isUsed(*ingress, action.name);
            const auto inner = YamlFile::parse(value.string().toUtf8(), ingress->file); // JSON is YAML
            action.readable = inner->errors().empty() && inner->documents().size() == 1 && inner->documents().front().isMap();
            if (action.readable) {
                for (const Yaml group : inner->documents().front()["forwardConfig"]["targetGroups"].items())
                    action.groups.emplace_back(group["serviceName"].stringOr(group["targetGroupARN"].string()), group["weight"].integer().value_or(1));
            }
            if (!action.readable || !action.groups.empty())
                actions.push_back(std::move(action));
        }
    }
    return actions;
}

} // namespace tenken
