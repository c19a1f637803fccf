// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An object that a kustomization patches is not judged as it was written: the patch may take away what passes.
#include "evidence/folder.h"
#include "support.h"

using namespace tenken;
using namespace tenken::test;

namespace {

const QByteArray deployment = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: %NAME%}
spec:
  replicas: 3
  minReadySeconds: 10
  selector: {matchLabels: {app: %NAME%}}
  template:
    metadata: {labels: {app: %NAME%}}
    spec:
      containers:
        - name: app
          image: registry.example.com/%NAME%:1
)";

QByteArray named(const char *name)
{
    return QByteArray(deployment).replace("%NAME%", name);
}

void put(const Folder &f, const QByteArray &overlay)
{
    f.put(QStringLiteral("deploy/base/kustomization.yaml"), "resources: [api.yaml, worker.yaml]\n");
    f.put(QStringLiteral("deploy/base/api.yaml"), named("api"));
    f.put(QStringLiteral("deploy/base/worker.yaml"), named("worker"));
    f.put(QStringLiteral("deploy/prod/kustomization.yaml"), "resources: [../base]\n" + overlay);
    f.put(QStringLiteral("deploy/prod/ready.yaml"), "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  minReadySeconds: 0\n");
}

std::vector<Finding> judgedIn(const Folder &f)
{
    const auto evidence = readBareManifests({f.path(QStringLiteral("deploy"))});
    return evidence ? judge(*evidence, QStringLiteral("min-ready")) : std::vector<Finding>{};
}

QString verdictOfObject(const std::vector<Finding> &findings, const QString &object)
{
    for (const Finding &f : findings) {
        if (f.object == object)
            return toString(f.verdict);
    }
    return QStringLiteral("none");
}

} // namespace

class TestUnapplied : public QObject
{
    Q_OBJECT
private slots:
    void changes_data()
    {
        QTest::addColumn<QByteArray>("overlay");
        QTest::addColumn<QString>("api");
        QTest::addColumn<QString>("worker");
        const auto row = [](const char *name, const QByteArray &overlay, const char *api, const char *worker) {
            QTest::newRow(name) << overlay << QString::fromLatin1(api) << QString::fromLatin1(worker);
        };
        row("nothing", "", "pass", "pass");
        row("merge patch", "patches: [{path: ready.yaml}]\n", "unknown", "pass");
        row("old key", "patchesStrategicMerge: [ready.yaml]\n", "unknown", "pass");
        row("of another kind", "patches: [{target: {kind: StatefulSet, name: api}, patch: '[{op: remove, path: /spec/minReadySeconds}]'}]\n", "pass", "pass");
        row("JSON patch inside, of one name", "patches: [{target: {kind: Deployment, name: worker}, patch: '[{op: remove, path: /spec/minReadySeconds}]'}]\n", "pass", "unknown");
        row("a name is an anchored expression", "patches: [{target: {name: ap}, patch: '[{op: remove, path: /spec/minReadySeconds}]'}]\n", "pass", "pass");
        row("a pattern", "patches: [{target: {name: .*}, patch: '[{op: remove, path: /spec/minReadySeconds}]'}]\n", "unknown", "unknown");
        row("of all Deployments", "patches: [{target: {kind: Deployment}, patch: '[{op: remove, path: /spec/minReadySeconds}]'}]\n", "unknown", "unknown");
        row("replica count", "replicas: [{name: worker, count: 1}]\n", "pass", "unknown");
        row("images alone", "images: [{name: registry.example.com/api, newTag: '2'}]\n", "pass", "pass");
    }
    void changes()
    {
        QFETCH(QByteArray, overlay);
        const Folder f;
        put(f, overlay);
        const std::vector<Finding> findings = judgedIn(f);
        QTEST(verdictOfObject(findings, QStringLiteral("Deployment/api")), "api");
        QTEST(verdictOfObject(findings, QStringLiteral("Deployment/worker")), "worker");
    }

    void saysWhichPatchAndHowItStood()
    {
        const Folder f;
        put(f, "patches: [{path: ready.yaml}]\n");
        for (const Finding &finding : judgedIn(f)) {
            if (finding.object != u"Deployment/api")
                continue;
            QVERIFY2(finding.reason.en.contains(QStringLiteral("prod/ready.yaml:1")), qPrintable(finding.reason.en));
            QVERIFY(finding.remedy.en.contains(QStringLiteral("{kustomize: FOLDER}")));
            QVERIFY(!finding.comparison);
            return;
        }
        QFAIL("the patched object was not judged at all");
    }

    /// The base renames its objects, and the overlay's patch goes by the new name.
    void renamedBelow()
    {
        const Folder f;
        put(f, "patches: [{path: ready.yaml}]\n");
        f.put(QStringLiteral("deploy/base/kustomization.yaml"), "namePrefix: shop-\nresources: [api.yaml, worker.yaml]\n");
        f.put(QStringLiteral("deploy/prod/ready.yaml"), "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop-api}\nspec:\n  minReadySeconds: 0\n");
        const std::vector<Finding> findings = judgedIn(f);
        QCOMPARE(verdictOfObject(findings, QStringLiteral("Deployment/api")), QStringLiteral("unknown"));
        QCOMPARE(verdictOfObject(findings, QStringLiteral("Deployment/worker")), QStringLiteral("pass"));
    }

    /// Rendered by somebody: what came out is judged, though its base lies beside it.
    void aRenderingIsJudged()
    {
        const Folder f;
        put(f, "patches: [{path: ready.yaml}]\n");
        f.put(QStringLiteral("out.yaml"), named("api").replace("minReadySeconds: 10", "minReadySeconds: 0"));
        f.put(QStringLiteral("readiness/service.yaml"),
              "format: tenken.service/1\nid: api\nevidence:\n  manifests: [{kustomize: deploy/prod, rendered: out.yaml}]\n");
        const auto evidence = readEvidence(f.path());
        QVERIFY(evidence);
        const auto findings = judge(*evidence, QStringLiteral("min-ready"));
        QCOMPARE(verdictOfObject(findings, QStringLiteral("Deployment/api")), QStringLiteral("fail"));
    }
};

QTEST_GUILESS_MAIN(TestUnapplied)
#include "tst_unapplied.moc"
