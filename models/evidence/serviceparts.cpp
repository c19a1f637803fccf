// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/servicereader.h>

namespace tenken {

void readPlatform(ServiceFields &fields, Yaml node, Service &service)
{
    if (!fields.map({node, QStringLiteral("platform"), QStringLiteral("platform: {kubernetes: \"1.31\"}")},
                    keyNames({"kubernetes", "istio", "mesh", "mesh-config", "zones", "nodes", "node-group", "daemonsets", "sidecar"})))
        return;
    service.kubernetesVersion = fields.version(fieldIn(node, "kubernetes", "platform.kubernetes", "kubernetes: \"1.31\""));
    service.istioVersion = fields.version(fieldIn(node, "istio", "platform.istio", "istio: \"1.22\""));
    service.zones = fields.whole(fieldIn(node, "zones", "platform.zones", "zones: 3"), 1);

    readNodes(fields, node, service);
    const Yaml mesh = node["mesh"];
    if (mesh.text() == "none" || mesh.text() == "istio")
        service.mesh = {mesh.text() == "istio", mesh.span()};
    else if (!ServiceFields::isUnset(mesh))
        fields.wrong(fieldIn(node, "mesh", "platform.mesh", "mesh: none"), {" istio か none ", "istio or none"});
    else if (service.istioVersion)
        service.mesh = {true, service.istioVersion.span};
    const Yaml meshConfig = node["mesh-config"];
    if (meshConfig.text() == "default")
        service.meshDefaults = {true, meshConfig.span()};
    else if (!ServiceFields::isUnset(meshConfig))
        fields.wrong(fieldIn(node, "mesh-config", "platform.mesh-config", "mesh-config: default"), {" default ", "default"});
    // Both cannot be true, and believing `none` would take items off the list.
    if (service.mesh && !*service.mesh && !ServiceFields::isUnset(node["istio"])) {
        fields.report(mesh, {"`mesh: none` と `istio` の版が両方あります", "`mesh: none` stands beside a version of Istio"},
                      {"どちらかを消してください", "remove one of them"});
        service.mesh = {};
    }
}

void readCapacity(ServiceFields &fields, Yaml node, Service &service)
{
    if (!fields.map({node, QStringLiteral("capacity"), QStringLiteral("capacity: {per-pod: 140, events: []}")},
                    keyNames({"per-pod", "events"})))
        return;
    service.perPodRps = fields.positive(fieldIn(node, "per-pod", "capacity.per-pod", "per-pod: 140"));
    const QString example = QStringLiteral("- {id: new-year, peak: 8000}");
    QStringList ids;
    for (const Yaml item : fields.list({node["events"], QStringLiteral("capacity.events"), example})) {
        if (!fields.map({item, QStringLiteral("capacity.events[]"), example}, keyNames({"id", "name", "peak", "scheduled-replicas"})))
            continue;
        CapacityEvent event;
        event.span = item.span();
        event.id = fields.text(fieldIn(item, "id", "capacity.events[].id", "id: new-year"));
        event.name = fields.name(fieldIn(item, "name", "capacity.events[].name", "name: {ja: 正月, en: New Year}"));
        event.scheduledReplicas = fields.whole(fieldIn(item, "scheduled-replicas", "capacity.events[].scheduled-replicas",
                                                     "scheduled-replicas: 60"), 0);
        const Declared<double> peak = fields.positive(fieldIn(item, "peak", "capacity.events[].peak", "peak: 8000"));
        if (event.id.isEmpty() || !peak) {
            if (event.id.isEmpty() || ServiceFields::isUnset(item["peak"]))
                fields.report(item, {"イベントには `id` と `peak` が要ります", "an event has an `id` and a `peak`"},
                              Text{"例: `%1`", "for example `%1`"}.arg(example));
            continue;
        }
        event.peakRps = *peak;
        if (event.name.isEmpty())
            event.name = sameText(event.id);
        fields.repeated(item, event.id, ids);
        service.events.push_back(event);
    }
}

void readTargets(ServiceFields &fields, Yaml node, Service &service)
{
    if (!fields.map({node, QStringLiteral("targets"), QStringLiteral("targets: {error-rate: \"0.1 %\"}")},
                    keyNames({"latency", "error-rate"})))
        return;
    service.errorRateTarget = fields.share(fieldIn(node, "error-rate", "targets.error-rate", "error-rate: \"0.1 %\""));
    const Yaml latency = node["latency"];
    if (!fields.map(fieldIn(node, "latency", "targets.latency", "latency: {percentile: p99, milliseconds: 200}"),
                    keyNames({"percentile", "milliseconds"})))
        return;
    service.latencyPercentile = fields.percentile(fieldIn(latency, "percentile", "targets.latency.percentile", "percentile: p99"));
    service.latencyTargetMs = fields.positive(fieldIn(latency, "milliseconds", "targets.latency.milliseconds", "milliseconds: 200"));
}

void readTiming(ServiceFields &fields, Yaml node, Service &service)
{
    if (!fields.map({node, QStringLiteral("timing"), QStringLiteral("timing: {drain-seconds: 23}")},
                    keyNames({"start-seconds", "sigterm-seconds", "drain-seconds", "prestop-seconds", "endpoint-seconds"})))
        return;
    const auto seconds = [&](const char *key, const char *example) {
        return fields.seconds({node[key], QStringLiteral("timing.") + QString::fromLatin1(key), QString::fromLatin1(example)});
    };
    service.startSeconds = seconds("start-seconds", "start-seconds: 40");
    service.sigtermSeconds = seconds("sigterm-seconds", "sigterm-seconds: 2");
    service.drainSeconds = seconds("drain-seconds", "drain-seconds: 23");
    service.preStopSeconds = seconds("prestop-seconds", "prestop-seconds: 5");
    service.endpointSeconds = seconds("endpoint-seconds", "endpoint-seconds: 8");
}

void readDependencies(ServiceFields &fields, Yaml node, Service &service)
{
    const QString example = QStringLiteral("- {id: users-db, kind: mysql, host: users-db.internal}");
    if (node.text() == "none") {
        service.dependencies = {std::vector<Dependency>(), node.span()};
        return;
    }
    const std::vector<Yaml> items = fields.list({node, QStringLiteral("dependencies"), example});
    if (!node.isSequence())
        return;
    std::vector<Dependency> dependencies;
    QStringList ids;
    for (const Yaml item : items) {
        Dependency dependency;
        dependency.span = item.span();
        if (item.isScalar()) {
            dependency.id = item.string().trimmed();
        } else if (fields.map({item, QStringLiteral("dependencies[]"), example}, keyNames({"id", "kind", "host", "required", "client", "instances",
                                                                                 "max-connections", "pool-size"}))) {
            dependency.id = fields.text(fieldIn(item, "id", "dependencies[].id", "id: users-db"));
            dependency.kind = fields.text(fieldIn(item, "kind", "dependencies[].kind", "kind: mysql"));
            dependency.host = fields.text(fieldIn(item, "host", "dependencies[].host", "host: users-db.internal"));
            dependency.required = fields.boolean(fieldIn(item, "required", "dependencies[].required", "required: true"))
                                      .value.value_or(true);
            dependency.client = readClient(fields, item["client"], QStringLiteral("dependencies[].client"));
            readDependencySize(fields, item, dependency);
        }
        if (dependency.id.isEmpty()) {
            fields.report(item, {"依存先には `id` が要ります", "a dependency has an `id`"},
                          Text{"例: `%1`", "for example `%1`"}.arg(example));
            dependency.id = dependency.host.isEmpty() ? QStringLiteral("?") : dependency.host; // still one to be judged
        }
        fields.repeated(item, dependency.id, ids);
        dependencies.push_back(dependency);
    }
    service.dependencies = {std::move(dependencies), node.span()};
}

void readOverrides(ServiceFields &fields, Yaml node, Service &service)
{
    const QString example = QStringLiteral("- {item: performance.event-capacity, parameter: headroom, value: 0.2, reason: …}");
    for (const Yaml item : fields.list({node, QStringLiteral("overrides"), example})) {
        if (!fields.map({item, QStringLiteral("overrides[]"), example}, keyNames({"item", "parameter", "value", "reason"})))
            continue;
        ParameterOverride change;
        change.item = fields.text(fieldIn(item, "item", "overrides[].item", "item: performance.event-capacity"));
        change.parameter = fields.text(fieldIn(item, "parameter", "overrides[].parameter", "parameter: headroom"));
        change.reason = fields.text(fieldIn(item, "reason", "overrides[].reason", "reason: 3 years of forecasts"));
        change.span = item.span();
        const Yaml value = item["value"];
        const Declared<double> number = value.boolean()
            ? Declared<double>{*value.boolean() ? 1.0 : 0.0, value.span()}
            : fields.number(fieldIn(item, "value", "overrides[].value", "value: 0.2"), -std::numeric_limits<double>::max(), true);
        if (change.item.isEmpty() || change.parameter.isEmpty() || !number) {
            if (change.item.isEmpty() || change.parameter.isEmpty() || ServiceFields::isUnset(value))
                fields.report(item, {"上書きには `item`、`parameter`、`value` が要ります",
                                     "an override has an `item`, a `parameter` and a `value`"},
                              Text{"例: `%1`", "for example `%1`"}.arg(example));
            continue;
        }
        change.value = *number;
        service.overrides.push_back(change);
    }
}

} // namespace tenken
