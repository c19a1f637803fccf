// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/servicereader.h>

#include <QFileInfo>
#include <QRegularExpression>

namespace tenken {

namespace {

QStringList names(std::initializer_list<const char *> words)
{
    QStringList list;
    for (const char *word : words)
        list.append(QString::fromLatin1(word));
    return list;
}

/// "a.b" and an example, for keys with plain names.
Field field(Yaml parent, const char *key, const char *path, const char *example)
{
    return {parent[key], QString::fromLatin1(path), QString::fromUtf8(example)};
}

} // namespace

void readPlatform(ServiceFields &fields, Yaml node, Service &service)
{
    if (!fields.map({node, QStringLiteral("platform"), QStringLiteral("platform: {kubernetes: \"1.31\"}")},
                    names({"kubernetes", "istio", "mesh", "mesh-config", "zones", "nodes", "node-group", "daemonsets", "sidecar"})))
        return;
    service.kubernetesVersion = fields.version(field(node, "kubernetes", "platform.kubernetes", "kubernetes: \"1.31\""));
    service.istioVersion = fields.version(field(node, "istio", "platform.istio", "istio: \"1.22\""));
    service.zones = fields.whole(field(node, "zones", "platform.zones", "zones: 3"), 1);

    readNodes(fields, node, service);
    const Yaml mesh = node["mesh"];
    if (mesh.text() == "none" || mesh.text() == "istio")
        service.mesh = {mesh.text() == "istio", mesh.span()};
    else if (!ServiceFields::isUnset(mesh))
        fields.wrong(field(node, "mesh", "platform.mesh", "mesh: none"), {" istio か none ", "istio or none"});
    else if (service.istioVersion)
        service.mesh = {true, service.istioVersion.span};
    const Yaml meshConfig = node["mesh-config"];
    if (meshConfig.text() == "default")
        service.meshDefaults = {true, meshConfig.span()};
    else if (!ServiceFields::isUnset(meshConfig))
        fields.wrong(field(node, "mesh-config", "platform.mesh-config", "mesh-config: default"), {" default ", "default"});
    // Both cannot be true, and believing `none` would take items off the list.
    if (service.mesh && !*service.mesh && !ServiceFields::isUnset(node["istio"])) {
        fields.report(mesh, {"`mesh: none` と `istio` の版が両方あります", "`mesh: none` stands beside a version of Istio"},
                      {"どちらかを消してください", "remove one of them"});
        service.mesh = {};
    }
}

namespace {

std::optional<LoadTestSource> readLoadTestSource(ServiceFields &fields, Yaml node)
{
    LoadTestSource test;
    test.span = node.span();
    const Field files{node["files"], QStringLiteral("evidence.loadtests[].files"), QStringLiteral("files: [a.log, b.log]")};
    if (node.isScalar()) {
        test.files = {node.string()};
    } else if (fields.map({node, QStringLiteral("evidence.loadtests[]"), QStringLiteral("- {id: step-1pod, file: step.log, pods: 1}")},
                          names({"id", "file", "files", "pods", "purpose", "offered", "environment", "during", "image"}))) {
        const QString file = fields.text(field(node, "file", "evidence.loadtests[].file", "file: loadtest/step.log"));
        test.files = fields.texts(files);
        if (!file.isEmpty())
            test.files.prepend(file);
        if (test.files.isEmpty()) {
            fields.report(node, {"負荷試験に `file` がありません", "a load test has no `file`"},
                          {"結果のファイルを `file: loadtest/step.log` のように書いてください",
                           "name its result, as in `file: loadtest/step.log`"});
            return {};
        }
        test.id = fields.text(field(node, "id", "evidence.loadtests[].id", "id: step-1pod"));
        test.pods = fields.whole(field(node, "pods", "evidence.loadtests[].pods", "pods: 1"), 1);
        test.purpose = fields.text(field(node, "purpose", "evidence.loadtests[].purpose", "purpose: knee"));
        test.offeredRps = fields.positive(field(node, "offered", "evidence.loadtests[].offered", "offered: 120"));
        test.environment = fields.text(field(node, "environment", "evidence.loadtests[].environment", "environment: staging"));
        test.during = fields.text(field(node, "during", "evidence.loadtests[].during", "during: roll-out"));
        test.image = fields.text(field(node, "image", "evidence.loadtests[].image", "image: registry/app:1.2"));
    } else {
        return {};
    }
    if (test.id.isEmpty())
        test.id = QFileInfo(test.files.first()).completeBaseName();
    // A purpose that is not known is kept: the test then serves none, rather than any.
    const QStringList purposes = names({"knee", "scaling", "peak", "rollout", "dependency"});
    if (!test.purpose.isEmpty() && !purposes.contains(test.purpose)) {
        const std::optional<QString> near = didYouMean(test.purpose, purposes);
        fields.report(node["purpose"], Text{"知らない目的「%1」です", "unknown purpose “%1”"}.arg(test.purpose),
                      near ? Text{"「%1」のことですか", "did you mean “%1”?"}.arg(*near)
                           : Text{"使えるもの: %1", "one of: %1"}.arg(purposes.join(QStringLiteral(", "))));
    }
    return test;
}

std::optional<DocumentSource> readDocumentSource(ServiceFields &fields, Yaml node)
{
    const QString example = QStringLiteral("- {role: oncall, file: docs/oncall.md}");
    if (!fields.map({node, QStringLiteral("evidence.documents[]"), example}, names({"role", "file", "url"})))
        return {};
    const DocumentSource document{fields.text(field(node, "role", "evidence.documents[].role", "role: oncall")),
                                  fields.text(field(node, "file", "evidence.documents[].file", "file: docs/oncall.md")),
                                  fields.text(field(node, "url", "evidence.documents[].url", "url: https://wiki.example/oncall")),
                                  node.span()};
    if (!document.role.isEmpty() && !(document.file.isEmpty() && document.url.isEmpty()))
        return document;
    fields.report(node, {"文書には `role` と、`file` か `url` が要ります", "a document has a `role`, and a `file` or a `url`"},
                  Text{"例: `%1`", "for example `%1`"}.arg(example));
    return {};
}

} // namespace

namespace {

void readRoots(ServiceFields &fields, Yaml node, Service &service)
{
    const QString example = QStringLiteral("- {name: app, path: ../id-auth-app}");
    static const QRegularExpression form(QStringLiteral("^[a-z0-9][a-z0-9-]{0,39}$"));
    static const QStringList taken = names({"kustomize", "helm", "http", "https", "file"});
    QStringList known;
    for (const Yaml item : fields.list({node, QStringLiteral("evidence.roots"), example})) {
        if (!fields.map({item, QStringLiteral("evidence.roots[]"), example}, names({"name", "path"})))
            continue;
        const DeclaredRoot root{fields.text(field(item, "name", "evidence.roots[].name", "name: app")),
                                fields.text(field(item, "path", "evidence.roots[].path", "path: ../id-auth-app")), item.span()};
        if (!form.match(root.name).hasMatch() || taken.contains(root.name) || root.path.isEmpty() || known.contains(root.name)) {
            fields.report(item, {"ルートには、英小文字・数字・ハイフンの `name`(重複なし)と `path` が要ります",
                                 "a root has a `name` of its own in lower case letters, digits and hyphens, and a `path`"},
                          Text{"例: `%1`", "for example `%1`"}.arg(example));
            continue;
        }
        known.append(root.name);
        service.roots.push_back(root);
    }
}

/// A manifest is a path, or a map that says what renders it.
void readManifestEntry(ServiceFields &fields, Yaml item, Service &service)
{
    const QString example = QStringLiteral("manifests: [deploy/, {kustomize: deploy/overlays/production}]");
    const Field whole{item, QStringLiteral("evidence.manifests[]"), example};
    if (item.isScalar() && !item.text().empty()) {
        service.manifestPatterns.append(item.string().trimmed());
        return;
    }
    const bool helm = item["helm"].exists();
    if (!item.isMap() || helm == item["kustomize"].exists()) {
        fields.wrong(whole, {"パスか、`kustomize` か `helm` の1つ", "a path, or one of `kustomize` and `helm`"});
        return;
    }
    (void)fields.map(whole, helm ? names({"helm", "values", "release", "namespace", "rendered"}) : names({"kustomize", "rendered"}));
    RenderSource source;
    source.kind = helm ? RenderSource::Kind::Helm : RenderSource::Kind::Kustomize;
    source.path = helm ? fields.text(field(item, "helm", "evidence.manifests[].helm", "helm: chart/"))
                       : fields.text(field(item, "kustomize", "evidence.manifests[].kustomize", "kustomize: deploy/overlays/production"));
    while (source.path.size() > 1 && source.path.endsWith(u'/'))
        source.path.chop(1);
    source.values = fields.texts(field(item, "values", "evidence.manifests[].values", "values: [values-production.yaml]"));
    source.release = fields.text(field(item, "release", "evidence.manifests[].release", "release: id-auth"));
    source.nameSpace = fields.text(field(item, "namespace", "evidence.manifests[].namespace", "namespace: identity"));
    source.rendered = fields.text(field(item, "rendered", "evidence.manifests[].rendered", "rendered: build/production.yaml"));
    source.span = item.span();
    static const QRegularExpression word(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._-]{0,52}$")); // never taken for an option
    for (const QString &given : {source.release, source.nameSpace}) {
        if (!given.isEmpty() && !word.match(given).hasMatch())
            return fields.wrong(whole, {"英数字とハイフンの名前", "a name of letters, digits and hyphens"});
    }
    if (!source.path.isEmpty())
        service.renders.push_back(source);
}

} // namespace

void readSources(ServiceFields &fields, Yaml node, Service &service)
{
    if (!fields.map({node, QStringLiteral("evidence"), QStringLiteral("evidence: {manifests: [deploy/]}")},
                    names({"roots", "manifests", "pipelines", "infrastructure", "loadtests", "datadog", "prometheus", "documents"})))
        return;
    readRoots(fields, node["roots"], service);
    const Field manifests = field(node, "manifests", "evidence.manifests", "manifests: [deploy/]");
    for (const Yaml item : manifests.node.isScalar() ? std::vector{manifests.node} : fields.list(manifests)) {
        if (!ServiceFields::isUnset(item) || !manifests.node.isScalar())
            readManifestEntry(fields, item, service);
    }
    service.pipelinePatterns = fields.texts(field(node, "pipelines", "evidence.pipelines", "pipelines: [.github/workflows/]"));
    service.infrastructurePatterns =
        fields.texts(field(node, "infrastructure", "evidence.infrastructure", "infrastructure: [cfn/]"));
    service.datadogFolder = fields.text(field(node, "datadog", "evidence.datadog", "datadog: readiness/datadog"));
    readPrometheusSource(fields, node["prometheus"], service);
    QStringList ids;
    for (const Yaml item : fields.list(field(node, "loadtests", "evidence.loadtests", "loadtests: [{id: a, file: a.log, pods: 1}]"))) {
        if (const std::optional<LoadTestSource> test = readLoadTestSource(fields, item)) {
            fields.repeated(item, test->id, ids);
            service.loadTests.push_back(*test);
        }
    }
    for (const Yaml item : fields.list(field(node, "documents", "evidence.documents", "documents: [{role: oncall, file: a.md}]"))) {
        if (const std::optional<DocumentSource> document = readDocumentSource(fields, item))
            service.documents.push_back(*document);
    }
}

void readCapacity(ServiceFields &fields, Yaml node, Service &service)
{
    if (!fields.map({node, QStringLiteral("capacity"), QStringLiteral("capacity: {per-pod: 140, events: []}")},
                    names({"per-pod", "events"})))
        return;
    service.perPodRps = fields.positive(field(node, "per-pod", "capacity.per-pod", "per-pod: 140"));
    const QString example = QStringLiteral("- {id: new-year, peak: 8000}");
    QStringList ids;
    for (const Yaml item : fields.list({node["events"], QStringLiteral("capacity.events"), example})) {
        if (!fields.map({item, QStringLiteral("capacity.events[]"), example}, names({"id", "name", "peak", "scheduled-replicas"})))
            continue;
        CapacityEvent event;
        event.span = item.span();
        event.id = fields.text(field(item, "id", "capacity.events[].id", "id: new-year"));
        event.name = fields.name(field(item, "name", "capacity.events[].name", "name: {ja: 正月, en: New Year}"));
        event.scheduledReplicas = fields.whole(field(item, "scheduled-replicas", "capacity.events[].scheduled-replicas",
                                                     "scheduled-replicas: 60"), 0);
        const Declared<double> peak = fields.positive(field(item, "peak", "capacity.events[].peak", "peak: 8000"));
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
                    names({"latency", "error-rate"})))
        return;
    service.errorRateTarget = fields.share(field(node, "error-rate", "targets.error-rate", "error-rate: \"0.1 %\""));
    const Yaml latency = node["latency"];
    if (!fields.map(field(node, "latency", "targets.latency", "latency: {percentile: p99, milliseconds: 200}"),
                    names({"percentile", "milliseconds"})))
        return;
    service.latencyPercentile = fields.percentile(field(latency, "percentile", "targets.latency.percentile", "percentile: p99"));
    service.latencyTargetMs = fields.positive(field(latency, "milliseconds", "targets.latency.milliseconds", "milliseconds: 200"));
}

void readTiming(ServiceFields &fields, Yaml node, Service &service)
{
    if (!fields.map({node, QStringLiteral("timing"), QStringLiteral("timing: {drain-seconds: 23}")},
                    names({"start-seconds", "sigterm-seconds", "drain-seconds", "prestop-seconds", "endpoint-seconds"})))
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
        } else if (fields.map({item, QStringLiteral("dependencies[]"), example}, names({"id", "kind", "host", "required", "client", "instances",
                                                                                 "max-connections", "pool-size"}))) {
            dependency.id = fields.text(field(item, "id", "dependencies[].id", "id: users-db"));
            dependency.kind = fields.text(field(item, "kind", "dependencies[].kind", "kind: mysql"));
            dependency.host = fields.text(field(item, "host", "dependencies[].host", "host: users-db.internal"));
            dependency.required = fields.boolean(field(item, "required", "dependencies[].required", "required: true"))
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
        if (!fields.map({item, QStringLiteral("overrides[]"), example}, names({"item", "parameter", "value", "reason"})))
            continue;
        ParameterOverride change;
        change.item = fields.text(field(item, "item", "overrides[].item", "item: performance.event-capacity"));
        change.parameter = fields.text(field(item, "parameter", "overrides[].parameter", "parameter: headroom"));
        change.reason = fields.text(field(item, "reason", "overrides[].reason", "reason: 3 years of forecasts"));
        change.span = item.span();
        const Yaml value = item["value"];
        const Declared<double> number = value.boolean()
            ? Declared<double>{*value.boolean() ? 1.0 : 0.0, value.span()}
            : fields.number(field(item, "value", "overrides[].value", "value: 0.2"), -std::numeric_limits<double>::max(), true);
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
