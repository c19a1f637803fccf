// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/folder.h>
#include <evidence/render.h>

#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace tenken;
using namespace tenken::test;

namespace {

const QByteArray base = "apiVersion: apps/v1\n"          // 1
                        "kind: Deployment\n"              // 2
                        "metadata:\n"                     // 3
                        "  name: api\n"                   // 4
                        "spec:\n"                         // 5
                        "  replicas: 1\n"                 // 6
                        "  minReadySeconds: 5\n"          // 7
                        "  template:\n"                   // 8
                        "    spec:\n"                     // 9
                        "      terminationGracePeriodSeconds: 30\n" // 10
                        "      containers:\n"             // 11
                        "      - name: proxy\n"           // 12
                        "        image: proxy:1\n"        // 13
                        "      - name: app\n"             // 14
                        "        image: registry/app:1\n" // 15
                        "        resources:\n"            // 16
                        "          limits:\n"             // 17
                        "            memory: 1Gi\n"       // 18
                        "            cpu: 2\n";           // 19

const QByteArray overlay = "namePrefix: prod-\n"          // 1
                           "namespace: shop\n"            // 2
                           "resources: [../../base]\n"    // 3
                           "components: [../../spread]\n" // 4
                           "images:\n"                    // 5
                           "- name: registry/app\n"       // 6
                           "  newTag: \"7\"\n"            // 7
                           "replicas:\n"                  // 8
                           "- {name: api, count: 6}\n"    // 9
                           "patches:\n"                   // 10
                           "- path: memory.yaml\n"        // 11
                           "- target: {kind: Deployment, name: api}\n" // 12
                           "  patch: |-\n"                // 13
                           "    - op: replace\n"          // 14
                           "      path: /spec/template/spec/terminationGracePeriodSeconds\n" // 15
                           "      value: 60\n";           // 16

void fill(const Folder &f)
{
    f.put(QStringLiteral("base/kustomization.yaml"), "resources: [api.yaml]\n");
    f.put(QStringLiteral("base/api.yaml"), base);
    f.put(QStringLiteral("spread/kustomization.yaml"), "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"
                                                       "patches:\n- path: ready.yaml\n");
    f.put(QStringLiteral("spread/ready.yaml"), "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  minReadySeconds: 20\n");
    f.put(QStringLiteral("overlays/prod/kustomization.yaml"), overlay);
    f.put(QStringLiteral("overlays/prod/memory.yaml"), "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  template:\n"
                                                       "    spec:\n      containers:\n      - name: app\n        resources:\n          limits:\n"
                                                       "            memory: 3Gi\n");
}

Permissions all(const Folder &f)
{
    return withRenderer({}, f.path()).value();
}

RenderSource kustomize(const char *path = "overlays/prod", const char *rendered = "")
{
    RenderSource source;
    source.path = QString::fromLatin1(path);
    source.rendered = QString::fromLatin1(rendered);
    return source;
}

Roots rootsIn(const Folder &f) { return Roots(Root(f.path())); }

bool hasKustomize() { return !QStandardPaths::findExecutable(QStringLiteral("kustomize")).isEmpty(); }

Yaml field(Yaml node, const QByteArray &path)
{
    for (const QByteArray &key : path.split('/')) {
        if (!node.isSequence()) {
            node = node[key.toStdString()];
            continue;
        }
        // By name: a patched container comes first.
        const std::vector<Yaml> items = node.items();
        const auto found = std::ranges::find_if(items, [&](Yaml item) { return item["name"].string() == QString::fromUtf8(key); });
        node = found == items.end() ? Yaml() : *found;
    }
    return node;
}

/// An executable at the front of PATH while the test lasts.
class FakeProgram
{
public:
    FakeProgram(const Folder &f, const QString &name, const QByteArray &script) : m_path(qgetenv("PATH"))
    {
        f.put(QStringLiteral("bin/") + name, "#!/bin/sh\n" + script);
        QFile::setPermissions(f.path(QStringLiteral("bin/") + name), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv("PATH", f.path(QStringLiteral("bin")).toLocal8Bit() + ':' + m_path);
    }
    ~FakeProgram() { qputenv("PATH", m_path); }

private:
    QByteArray m_path;
};

} // namespace

class TestRender : public QObject
{
    Q_OBJECT
private slots:
    void kustomizeIsTracedBack_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("place");
        QTest::newRow("replicas of the kustomization") << QByteArray("spec/replicas") << QByteArray("6") << "overlays/prod/kustomization.yaml:9";
        QTest::newRow("image of the kustomization") << QByteArray("spec/template/spec/containers/app/image") << QByteArray("registry/app:7") << "overlays/prod/kustomization.yaml:7";
        QTest::newRow("image left as it was") << QByteArray("spec/template/spec/containers/proxy/image") << QByteArray("proxy:1") << "base/api.yaml:13";
        QTest::newRow("merged patch") << QByteArray("spec/template/spec/containers/app/resources/limits/memory") << QByteArray("3Gi") << "overlays/prod/memory.yaml:12";
        QTest::newRow("beside the patch") << QByteArray("spec/template/spec/containers/app/resources/limits/cpu") << QByteArray("2") << "base/api.yaml:19";
        QTest::newRow("JSON patch written inside") << QByteArray("spec/template/spec/terminationGracePeriodSeconds") << QByteArray("60") << "overlays/prod/kustomization.yaml:16";
        QTest::newRow("component") << QByteArray("spec/minReadySeconds") << QByteArray("20") << "spread/ready.yaml:5";
        QTest::newRow("name") << QByteArray("metadata/name") << QByteArray("prod-api") << "base/api.yaml:4";
        QTest::newRow("namespace") << QByteArray("metadata/namespace") << QByteArray("shop") << "overlays/prod/kustomization.yaml:2";
        QTest::newRow("container's name") << QByteArray("spec/template/spec/containers/app/name") << QByteArray("app") << "base/api.yaml:14";
        QTest::newRow("kind") << QByteArray("kind") << QByteArray("Deployment") << "base/api.yaml:2";
    }
    void kustomizeIsTracedBack()
    {
        if (!hasKustomize())
            QSKIP("kustomize is not installed");
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        QFETCH(QString, place);
        const Folder f;
        fill(f);
        const Rendered r = render(kustomize(), rootsIn(f), all(f));
        QVERIFY2(r.file && r.problems.empty(), qPrintable(linesOf(r.problems).join(u'\n')));
        QCOMPARE(r.name, QStringLiteral("kustomize:overlays/prod"));
        QCOMPARE(r.inputs.size(), size_t(6));
        QCOMPARE(r.file->documents().size(), size_t(1));
        const Yaml node = ::field(r.file->documents().front(), field);
        QCOMPARE(QByteArray(node.text().data(), qsizetype(node.text().size())), value);
        const auto source = r.trace->source(node.entrySpan());
        QVERIFY(source);
        QCOMPARE(QStringLiteral("%1:%2").arg(source->file).arg(source->span.line), place);
    }

    void throughEvidence()
    {
        if (!hasKustomize())
            QSKIP("kustomize is not installed");
        const Folder f;
        fill(f);
        f.put(QStringLiteral("readiness/service.yaml"), "format: tenken.service/1\nid: api\nevidence:\n  manifests: [{kustomize: overlays/prod}]\n");
        const auto closed = readEvidence(f.path());
        QVERIFY(closed && says(closed->unreadable, QStringLiteral("overlays/prod: the kustomization is not rendered: running it in this folder is not allowed")));
        QVERIFY(closed->manifests->objects.empty());
        const auto e = readEvidence(f.path(), {{}, all(f)});
        QVERIFY(e);
        QVERIFY2(e->unreadable.empty(), qPrintable(linesOf(e->unreadable).join(u'\n')));
        QCOMPARE(e->manifests->workloads.front().object.title(), QStringLiteral("Deployment/shop/prod-api"));
        QCOMPARE(e->renderings.at(0).program, QStringLiteral("kustomize"));
        QVERIFY(e->sourceText(QStringLiteral("kustomize:overlays/prod")).contains("prod-api"));
        QCOMPARE(e->files.size(), size_t(7)); // with service.yaml: what went in, not what came out
    }

    void renderedBySomebodyElse()
    {
        const Folder f;
        fill(f);
        f.put(QStringLiteral("out.yaml"), "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: prod-api\n  namespace: shop\nspec:\n  minReadySeconds: 20\n");
        const Rendered r = render(kustomize("overlays/prod", "out.yaml"), rootsIn(f), {});
        QVERIFY2(r.file && r.problems.empty(), qPrintable(linesOf(r.problems).join(u'\n')));
        QCOMPARE(r.name, QStringLiteral("out.yaml"));
        QVERIFY(r.program.isEmpty());
        const auto source = r.trace->source({7, 3, 7, 20});
        QVERIFY(source);
        QCOMPARE(source->file, QStringLiteral("spread/ready.yaml"));
        const Rendered missing = render(kustomize("overlays/prod", "gone.yaml"), rootsIn(f), {});
        QVERIFY(!missing.file && says(missing.problems, QStringLiteral("gone.yaml: does not exist")));
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("kustomization");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, const QByteArray &text, const char *said) { QTest::newRow(name) << text << QString::fromLatin1(said); };
        row("https resource", "resources:\n- https://example.com/a.yaml\n", "kustomization.yaml:2:3: `https://example.com/a.yaml` is remote");
        row("git base", "bases:\n- git@github.com:org/repo\n", ":2:3: `git@github.com:org/repo` is remote");
        row("github without a scheme", "resources: [github.com/org/repo]\n", "is remote");
        row("github, though it is a folder here", "resources: [github.com/here]\n", "is remote");
        row("with a version", "resources: [\"./local?ref=v1\"]\n", "is remote");
        row("double slash", "resources: [\"host//path\"]\n", "is remote");
        row("remote component", "components: [\"https://example.com/c\"]\n", "is remote");
        row("remote patch", "patches: [{path: \"https://example.com/p.yaml\"}]\n", "is remote");
        row("remote file of a generator", "configMapGenerator: [{name: a, files: [\"x=https://example.com/x\"]}]\n", "is remote");
        row("remote open API", "openapi: {path: \"https://example.com/x\"}\n", "is remote");
        row("out of the root", "resources: [../outside.yaml]\n", "leads outside");
        row("secret from outside", "secretGenerator: [{name: a, files: [../outside.yaml]}]\n", "leads outside");
        row("absolute", "resources: [/etc/hostname]\n", "an absolute path");
        row("link to outside", "resources: [link.yaml]\n", "leads outside");
        row("plugins", "transformers: [x.yaml]\n", "uses `transformers`");
        row("generators", "generators: [x.yaml]\n", "uses `generators`");
        row("charts", "helmCharts: [{name: a, repo: \"https://example.com\"}]\n", "uses `helmCharts`");
        row("itself", "resources: [.]\n", "includes itself");
        row("missing", "resources: [nothing.yaml]\n", "does not exist");
        row("no YAML", "resources: [\n", "kustomization.yaml");
    }
    void refused()
    {
        QFETCH(QByteArray, kustomization);
        QFETCH(QString, said);
        const Folder outer;
        outer.put(QStringLiteral("outside.yaml"), base);
        outer.put(QStringLiteral("in/kustomization.yaml"), kustomization);
        outer.put(QStringLiteral("in/github.com/here/kustomization.yaml"), "resources: []\n");
        outer.put(QStringLiteral("in/x.yaml"), base);
        QVERIFY(QFile::link(outer.path(QStringLiteral("outside.yaml")), outer.path(QStringLiteral("in/link.yaml"))));
        // Should it be run all the same, the test would notice.
        const FakeProgram fake(outer, QStringLiteral("kustomize"), "echo 'apiVersion: v1'\n");
        const Rendered r = render(kustomize("."), Roots(Root(outer.path(QStringLiteral("in")))), all(outer));
        QVERIFY(!r.file);
        QVERIFY(says(r.problems, said));
    }

    void twoKustomizationFiles()
    {
        const Folder f;
        fill(f);
        f.put(QStringLiteral("base/Kustomization"), "resources: []\n");
        QVERIFY(says(render(kustomize("base"), rootsIn(f), all(f)).problems, QStringLiteral("more than one kustomization file")));
        QVERIFY(says(render(kustomize("overlays"), rootsIn(f), all(f)).problems, QStringLiteral("holds no kustomization.yaml")));
    }

    void programsAreHeldOnALeash_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("said");
        QTest::newRow("hangs") << QByteArray("while :; do :; done\n") << "did not end within";
        QTest::newRow("leaves a child behind") << QByteArray("(while :; do :; done) &\nwait\n") << "did not end within";
        QTest::newRow("prints without end") << QByteArray("while :; do echo 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'; done\n") << "printed more than";
        QTest::newRow("fails") << QByteArray("echo 'no such patch' >&2; exit 3\n") << "kustomize failed: no such patch";
        QTest::newRow("dies") << QByteArray("kill -9 $$\n") << "kustomize failed";
        QTest::newRow("tells a secret") << QByteArray("echo 'postgres://u:hunter2@db/x' >&2; exit 1\n") << "kustomize failed";
    }
    void programsAreHeldOnALeash()
    {
        QFETCH(QByteArray, script);
        QFETCH(QString, said);
        const Folder f;
        fill(f);
        const FakeProgram fake(f, QStringLiteral("kustomize"), script);
        QElapsedTimer timer;
        timer.start();
        const Rendered r = render(kustomize(), rootsIn(f), all(f), {1'500, 1024 * 1024, {}});
        QVERIFY(!r.file);
        QVERIFY(says(r.problems, said));
        QVERIFY(linesOf(r.problems).filter(QStringLiteral("hunter2")).isEmpty());
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }

    void cancelled()
    {
        const Folder f;
        fill(f);
        const FakeProgram fake(f, QStringLiteral("kustomize"), "while :; do :; done\n");
        const Rendered r = render(kustomize(), rootsIn(f), all(f), {60'000, 1024, [] { return false; }});
        QVERIFY(says(r.problems, QStringLiteral("cancelled")));
    }

    void theEnvironmentIsBare()
    {
        const Folder f;
        fill(f);
        qputenv("AWS_SECRET_ACCESS_KEY", "hunter2");
        const FakeProgram fake(f, QStringLiteral("kustomize"),
                               "echo \"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: env}\ndata:\"\n"
                               "echo \"  arguments: '$*'\n  home: '$HOME'\n  path: '$PATH'\n  proxy: '$HTTPS_PROXY'\n  secret: '$AWS_SECRET_ACCESS_KEY'\"\n");
        const Rendered r = render(kustomize(), rootsIn(f), all(f));
        qunsetenv("AWS_SECRET_ACCESS_KEY");
        QVERIFY2(r.file, qPrintable(linesOf(r.problems).join(u'\n')));
        const Yaml data = r.file->documents().front()["data"];
        const QString arguments = data["arguments"].string();
        QVERIFY2(arguments.startsWith(QStringLiteral("build --load-restrictor LoadRestrictionsRootOnly /")), qPrintable(arguments));
        QVERIFY2(!arguments.contains(f.path()), "it sees a copy, not the repository");
        QVERIFY(!arguments.contains(QStringLiteral("enable")) && !arguments.contains(QStringLiteral("network")));
        QVERIFY(data["home"].string() != qEnvironmentVariable("HOME"));
        QVERIFY(!QFileInfo::exists(data["path"].string()));
        QCOMPARE(data["proxy"].string(), QStringLiteral("http://127.0.0.1:9"));
        QCOMPARE(data["secret"].string(), QString());
        QVERIFY2(!QFileInfo::exists(data["home"].string()), "the copy is gone afterwards");
    }

    void helm()
    {
        const Folder f;
        f.put(QStringLiteral("chart/Chart.yaml"), "apiVersion: v2\nname: id\nversion: 1.0.0\n");
        f.put(QStringLiteral("chart/templates/deployment.yaml"), "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n"
                                                                 "spec:\n  replicas: {{ .Values.replicas }}\n  template:\n    metadata:\n      name: x\n");
        f.put(QStringLiteral("values-prod.yaml"), "replicas: 3\n");
        const FakeProgram fake(f, QStringLiteral("helm"),
                               "printf -- '---\\n# Source: id/templates/deployment.yaml\\napiVersion: apps/v1\\nkind: Deployment\\nmetadata:\\n"
                               "  name: web\\n  annotations: {called: \"%s\"}\\nspec:\\n  replicas: 3\\n' \"$*\"\n");
        RenderSource source;
        source.kind = RenderSource::Kind::Helm;
        source.path = QStringLiteral("chart");
        source.values = {QStringLiteral("values-prod.yaml")};
        source.release = QStringLiteral("web");
        source.nameSpace = QStringLiteral("identity");
        const Rendered r = render(source, rootsIn(f), all(f));
        QVERIFY2(r.file && r.problems.empty(), qPrintable(linesOf(r.problems).join(u'\n')));
        QCOMPARE(r.name, QStringLiteral("helm:chart"));
        QCOMPARE(r.program, QStringLiteral("helm"));
        const Yaml object = r.file->documents().front();
        const QString called = object["metadata"]["annotations"]["called"].string();
        QVERIFY2(called.startsWith(QStringLiteral("template web /")), qPrintable(called));
        QVERIFY(called.contains(QStringLiteral("--skip-tests --namespace identity --values /")));
        QVERIFY(called.endsWith(QStringLiteral("/values-prod.yaml")));
        for (const char *flag : {"dependency", "post-renderer", "dry-run=server", "validate", "enable-dns"})
            QVERIFY(!called.contains(QString::fromLatin1(flag)));
        const auto replicas = r.trace->source(object["spec"]["replicas"].entrySpan());
        QVERIFY(replicas);
        QCOMPARE(replicas->file, QStringLiteral("chart/templates/deployment.yaml"));
        QCOMPARE(replicas->span.line, 6);
        QVERIFY(!r.trace->source(object["metadata"]["name"].entrySpan())); // `name` stands there twice
    }

    void helmThatIsNotThere()
    {
        if (!QStandardPaths::findExecutable(QStringLiteral("helm")).isEmpty())
            QSKIP("helm is installed");
        const Folder f;
        f.put(QStringLiteral("chart/Chart.yaml"), "apiVersion: v2\nname: id\nversion: 1.0.0\n");
        f.put(QStringLiteral("out.yaml"), base);
        RenderSource source;
        source.kind = RenderSource::Kind::Helm;
        source.path = QStringLiteral("chart");
        Rendered r = render(source, rootsIn(f), all(f));
        QVERIFY(!r.file && says(r.problems, QStringLiteral("the Helm chart is not rendered: helm is not installed")));
        QVERIFY(says(r.problems, QStringLiteral("`rendered:`")));
        source.rendered = QStringLiteral("out.yaml");
        r = render(source, rootsIn(f), all(f));
        QVERIFY(r.file && r.problems.empty());
    }

    void patchesAreNoObjects()
    {
        const Folder f;
        fill(f);
        f.put(QStringLiteral("readiness/service.yaml"), "format: tenken.service/1\nid: api\nevidence:\n  manifests: [base/, overlays/, spread/]\n");
        const auto e = readEvidence(f.path());
        QVERIFY(e);
        QCOMPARE(e->manifests->workloads.size(), size_t(1));
        QCOMPARE(e->manifests->workloads.front().object.file, QStringLiteral("base/api.yaml"));
        QVERIFY(says(e->warnings, QStringLiteral("overlays/prod/memory.yaml: is a patch of a kustomization")));
        QVERIFY(says(e->warnings, QStringLiteral("spread/ready.yaml")));
        // Also when it is named by itself, and when the kustomization is not among the manifests.
        f.put(QStringLiteral("readiness/service.yaml"), "format: tenken.service/1\nid: api\nevidence:\n  manifests: [overlays/prod/memory.yaml]\n");
        const auto alone = readEvidence(f.path());
        QVERIFY(alone && alone->manifests->objects.empty());
        QVERIFY(says(alone->warnings, QStringLiteral("memory.yaml: is a patch")));
    }

    void servicesSayHow_data()
    {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QString>("said");
        QTest::newRow("both") << QByteArray("{kustomize: a, helm: b}") << "one of `kustomize` and `helm`";
        QTest::newRow("neither") << QByteArray("{chart: b}") << "one of `kustomize` and `helm`";
        QTest::newRow("misspelt") << QByteArray("{kustomize: a, renderd: b}") << "rendered";
        QTest::newRow("an option as release") << QByteArray("{helm: a, release: --post-renderer=x}") << "a name of letters";
        QTest::newRow("an option as namespace") << QByteArray("{helm: a, namespace: \"-n x\"}") << "a name of letters";
    }
    void servicesSayHow()
    {
        QFETCH(QByteArray, entry);
        QFETCH(QString, said);
        const auto read = readService(*YamlFile::parse("format: tenken.service/1\nid: a\nevidence: {manifests: [" + entry + "]}\n",
                                                       QStringLiteral("readiness/service.yaml")));
        QVERIFY(says(read.problems, QStringLiteral("readiness/service.yaml:3:")));
        QVERIFY(says(read.problems, said));
    }
};

QTEST_GUILESS_MAIN(TestRender)
#include "tst_render.moc"
