// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/servicereader.h>

#include <evidence/manifests.h>

namespace tenken {

namespace {

constexpr double mebibyte = 1024.0 * 1024.0;

Field under(Yaml parent, const QString &path, const char *key, const char *example)
{
    return {parent[key], path + u'.' + QLatin1StringView(key), QString::fromUtf8(example)};
}

/// A quantity as Kubernetes writes it ("500m", "4Gi"), divided by `unit`; zero only where `zero` says so.
Declared<double> quantity(ServiceFields &fields, const Field &field, double unit, bool zero)
{
    if (ServiceFields::isUnset(field.node))
        return {};
    const std::optional<double> value = parseQuantity(field.node.text());
    constexpr double most = 1e18; // beyond, a unit was mistaken
    if (value && *value < most && (*value > 0 || (zero && *value == 0)))
        return {*value / unit, field.node.span()};
    fields.wrong(field, {" Kubernetes の量", "a quantity of Kubernetes"});
    return {};
}

Declared<NodeShare> share(ServiceFields &fields, const Field &field, bool counted)
{
    const QStringList keys = counted ? QStringList{QStringLiteral("cpu"), QStringLiteral("memory"), QStringLiteral("pods")}
                                     : QStringList{QStringLiteral("cpu"), QStringLiteral("memory")};
    if (counted && field.node.text() == "none")
        return {NodeShare{}, field.node.span()};
    if (!fields.map(field, keys))
        return {};
    const auto cpu = quantity(fields, under(field.node, field.path, "cpu", "cpu: 100m"), 1, true);
    const auto memory = quantity(fields, under(field.node, field.path, "memory", "memory: 128Mi"), mebibyte, true);
    const auto pods = fields.whole(under(field.node, field.path, "pods", "pods: 4"), 0);
    if (!cpu || !memory || (counted && !pods)) {
        if (ServiceFields::isUnset(field.node["cpu"]) || ServiceFields::isUnset(field.node["memory"])
            || (counted && ServiceFields::isUnset(field.node["pods"])))
            fields.report(field.node, Text{"`%1` には `%2` が要ります", "`%1` has `%2`"}.arg(field.path, keys.join(QStringLiteral("`, `"))),
                          Text{"例: `%1`", "for example `%1`"}.arg(field.example));
        return {};
    }
    return {NodeShare{*cpu, *memory, pods.value.value_or(0)}, field.node.span()};
}

void readTaints(ServiceFields &fields, Yaml node, const QString &path, NodeGroupSource &group)
{
    const QString example = QStringLiteral("taints: [{key: dedicated, value: api, effect: NoSchedule}]");
    const QStringList effects{QStringLiteral("NoSchedule"), QStringLiteral("PreferNoSchedule"), QStringLiteral("NoExecute")};
    for (const Yaml item : fields.list({node, path, example})) {
        if (!fields.map({item, path + QStringLiteral("[]"), example}, {QStringLiteral("key"), QStringLiteral("value"), QStringLiteral("effect")}))
            continue;
        const NodeTaint taint{item["key"].string(), item["value"].string(), item["effect"].string()};
        if (taint.key.isEmpty() || !effects.contains(taint.effect)) {
            fields.report(item, Text{"taint には `key` と、`effect` (%1) が要ります", "a taint has a `key` and an `effect` (%1)"}
                                    .arg(effects.join(QStringLiteral(", "))),
                          Text{"例: `%1`", "for example `%1`"}.arg(example));
        }
        group.taints.push_back(taint); // an odd one is kept: a taint that is left out would let everything in
    }
}

NodeGroupSource readGroup(ServiceFields &fields, Yaml node)
{
    const QString path = QStringLiteral("platform.nodes[]");
    NodeGroupSource group;
    group.span = node.span();
    group.name = fields.text(under(node, path, "name", "name: api"));
    group.types = fields.texts(under(node, path, "instance-types", "instance-types: [m6i.xlarge]"));
    const Field labels = under(node, path, "labels", "labels: {role: api}");
    if (!ServiceFields::isUnset(labels.node) && !labels.node.isMap())
        fields.wrong(labels, {"「キー: 値」の組", "a map of keys and values"});
    for (const auto &[key, value] : labels.node.entries())
        group.labels.insert(key.string(), value.string());
    readTaints(fields, node["taints"], path + QStringLiteral(".taints"), group);
    group.min = fields.whole(under(node, path, "min", "min: 3"), 0);
    group.max = fields.whole(under(node, path, "max", "max: 60"), 1);
    group.zones = fields.texts(under(node, path, "zones", "zones: [ap-northeast-1a, ap-northeast-1c]"));
    group.vcpu = quantity(fields, under(node, path, "vcpu", "vcpu: 4"), 1, false);
    group.memory = quantity(fields, under(node, path, "memory", "memory: 16Gi"), mebibyte, false);
    group.maxPods = fields.whole(under(node, path, "max-pods", "max-pods: 58"), 1);
    const Field architecture = under(node, path, "architecture", "architecture: arm64");
    group.architecture = fields.text(architecture);
    if (!group.architecture.isEmpty() && group.architecture != u"amd64" && group.architecture != u"arm64") {
        fields.wrong(architecture, {" amd64 か arm64 ", "amd64 or arm64"});
        group.architecture.clear();
    }
    return group;
}

} // namespace

void readNodes(ServiceFields &fields, Yaml platform, Service &service)
{
    const QString example = QStringLiteral("- {name: api, instance-types: [m6i.xlarge], labels: {role: api}, max: 60}");
    const QStringList keys{QStringLiteral("name"),     QStringLiteral("instance-types"), QStringLiteral("labels"),
                           QStringLiteral("taints"),   QStringLiteral("min"),            QStringLiteral("max"),
                           QStringLiteral("zones"),    QStringLiteral("vcpu"),           QStringLiteral("memory"),
                           QStringLiteral("max-pods"), QStringLiteral("architecture")};
    QStringList known;
    for (const Yaml item : fields.list({platform["nodes"], QStringLiteral("platform.nodes"), example})) {
        if (!fields.map({item, QStringLiteral("platform.nodes[]"), example}, keys))
            continue;
        NodeGroupSource group = readGroup(fields, item);
        if (group.name.isEmpty() || known.contains(group.name)) {
            fields.report(item, group.name.isEmpty() ? Text{"ノードグループには `name` が要ります", "a node group has a `name`"}
                                                     : Text{"ノードグループ「%1」が2回あります", "the node group “%1” stands twice"}.arg(group.name),
                          Text{"例: `%1`", "for example `%1`"}.arg(example));
        }
        known.append(group.name);
        service.nodeGroups.push_back(std::move(group));
    }
    const Field named{platform["node-group"], QStringLiteral("platform.node-group"), QStringLiteral("node-group: api")};
    if (const QString name = fields.text(named); !name.isEmpty())
        service.nodeGroup = {name, named.node.span()};
    service.daemonSets = share(fields, {platform["daemonsets"], QStringLiteral("platform.daemonsets"),
                                        QStringLiteral("daemonsets: {cpu: 350m, memory: 600Mi, pods: 4}")}, true);
    service.sidecar = share(fields, {platform["sidecar"], QStringLiteral("platform.sidecar"),
                                     QStringLiteral("sidecar: {cpu: 100m, memory: 128Mi}")}, false);
}

void readDependencySize(ServiceFields &fields, Yaml item, Dependency &dependency)
{
    const QString path = QStringLiteral("dependencies[]");
    dependency.maxConnections = fields.whole(under(item, path, "max-connections", "max-connections: 2000"), 1);
    dependency.poolSize = fields.whole(under(item, path, "pool-size", "pool-size: 20"), 1);
    const QString example = QStringLiteral("- {event: new-year, count: 4, type: db.r6g.4xlarge}");
    QStringList events;
    for (const Yaml node : fields.list({item["instances"], path + QStringLiteral(".instances"), example})) {
        if (!fields.map({node, path + QStringLiteral(".instances[]"), example},
                        {QStringLiteral("event"), QStringLiteral("count"), QStringLiteral("type"), QStringLiteral("max-connections")}))
            continue;
        DependencyInstances instances;
        instances.span = node.span();
        const QString inner = path + QStringLiteral(".instances[]");
        instances.event = fields.text(under(node, inner, "event", "event: new-year"));
        instances.count = fields.whole(under(node, inner, "count", "count: 4"), 1).value.value_or(0);
        instances.type = fields.text(under(node, inner, "type", "type: db.r6g.4xlarge"));
        instances.maxConnections = fields.whole(under(node, inner, "max-connections", "max-connections: 4000"), 1);
        if (events.contains(instances.event)) {
            fields.report(node, Text{"イベント「%1」の台数が2回あります", "the event “%1” has its instances twice"}.arg(instances.event),
                          {"どちらかを消してください", "remove one of them"});
        }
        events.append(instances.event);
        dependency.instances.push_back(std::move(instances));
    }
}

} // namespace tenken
