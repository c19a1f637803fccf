// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trafficcases.h"

using namespace tenken;
using namespace tenken::test;

class TestTimeouts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void connects_data();
    void connects();
    void nests_data();
    void nests();
    void fits_data();
    void fits();
    void hosts_data();
    void hosts();
    void declarations();
    void delegatesKeepTheirHosts();
    void placesAndPicture();
};

namespace {

std::vector<Finding> judged(const QByteArray &manifests, const QByteArray &service)
{
    return judge(evidenceFrom(manifests, service), QStringLiteral("timeouts"));
}

const QByteArray pool = "  trafficPolicy: {connectionPool: {tcp: {connectTimeout: 500ms}}}\n";

} // namespace

void TestTimeouts::reads_data()
{
    QTest::addColumn<QByteArray>("manifests");
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &manifests, const QByteArray &service, const char *verdict) {
        QTest::newRow(name) << idAuth() + manifests << serviceYaml(service) << QString::fromLatin1(verdict);
    };
    row("timeout of the route", virtualService("users", "      timeout: 2s\n"), users(), "pass");
    row("not set: off by default", virtualService("users", ""), users(), "fail");
    row("0s turns it off", virtualService("users", "      timeout: 0s\n"), users(), "fail");
    row("perTryTimeout limits each try", virtualService("users", "      retries: {attempts: 2, perTryTimeout: 1s}\n"), users(), "pass");
    row("long", virtualService("users", "      timeout: 11s\n"), users(), "warn");
    row("no unit", virtualService("users", "      timeout: 2\n"), users(), "unknown");
    row("a variable", virtualService("users", "      timeout: ${TIMEOUT}\n"), users(), "unknown");
    row("the client's own", virtualService("users", ""), users("read-timeout: 2s"), "pass");
    row("nothing at all", "", users(), "unknown");
    row("client without a read timeout", "", users("connect-timeout: 1s"), "unknown");
    row("a database: its client decides", "", database("read-timeout: 2s"), "pass");
    row("a database: routes have no effect", virtualService("users-db.internal", "      timeout: 2s\n"), database(), "unknown");
    row("gateway routes are not for sidecars", virtualService("users", "      timeout: 2s\n", "  gateways: [edge]\n"), users(), "unknown");
    const auto routes = [](const QByteArray &first, const QByteArray &second) {
        return "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: users, namespace: shop}\nspec:\n  hosts: [users]\n  http:\n    - {" + first
            + "route: [{destination: {host: users}}]}\n    - {" + second + "route: [{destination: {host: users}}]}\n";
    };
    row("a route for other pods first", routes("match: [{sourceLabels: {app: other}}], ", "timeout: 2s, "), users(), "pass");
    row("a route for these pods first", routes("match: [{sourceLabels: {app: id-auth}}], ", "timeout: 2s, "), users(), "fail");
    row("these pods' route takes all", routes("match: [{sourceLabels: {app: id-auth}}], timeout: 2s, ", ""), users(), "pass");
    row("a label that these pods lack", routes("match: [{sourceLabels: {app: id-auth, tier: x}}], timeout: 2s, ", ""), users(), "fail");
    row("another namespace's route first", routes("match: [{sourceNamespace: zz}], ", "timeout: 2s, "), users(), "pass");
    row("both for others", routes("match: [{sourceNamespace: zz}], timeout: 2s, ", "match: [{sourceLabels: {app: x}}], timeout: 2s, "), users(), "unknown");
    row("what nobody reaches", routes("timeout: 2s, ", ""), users(), "pass");
    row("what only gateways reach", routes("match: [{gateways: [edge]}], ", "timeout: 2s, "), users(), "pass");
    row("the rest of the paths", routes("match: [{uri: {prefix: /a}}], timeout: 2s, ", ""), users(), "fail");
    row("gateway and mesh", virtualService("users", "      timeout: 2s\n", "  gateways: [edge, mesh]\n"), users(), "pass");
}

void TestTimeouts::reads()
{
    QFETCH(QByteArray, manifests);
    QFETCH(QByteArray, service);
    const auto findings = judged(manifests, service);
    QVERIFY2(!findings.empty(), "nothing");
    QTEST(verdictsAbout(findings, QStringLiteral("read timeout")), "verdict");
    checkWords(findings);
}

void TestTimeouts::connects_data()
{
    QTest::addColumn<QByteArray>("manifests");
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &manifests, const QByteArray &service, const char *verdict) {
        QTest::newRow(name) << idAuth() + manifests << service << QString::fromLatin1(verdict);
    };
    const QByteArray noMesh = "platform: {mesh: none}\n";
    row("DestinationRule", destinationRule("users", pool), serviceYaml(users()), "pass");
    row("unset is Istio's 10 s", "", serviceYaml(users()), "warn");
    row("declared", "", serviceYaml(users("connect-timeout: 300ms")), "pass");
    row("declared and long", "", serviceYaml(users("connect-timeout: 4s")), "warn");
    row("no mesh, nothing declared", "", serviceYaml(users(), noMesh), "unknown");
    row("no mesh, declared", "", serviceYaml(database("connect-timeout: 1s"), noMesh), "pass");
    row("not a duration", destinationRule("users", "  trafficPolicy: {connectionPool: {tcp: {connectTimeout: 5}}}\n"), serviceYaml(users()), "unknown");
    row("another namespace's own rule", destinationRule("users.shop.svc.cluster.local", pool, "other"), serviceYaml(users()), "warn");
    row("exported to nobody else", destinationRule("users.shop.svc.cluster.local", pool + "  exportTo: ['.']\n", "istio-system"), serviceYaml(users()), "warn");
    row("the root namespace's", destinationRule("users.shop.svc.cluster.local", pool, "istio-system"), serviceYaml(users()), "pass");
    row("a port's settings replace the rule's",
        destinationRule("users", "  trafficPolicy: {connectionPool: {tcp: {connectTimeout: 500ms}}, portLevelSettings: [{port: {number: 80}, connectionPool: {tcp: {maxConnections: 9}}}]}\n"),
        serviceYaml(users()), "warn");
    row("mesh-wide", "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n    connectTimeout: 1s\n", serviceYaml(users()), "pass");
}

void TestTimeouts::connects()
{
    QFETCH(QByteArray, manifests);
    QFETCH(QByteArray, service);
    const auto findings = judged(manifests, service);
    QTEST(verdictsAbout(findings, QStringLiteral("connect timeout")), "verdict");
    checkWords(findings);
}

// The dependency may take 3 s, unless the row says otherwise.
void TestTimeouts::nests_data()
{
    QTest::addColumn<QByteArray>("manifests");
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &manifests, const QByteArray &service, const char *verdict) {
        QTest::newRow(name) << idAuth() + manifests << serviceYaml(service) << QString::fromLatin1(verdict);
    };
    const QByteArray three = virtualService("users", "      timeout: 3s\n      retries: {attempts: 2, perTryTimeout: 1s}\n");
    const auto own = [](const char *http) { return virtualService("id-auth", http); };
    row("caller waits longer", three + own("      timeout: 4s\n      retries: {attempts: 0}\n"), users(), "pass");
    row("equal is not longer", three + own("      timeout: 3s\n      retries: {attempts: 0}\n"), users(), "fail");
    row("one try of the caller is shorter", three + own("      timeout: 6s\n      retries: {attempts: 2, perTryTimeout: 2s}\n"), users(), "fail");
    row("without retries one try is enough", virtualService("users", "      timeout: 3s\n      retries: {attempts: 0, perTryTimeout: 1s}\n")
            + own("      timeout: 2s\n"), users(), "fail");
    row("the timeout caps the tries", virtualService("users", "      timeout: 1s\n      retries: {attempts: 5, perTryTimeout: 1s}\n") + own("      timeout: 2s\n"), users(), "pass");
    row("tries without a timeout add up", virtualService("users", "      retries: {attempts: 2, perTryTimeout: 1s}\n") + own("      timeout: 3s\n"), users(), "fail");
    row("caller without limit", three + own(""), users(), "warn");
    row("caller not known", three, users(), "unknown");
    row("declared caller", three, users() + "callers: [{id: web, timeout: 5s, retries: 0}]\n", "pass");
    row("declared caller gives up first", three, users() + "callers: [{id: web, timeout: 5s}, {id: app, timeout: 2s}]\n", "fail");
    row("per-try of a declared caller", three, users() + "callers: [{id: web, timeout: 5s, per-try: 2s, retries: 1}]\n", "fail");
    row("declared caller that says nothing", three, users() + "callers: [web]\n", "unknown");
    row("nobody calls", three, users() + "callers: []\n", "pass");
    row("no limit inside", virtualService("users", "") + own("      timeout: 3s\n"), users(), "fail");
    row("inside not known", own("      timeout: 3s\n"), users(), "unknown");
    row("a database, declared", own("      timeout: 3s\n"), database("connect-timeout: 500ms, read-timeout: 1s, retries: 1"), "fail"); // 2 × 1.5 s
    row("a database, shorter", own("      timeout: 3s\n"), database("connect-timeout: 400ms, read-timeout: 1s, retries: 1"), "pass");
    row("a gateway in front", three + virtualService("api.example.com", "      timeout: 2s\n", "  gateways: [edge]\n").replace("host: 'api.example.com'", "host: id-auth"), users(), "fail");
}

void TestTimeouts::nests()
{
    QFETCH(QByteArray, manifests);
    QFETCH(QByteArray, service);
    const auto findings = judged(manifests, service);
    QTEST(verdictsAbout(findings, QStringLiteral("nested along the path")), "verdict");
    checkWords(findings);
}

void TestTimeouts::fits_data()
{
    QTest::addColumn<QByteArray>("http");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const char *http, const char *verdict) { QTest::newRow(name) << QByteArray(http) << QString::fromLatin1(verdict); };
    row("three tries of 1 s in 3 s", "      timeout: 3s\n      retries: {attempts: 2, perTryTimeout: 1s}\n", "pass");
    row("in 2.9 s", "      timeout: 2.9s\n      retries: {attempts: 2, perTryTimeout: 1s}\n", "fail");
    row("unset retries are two, without a limit for one", "      timeout: 3s\n", "");
    row("attempts 0 turns retries off", "      timeout: 1s\n      retries: {attempts: 0}\n", "");
    row("perTryTimeout missing", "      timeout: 1s\n      retries: {attempts: 3}\n", "");
    row("milliseconds", "      timeout: 1s\n      retries: {attempts: 2, perTryTimeout: 400ms}\n", "fail");
}

void TestTimeouts::fits()
{
    QFETCH(QByteArray, http);
    const auto findings = judged(virtualService("other", http), {}); // any route, also without a service description
    QTEST(verdictsAbout(findings, QStringLiteral("tries fit")), "verdict");
    QCOMPARE(verdictsAbout(findings, QStringLiteral("Timeouts of the dependencies")), QStringLiteral("unknown"));
    checkWords(findings);
}

void TestTimeouts::hosts_data()
{
    QTest::addColumn<QString>("declared");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *name, const char *declared, const char *host, bool matches) {
        QTest::newRow(name) << QString::fromLatin1(declared) << QByteArray(host) << matches;
    };
    row("short and full", "users", "users.shop.svc.cluster.local", true);
    row("full and short", "users.shop.svc.cluster.local", "users", true);
    row("svc", "users.shop.svc", "users", true);
    row("with scheme, port and path", "http://users:8080/v1", "users", true);
    row("another namespace", "users.other.svc.cluster.local", "users", false);
    row("external", "api.example.com", "api.example.com", true);
    row("wildcard", "api.example.com", "*.example.com", true);
    row("wildcard needs the dot", "apiexample.com", "*.example.com", false);
    row("all", "api.example.com", "*", true);
    row("upper case", "API.example.com", "api.example.com", true);
}

void TestTimeouts::hosts()
{
    QFETCH(QString, declared);
    QFETCH(QByteArray, host);
    QFETCH(bool, matches);
    const QByteArray service = serviceYaml("dependencies: [{id: d, kind: http, host: '" + declared.toUtf8() + "'}]\n");
    const auto findings = judged(idAuth() + virtualService(host.constData(), "      timeout: 2s\n"), service);
    QCOMPARE(verdictsAbout(findings, QStringLiteral("read timeout")), matches ? QStringLiteral("pass") : QStringLiteral("unknown"));
}

void TestTimeouts::declarations()
{
    QCOMPARE(verdictOf(evidenceFrom(idAuth(), serviceYaml("dependencies: []\n")), QStringLiteral("timeouts")), QStringLiteral("n/a"));
    QCOMPARE(verdictOf(evidenceFrom(idAuth(), serviceYaml({})), QStringLiteral("timeouts")), QStringLiteral("unknown"));
    QCOMPARE(verdictOf(evidenceFrom({}), QStringLiteral("timeouts")), QStringLiteral("unknown"));
    // What is among the files is judged in any case.
    const QByteArray cut = virtualService("other", "      timeout: 1s\n      retries: {attempts: 2, perTryTimeout: 1s}\n");
    QCOMPARE(verdictOf(evidenceFrom(idAuth() + cut, serviceYaml("dependencies: []\n")), QStringLiteral("timeouts")), QStringLiteral("fail"));
    // Without a mesh its objects mean nothing; declared clients decide.
    const QByteArray service = serviceYaml(database("connect-timeout: 500ms, read-timeout: 1s") + "callers: [{id: web, timeout: 3s}]\n", "platform: {mesh: none}\n");
    QCOMPARE(verdictOf(evidenceFrom(idAuth() + cut, service), QStringLiteral("timeouts")), QStringLiteral("pass"));
}

void TestTimeouts::delegatesKeepTheirHosts()
{
    const QByteArray root = "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: root, namespace: shop}\nspec:\n  hosts: [users]\n"
                            "  http:\n    - delegate: {name: part}\n";
    const QByteArray part = "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: part, namespace: shop}\nspec:\n"
                            "  http:\n    - route: [{destination: {host: users}}]\n      timeout: 2s\n";
    QCOMPARE(verdictsAbout(judged(idAuth() + root + part, serviceYaml(users())), QStringLiteral("read timeout")), QStringLiteral("pass"));
    QCOMPARE(verdictsAbout(judged(idAuth() + part, serviceYaml(users())), QStringLiteral("read timeout")), QStringLiteral("unknown"));
}

void TestTimeouts::placesAndPicture()
{
    const QByteArray manifests = idAuth() + virtualService("id-auth", "      timeout: 2s\n      retries: {attempts: 0}\n")
        + virtualService("users", "      timeout: 3s\n      retries: {attempts: 2, perTryTimeout: 1s}\n");
    const auto findings = judged(manifests, serviceYaml(users()));
    const Finding f = titled(findings, "users: nested along the path");
    QCOMPARE(f.file, QStringLiteral("readiness/service.yaml"));
    QCOMPARE(f.span.line, 5);
    QCOMPARE(f.measured.en, QStringLiteral("2 s"));
    QCOMPARE(f.wanted.en, QStringLiteral("> 3 s"));
    QCOMPARE(f.marks.size(), 2u);
    const TimeoutPath &path = std::get<TimeoutPath>(*f.picture);
    QCOMPARE(path.hops.size(), 2u);
    QVERIFY(!path.nested());
    const NestingGap gap = nestingGaps(path).front();
    QCOMPARE(gap.hop, 1u);
    QCOMPARE(gap.outer, 2.0);
    QCOMPARE(*gap.inner, 3.0);
    QCOMPARE(path.tries(), 3);
    // The snippet stands at the route's own indentation.
    const Finding unset = firstWith(Verdict::Fail, judged(idAuth() + virtualService("users", ""), serviceYaml(users())));
    QCOMPARE(unset.snippet, QStringLiteral("      timeout: 2s"));
    QCOMPARE(unset.file, QStringLiteral("k8s.yaml"));
}

QTEST_APPLESS_MAIN(TestTimeouts)
#include "tst_timeouts.moc"
