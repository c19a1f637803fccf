// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

using namespace tenken;
using namespace tenken::test;

namespace {

const QByteArray head = "format: tenken.service/1\nid: id-auth\n";
const QByteArray declared = "environments: [{id: staging, smoke: [{id: health, url: 'https://a.example/healthz', seconds: 2}, "
                            "{id: token, url: 'https://a.example/token', method: POST, status: 401}]}]\n";

std::vector<Finding> judged(const QByteArray &service, const std::vector<QByteArray> &records)
{
    Evidence evidence = evidenceFrom({}, head + service);
    int number = 0;
    for (const QByteArray &record : records)
        addRecord(evidence, record, QStringLiteral("readiness/tests/%1.yaml").arg(++number));
    return judge(evidence, QStringLiteral("smoke"));
}

} // namespace

class TestSmoke : public QObject
{
    Q_OBJECT

private slots:
    void run_data()
    {
        QTest::addColumn<QByteArray>("answers");
        QTest::addColumn<QByteArray>("result");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *name, const char *answers, const char *result, const char *verdict, const char *reason) {
            QTest::newRow(name) << QByteArray(answers) << QByteArray(result) << QString::fromLatin1(verdict) << QString::fromUtf8(reason);
        };
        row("green", "[{id: health, status: 200, milliseconds: 40, passed: true}, {id: token, status: 401}]", "result: pass", "pass", "passed");
        row("wrong status", "[{id: health, status: 503}, {id: token, status: 401}]", "result: pass", "fail", "Request health was answered with 503, not 200.");
        row("200 where 401 is wanted", "[{id: health, status: 200}, {id: token, status: 200}]", "result: pass", "fail", "Request token was answered with 200, not 401.");
        row("too slow", "[{id: health, status: 200, milliseconds: 2500}, {id: token, status: 401}]", "result: pass", "fail", "Request health took 2.5 s, more than 2 s.");
        row("the body was another", "[{id: health, status: 200, passed: false}, {id: token, status: 401}]", "result: pass", "fail", "Request health failed.");
        row("one was not sent", "[{id: health, status: 200}]", "result: pass", "unknown", "The answer to request token is not recorded.");
        row("without a status", "[{id: health, passed: true}, {id: token, status: 401}]", "result: pass", "unknown", "The status of request health is not recorded.");
        row("one missing, one wrong", "[{id: token, status: 500}]", "result: pass", "fail", "Request token was answered with 500");
        row("none", "[]", "result: pass", "unknown", "The answer to request health is not recorded.");
        row("failed", "[{id: health, status: 200}, {id: token, status: 401}]", "result: fail", "fail", "The test of 2026-11-05 failed.");
        row("no result", "[{id: health, status: 200}, {id: token, status: 401}]", "notes: a", "unknown", "does not say how the test ended");
        row("others do not matter", "[{id: health, status: 200}, {id: token, status: 401}, {id: more, status: 404}]", "result: pass", "pass", "passed");
        row("another that failed", "[{id: health, status: 200}, {id: token, status: 401}, {id: login, status: 500, passed: false}]", "result: pass", "fail", "Request login, which is not declared, failed.");
        row("another that answered 500", "[{id: health, status: 200}, {id: token, status: 401}, {id: login, status: 500}]", "result: pass", "warn", "was answered with 500");
        row("another that wants its 500", "[{id: health, status: 200}, {id: token, status: 401}, {id: broken, status: 500, passed: true}]", "result: pass", "pass", "passed");
        row("refused", "[{id: health, error: refused, passed: false}, {id: token, status: 401}]", "result: pass", "fail", "Request health: the connection was refused.");
        row("the body was another, in words", "[{id: health, status: 200, error: body, passed: false}, {id: token, status: 401}]", "result: pass", "fail", "Request health: the body is not the wanted one.");
        row("certificate ends in 14 days", "[{id: health, status: 200, certificate-expires: 2026-12-04}, {id: token, status: 401}]", "result: pass", "pass", "passed");
        row("certificate ends in 13 days", "[{id: health, status: 200, certificate-expires: 2026-12-03}, {id: token, status: 401}]", "result: pass", "warn", "The TLS certificate of request health ends on 2026-12-03, in 13 d.");
        row("the earlier of two", "[{id: health, status: 200, certificate-expires: 2027-12-03}, {id: token, status: 401, certificate-expires: 2026-11-21}]", "result: pass", "warn", "of request token ends on 2026-11-21, in 1 d");
        row("certificate ended", "[{id: health, status: 200, certificate-expires: 2026-11-01}, {id: token, status: 401}]", "result: pass", "warn", "ended on 2026-11-01");
        row("certificate beside a failure", "[{id: health, status: 500, certificate-expires: 2026-11-01}, {id: token, status: 401}]", "result: pass", "fail", "answered with 500");
        row("one twice, the second failed", "[{id: health, status: 200}, {id: token, status: 401}, {id: token, status: 500, passed: false}]", "result: pass", "fail", "Request token was answered with 500");
        row("one twice, the second unsaid", "[{id: health, status: 200}, {id: token, status: 401}, {id: token}]", "result: pass", "unknown", "The status of request token is not recorded.");
        row("one twice, both well", "[{id: health, status: 200}, {id: token, status: 401}, {id: token, status: 401}]", "result: pass", "pass", "passed");
    }
    void run()
    {
        QFETCH(QByteArray, answers);
        QFETCH(QByteArray, result);
        QFETCH(QString, verdict);
        QFETCH(QString, reason);
        const auto findings = judged(declared, {recordOf("smoke", "{requests: " + answers + "}", result + "\n")});
        QCOMPARE(verdictsOf(findings), QStringLiteral("pass ") + verdict);
        QVERIFY2(findings[1].reason.en.contains(reason), printed(findings));
        QCOMPARE(findings[1].file, QStringLiteral("readiness/tests/1.yaml"));
    }

    void classesAndListsOfStatuses()
    {
        const QByteArray classes = "environments: [{id: staging, smoke: [{id: health, url: 'https://a.example/healthz', status: [2xx, 304]}]}]\n";
        const auto answered = [&](const QByteArray &status) {
            return judged(classes, {recordOf("smoke", "{requests: [{id: health, status: " + status + "}]}")});
        };
        QCOMPARE(verdictsOf(answered("204")), QStringLiteral("pass pass"));
        QCOMPARE(verdictsOf(answered("304")), QStringLiteral("pass pass"));
        QCOMPARE(verdictsOf(answered("302")), QStringLiteral("pass fail"));
        QVERIFY(answered("302")[1].reason.en.contains(u"302, not 2xx, 304"));
    }

    void thirtyDaysByDefault()
    {
        QByteArray record = recordOf("smoke", "{requests: [{id: health, status: 200}, {id: token, status: 401}]}");
        record.replace("2026-11-05T14", "2026-10-21T14");
        QCOMPARE(verdictsOf(judged(declared, {record})), QStringLiteral("pass pass"));
        record.replace("2026-10-21T14", "2026-10-20T14");
        QCOMPARE(verdictsOf(judged(declared, {record})), QStringLiteral("pass unknown"));
    }

    void everyEnvironmentIsJudged()
    {
        const QByteArray two = "environments: [{id: staging, smoke: [{id: health, url: 'https://a.example/healthz'}]}, production]\n";
        const auto findings = judged(two, {recordOf("smoke", "{requests: [{id: health, status: 200}]}")});
        QCOMPARE(verdictsOf(findings), QStringLiteral("pass pass fail unknown"));
        QCOMPARE(findings[2].title.en, QStringLiteral("Smoke requests of production"));
        QVERIFY(findings[2].snippet.contains(u"id: production"));
        QVERIFY(findings[3].remedy.en.contains(u"--kind smoke"));
    }

    void withoutEnvironments()
    {
        QCOMPARE(verdictsOf(judged({}, {recordOf("smoke", "{requests: []}")})), QStringLiteral("unknown"));
        QCOMPARE(verdictsOf(judged("environments: []\n", {})), QStringLiteral("unknown"));
        QVERIFY(judged({}, {})[0].snippet.contains(u"environments:"));
    }

    void aFailureInAnEnvironmentThatIsNotDeclared()
    {
        const QByteArray green = recordOf("smoke", "{requests: [{id: health, status: 200}, {id: token, status: 401}]}");
        QByteArray failed = recordOf("smoke", "{requests: []}", "result: fail\n");
        failed.replace("environment: staging", "environment: stagin");
        QCOMPARE(verdictsOf(judged(declared, {green, failed})), QStringLiteral("pass pass unknown"));
        failed.replace("result: fail", "result: pass");
        QCOMPARE(verdictsOf(judged(declared, {green, failed})), QStringLiteral("pass pass"));
    }

    void unreadableRecordsAreSaid()
    {
        const QByteArray green = recordOf("smoke", "{requests: [{id: health, status: 200}, {id: token, status: 401}]}");
        QCOMPARE(verdictsOf(judged(declared, {green, "kind: smokey\n"})), QStringLiteral("pass pass unknown"));
    }
};

QTEST_APPLESS_MAIN(TestSmoke)
#include "tst_smoke.moc"
