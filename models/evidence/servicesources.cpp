// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/servicereader.h>

#include <QFileInfo>
#include <QRegularExpression>

namespace tenken {

namespace {

/// A list of rates, or what `tenken loadtest --steps` takes.
GivenSteps readSteps(ServiceFields &fields, Yaml node)
{
    if (!node)
        return {};
    auto steps = parseGivenSteps(node.isSequence() ? node.strings().join(u',') : node.string());
    if (steps)
        return std::move(*steps);
    fields.report(node, steps.error().message, steps.error().hint);
    return {};
}

std::optional<LoadTestSource> readLoadTestSource(ServiceFields &fields, Yaml node)
{
    LoadTestSource test;
    test.span = node.span();
    const Field files{node["files"], QStringLiteral("evidence.loadtests[].files"), QStringLiteral("files: [a.log, b.log]")};
    if (node.isScalar()) {
        test.files = {node.string()};
    } else if (fields.map({node, QStringLiteral("evidence.loadtests[]"), QStringLiteral("- {id: step-1pod, file: step.log, pods: 1}")},
                          keyNames({"id", "file", "files", "pods", "purpose", "offered", "steps", "environment", "during", "image"}))) {
        const QString file = fields.text(fieldIn(node, "file", "evidence.loadtests[].file", "file: loadtest/step.log"));
        test.files = fields.texts(files);
        if (!file.isEmpty())
            test.files.prepend(file);
        if (test.files.isEmpty()) {
            fields.report(node, {"負荷試験に `file` がありません", "a load test has no `file`"},
                          {"結果のファイルを `file: loadtest/step.log` のように書いてください",
                           "name its result, as in `file: loadtest/step.log`"});
            return {};
        }
        test.id = fields.text(fieldIn(node, "id", "evidence.loadtests[].id", "id: step-1pod"));
        test.pods = fields.whole(fieldIn(node, "pods", "evidence.loadtests[].pods", "pods: 1"), 1);
        test.purpose = fields.text(fieldIn(node, "purpose", "evidence.loadtests[].purpose", "purpose: knee"));
        test.offeredRps = fields.positive(fieldIn(node, "offered", "evidence.loadtests[].offered", "offered: 120"));
        test.steps = readSteps(fields, node["steps"]);
        test.environment = fields.text(fieldIn(node, "environment", "evidence.loadtests[].environment", "environment: staging"));
        test.during = fields.text(fieldIn(node, "during", "evidence.loadtests[].during", "during: roll-out"));
        test.image = fields.text(fieldIn(node, "image", "evidence.loadtests[].image", "image: registry/app:1.2"));
    } else {
        return {};
    }
    if (test.id.isEmpty())
        test.id = QFileInfo(test.files.first()).completeBaseName();
    // A purpose that is not known is kept: the test then serves none, rather than any.
    const QStringList purposes = keyNames({"knee", "scaling", "peak", "rollout", "dependency"});
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
    if (!fields.map({node, QStringLiteral("evidence.documents[]"), example}, keyNames({"role", "file", "url"})))
        return {};
    const DocumentSource document{fields.text(fieldIn(node, "role", "evidence.documents[].role", "role: oncall")),
                                  fields.text(fieldIn(node, "file", "evidence.documents[].file", "file: docs/oncall.md")),
                                  fields.text(fieldIn(node, "url", "evidence.documents[].url", "url: https://wiki.example/oncall")),
                                  node.span()};
    if (!document.role.isEmpty() && !(document.file.isEmpty() && document.url.isEmpty()))
        return document;
    fields.report(node, {"文書には `role` と、`file` か `url` が要ります", "a document has a `role`, and a `file` or a `url`"},
                  Text{"例: `%1`", "for example `%1`"}.arg(example));
    return {};
}

void readRoots(ServiceFields &fields, Yaml node, Service &service)
{
    const QString example = QStringLiteral("- {name: app, path: ../id-auth-app}");
    static const QRegularExpression form(QStringLiteral("^[a-z0-9][a-z0-9-]{0,39}$"));
    static const QStringList taken = keyNames({"kustomize", "helm", "http", "https", "file"});
    QStringList known;
    for (const Yaml item : fields.list({node, QStringLiteral("evidence.roots"), example})) {
        if (!fields.map({item, QStringLiteral("evidence.roots[]"), example}, keyNames({"name", "path"})))
            continue;
        const DeclaredRoot root{fields.text(fieldIn(item, "name", "evidence.roots[].name", "name: app")),
                                fields.text(fieldIn(item, "path", "evidence.roots[].path", "path: ../id-auth-app")), item.span()};
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
    (void)fields.map(whole, helm ? keyNames({"helm", "values", "release", "namespace", "rendered"}) : keyNames({"kustomize", "rendered"}));
    RenderSource source;
    source.kind = helm ? RenderSource::Kind::Helm : RenderSource::Kind::Kustomize;
    source.path = helm ? fields.text(fieldIn(item, "helm", "evidence.manifests[].helm", "helm: chart/"))
                       : fields.text(fieldIn(item, "kustomize", "evidence.manifests[].kustomize", "kustomize: deploy/overlays/production"));
    while (source.path.size() > 1 && source.path.endsWith(u'/'))
        source.path.chop(1);
    source.values = fields.texts(fieldIn(item, "values", "evidence.manifests[].values", "values: [values-production.yaml]"));
    source.release = fields.text(fieldIn(item, "release", "evidence.manifests[].release", "release: id-auth"));
    source.nameSpace = fields.text(fieldIn(item, "namespace", "evidence.manifests[].namespace", "namespace: identity"));
    source.rendered = fields.text(fieldIn(item, "rendered", "evidence.manifests[].rendered", "rendered: build/production.yaml"));
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
                    keyNames({"roots", "manifests", "pipelines", "infrastructure", "loadtests", "datadog", "prometheus", "documents"})))
        return;
    readRoots(fields, node["roots"], service);
    const Field manifests = fieldIn(node, "manifests", "evidence.manifests", "manifests: [deploy/]");
    for (const Yaml item : manifests.node.isScalar() ? std::vector{manifests.node} : fields.list(manifests)) {
        if (!ServiceFields::isUnset(item) || !manifests.node.isScalar())
            readManifestEntry(fields, item, service);
    }
    service.pipelinePatterns = fields.texts(fieldIn(node, "pipelines", "evidence.pipelines", "pipelines: [.github/workflows/]"));
    service.infrastructurePatterns =
        fields.texts(fieldIn(node, "infrastructure", "evidence.infrastructure", "infrastructure: [cfn/]"));
    service.datadogFolder = fields.text(fieldIn(node, "datadog", "evidence.datadog", "datadog: readiness/datadog"));
    readPrometheusSource(fields, node["prometheus"], service);
    QStringList ids;
    for (const Yaml item : fields.list(fieldIn(node, "loadtests", "evidence.loadtests", "loadtests: [{id: a, file: a.log, pods: 1}]"))) {
        if (const std::optional<LoadTestSource> test = readLoadTestSource(fields, item)) {
            fields.repeated(item, test->id, ids);
            service.loadTests.push_back(*test);
        }
    }
    for (const Yaml item : fields.list(fieldIn(node, "documents", "evidence.documents", "documents: [{role: oncall, file: a.md}]"))) {
        if (const std::optional<DocumentSource> document = readDocumentSource(fields, item))
            service.documents.push_back(*document);
    }
}

} // namespace tenken
