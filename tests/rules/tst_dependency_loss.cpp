// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trafficcases.h"

using namespace tenken;
using namespace tenken::test;

class TestDependencyLoss : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void breakers_data();
    void breakers();
    void early_data();
    void early();
    void subsetsGoFirst();
    void declarations();
    void refusedAnywhere();
};

namespace {

std::vector<Finding> judged(const QByteArray &manifests, const QByteArray &service)
{
    return judge(evidenceFrom(manifests, service), QStringLiteral("dependency-loss"));
}

QByteArray policy(const char *text)
{
    return destinationRule("users", QByteArray("  trafficPolicy: {") + text + "}\n");
}

/// Three hosts of the dependency, as a ServiceEntry lists them.
QByteArray hosts(int n)
{
    QByteArray list;
    for (int i = 0; i < n; ++i)
        list += (i ? ", " : "") + QByteArray("{address: 10.0.0.") + QByteArray::number(i + 1) + "}";
    return "---\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: users, namespace: shop}\nspec:\n  hosts: [users.shop.svc.cluster.local]\n"
           "  ports: [{number: 80, name: http, protocol: HTTP}]\n  resolution: STATIC\n  endpoints: [" + list + "]\n";
}

} // namespace

void TestDependencyLoss::breakers_data()
{
    QTest::addColumn<QByteArray>("manifests");
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &manifests, const QByteArray &service, const char *verdict) {
        QTest::newRow(name) << idAuth() + manifests << serviceYaml(service) << QString::fromLatin1(verdict);
    };
    row("bounded connections", policy("connectionPool: {tcp: {maxConnections: 100}}"), users(), "pass");
    row("bounded queue", policy("connectionPool: {http: {http1MaxPendingRequests: 64}}"), users(), "pass");
    row("bounded requests", policy("connectionPool: {http: {http2MaxRequests: 64}}"), users(), "pass");
    row("a connect timeout bounds nothing", policy("connectionPool: {tcp: {connectTimeout: 1s}}"), users(), "fail");
    row("2³¹−1 is no bound", policy("connectionPool: {tcp: {maxConnections: 2147483647}}"), users(), "fail");
    row("a variable", policy("connectionPool: {tcp: {maxConnections: $N}}"), users(), "unknown");
    row("10 % by default", policy("outlierDetection: {consecutive5xxErrors: 5}"), users(), "fail");
    row("100 %", policy("outlierDetection: {maxEjectionPercent: 100}"), users(), "pass");
    row("30 %", policy("outlierDetection: {maxEjectionPercent: 30}"), users(), "fail");
    row("10 % of 3 hosts ejects none or one", policy("outlierDetection: {}") + hosts(3), users(), "fail");
    row("50 % of 3 hosts ejects one of the two wanted", policy("outlierDetection: {maxEjectionPercent: 50}") + hosts(3), users(), "fail");
    row("67 % of 3 hosts ejects two", policy("outlierDetection: {maxEjectionPercent: 67}") + hosts(3), users(), "pass");
    row("10 % of 20 hosts ejects two", policy("outlierDetection: {}") + hosts(20), users(), "fail");
    row("ejection off", policy("outlierDetection: {consecutive5xxErrors: 0, maxEjectionPercent: 100}"), users(), "fail");
    row("2³²−1 errors in a row", policy("outlierDetection: {consecutive5xxErrors: 4294967295, maxEjectionPercent: 100}"), users(), "warn");
    row("2³²−1 of any kind, five of the gateway's", policy("outlierDetection: {consecutive5xxErrors: 4294967295, consecutiveGatewayErrors: 5, maxEjectionPercent: 100}"), users(), "pass");
    row("a count that is a variable", policy("outlierDetection: {consecutive5xxErrors: $N, maxEjectionPercent: 100}"), users(), "unknown");
    row("healthy ones wanted: all", policy("outlierDetection: {maxEjectionPercent: 100, minHealthPercent: 100}"), users(), "fail");
    row("healthy ones wanted: a half", policy("outlierDetection: {maxEjectionPercent: 100, minHealthPercent: 50}"), users(), "pass");
    row("healthy ones wanted: more than a half", policy("outlierDetection: {maxEjectionPercent: 100, minHealthPercent: 51}"), users(), "fail");
    row("healthy ones wanted: a half of 3 hosts", policy("outlierDetection: {maxEjectionPercent: 100, minHealthPercent: 50}") + hosts(3), users(), "fail");
    row("a thousand million requests", policy("connectionPool: {http: {http2MaxRequests: 1000000000}}"), users(), "warn");
    row("a thousand million beside a true bound", policy("connectionPool: {tcp: {maxConnections: 100}, http: {http2MaxRequests: 1000000000}}"), users(), "pass");
    const auto selected = [](const char *app, const char *nameSpace = "shop") {
        return destinationRule(QByteArray(nameSpace) == "shop" ? "users" : "users.shop.svc.cluster.local",
                               QByteArray("  workloadSelector: {matchLabels: {app: ") + app + "}}\n  trafficPolicy: {connectionPool: {tcp: {maxConnections: 100}}}\n", nameSpace);
    };
    row("a rule for other clients", selected("zzz"), users(), "unknown");
    row("a rule for these clients", selected("id-auth"), users(), "pass");
    row("a selector holds in its own namespace", selected("id-auth", "istio-system"), users(), "unknown");
    row("gateway errors instead", policy("outlierDetection: {consecutive5xxErrors: 0, consecutiveGatewayErrors: 5, maxEjectionPercent: 100}"), users(), "pass");
    row("empty connectionPool is refused", policy("connectionPool: {}, outlierDetection: {maxEjectionPercent: 100}"), users(), "fail");
    row("local failures need the split", policy("outlierDetection: {consecutiveLocalOriginFailures: 5, maxEjectionPercent: 100}"), users(), "fail");
    row("over 100 %", policy("outlierDetection: {maxEjectionPercent: 105}"), users(), "fail");
    row("a rule without a policy", destinationRule("users", ""), users(), "fail");
    row("nothing", "", users(), "unknown");
    row("the library, with a link", "", users("circuit-breaker: {library: resilience4j, link: \"https://x\"}"), "pass");
    row("the library, without a link", "", users("circuit-breaker: {library: resilience4j}"), "unknown");
    row("the library in place of a weak rule", policy("outlierDetection: {}"), users("circuit-breaker: \"https://x\""), "pass");
    row("a database: the queue of requests is HTTP's", destinationRule("users-db.internal", "  trafficPolicy: {connectionPool: {http: {http1MaxPendingRequests: 9}}}\n"), database(), "fail");
    row("a database: connections", destinationRule("users-db.internal", "  trafficPolicy: {connectionPool: {tcp: {maxConnections: 9}}}\n"), database(), "pass");
    row("the port's settings replace the rule's",
        destinationRule("users-db.internal", "  trafficPolicy: {connectionPool: {tcp: {maxConnections: 9}}, portLevelSettings: [{port: {number: 3306}, connectionPool: {tcp: {connectTimeout: 1s}}}]}\n"),
        database(), "fail");
    row("another port's settings",
        destinationRule("users-db.internal", "  trafficPolicy: {connectionPool: {tcp: {maxConnections: 9}}, portLevelSettings: [{port: {number: 80}, connectionPool: {tcp: {connectTimeout: 1s}}}]}\n"),
        database(), "pass");
}

void TestDependencyLoss::breakers()
{
    QFETCH(QByteArray, manifests);
    QFETCH(QByteArray, service);
    const auto findings = judged(manifests, service);
    QTEST(verdictsAbout(findings, QStringLiteral("circuit breaker")), "verdict");
    checkWords(findings);
}

void TestDependencyLoss::early_data()
{
    QTest::addColumn<QByteArray>("manifests");
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &manifests, const QByteArray &service, const char *verdict) {
        QTest::newRow(name) << idAuth() + manifests << serviceYaml(service) << QString::fromLatin1(verdict);
    };
    row("short", virtualService("users", "      timeout: 2s\n"), users(), "pass");
    row("its tries together are long", virtualService("users", "      retries: {attempts: 3, perTryTimeout: 2s}\n"), users(), "warn");
    row("off", virtualService("users", "      timeout: 0s\n"), users(), "fail");
    row("not readable", virtualService("users", "      timeout: soon\n"), users(), "unknown");
    row("not known", "", users(), "unknown");
    row("a database's client", "", database("read-timeout: 2s, retries: 1"), "pass");
    row("a database, nothing declared", "", database(), "unknown");
    row("TLS to the outside: the route has no effect",
        virtualService("api.example.com", "      timeout: 2s\n")
            + "---\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: api, namespace: shop}\nspec:\n  hosts: [api.example.com]\n"
              "  ports: [{number: 443, name: tls, protocol: TLS}]\n",
        "dependencies: [{id: api, kind: http, host: api.example.com}]\n", "unknown");
}

void TestDependencyLoss::early()
{
    QFETCH(QByteArray, manifests);
    QFETCH(QByteArray, service);
    const auto findings = judged(manifests, service);
    QTEST(verdictsAbout(findings, QStringLiteral("early timeout")), "verdict");
    checkWords(findings);
}

void TestDependencyLoss::subsetsGoFirst()
{
    const QByteArray route = "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: users, namespace: shop}\nspec:\n  hosts: [users]\n"
                             "  http:\n    - route: [{destination: {host: users, subset: v1}, weight: 90}, {destination: {host: users, subset: v2}, weight: 10}]\n      timeout: 2s\n";
    const auto rule = [](const char *v2) {
        return destinationRule("users", QByteArray("  trafficPolicy: {connectionPool: {tcp: {maxConnections: 9}}}\n  subsets:\n    - {name: v1, labels: {v: '1'}}\n"
                                                   "    - {name: v2, labels: {v: '2'}") + v2 + "}\n");
    };
    QCOMPARE(verdictsAbout(judged(idAuth() + route + rule(""), serviceYaml(users())), QStringLiteral("circuit")), QStringLiteral("pass"));
    const auto weak = judged(idAuth() + route + rule(", trafficPolicy: {connectionPool: {tcp: {connectTimeout: 1s}}}"), serviceYaml(users()));
    QCOMPARE(verdictsAbout(weak, QStringLiteral("circuit")), QStringLiteral("fail"));
}

void TestDependencyLoss::declarations()
{
    QCOMPARE(verdictOf(evidenceFrom(idAuth(), serviceYaml("dependencies: []\n")), QStringLiteral("dependency-loss")), QStringLiteral("n/a"));
    QCOMPARE(verdictOf(evidenceFrom(idAuth(), serviceYaml({})), QStringLiteral("dependency-loss")), QStringLiteral("unknown"));
    // What the manifests or the traces show stands against the declaration, in every rule of dependencies.
    const QByteArray entry = "---\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: users-db}\nspec: {hosts: [users-db.internal]}\n";
    for (const char *rule : {"dependency-loss", "dependency-return", "dependencies-capacity", "alert-dependencies", "timeouts", "retries"}) {
        const auto said = [&](const QByteArray &manifests) { return judge(evidenceFrom(idAuth() + manifests, serviceYaml("dependencies: []\n")), QLatin1StringView(rule)); };
        QCOMPARE(said({}).front().verdict, Verdict::NotApplicable);
        QCOMPARE(said(destinationRule("id-auth", "")).front().verdict, Verdict::NotApplicable); // its own
        const auto byRule = said(destinationRule("users.shop.svc.cluster.local", ""));
        QCOMPARE(byRule.front().verdict, Verdict::Unknown);
        QVERIFY(byRule.front().reason.en.contains(u"DestinationRule/shop/users"));
        QCOMPARE(byRule.front().marks.size(), size_t(1));
        QCOMPARE(said(entry).front().verdict, Verdict::Unknown);
        Evidence traced = evidenceFrom(idAuth(), serviceYaml("dependencies: []\n"));
        traced.datadog.serviceCalls = {{QStringLiteral("deps.json"), {}, {{QStringLiteral("id-auth"), {QStringLiteral("users-db")}}}}};
        QCOMPARE(judge(traced, QLatin1StringView(rule)).front().verdict, Verdict::Unknown);
        traced.datadog.serviceCalls = {{QStringLiteral("deps.json"), {}, {{QStringLiteral("web"), {QStringLiteral("id-auth")}}}}};
        QCOMPARE(judge(traced, QLatin1StringView(rule)).front().verdict, Verdict::NotApplicable);
    }
    // Without a mesh the client alone decides, and a DestinationRule means nothing.
    const QByteArray noMesh = "platform: {mesh: none}\n";
    const QByteArray rule = policy("connectionPool: {tcp: {maxConnections: 100}}");
    QCOMPARE(verdictsAbout(judged(idAuth() + rule, serviceYaml(users(), noMesh)), QStringLiteral("circuit")), QStringLiteral("unknown"));
    const QByteArray own = users("timeout: 2s, circuit-breaker: {library: r4j, link: \"https://x\"}");
    QCOMPARE(verdictOf(evidenceFrom(idAuth(), serviceYaml(own, noMesh)), QStringLiteral("dependency-loss")), QStringLiteral("pass"));
}

void TestDependencyLoss::refusedAnywhere()
{
    const auto findings = judged(destinationRule("other", "  trafficPolicy: {connectionPool: {tcp: {maxConnections: -1}}}\n"), {});
    QCOMPARE(verdictsOf(findings), QStringLiteral("unknown fail"));
    QVERIFY(findings[1].object == QLatin1String("DestinationRule/shop/other"));
    QVERIFY(judged(destinationRule("other", "  trafficPolicy: {connectionPool: {tcp: {maxConnections: 1}}}\n"), {}).size() == 1);
}

QTEST_APPLESS_MAIN(TestDependencyLoss)
#include "tst_dependency_loss.moc"
