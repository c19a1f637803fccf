// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include <rules/recordfindings.h>

using namespace tenken;
using namespace tenken::test;

namespace {

const QByteArray deployment =
    "apiVersion: apps/v1\n"
    "kind: Deployment\n"
    "metadata: {name: id-auth}\n"
    "spec:\n"
    "  template:\n"
    "    metadata: {labels: {app: id-auth}}\n"
    "    spec:\n"
    "      containers:\n"
    "      - name: app\n"
    "        image: registry.example/id-auth:1.0\n"
    "        resources: {limits: {memory: 1Gi}}\n"
    "      - name: log-shipper\n"
    "        image: registry.example/fluent-bit:3.1\n";

const QByteArray service = "format: tenken.service/1\nid: id-auth\n";

QByteArray lines(const QByteArray &kind, QByteArray without, const QByteArray &instead, const QByteArray &outcome)
{
    QByteArray record = recordOf(kind, outcome);
    if (!without.isEmpty()) {
        QByteArrayList all = record.split('\n');
        all.removeIf([&](const QByteArray &line) { return line.startsWith(without + ':'); });
        record = all.join('\n') + instead + '\n';
    }
    record.replace("image: app:1.0", "image: id-auth:1.0");
    return record;
}

const QByteArray zoneLost = "{zone: a, errors: 4, recovery-seconds: 45}";

/// What the helper says, through the rule that uses it for zones.
std::vector<Finding> judged(const std::vector<QByteArray> &records, const QByteArray &manifests = deployment)
{
    Evidence evidence = evidenceFrom(manifests, service);
    int number = 0;
    for (const QByteArray &record : records)
        addRecord(evidence, record, QStringLiteral("readiness/tests/%1.yaml").arg(++number));
    auto findings = judge(evidence, QStringLiteral("zone-loss"));
    std::erase_if(findings, [](const Finding &f) { return f.title.en != u"Test that took a zone away"; });
    return findings;
}

} // namespace

class TestRecords : public QObject
{
    Q_OBJECT

private slots:
    void otherRulesRead_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("outcome");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("verdict");
        const QString back = QStringLiteral("Test that gave a zone back"), down = QStringLiteral("Test with users-db down");
        const QString anyDown = QStringLiteral("Test with a dependency down");
        QTest::newRow("a zone came back") << "zone-return" << QByteArray("zone-return") << QByteArray("{zone: a, recovery-seconds: 120, pods-per-zone: {a: 2, b: 2, c: 2}}") << back << "pass";
        QTest::newRow("no record of a zone's return") << "zone-return" << QByteArray("zone-loss") << zoneLost << back << "";
        const auto back3 = [&](const char *name, const char *zones, const char *verdict) {
            QTest::newRow(name) << "zone-return" << QByteArray("zone-return") << QByteArray("{zone: zone-1a, recovery-seconds: 120, pods-per-zone: ") + zones + "}" << back << QString::fromLatin1(verdict);
        };
        back3("all pods in one zone, which is not the one that came back", "{zone-1c: 6}", "fail");
        back3("the zone that came back is left out", "{zone-1c: 3, zone-1d: 3}", "fail");
        back3("a zone of the platform is left out", "{zone-1a: 3, zone-1c: 3}", "fail");
        back3("zones in short", "{a: 2, c: 2, d: 2}", "pass");
        back3("zones differ", "{zone-1a: 1, zone-1c: 2, zone-1d: 3}", "warn");
        back3("more pods than ran", "{zone-1a: 3, zone-1c: 3, zone-1d: 3}", "warn");
        back3("fewer pods than ran", "{zone-1a: 1, zone-1c: 1, zone-1d: 1}", "warn");
        back3("an empty zone beside another number of pods", "{zone-1a: 0, zone-1c: 1, zone-1d: 9}", "fail");
        QTest::newRow("misspelt, failed") << "dependency-loss" << QByteArray("dependency-down") << QByteArray("{dependency: usersdb, errors: 9, contained: false}") << anyDown << "unknown";
        QTest::newRow("misspelt, passed") << "dependency-loss" << QByteArray("dependency-down") << QByteArray("{dependency: usersdb, errors: 0, contained: true}") << anyDown << "unknown";
        QTest::newRow("of no dependency") << "dependency-loss" << QByteArray("dependency-down") << QByteArray("{errors: 9, contained: true}") << anyDown << "unknown";
        QTest::newRow("of one that is no more, passed") << "dependency-loss" << QByteArray("dependency-down") << QByteArray("{dependency: legacy-queue, errors: 0, contained: true}") << anyDown << "";
        QTest::newRow("of one that is no more, failed") << "dependency-loss" << QByteArray("dependency-down") << QByteArray("{dependency: legacy-queue, errors: 9, contained: false}") << anyDown << "unknown";
        QTest::newRow("a return, misspelt") << "dependency-return" << QByteArray("dependency-return") << QByteArray("{dependency: usersdb, balanced: false}") << QStringLiteral("Records of a return") << "unknown";
        QTest::newRow("contained") << "dependency-loss" << QByteArray("dependency-down") << QByteArray("{dependency: users-db, errors: 0, contained: true, liveness: {users-db: 200}, readiness: {users-db: 503}}") << down << "pass";
        QTest::newRow("it spread") << "dependency-loss" << QByteArray("dependency-down") << QByteArray("{dependency: users-db, errors: 9, contained: false, liveness: {users-db: 200}, readiness: {users-db: 503}}") << down << "fail";
        QTest::newRow("another dependency's") << "dependency-loss" << QByteArray("dependency-down") << QByteArray("{dependency: cache, errors: 0, contained: true, liveness: {cache: 200}, readiness: {cache: 503}}") << down << "";
    }

    void otherRulesRead()
    {
        QFETCH(QString, rule);
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, outcome);
        QFETCH(QString, title);
        QFETCH(QString, verdict);
        Evidence evidence = evidenceFrom(deployment, service + "platform: {zones: 3}\ndependencies: [{id: users-db, kind: mysql}, {id: cache, kind: redis}]\n");
        addRecord(evidence, lines(kind, {}, {}, outcome), QStringLiteral("readiness/tests/1.yaml"));
        auto findings = judge(evidence, rule);
        const QByteArray all = printed(findings);
        std::erase_if(findings, [&](const Finding &f) { return f.title.en != title; });
        QVERIFY2(verdictsOf(findings) == verdict, all.constData());
    }

    void verdicts_data()
    {
        QTest::addColumn<QByteArray>("without");
        QTest::addColumn<QByteArray>("instead");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *name, const char *without, const char *instead, const char *verdict, const char *reason) {
            QTest::newRow(name) << QByteArray(without) << QByteArray(instead) << QString::fromLatin1(verdict) << QString::fromUtf8(reason);
        };
        row("whole", "", "", "pass", "The test of 2026-11-05 passed.");
        row("failed", "result", "result: fail", "fail", "The test of 2026-11-05 failed.");
        row("no result", "result", "", "unknown", "does not say how the test ended");
        row("result not understood", "result", "result: ok", "unknown", "does not say how the test ended");
        row("no start", "started", "", "unknown", "The day of the test is not known");
        row("at the end of its validity", "started", "started: 2026-05-24T10:00:00Z", "pass", "2026-05-24");
        row("one day too old", "started", "started: 2026-05-23T10:00:00Z", "unknown", "181 days old; records hold for 180 days");
        row("old and failed", "started", "started: 2020-05-23T10:00:00Z\nresult: fail", "fail", "failed");
        row("tomorrow in its own zone", "started", "started: 2026-11-21T01:00:00+14:00", "pass", "passed");
        row("not come yet", "started", "started: 2026-11-22T10:00:00Z", "unknown", "has not come yet");
        row("no environment", "environment", "", "warn", "lacks `environment`");
        row("nobody", "who", "", "warn", "lacks `who`");
        row("no limits", "limits", "", "warn", "lacks `limits`");
        row("no links", "links", "", "warn", "lacks `links`");
        row("no image, no commit", "image", "", "warn", "lacks `image`");
        row("no recovery", "outcome", "outcome: {zone: a, errors: 0}", "warn", "lacks `outcome.recovery-seconds`");
        row("other image", "image", "image: id-auth:0.9", "warn", "The test ran id-auth:0.9; now it is registry.example/id-auth:1.0.");
        row("image of another container", "image", "image: registry.example/fluent-bit:3.1", "warn", "The test ran registry.example/fluent-bit:3.1; now it is");
        row("limits of another container", "limits", "limits: {memory: none}", "warn", "limits were cpu none, memory none");
        row("limits of the other container by name", "limits", "limits: {log-shipper: {memory: none}}", "pass", "passed");
        row("a commit that no tag tells of", "image", "commit: 4f1c9e2", "pass", "passed");
        row("other limits", "limits", "limits: {memory: 2Gi}", "warn", "The test's limits were cpu none, memory 2Gi; now they are cpu none, memory 1Gi.");
        row("the same limit in another unit", "limits", "limits: {memory: 1024Mi, cpu: none}", "pass", "passed");
        row("a limit that is gone", "limits", "limits: {memory: 1Gi, cpu: 2}", "warn", "limits were cpu 2");
        row("limits of a named container", "limits", "limits: {app: {memory: 1Gi}}", "pass", "passed");
        row("a container that is gone", "limits", "limits: {api: {memory: 1Gi}}", "warn", "The container api of the test is gone.");
    }
    void verdicts()
    {
        QFETCH(QByteArray, without);
        QFETCH(QByteArray, instead);
        QFETCH(QString, verdict);
        QFETCH(QString, reason);
        QByteArray record = lines("zone-loss", without, instead, zoneLost);
        if (instead.contains("\nresult: fail"))
            record.replace("\nresult: pass", "");
        const auto findings = judged({record});
        QVERIFY2(verdictsOf(findings) == verdict, printed(findings));
        QVERIFY2(findings[0].reason.en.contains(reason), printed(findings));
        QCOMPARE(findings[0].file, QStringLiteral("readiness/tests/1.yaml"));
        QVERIFY(findings[0].span.isValid());
        QVERIFY(verdict == u"pass" || !findings[0].remedy.isEmpty());
        QCOMPARE(findings[0].wanted.en, QStringLiteral("passed within 180 days"));
    }

    void commitsAreComparedWithTagsThatAreHashes_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("same") << QStringLiteral("r/id-auth:4f1c9e2") << QStringLiteral("pass");
        QTest::newRow("whole hash") << QStringLiteral("r/id-auth:4f1c9e2aa0011223344556677889900aabbccdde") << QStringLiteral("pass");
        QTest::newRow("sha- in front") << QStringLiteral("r/id-auth:sha-4f1c9e2") << QStringLiteral("pass");
        QTest::newRow("another") << QStringLiteral("r/id-auth:77777aa") << QStringLiteral("warn");
        QTest::newRow("a version") << QStringLiteral("r/id-auth:1.42.0") << QStringLiteral("pass");
        QTest::newRow("latest") << QStringLiteral("r:5000/id-auth") << QStringLiteral("pass");
    }
    void commitsAreComparedWithTagsThatAreHashes()
    {
        QFETCH(QString, image);
        QFETCH(QString, verdict);
        QByteArray manifests = deployment;
        manifests.replace("registry.example/id-auth:1.0", image.toUtf8());
        QCOMPARE(verdictsOf(judged({lines("zone-loss", "image", "commit: 4f1c9e2", zoneLost)}, manifests)), verdict);
    }

    void withoutARecord()
    {
        const auto findings = judged({});
        QCOMPARE(verdictsOf(findings), QStringLiteral("unknown"));
        QVERIFY(findings[0].remedy.en.contains(u"tenken record . --kind zone-loss"));
        QCOMPARE(verdictsOf(judged({recordOf("smoke", "{requests: []}")})), QStringLiteral("unknown")); // another kind
    }

    void bareManifestsNeedNone()
    {
        for (const Finding &f : judge(evidenceFrom(deployment), QStringLiteral("zone-loss")))
            QVERIFY(f.title.en != u"Test that took a zone away");
    }

    void theNewestInEachEnvironmentCounts()
    {
        const QByteArray passed = lines("zone-loss", "", "", zoneLost);
        QByteArray failedBefore = lines("zone-loss", "result", "result: fail", zoneLost);
        failedBefore.replace("2026-11-05", "2026-10-01");
        QCOMPARE(verdictsOf(judged({passed, failedBefore})), QStringLiteral("pass"));
        QByteArray failedAfter = failedBefore;
        failedAfter.replace("2026-10-01", "2026-11-06");
        QCOMPARE(verdictsOf(judged({failedAfter, passed})), QStringLiteral("fail"));
        // A pass in staging does not mend what failed in production.
        QByteArray production = failedBefore;
        production.replace("environment: staging", "environment: production");
        QCOMPARE(verdictsOf(judged({passed, production})), QStringLiteral("fail pass"));
        // One that only grew old is made up for by a newer one elsewhere.
        QByteArray old = passed;
        old.replace("environment: staging", "environment: production").replace("2026-11-05", "2020-11-05");
        QCOMPARE(verdictsOf(judged({passed, old})), QStringLiteral("pass"));
        QCOMPARE(verdictsOf(judged({old})), QStringLiteral("unknown"));
    }

    void whatCannotBeOrderedStaysVisible()
    {
        const QByteArray passed = lines("zone-loss", "", "", zoneLost);
        QByteArray undated = lines("zone-loss", "started", "", zoneLost);
        QCOMPARE(verdictsOf(judged({passed, undated})), QStringLiteral("pass unknown"));
        undated.replace("result: pass", "result: fail");
        QCOMPARE(verdictsOf(judged({passed, undated})), QStringLiteral("pass fail"));
        // A record of a day to come replaces no failure, and no pass elsewhere hides it.
        QByteArray failed = passed, future = passed, production = passed;
        failed.replace("result: pass", "result: fail");
        future.replace("2026-11-05", "2027-11-05");
        production.replace("environment: staging", "environment: production");
        QCOMPARE(verdictsOf(judged({failed, future, production})), QStringLiteral("pass fail unknown"));
        QCOMPARE(verdictsOf(judged({future, production})), QStringLiteral("pass unknown"));
        // Of two of one moment the failure counts, in either order.
        QCOMPARE(verdictsOf(judged({failed, passed})), QStringLiteral("fail"));
        QCOMPARE(verdictsOf(judged({passed, failed})), QStringLiteral("fail"));
    }

    void whatGrewOldStaysAFailureByItsFiguresToo()
    {
        QByteArray old = lines("rollout-under-load", "", "", "{errors: 3}"), fresh = lines("rollout-under-load", "", "", "{errors: 0}");
        old.replace("environment: staging", "environment: production").replace("2026-11-05", "2020-11-05");
        Evidence evidence = evidenceFrom(deployment, service);
        addRecord(evidence, old, QStringLiteral("readiness/tests/1.yaml"));
        addRecord(evidence, fresh, QStringLiteral("readiness/tests/2.yaml"));
        QCOMPARE(verdictOf(evidence, QStringLiteral("mixed-versions")), QStringLiteral("fail"));
    }

    void aSecondDocumentMayTellOfAFailure()
    {
        const QByteArray passed = lines("zone-loss", "", "", zoneLost);
        QCOMPARE(verdictsOf(judged({passed + "---\nformat: tenken.test/1\nkind: zone-loss\nresult: fail\n"})), QStringLiteral("pass unknown"));
        QCOMPARE(verdictsOf(judged({passed + "---\n"})), QStringLiteral("pass"));
    }

    void aRecordThatCannotBeReadMayTellOfAFailure()
    {
        const QByteArray passed = lines("zone-loss", "", "", zoneLost);
        QCOMPARE(verdictsOf(judged({passed, "kind: zone-los\nresult: fail\n"})), QStringLiteral("pass unknown"));
        Evidence evidence = evidenceFrom(deployment, service);
        addRecord(evidence, passed);
        evidence.unreadable.push_back({QStringLiteral("readiness/tests"), {}, {"x", "too many"}, {}});
        const auto findings = judge(evidence, QStringLiteral("zone-loss"));
        QVERIFY(firstWith(Verdict::Unknown, findings).reason.en.contains(u"Not every record was read")
                || printed(findings).contains("Not every record was read"));
    }

    void withoutADateNothingIsYoungEnough()
    {
        Evidence evidence = evidenceFrom(deployment, service);
        evidence.today = {};
        addRecord(evidence, lines("zone-loss", "", "", zoneLost));
        QVERIFY(printed(judge(evidence, QStringLiteral("zone-loss"))).contains("Today's date is not known"));
    }

    void anEnvironmentThatIsNotDeclared()
    {
        Evidence evidence = evidenceFrom(deployment, service + "environments: [production]\n");
        addRecord(evidence, lines("zone-loss", "", "", zoneLost));
        QVERIFY(printed(judge(evidence, QStringLiteral("zone-loss"))).contains("service.yaml has no environment staging."));
    }

    void staleMarksBothPlaces()
    {
        const auto findings = judged({lines("zone-loss", "image", "image: id-auth:0.9", zoneLost)});
        QCOMPARE(findings[0].marks.size(), size_t(2));
        QCOMPARE(findings[0].marks[0].file, QStringLiteral("readiness/tests/1.yaml"));
        QCOMPARE(findings[0].marks[1].file, QStringLiteral("k8s.yaml"));
        QCOMPARE(findings[0].marks[1].span.line, 10);
    }
};

QTEST_APPLESS_MAIN(TestRecords)
#include "tst_records.moc"
