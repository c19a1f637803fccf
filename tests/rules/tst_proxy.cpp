// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workloadcases.h"

using namespace tenken;
using namespace tenken::test;

class TestProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void first_data();
    void first();
    void drain_data();
    void drain();
    void drainNotDeclared();
    void modes_data();
    void modes();
    void versions();
    void namespacesWithoutSidecars_data();
    void namespacesWithoutSidecars();
    void misplacedOnTheDeployment();
    void meshWide();
    void unseenMeshIsUnknown();
    void places();
    void snippetsMendIt();
};

namespace {

QByteArray config(const char *yaml)
{
    return QByteArray("        proxy.istio.io/config: '") + yaml + "'\n";
}

const QByteArray preStop20 = "          lifecycle: {preStop: {sleep: {seconds: 20}}}\n";

std::vector<Finding> judged(const char *rule, const QByteArray &yaml, const Service &service = declaredService())
{
    return judge(evidenceWith(yaml, service), QLatin1StringView(rule));
}

} // namespace

void TestProxy::first_data()
{
    QTest::addColumn<QByteArray>("annotations");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &annotations, const char *verdict) {
        QTest::newRow(name) << annotations << QString::fromLatin1(verdict);
    };
    row("true", config("holdApplicationUntilProxyStarts: true"), "pass");
    row("true as JSON", config("{\"holdApplicationUntilProxyStarts\": true}"), "pass");
    row("false", config("holdApplicationUntilProxyStarts: false"), "fail");
    row("not set", "", "fail");
    row("only other settings", config("concurrency: 2"), "fail");
    row("a quoted boolean is refused", config("holdApplicationUntilProxyStarts: \"true\""), "unknown");
    row("not YAML", config("a: [b"), "unknown");
    row("not injected", "        sidecar.istio.io/inject: \"false\"\n", "n/a");
    row("native by annotation: hold is not needed", "        sidecar.istio.io/nativeSidecar: \"true\"\n", "pass");
}

void TestProxy::first()
{
    QFETCH(QByteArray, annotations);
    const auto findings = judged("proxy-first", deployment({}, {}, {}, annotations));
    QCOMPARE(findings.size(), 1u);
    QTEST(toString(findings.front().verdict), "verdict");
    checkWords(findings);
}

// 20 s of preStop, 2 s and 23 s to stop: the proxy has to stand 45 s, in 60 s of grace.
void TestProxy::drain_data()
{
    QTest::addColumn<QByteArray>("annotations");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QByteArray &annotations, const char *verdict) {
        QTest::newRow(name) << annotations << QString::fromLatin1(verdict);
    };
    row("the default of 5 s", "", "fail");
    row("long enough", config("terminationDrainDuration: 45s"), "pass");
    row("one second short", config("terminationDrainDuration: 44s"), "fail");
    row("beyond the grace period", config("terminationDrainDuration: 61s"), "fail");
    row("exit on zero, minimum covers preStop",
        config("proxyMetadata: {EXIT_ON_ZERO_ACTIVE_CONNECTIONS: \"true\", MINIMUM_DRAIN_DURATION: 20s}"), "pass");
    row("exit on zero, unquoted", config("proxyMetadata: {EXIT_ON_ZERO_ACTIVE_CONNECTIONS: true, MINIMUM_DRAIN_DURATION: 20s}"), "pass");
    row("exit on zero, minimum unset is 5 s", config("proxyMetadata: {EXIT_ON_ZERO_ACTIVE_CONNECTIONS: \"true\"}"), "fail");
    row("exit on zero: terminationDrainDuration is not read",
        config("{terminationDrainDuration: 45s, proxyMetadata: {EXIT_ON_ZERO_ACTIVE_CONNECTIONS: \"true\"}}"), "fail");
    row("exit on zero off", config("{terminationDrainDuration: 45s, proxyMetadata: {EXIT_ON_ZERO_ACTIVE_CONNECTIONS: \"false\"}}"), "pass");
    row("minimum beyond the grace period",
        config("proxyMetadata: {EXIT_ON_ZERO_ACTIVE_CONNECTIONS: \"true\", MINIMUM_DRAIN_DURATION: 61s}"), "warn");
    row("minimum without exit on zero does nothing", config("proxyMetadata: {MINIMUM_DRAIN_DURATION: 45s}"), "fail");
    row("duration without a unit", config("terminationDrainDuration: 45"), "unknown");
    row("not injected", "        sidecar.istio.io/inject: \"false\"\n", "n/a");
    row("native needs nothing", "        sidecar.istio.io/nativeSidecar: \"true\"\n", "pass");
}

void TestProxy::drain()
{
    QFETCH(QByteArray, annotations);
    const auto findings = judged("proxy-drain", deployment("      terminationGracePeriodSeconds: 60\n", preStop20, {}, annotations));
    QCOMPARE(findings.size(), 1u);
    QTEST(toString(findings.front().verdict), "verdict");
    checkWords(findings);
}

void TestProxy::drainNotDeclared()
{
    Service service = declaredService();
    service.drainSeconds.value.reset();
    const auto verdictWith = [&](const char *annotation, const QByteArray &container) {
        return toString(judged("proxy-drain", deployment("      terminationGracePeriodSeconds: 60\n", container, {}, config(annotation)), service).front().verdict);
    };
    QCOMPARE(verdictWith("terminationDrainDuration: 30s", preStop20), QStringLiteral("unknown"));
    QCOMPARE(verdictWith("terminationDrainDuration: 21s", preStop20), QStringLiteral("fail")); // preStop and SIGTERM alone take 22 s
    const char *exitOnZero = "proxyMetadata: {EXIT_ON_ZERO_ACTIVE_CONNECTIONS: \"true\", MINIMUM_DRAIN_DURATION: 20s}";
    QCOMPARE(verdictWith(exitOnZero, preStop20), QStringLiteral("pass")); // drain does not matter then
    QCOMPARE(verdictWith(exitOnZero, "          lifecycle: {preStop: {httpGet: {port: 80}}}\n"), QStringLiteral("unknown"));
}

void TestProxy::modes_data()
{
    QTest::addColumn<QString>("kubernetes");
    QTest::addColumn<QString>("istio");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("1.22") << "1.31" << "1.22" << "fail";
    QTest::newRow("1.27 on 1.32") << "1.32" << "1.27" << "fail";
    QTest::newRow("1.27 on 1.33: native") << "1.33" << "1.27" << "pass";
    QTest::newRow("1.27, Kubernetes not declared") << "" << "1.27" << "unknown";
    QTest::newRow("nothing declared") << "" << "" << "unknown";
}

void TestProxy::modes()
{
    QFETCH(QString, kubernetes);
    QFETCH(QString, istio);
    Service service = serviceWith(2, 23);
    service.meshDefaults.value = true;
    if (!kubernetes.isEmpty())
        service.kubernetesVersion.value = QVersionNumber::fromString(kubernetes);
    if (!istio.isEmpty())
        service.istioVersion.value = QVersionNumber::fromString(istio);
    for (const char *rule : {"proxy-first", "proxy-drain"}) {
        QTEST(toString(judged(rule, deployment({}, preStop20), service).front().verdict), "verdict");
        Service without = service;
        without.mesh = {false, {3, 3, 3, 13}}; // mesh: none
        without.file = QStringLiteral("readiness/service.yaml");
        QCOMPARE(toString(judged(rule, deployment({}, preStop20), without).front().verdict), QStringLiteral("n/a"));
        const auto marked = [&](const QByteArray &annotation) { return judged(rule, deployment({}, preStop20, {}, annotation), without).front(); };
        QCOMPARE(toString(marked("        sidecar.istio.io/inject: \"true\"\n").verdict), QStringLiteral("unknown"));
        QCOMPARE(toString(marked("        sidecar.istio.io/inject: \"false\"\n").verdict), QStringLiteral("n/a"));
        const Finding contradicted = marked(config("holdApplicationUntilProxyStarts: true"));
        QCOMPARE(toString(contradicted.verdict), QStringLiteral("unknown"));
        QCOMPARE(contradicted.marks.size(), size_t(1)); // both places
        QCOMPARE(verdictOf(evidenceWith({}, service), QLatin1StringView(rule)), QStringLiteral("unknown"));
    }
}

// What a declared version does not have yet.
void TestProxy::versions()
{
    const QByteArray exitOnZero = deployment("      terminationGracePeriodSeconds: 60\n", preStop20, {},
                                             config("proxyMetadata: {EXIT_ON_ZERO_ACTIVE_CONNECTIONS: \"true\", MINIMUM_DRAIN_DURATION: 20s}"));
    Service service = declaredService();
    service.istioVersion.value = QVersionNumber(1, 11);
    const Finding old = judged("proxy-drain", exitOnZero, service).front();
    QCOMPARE(toString(old.verdict), QStringLiteral("fail"));
    QVERIFY2(old.reason.en.contains(QLatin1String("Before Istio 1.12")) && old.snippet.contains(QLatin1String("terminationDrainDuration")), printed({old}).constData());
    service.istioVersion.value = QVersionNumber(1, 12);
    QCOMPARE(toString(judged("proxy-drain", exitOnZero, service).front().verdict), QStringLiteral("pass"));

    const QByteArray native = deployment({}, {}, {}, "        sidecar.istio.io/nativeSidecar: \"true\"\n");
    const auto with = [&](int minor) {
        Service s = declaredService();
        s.kubernetesVersion.value = QVersionNumber(1, minor);
        checkWords(judged("proxy-first", native, s));
        return verdictsOf(judged("proxy-first", native, s)) + u' ' + verdictsOf(judged("proxy-drain", native, s));
    };
    QCOMPARE(with(27), QStringLiteral("fail fail"));
    QCOMPARE(with(28), QStringLiteral("unknown unknown"));
    QCOMPARE(with(29), QStringLiteral("pass pass"));
}

void TestProxy::namespacesWithoutSidecars_data()
{
    QTest::addColumn<QByteArray>("labels");
    QTest::addColumn<QByteArray>("podLabels");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const char *labels, const char *podLabels, const char *verdict) {
        QTest::newRow(name) << QByteArray(labels) << QByteArray(podLabels) << QString::fromLatin1(verdict);
    };
    row("no label", "", "", "fail");
    row("injection disabled", "istio-injection: disabled", "", "n/a");
    row("disabled, whatever the pod says", "istio-injection: disabled", ", sidecar.istio.io/inject: \"true\"", "n/a");
    row("injection enabled", "istio-injection: enabled", "", "fail");
    row("ambient", "istio.io/dataplane-mode: ambient", "", "n/a");
    row("ambient, yet injected", "istio.io/dataplane-mode: ambient, istio-injection: enabled", "", "fail");
    row("ambient, the pod asks for a sidecar", "istio.io/dataplane-mode: ambient", ", sidecar.istio.io/inject: \"true\"", "fail");
    row("ambient, not this pod", "istio.io/dataplane-mode: ambient", ", istio.io/dataplane-mode: none", "fail");
    row("ambient by the pod", "", ", istio.io/dataplane-mode: ambient", "n/a");
}

void TestProxy::namespacesWithoutSidecars()
{
    QFETCH(QByteArray, labels);
    QFETCH(QByteArray, podLabels);
    const QByteArray pod = deployment({}).replace("      labels: {app: id-auth}", "      labels: {app: id-auth" + podLabels + "}");
    const QByteArray nameSpace = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {" + labels + "}}\n";
    const auto findings = judged("proxy-first", pod + nameSpace);
    QTEST(verdictsOf(findings), "verdict");
    checkWords(findings);
    // Another namespace's labels mean nothing here.
    if (labels.isEmpty())
        return;
    QByteArray other = nameSpace;
    other.replace("name: shop", "name: other");
    QCOMPARE(verdictsOf(judged("proxy-first", pod + other)), QStringLiteral("fail"));
}

void TestProxy::misplacedOnTheDeployment()
{
    QByteArray yaml = deployment({}, preStop20);
    yaml.replace("  namespace: shop\n", "  namespace: shop\n  annotations:\n    proxy.istio.io/config: |\n"
                                        "      holdApplicationUntilProxyStarts: true\n      terminationDrainDuration: 45s\n");
    for (const char *rule : {"proxy-first", "proxy-drain"}) {
        const Finding f = judged(rule, yaml).front();
        QCOMPARE(toString(f.verdict), toString(Verdict::Fail));
        QVERIFY2(f.reason.en.contains(QLatin1String("not on its pod template")), qPrintable(f.reason.en));
        QCOMPARE(f.span.line, 7);
    }
}

void TestProxy::meshWide()
{
    const QByteArray mesh = "---\napiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: i, namespace: istio-system}\nspec:\n"
                            "  meshConfig:\n    defaultConfig:\n      holdApplicationUntilProxyStarts: true\n      terminationDrainDuration: 22s\n";
    const Finding first = judged("proxy-first", deployment({}) + mesh).front();
    QCOMPARE(toString(first.verdict), toString(Verdict::Pass));
    QCOMPARE(first.span.line, 23);
    QCOMPARE(toString(judged("proxy-drain", deployment({}) + mesh).front().verdict), toString(Verdict::Fail)); // 22 s, needed 25 s
}

// A setting of the whole mesh is rarely among a service's files: without it a default is a guess.
void TestProxy::unseenMeshIsUnknown()
{
    Service service = declaredService();
    service.meshDefaults.value.reset();
    const QByteArray mesh = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n"
                            "    accessLogFile: /dev/stdout\n";
    for (const char *rule : {"proxy-first", "proxy-drain"}) {
        const Finding f = judged(rule, deployment({}, preStop20), service).front();
        QCOMPARE(toString(f.verdict), toString(Verdict::Unknown));
        QVERIFY(f.remedy.en.contains(QLatin1String("platform.mesh-config: default")));
        QVERIFY(!f.snippet.isEmpty());
        QCOMPARE(toString(judged(rule, deployment({}, preStop20) + mesh, service).front().verdict), toString(Verdict::Fail));
        QCOMPARE(toString(judged(rule, deployment({}, preStop20)).front().verdict), toString(Verdict::Fail)); // declared as default
    }
    // What is written stays a fail, whatever the mesh says.
    QCOMPARE(toString(judged("proxy-drain", deployment({}, preStop20, {}, config("terminationDrainDuration: 10s")), service).front().verdict), toString(Verdict::Fail));
    QCOMPARE(toString(judged("proxy-first", deployment({}, {}, {}, config("holdApplicationUntilProxyStarts: false")), service).front().verdict), toString(Verdict::Fail));
    // A proxy that was injected into the file before leaves nothing to the mesh.
    const QByteArray injected = deployment({}) + "        - name: istio-proxy\n          image: proxyv2:1.22\n";
    QCOMPARE(toString(judged("proxy-first", injected, service).front().verdict), toString(Verdict::Fail));
}

void TestProxy::places()
{
    const Finding f = judged("proxy-drain", deployment({}, preStop20, {}, config("terminationDrainDuration: 10s"))).front();
    QCOMPARE(toString(f.verdict), toString(Verdict::Fail));
    QCOMPARE(f.file, QStringLiteral("k8s.yaml"));
    QCOMPARE(f.span.line, 13);
    QCOMPARE(f.measured.en, QStringLiteral("10 s"));
    QCOMPARE(f.wanted.en, QStringLiteral("≥ 45 s"));
    QCOMPARE(f.marks.size(), 2u);
    QVERIFY(std::holds_alternative<Timeline>(*f.picture));
}

void TestProxy::snippetsMendIt()
{
    for (const char *rule : {"proxy-first", "proxy-drain"}) {
        const QByteArray yaml = deployment("      terminationGracePeriodSeconds: 60\n", preStop20);
        const Finding f = judged(rule, yaml).front();
        QCOMPARE(toString(f.verdict), toString(Verdict::Fail));
        QByteArray mended = yaml;
        mended.replace("    metadata:\n", f.snippet.toUtf8() + '\n');
        QVERIFY2(judged(rule, mended).front().verdict == Verdict::Pass, mended.constData());
        // In the place of what is there.
        const QByteArray written = deployment("      terminationGracePeriodSeconds: 60\n", preStop20, {}, config("concurrency: 2"));
        const Finding again = judged(rule, written).front();
        mended = QByteArray(written).replace("        proxy.istio.io/config: 'concurrency: 2'", again.snippet.toUtf8());
        QVERIFY2(judged(rule, mended).front().verdict == Verdict::Pass, mended.constData());
        QVERIFY(again.snippet.contains(QLatin1String("concurrency: 2")));
    }
}

QTEST_APPLESS_MAIN(TestProxy)
#include "tst_proxy.moc"
