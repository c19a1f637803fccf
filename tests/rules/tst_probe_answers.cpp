// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

using namespace tenken;
using namespace tenken::test;

namespace {

const QByteArray head = "format: tenken.service/1\nid: id-auth\n";
const QByteArray dependencies = "dependencies: [{id: users-db}, {id: cache, required: false}]\n";
const QByteArray environments = "environments: [{id: staging, smoke: [{id: live, url: 'https://a.example/healthz', probe: liveness}, "
                                "{id: ready, url: 'https://a.example/ready', probe: readiness}]}]\n";
const QByteArray deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth}\nspec: {template: {spec: {containers: "
                              "[{name: app, image: 'app:1.0', resources: {limits: {memory: 1Gi}}}]}}}\n";

std::vector<Finding> judged(const char *rule, const QByteArray &service, const std::vector<QByteArray> &records)
{
    Evidence evidence = evidenceFrom(deployment, head + service);
    int number = 0;
    for (const QByteArray &record : records)
        addRecord(evidence, record, QStringLiteral("readiness/tests/%1.yaml").arg(++number));
    return judge(evidence, QString::fromLatin1(rule));
}

/// "Liveness with all well: pass; Liveness with users-db down: fail"
QString words(const std::vector<Finding> &findings)
{
    QStringList all;
    for (const Finding &f : findings)
        all << QString(f.title.en).remove(QStringLiteral("Liveness ")).remove(QStringLiteral("Readiness ")).remove(QStringLiteral("with "))
                + QStringLiteral(": ") + toString(f.verdict);
    return all.join(QStringLiteral("; "));
}

} // namespace

class TestProbeAnswers : public QObject
{
    Q_OBJECT

private slots:
    void liveness_data()
    {
        QTest::addColumn<QByteArray>("outcome");
        QTest::addColumn<QString>("expected");
        QTest::newRow("200 throughout") << QByteArray("{normal: 200, users-db: 200, cache: 200}")
                                        << QStringLiteral("all well: pass; users-db down: pass; cache down: pass");
        QTest::newRow("all at once") << QByteArray("{normal: 200, all: 200}")
                                     << QStringLiteral("all well: pass; users-db down: pass; cache down: pass");
        QTest::newRow("asks the database") << QByteArray("{normal: 200, users-db: 503, cache: 200}")
                                           << QStringLiteral("all well: pass; users-db down: fail; cache down: pass");
        QTest::newRow("204 is alive") << QByteArray("{normal: 204, users-db: 200, cache: 302}")
                                      << QStringLiteral("all well: warn; users-db down: pass; cache down: warn");
        QTest::newRow("one was not tried") << QByteArray("{normal: 200, cache: 200}")
                                           << QStringLiteral("all well: pass; users-db down: unknown; cache down: pass");
        QTest::newRow("only the plain case") << QByteArray("{normal: 200}")
                                             << QStringLiteral("all well: pass; users-db down: unknown; cache down: unknown");
        QTest::newRow("another dependency") << QByteArray("{normal: 200, users: 200, all: 500}")
                                            << QStringLiteral("all well: pass; users-db down: fail; cache down: fail");
        QTest::newRow("399 and 400") << QByteArray("{normal: 399, users-db: 400, cache: 200}")
                                     << QStringLiteral("all well: warn; users-db down: fail; cache down: pass");
    }
    void liveness()
    {
        QFETCH(QByteArray, outcome);
        QFETCH(QString, expected);
        QCOMPARE(words(judged("liveness-200", dependencies, {recordOf("liveness", "{liveness: " + outcome + "}")})), expected);
    }

    void readiness_data()
    {
        QTest::addColumn<QByteArray>("outcome");
        QTest::addColumn<QString>("expected");
        QTest::newRow("as wanted") << QByteArray("{normal: 200, users-db: 503}") << QStringLiteral("all well: pass; users-db down: pass");
        QTest::newRow("optional one may stay ready") << QByteArray("{normal: 200, users-db: 503, cache: 200}")
                                                     << QStringLiteral("all well: pass; users-db down: pass; cache down: pass");
        QTest::newRow("optional one turns requests away") << QByteArray("{normal: 200, users-db: 503, cache: 503}")
                                                          << QStringLiteral("all well: pass; users-db down: pass; cache down: warn");
        QTest::newRow("stays ready") << QByteArray("{normal: 200, users-db: 200}") << QStringLiteral("all well: pass; users-db down: fail");
        QTest::newRow("500 stops requests too") << QByteArray("{normal: 200, users-db: 500}") << QStringLiteral("all well: pass; users-db down: warn");
        QTest::newRow("never ready") << QByteArray("{normal: 503, users-db: 503}") << QStringLiteral("all well: fail; users-db down: pass");
        QTest::newRow("204") << QByteArray("{normal: 204, users-db: 204}") << QStringLiteral("all well: warn; users-db down: fail");
        // With everything down 503 says nothing of each one.
        QTest::newRow("all down") << QByteArray("{normal: 200, all: 503}") << QStringLiteral("all well: pass; users-db down: unknown");
    }
    void readiness()
    {
        QFETCH(QByteArray, outcome);
        QFETCH(QString, expected);
        QCOMPARE(words(judged("readiness-503", dependencies, {recordOf("readiness", "{readiness: " + outcome + "}")})), expected);
    }

    void whatIsNotDeclaredIsUnknown()
    {
        const auto findings = judged("liveness-200", {}, {recordOf("liveness", "{liveness: {normal: 200}}")});
        QCOMPARE(words(findings), QStringLiteral("all well: pass; a dependency down: unknown"));
        QVERIFY(findings[1].snippet.contains(u"dependencies:"));
        QCOMPARE(words(judged("readiness-503", "dependencies: []\n", {recordOf("readiness", "{readiness: {normal: 200}}")})),
                 QStringLiteral("all well: pass"));
        QCOMPARE(words(judged("liveness-200", dependencies, {})),
                 QStringLiteral("all well: unknown; users-db down: unknown; cache down: unknown"));
    }

    void outagesTellOfTheirDependency()
    {
        const QByteArray down = recordOf("dependency-down", "{dependency: users-db, errors: 0, contained: true, liveness: {users-db: 200}, readiness: {users-db: 503}}");
        const QByteArray plain = recordOf("liveness", "{liveness: {normal: 200, cache: 200}}");
        QCOMPARE(words(judged("liveness-200", dependencies, {down, plain})),
                 QStringLiteral("all well: pass; users-db down: pass; cache down: pass"));
        QCOMPARE(words(judged("readiness-503", dependencies, {down})), QStringLiteral("all well: unknown; users-db down: pass"));
    }

    void smokeRunsAnswerThePlainCase()
    {
        const QByteArray smoke = recordOf("smoke", "{requests: [{id: live, status: 200}, {id: ready, status: 503}]}");
        QCOMPARE(words(judged("liveness-200", "dependencies: []\n" + environments, {smoke})), QStringLiteral("all well: pass"));
        QCOMPARE(words(judged("readiness-503", "dependencies: []\n" + environments, {smoke})), QStringLiteral("all well: fail"));
        QCOMPARE(words(judged("liveness-200", "dependencies: []\n", {smoke})), QStringLiteral("all well: unknown")); // which request asks it?
    }

    void aRecordIsWeighed()
    {
        QByteArray old = recordOf("liveness", "{liveness: {normal: 200}}");
        old.replace("2026-11-05", "2025-11-05");
        QCOMPARE(words(judged("liveness-200", "dependencies: []\n", {old})), QStringLiteral("all well: unknown"));
        QByteArray image = recordOf("liveness", "{liveness: {normal: 200}}");
        image.replace("app:1.0", "app:0.9");
        QCOMPARE(words(judged("liveness-200", "dependencies: []\n", {image})), QStringLiteral("all well: warn"));
        // A 204 that grew old does not stay a mere warning.
        old.replace("normal: 200", "normal: 204");
        QCOMPARE(words(judged("liveness-200", "dependencies: []\n", {old})), QStringLiteral("all well: unknown"));
    }

    void aResultAgainstItsAnswers()
    {
        const QByteArray record = recordOf("liveness", "{liveness: {normal: 200}}", "result: fail\n");
        const auto findings = judged("liveness-200", "dependencies: []\n", {record});
        QCOMPARE(words(findings), QStringLiteral("all well: unknown"));
        QCOMPARE(findings[0].marks.size(), size_t(1));
    }

    void theNewestOfEachEnvironment()
    {
        QByteArray before = recordOf("liveness", "{liveness: {normal: 500}}");
        before.replace("2026-11-05", "2026-10-05");
        const QByteArray now = recordOf("liveness", "{liveness: {normal: 200}}");
        QCOMPARE(words(judged("liveness-200", "dependencies: []\n", {now, before})), QStringLiteral("all well: pass"));
        before.replace("staging", "production");
        QCOMPARE(words(judged("liveness-200", "dependencies: []\n", {now, before})), QStringLiteral("all well: fail; all well: pass"));
    }

    void unreadableRecordsAreSaid()
    {
        QCOMPARE(judged("liveness-200", "dependencies: []\n", {recordOf("liveness", "{liveness: {normal: 200}}"), "kind: livness\n"}).size(), size_t(2));
    }

    void placesAreThoseOfTheAnswer()
    {
        const auto findings = judged("liveness-200", "dependencies: []\n", {recordOf("liveness", "\n  liveness:\n    normal: 503")});
        QCOMPARE(findings[0].file, QStringLiteral("readiness/tests/1.yaml"));
        QCOMPARE(findings[0].span.line, 14);
        QCOMPARE(findings[0].measured.en, QStringLiteral("503"));
    }
};

QTEST_APPLESS_MAIN(TestProbeAnswers)
#include "tst_probe_answers.moc"
