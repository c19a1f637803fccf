// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trafficcases.h"

using namespace tenken;
using namespace tenken::test;

class TestRetries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void routes_data();
    void routes();
    void clients_data();
    void clients();
    void storm_data();
    void storm();
    void declarations();
    void otherClientsRoutes();
    void snippetMendsIt();
};

namespace {

std::vector<Finding> judged(const QByteArray &manifests, const QByteArray &service = {})
{
    return judge(evidenceFrom(manifests, service), QStringLiteral("retries"));
}

} // namespace

void TestRetries::routes_data()
{
    QTest::addColumn<QByteArray>("http");
    QTest::addColumn<QString>("verdicts");
    const auto row = [](const char *name, const char *http, const char *verdicts) { QTest::newRow(name) << QByteArray(http) << QString::fromLatin1(verdicts); };
    // The verdict on being set, then on the conditions.
    row("with perTryTimeout", "      retries: {attempts: 2, perTryTimeout: 1s, retryOn: connect-failure}\n", "pass pass");
    row("default conditions", "      retries: {attempts: 2, perTryTimeout: 1s}\n", "pass pass");
    row("unset retries are 2", "", "warn");
    row("perTryTimeout missing", "      retries: {attempts: 3}\n", "warn pass");
    row("perTryTimeout 0s is none", "      retries: {attempts: 3, perTryTimeout: 0s}\n", "warn pass");
    row("attempts 0 disables", "      retries: {attempts: 0}\n", "fail");
    row("an empty block disables too", "      retries: {}\n", "fail");
    row("5xx on any method", "      retries: {attempts: 2, perTryTimeout: 1s, retryOn: '5xx,connect-failure'}\n", "pass warn");
    row("5xx on GET", "      match: [{method: {exact: GET}}]\n      retries: {attempts: 2, perTryTimeout: 1s, retryOn: 5xx}\n", "pass pass");
    row("5xx on POST", "      match: [{method: {exact: POST}}]\n      retries: {attempts: 2, perTryTimeout: 1s, retryOn: 5xx}\n", "pass fail");
    row("5xx on GET or POST", "      match: [{method: {exact: GET}}, {method: {exact: POST}}]\n      retries: {attempts: 2, perTryTimeout: 1s, retryOn: gateway-error}\n", "pass fail");
    row("one match takes any method", "      match: [{method: {exact: GET}}, {uri: {prefix: /}}]\n      retries: {attempts: 2, perTryTimeout: 1s, retryOn: 5xx}\n", "pass warn");
    row("no retries on POST is right", "      match: [{method: {exact: POST}}]\n      retries: {attempts: 0}\n", "pass");
    row("a status code", "      retries: {attempts: 2, perTryTimeout: 1s, retryOn: '503,connect-failure'}\n", "pass warn");
    row("negative", "      retries: {attempts: -1, perTryTimeout: 2s}\n", "fail");
    row("0 with other fields is refused", "      retries: {attempts: 0, perTryTimeout: 2s}\n", "fail");
    row("no such condition", "      retries: {attempts: 1, perTryTimeout: 2s, retryOn: '5xx,invalid policy'}\n", "fail");
    row("no such status", "      retries: {attempts: 1, perTryTimeout: 2s, retryOn: '600'}\n", "fail");
    row("below a millisecond", "      retries: {attempts: 1, perTryTimeout: 0.000000999s}\n", "fail");
    row("no whole millisecond", "      retries: {attempts: 1, perTryTimeout: 2.000000001s}\n", "fail");
    row("a variable", "      retries: {attempts: $N, perTryTimeout: 1s}\n", "unknown");
}

void TestRetries::routes()
{
    QFETCH(QByteArray, http);
    auto findings = judged(virtualService("users", http));
    QCOMPARE(toString(findings.front().verdict), QStringLiteral("unknown")); // no dependencies declared
    findings.erase(findings.begin());
    QTEST(verdictsOf(findings), "verdicts");
    checkWords(findings);
}

void TestRetries::clients_data()
{
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &service, const char *verdict) { QTest::newRow(name) << service << QString::fromLatin1(verdict); };
    const QByteArray noMesh = "platform: {mesh: none}\n";
    row("database, declared", serviceYaml(database("retries: 1, read-timeout: 1s")), "pass");
    row("database, without a limit", serviceYaml(database("retries: 1")), "warn");
    row("database, none", serviceYaml(database("retries: 0, read-timeout: 1s")), "warn");
    row("database, not declared", serviceYaml(database()), "unknown");
    row("http in a mesh: the default", serviceYaml(users()), "warn");
    row("http without a mesh", serviceYaml(users(), noMesh), "unknown");
    row("http without a mesh, none", serviceYaml(users("retries: 0"), noMesh), "fail");
    row("http without a mesh, declared", serviceYaml(users("retries: 2, per-try: 1s"), noMesh), "pass");
}

void TestRetries::clients()
{
    QFETCH(QByteArray, service);
    const auto findings = judged(idAuth(), service);
    QTEST(verdictsAbout(findings, QStringLiteral("retries are set")), "verdict");
    checkWords(findings);
}

void TestRetries::storm_data()
{
    QTest::addColumn<QByteArray>("manifests");
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("measured");
    const auto row = [](const char *name, const QByteArray &manifests, const QByteArray &service, const char *verdict, const char *measured) {
        QTest::newRow(name) << idAuth() + manifests << serviceYaml(service) << QString::fromLatin1(verdict) << QString::fromLatin1(measured);
    };
    const auto own = [](const char *attempts) { return virtualService("id-auth", QByteArray("      retries: {attempts: ") + attempts + "}\n"); };
    const auto dependency = [](const char *attempts) { return virtualService("users", QByteArray("      retries: {attempts: ") + attempts + "}\n"); };
    row("Istio's default twice: 3 × 3", "", users(), "fail", "9");
    row("once a hop", own("1") + dependency("1"), users(), "pass", "4");
    row("only at the dependency", own("0") + dependency("2"), users(), "pass", "3");
    row("one too many", own("1") + dependency("2"), users(), "fail", "6");
    row("the client multiplies", own("0") + dependency("1"), users("retries: 2"), "fail", "6");
    row("the caller's client multiplies", own("0") + dependency("1"), users() + "callers: [{id: web, retries: 2, timeout: 9s}]\n", "fail", "6");
    row("a client whose retries are not declared", own("0") + dependency("0"), users("read-timeout: 1s"), "unknown", "1");
    row("a database: the mesh sees no requests", own("0"), database("retries: 2, read-timeout: 1s"), "pass", "3");
    row("a database, not declared", own("0"), database(), "unknown", "unknown");
    row("mesh-wide default of none",
        "---\napiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: i}\nspec:\n  meshConfig:\n    defaultHttpRetryPolicy: {attempts: 0}\n", users(), "pass", "1");
}

void TestRetries::storm()
{
    QFETCH(QByteArray, manifests);
    QFETCH(QByteArray, service);
    QFETCH(QString, measured);
    const auto findings = judged(manifests, service);
    QTEST(verdictsAbout(findings, QStringLiteral("retries multiplied")), "verdict");
    for (const Finding &f : findings) {
        if (f.title.en.contains(QLatin1String("multiplied")))
            QCOMPARE(f.measured.en, measured);
    }
    checkWords(findings);
}

void TestRetries::otherClientsRoutes()
{
    const auto routes = [](const char *first) {
        return QByteArray("---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: users, namespace: shop}\nspec:\n  hosts: [users]\n  http:\n    - {match: [{")
            + first + "}], route: [{destination: {host: users}}]}\n    - {retries: {attempts: 1, perTryTimeout: 1s}, timeout: 3s, route: [{destination: {host: users}}]}\n"
              "    - {retries: {attempts: 0}, route: [{destination: {host: users}}]}\n"; // nobody comes here
    };
    const auto verdict = [&](const char *first) { return verdictsAbout(judged(idAuth() + routes(first), serviceYaml(users())), QStringLiteral("retries are set")); };
    QCOMPARE(verdict("sourceLabels: {app: other}"), QStringLiteral("pass"));
    QCOMPARE(verdict("sourceNamespace: other"), QStringLiteral("pass"));
    QCOMPARE(verdict("sourceLabels: {app: id-auth}"), QStringLiteral("warn"));
    QCOMPARE(verdict("uri: {prefix: /a}"), QStringLiteral("warn pass"));
    // What Istio refuses takes the other routes with it.
    const QByteArray refused = routes("sourceLabels: {app: other}").replace("attempts: 0}", "attempts: 0, perTryTimeout: 1s}");
    QCOMPARE(verdictOf(evidenceFrom(idAuth() + refused, serviceYaml(users())), QStringLiteral("retries")), QStringLiteral("fail"));
}

void TestRetries::declarations()
{
    QCOMPARE(verdictOf(evidenceFrom(idAuth(), serviceYaml("dependencies: []\n")), QStringLiteral("retries")), QStringLiteral("n/a"));
    QCOMPARE(verdictOf(evidenceFrom(idAuth(), serviceYaml({})), QStringLiteral("retries")), QStringLiteral("unknown"));
    // The parameter decides.
    const Evidence e = evidenceFrom(idAuth() + virtualService("id-auth", "      retries: {attempts: 1, perTryTimeout: 1s}\n")
                                        + virtualService("users", "      retries: {attempts: 1, perTryTimeout: 1s}\n"), serviceYaml(users()));
    QCOMPARE(verdictOf(e, QStringLiteral("retries")), QStringLiteral("pass"));
    QCOMPARE(verdictOf(e, QStringLiteral("retries"), {{QStringLiteral("storm"), 3}}), QStringLiteral("fail"));
}

void TestRetries::snippetMendsIt()
{
    const QByteArray yaml = virtualService("users", "");
    const Finding f = firstWith(Verdict::Warn, judged(yaml));
    QVERIFY(f.snippet.startsWith(QLatin1String("      retries:")));
    const auto mended = judged(yaml + f.snippet.toUtf8() + '\n');
    QCOMPARE(verdictsAbout(mended, QStringLiteral("http[0]")), QStringLiteral("pass pass"));
}

QTEST_APPLESS_MAIN(TestRetries)
#include "tst_retries.moc"
