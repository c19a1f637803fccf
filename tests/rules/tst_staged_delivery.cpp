// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipelinecases.h"

#include <analysis/phases.h>

using namespace tenken;
using namespace tenken::test;
using namespace Qt::StringLiterals;

class TestStagedDelivery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void phases_data();
    void phases();
    void workflows_data();
    void workflows();
    void twoFiles_data();
    void twoFiles();
    void manifests_data();
    void manifests();
};

void TestStagedDelivery::phases_data()
{
    QTest::addColumn<QString>("phase");
    for (const char *name : {"staging", "deploy-stg", "id-auth-stage", "pre-production", "nonprod", "non-prod", "deployStaging"})
        QTest::newRow(name) << u"staging"_s;
    for (const char *name : {"production", "prod", "deploy_prd", "prod-cluster", "deployProd"})
        QTest::newRow(name) << u"production"_s;
    for (const char *name : {"product", "development", "reproduce", "staging-to-production", "stages", ""})
        QTest::newRow(name) << QString();
}

void TestStagedDelivery::phases()
{
    QFETCH(QString, phase);
    const auto found = phaseOf(QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(!found ? QString() : *found == Phase::Staging ? u"staging"_s : u"production"_s, phase);
}

void TestStagedDelivery::workflows_data()
{
    QTest::addColumn<QByteArray>("jobs");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &jobs, const char *verdict) { QTest::newRow(name) << jobs << QString::fromLatin1(verdict); };
    const auto job = [](const char *id, const char *keys) { return QByteArray("  ") + id + ":\n" + keys + "    steps:\n      - run: kubectl apply -k .\n"; };
    const QByteArray staging = job("staging", "    environment: staging\n");
    row("needs", staging + job("production", "    needs: staging\n    environment: {name: production, url: 'https://x'}\n"), "pass");
    row("needs over a job between", staging + job("smoke", "    needs: staging\n") + job("live", "    needs: smoke\n    environment: prod\n"), "pass");
    row("side by side", staging + job("production", "    environment: production\n"), "warn");
    row("production always()", staging + job("production", "    needs: staging\n    if: always()\n    environment: production\n"), "warn");
    row("by the job's name", job("deploy-staging", "") + job("deploy-production", "    needs: deploy-staging\n"), "pass");
    row("matrix: both at once", "  deploy:\n    strategy:\n      matrix:\n        env: [staging, production]\n    environment: ${{ matrix.env }}\n    steps:\n      - run: kubectl apply -k .\n", "warn");
    row("called with its environment", "  staging:\n    uses: acme/ci/.github/workflows/deploy.yml@v1\n  production:\n    needs: staging\n    uses: acme/ci/.github/workflows/deploy.yml@v1\n", "pass");
    row("production on a tag in the same file",
        job("staging", "    if: github.ref == 'refs/heads/main'\n    environment: staging\n") + job("production", "    if: startsWith(github.ref, 'refs/tags/')\n    environment: production\n"), "pass");
    row("production only", job("production", "    environment: production\n"), "fail");
    row("staging only", staging, "fail");
    row("production only, beside what cannot be seen into", job("production", "    environment: production\n") + "  x:\n    uses: acme/ci/.github/workflows/x.yml@v1\n", "unknown");
    row("no delivery", job("test", "").replace("kubectl apply -k .", "go test ./..."), "unknown");
    row("a job that tests production is none", job("build-production", "").replace("kubectl apply -k .", "npm ci"), "unknown");
}

void TestStagedDelivery::workflows()
{
    QFETCH(QByteArray, jobs);
    QFETCH(QString, verdict);
    const auto findings = judge(workflow(jobs, {}, "on: {push: {branches: [main], tags: ['v*']}}"), u"staged-delivery"_s);
    QVERIFY2(verdictsIn(findings) == verdict, printed(findings).constData());
}

void TestStagedDelivery::twoFiles_data()
{
    QTest::addColumn<QByteArray>("on");
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &on, const QByteArray &keys, const char *verdict) { QTest::newRow(name) << on << keys << QString::fromLatin1(verdict); };
    row("tag", "push: {tags: ['v*']}", "", "pass");
    row("release", "release: {types: [published]}", "", "pass");
    row("another branch", "push: {branches: [production]}", "", "pass");
    row("the same branch", "push: {branches: [main]}", "", "warn");
    row("by hand", "workflow_dispatch:", "", "warn");
    row("workflow_run after success", "workflow_run: {workflows: [staging], types: [completed]}", "    if: github.event.workflow_run.conclusion == 'success'\n", "pass");
    row("workflow_run after anything", "workflow_run: {workflows: [staging], types: [completed]}", "", "warn");
}

void TestStagedDelivery::twoFiles()
{
    QFETCH(QByteArray, on);
    QFETCH(QByteArray, keys);
    QFETCH(QString, verdict);
    const auto file = [](const QByteArray &name, const QByteArray &trigger, const QByteArray &k) {
        return "name: " + name + "\non: {" + (trigger.endsWith(':') ? trigger + " {}" : trigger) + "}\njobs:\n  deploy:\n" + k + "    environment: " + name + "\n    steps:\n      - run: kubectl apply -k .\n";
    };
    const auto findings = judge(evidenceOf({{u".github/workflows/staging.yml"_s, file("staging", "push: {branches: [main]}", {})},
                                            {u".github/workflows/production.yml"_s, file("production", on, keys)}}),
                                u"staged-delivery"_s);
    QVERIFY2(verdictsIn(findings) == verdict, printed(findings).constData());
}

void TestStagedDelivery::manifests_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("verdict");
    const auto application = [](const char *name, const char *revision, const char *policy) {
        return QByteArray("---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ") + name + "}\nspec:\n  source: {path: deploy, targetRevision: " + revision
            + "}\n  syncPolicy: " + policy + "\n";
    };
    QTest::newRow("other revisions") << application("shop-staging", "main", "{automated: {}}") + application("shop-production", "release", "{automated: {}}") << u"pass"_s;
    QTest::newRow("the same revision, both automatic") << application("shop-staging", "main", "{automated: {}}") + application("shop-production", "main", "{automated: {}}") << u"warn"_s;
    QTest::newRow("production synced by hand") << application("shop-staging", "main", "{automated: {}}") + application("shop-production", "main", "{}") << u"warn"_s;
    QTest::newRow("production alone") << application("shop-production", "main", "{}") << u"fail"_s;
}

void TestStagedDelivery::manifests()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QString, verdict);
    const auto findings = judge(evidenceFrom(yaml, "format: tenken.service/1\nid: shop\n"), u"staged-delivery"_s);
    QVERIFY2(verdictsIn(findings) == verdict, printed(findings).constData());
    Evidence overlays;
    const auto kustomization = [](const QString &path) { return YamlFile::parse("resources: [../../base]\n", path); };
    auto read = readManifests({kustomization(u"deploy/overlays/staging/kustomization.yaml"_s), kustomization(u"deploy/overlays/production/kustomization.yaml"_s)});
    overlays.manifests = std::make_shared<Manifests>(std::move(read.value));
    QCOMPARE(verdictOf(overlays, u"staged-delivery"_s), u"warn"_s);
}

QTEST_APPLESS_MAIN(TestStagedDelivery)
#include "tst_staged_delivery.moc"
