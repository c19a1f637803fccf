// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/discover.h>
#include <evidence/folder.h>
#include <evidence/service.h>

#include <QTest>

using namespace tenken;
using namespace tenken::test;

namespace
{

const QByteArray deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  template:\n"
                              "    spec:\n      containers:\n      - {name: main, image: a}\n";
const QByteArray jtl = "timeStamp,elapsed,label,responseCode,success\n1700000000000,20,a,200,true\n";
const QByteArray jtlXml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testResults version=\"1.2\">\n"
                          "<httpSample t=\"12\" ts=\"1700000000000\" s=\"true\" lb=\"a\" rc=\"200\"/>\n</testResults>\n";
const QByteArray rules = "groups:\n  - name: api\n    rules:\n      - {alert: Down, expr: up == 0}\n";

void fill(const Folder &f)
{
    f.put(QStringLiteral("deploy/base/api.yaml"), deployment);
    f.put(QStringLiteral("deploy/base/values.yaml"), "replicas: 3\n");
    f.put(QStringLiteral(".github/workflows/ci.yml"), "on: push\njobs: {}\n");
    f.put(QStringLiteral("load/step-2pod.jtl"), jtl);
    f.put(QStringLiteral("load/peak.xml"), jtlXml);
    f.put(QStringLiteral("load/notes.txt"), "We ran it twice.\n");
    f.put(QStringLiteral("pom.xml"), "<project/>\n");
    f.put(QStringLiteral("docs/on-call guide.md"), "# On call\n");
    f.put(QStringLiteral("monitoring/api.rules.yml"), rules);
    f.put(QStringLiteral("monitoring/alertmanager.yml"), "route: {receiver: team}\nreceivers:\n  - {name: team}\n");
    f.put(QStringLiteral("monitoring/prometheus.yml"), "scrape_configs: []\nrule_files: [api.rules.yml]\n");
    f.put(QStringLiteral("openapi.yaml"), "openapi: 3.0.0\npaths: {}\n");
}

} // namespace

class TestDiscover : public QObject
{
    Q_OBJECT

private slots:
    void whatARepositoryHolds();
    void theProposalIsAServiceFile_data();
    void theProposalIsAServiceFile();
    void anEmptyFolder();
    void stopsWhenAsked();
};

void TestDiscover::whatARepositoryHolds()
{
    const Folder f;
    fill(f);
    const Discovery found = discover(f.path());
    QCOMPARE(found.id, QStringLiteral("api"));
    QCOMPARE(found.workloads, 1);
    QCOMPARE(found.manifests, QStringList{QStringLiteral("deploy/")});
    QCOMPARE(found.pipelines, QStringList{QStringLiteral(".github/workflows/")});
    QCOMPARE(found.prometheusRules, QStringList{QStringLiteral("monitoring/api.rules.yml")});
    QCOMPARE(found.alertmanager, QStringList{QStringLiteral("monitoring/alertmanager.yml")});
    QStringList tests;
    for (const auto &test : found.loadTests)
        tests << QStringLiteral("%1 %2 %3").arg(test.file, test.tool).arg(test.pods);
    tests.sort();
    QCOMPARE(tests, QStringList({QStringLiteral("load/peak.xml jmeter 0"), QStringLiteral("load/step-2pod.jtl jmeter 2")}));
    QCOMPARE(found.guides.size(), 1U);
    QCOMPARE(found.guides.front().role, QStringLiteral("oncall"));
    QVERIFY(found.datadogFolder.isEmpty());
    QVERIFY(!found.isEmpty());
}

void TestDiscover::theProposalIsAServiceFile_data()
{
    QTest::addColumn<Lang>("lang");
    QTest::newRow("ja") << Lang::Ja;
    QTest::newRow("en") << Lang::En;
}

/// What is written must be read without a complaint, and name every file by its own path.
void TestDiscover::theProposalIsAServiceFile()
{
    QFETCH(Lang, lang);
    const Folder f;
    fill(f);
    f.put(QStringLiteral("readiness/datadog/monitors.json"), "[]");
    const QByteArray text = proposeServiceFile(discover(f.path()), lang);
    const auto file = YamlFile::parse(text, QStringLiteral("readiness/service.yaml"));
    QVERIFY(file->errors().empty() && file->warnings().empty());
    const Partial<Service> read = readService(*file);
    QVERIFY2(read.problems.empty(), read.problems.empty() ? "" : qPrintable(read.problems.front().toString(Lang::En)));
    const Service &service = read.value;
    QCOMPARE(service.id, QStringLiteral("api"));
    QCOMPARE(service.datadogFolder, QStringLiteral("readiness/datadog"));
    QVERIFY(service.prometheus.declared);
    QCOMPARE(service.prometheus.rules, QStringList{QStringLiteral("monitoring/api.rules.yml")});
    QCOMPARE(service.prometheus.alertmanager, QStringList{QStringLiteral("monitoring/alertmanager.yml")});
    QCOMPARE(service.loadTests.size(), 2U);
    QCOMPARE(service.documents.size(), 1U);
    QCOMPARE(service.documents.front().file, QStringLiteral("docs/on-call guide.md"));
}

void TestDiscover::anEmptyFolder()
{
    const Folder f;
    const Discovery found = discover(f.path());
    QVERIFY(found.isEmpty());
    const auto file = YamlFile::parse(proposeServiceFile(found, Lang::En), QStringLiteral("readiness/service.yaml"));
    QVERIFY(readService(*file).problems.empty());
}

void TestDiscover::stopsWhenAsked()
{
    const Folder f;
    fill(f);
    int asked = 0;
    const Discovery found = discover(f.path(), [&](const QString &) { return ++asked < 2; });
    QCOMPARE(asked, 2);
    QVERIFY(found.pipelines.isEmpty()); // they are looked at last
}

QTEST_APPLESS_MAIN(TestDiscover)
#include "tst_discover.moc"
