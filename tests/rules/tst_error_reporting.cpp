// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/support.h>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

const QByteArray dsn = "https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.io/42";

// A Deployment whose container has this below it, and more documents.
QByteArray deployment(const QByteArray &container, const QByteArray &more = {})
{
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth}\nspec:\n  template:\n    "
           "spec:\n      containers:\n"
           "        - name: app\n          image: app:1\n"
        + container + more;
}

QByteArray env(const QByteArray &entry)
{
    return "          env:\n            - " + entry + '\n';
}

QByteArray object(const QByteArray &kind, const QByteArray &rest)
{
    return "---\napiVersion: v1\nkind: " + kind + "\nmetadata: {name: s}\n" + rest + '\n';
}

Evidence evidence(const QByteArray &manifests, const QByteArray &limit = "{events: 300, seconds: 60}")
{
    return evidenceFrom(manifests, "id: id-auth\nmonitoring: {sentry-rate-limit: " + limit + "}\n");
}

const QByteArray fromSecret = "{name: SENTRY_DSN, valueFrom: {secretKeyRef: {name: s, key: SENTRY_DSN}}}";
const QByteArray fromMap = "{name: SENTRY_DSN, valueFrom: {configMapKeyRef: {name: s, key: dsn}}}";
const QByteArray allOfSecret = "          envFrom: [{secretRef: {name: s}}]\n";

} // namespace

class TestErrorReporting : public QObject
{
    Q_OBJECT

private slots:
    void sources_data()
    {
        QTest::addColumn<QByteArray>("manifests");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("secretKeyRef") << deployment(env(fromSecret)) << u"pass"_s;
        QTest::newRow("literal") << deployment(env("{name: SENTRY_DSN, value: '" + dsn + "'}")) << u"fail"_s;
        QTest::newRow("empty literal") << deployment(env("{name: SENTRY_DSN, value: ''}")) << u"fail"_s;
        QTest::newRow("literal of the browser's bundle")
            << deployment(env("{name: NEXT_PUBLIC_SENTRY_DSN, value: '" + dsn + "'}")) << u"fail"_s;
        QTest::newRow("literal, .NET")
            << deployment(env("{name: Sentry__Dsn, value: '" + dsn + "'}")) << u"fail"_s;
        QTest::newRow("optional Secret") << deployment(
            env("{name: SENTRY_DSN, valueFrom: {secretKeyRef: {name: s, key: d, optional: true}}}"))
                                         << u"warn"_s;
        QTest::newRow("ConfigMap that is not here") << deployment(env(fromMap)) << u"warn"_s;
        QTest::newRow("ConfigMap with the literal")
            << deployment(env(fromMap), object("ConfigMap", "data: {dsn: '" + dsn + "'}")) << u"fail"_s;
        QTest::newRow("Secret with its value in the manifests")
            << deployment(env(fromSecret), object("Secret", "stringData: {SENTRY_DSN: '" + dsn + "'}"))
            << u"warn"_s;
        QTest::newRow("envFrom of a Secret that is not here") << deployment(allOfSecret) << u"unknown"_s;
        QTest::newRow("envFrom of a Secret with another key")
            << deployment(allOfSecret, object("Secret", "data: {A: Yg==}")) << u"fail"_s;
        QTest::newRow("envFrom of an ExternalSecret") << deployment(
            allOfSecret,
            object("ExternalSecret", "spec: {target: {name: s}, data: [{secretKey: SENTRY_DSN}]}"))
                                                      << u"pass"_s;
        QTest::newRow("envFrom of an ExternalSecret, all of it") << deployment(
            allOfSecret,
            object("ExternalSecret", "spec: {target: {name: s}, dataFrom: [{extract: {key: a}}]}"))
                                                                 << u"unknown"_s;
        QTest::newRow("envFrom of a SealedSecret")
            << deployment(allOfSecret, object("SealedSecret", "spec: {encryptedData: {SENTRY_DSN: AgB}}"))
            << u"pass"_s;
        QTest::newRow("envFrom of a ConfigMap with it")
            << deployment("          envFrom: [{configMapRef: {name: s}}]\n",
                          object("ConfigMap", "data: {SENTRY_DSN: '" + dsn + "'}"))
            << u"fail"_s;
        QTest::newRow("envFrom with a prefix")
            << deployment("          envFrom: [{prefix: SENTRY_, secretRef: {name: s}}]\n",
                          object("SealedSecret", "spec: {encryptedData: {DSN: AgB}}"))
            << u"pass"_s;
        QTest::newRow("env wins over envFrom")
            << deployment(env("{name: SENTRY_DSN, value: '" + dsn + "'}") + allOfSecret,
                          object("SealedSecret", "spec: {encryptedData: {SENTRY_DSN: AgB}}"))
            << u"fail"_s;
        QTest::newRow("by another variable")
            << deployment(env("{name: D, valueFrom: {secretKeyRef: {name: s, key: d}}}")
                          + "            - {name: SENTRY_DSN, value: $(D)}\n")
            << u"pass"_s;
        QTest::newRow("nowhere") << deployment({}) << u"fail"_s;
        QTest::newRow("a Secret is mounted")
            << deployment("      volumes: [{name: v, secret: {secretName: s}}]\n") << u"unknown"_s;
        QTest::newRow("no manifests") << QByteArray() << u"unknown"_s;
    }
    void sources()
    {
        QFETCH(QByteArray, manifests);
        const ItemResult result = judgeItem(evidence(manifests), u"error-reporting"_s);
        QFETCH(QString, verdict);
        const QByteArray text = printed(result.findings);
        QVERIFY2(toString(result.verdict) == verdict, text);
        QVERIFY(!text.contains("0123456789")); // the DSN reaches no output
        for (const Finding &f : result.findings)
            QVERIFY(!f.snippet.contains(u"0123456789"));
    }

    void limits_data()
    {
        QTest::addColumn<QByteArray>("limit");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("declared") << QByteArray("{events: 300, seconds: 60}") << u"pass"_s;
        QTest::newRow("none") << QByteArray("none") << u"fail"_s;
        QTest::newRow("unsaid") << QByteArray("null") << u"unknown"_s;
        QTest::newRow("half of it") << QByteArray("{events: 300}") << u"unknown"_s;
    }
    void limits()
    {
        QFETCH(QByteArray, limit);
        QTEST(verdictOf(evidence(deployment(env(fromSecret)), limit), u"error-reporting"_s), "verdict");
    }

    void bareManifests()
    {
        QCOMPARE(verdictOf(evidenceFrom(deployment({})), u"error-reporting"_s), u"unknown"_s);
        QCOMPARE(verdictOf(evidenceFrom(deployment(env("{name: SENTRY_DSN, value: '" + dsn + "'}"))),
                           u"error-reporting"_s),
                 u"fail"_s); // a literal is one without any description
    }

    void perContainer()
    {
        const QByteArray sidecar =
            "        - name: worker\n          image: app:1\n" + env("{name: SENTRY_ENVIRONMENT, value: p}");
        const auto findings = judge(evidence(deployment(env(fromSecret), sidecar)), u"error-reporting"_s);
        QCOMPARE(firstWith(Verdict::Fail, findings).container,
                 u"worker"_s); // it speaks to Sentry, and has no DSN
        const QByteArray shipper = "        - name: log-shipper\n          image: fluent-bit:3\n";
        QCOMPARE(verdictOf(evidence(deployment(env(fromSecret), shipper)), u"error-reporting"_s), u"pass"_s);
        const QByteArray job = "---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {template: "
                               "{spec: {containers: [{name: a, image: a, "
                               "env: [{name: SENTRY_DSN, value: '"
            + dsn + "'}]}]}}}\n";
        QCOMPARE(verdictOf(evidence(deployment(env(fromSecret), job)), u"error-reporting"_s),
                 u"fail"_s); // a literal is one anywhere
    }
};

QTEST_APPLESS_MAIN(TestErrorReporting)
#include "tst_error_reporting.moc"
