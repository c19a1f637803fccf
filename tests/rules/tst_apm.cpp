// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/support.h>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

const QByteArray labels = "tags.datadoghq.com/env: production, tags.datadoghq.com/service: id-auth, "
                          "tags.datadoghq.com/version: '1.2'";

QByteArray field(const QByteArray &name, const QByteArray &path)
{
    return "            - {name: " + name + ", valueFrom: {fieldRef: {fieldPath: \"" + path + "\"}}}\n";
}

QByteArray tagFields()
{
    return field("DD_ENV", "metadata.labels['tags.datadoghq.com/env']")
        + field("DD_SERVICE", "metadata.labels['tags.datadoghq.com/service']")
        + field("DD_VERSION", "metadata.labels['tags.datadoghq.com/version']");
}

const QByteArray host =
    "            - {name: DD_AGENT_HOST, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}\n";

QByteArray deployment(const QByteArray &podLabels, const QByteArray &env, const QByteArray &more = {},
                      const QByteArray &outer = {})
{
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth" + outer
        + "}\nspec:\n  template:\n    metadata: {labels: {app: a, " + podLabels
        + "}}\n    spec:\n      containers:\n        - name: app\n          image: app:1\n"
        + (env.isEmpty() ? QByteArray() : "          env:\n" + env) + more;
}

Evidence evidence(const QByteArray &manifests, bool traced = true)
{
    Evidence e = evidenceFrom(manifests, "id: id-auth\naliases: [id-auth-api]\n");
    if (traced)
        e.datadog.serviceCalls = {
            {u"readiness/datadog/deps.json"_s, {}, {{u"id-auth"_s, {u"users"_s}}, {u"users"_s, {}}}}};
    return e;
}

} // namespace

class TestApm : public QObject
{
    Q_OBJECT

private slots:
    void manifests_data()
    {
        QTest::addColumn<QByteArray>("manifests");
        QTest::addColumn<QString>("verdict");
        const QByteArray on = ", admission.datadoghq.com/enabled: 'true'",
                         off = ", admission.datadoghq.com/enabled: 'false'";
        const QByteArray literals = "            - {name: DD_ENV, value: production}\n            - {name: "
                                    "DD_SERVICE, value: id-auth}\n"
                                    "            - {name: DD_VERSION, value: '1.2'}\n";
        QTest::newRow("labels, fields, host") << deployment(labels, tagFields() + host) << u"pass"_s;
        QTest::newRow("admission controller needs no variables") << deployment(labels + on, {}) << u"pass"_s;
        QTest::newRow("labels alone") << deployment(labels, host) << u"warn"_s;
        QTest::newRow("variables alone") << deployment("b: c", literals + host) << u"warn"_s;
        QTest::newRow("literals and labels") << deployment(labels, literals + host) << u"pass"_s;
        QTest::newRow("nothing") << deployment("b: c", host) << u"fail"_s;
        QTest::newRow("a field of a label that only the Deployment has")
            << deployment("b: c", tagFields() + host, {}, ", labels: {" + labels + "}") << u"fail"_s;
        QTest::newRow("version latest")
            << deployment(QByteArray(labels).replace("'1.2'", "latest"), tagFields() + host) << u"warn"_s;
        QTest::newRow("empty DD_ENV")
            << deployment(labels, QByteArray(literals).replace("value: production", "value: ''") + host)
            << u"fail"_s;
        QTest::newRow("per-container label") << deployment(
            QByteArray(labels).replace("tags.datadoghq.com/service", "tags.datadoghq.com/app.service") + on,
            {}) << u"pass"_s;
        QTest::newRow("envFrom not seen")
            << deployment("b: c", host, "          envFrom: [{configMapRef: {name: dd}}]\n") << u"unknown"_s;
        QTest::newRow("OpenTelemetry")
            << deployment("b: c",
                          "            - {name: OTEL_SERVICE_NAME, value: id-auth}\n            - {name: "
                          "OTEL_RESOURCE_ATTRIBUTES, value: "
                          "'deployment.environment=production,service.version=1.2'}\n"
                          "            - {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: 'http://agent:4317'}\n")
            << u"pass"_s;
        QTest::newRow("no agent named") << deployment(labels, tagFields()) << u"unknown"_s;
        QTest::newRow("admission off and no agent") << deployment(labels + off, tagFields()) << u"fail"_s;
        QTest::newRow("annotation on the Deployment does nothing") << deployment(
            labels, tagFields(), {}, ", annotations: {admission.datadoghq.com/java-lib.version: v1}")
                                                                   << u"fail"_s;
        QTest::newRow("tracing off") << deployment(
            labels, tagFields() + host + "            - {name: DD_TRACE_ENABLED, value: 'false'}\n")
                                     << u"fail"_s;
        const auto variable = [](const QByteArray &name, const QByteArray &value) {
            return QByteArray("            - {name: " + name + ", value: \"" + value + "\"}\n");
        };
        const auto beside = [](const QByteArray &image) { return QByteArray("        - name: other\n          image: " + image + "\n"); };
        const auto row = [](const char *name, const QByteArray &manifests, const char *verdict) {
            QTest::newRow(name) << manifests << QString::fromLatin1(verdict);
        };
        row("tracing off in capitals", deployment(labels, tagFields() + host + variable("DD_TRACE_ENABLED", "False")), "fail");
        row("tracing off in a ConfigMap",
            deployment(labels, tagFields() + host + "            - {name: DD_TRACE_ENABLED, valueFrom: {configMapKeyRef: {name: dd, key: t}}}\n")
                + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: dd}\ndata: {t: 'false'}\n", "fail");
        row("tracing on in a ConfigMap",
            deployment(labels, tagFields() + host + "            - {name: DD_TRACE_ENABLED, valueFrom: {configMapKeyRef: {name: dd, key: t}}}\n")
                + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: dd}\ndata: {t: 'true'}\n", "pass");
        row("tracing in a ConfigMap that is not here",
            deployment(labels, tagFields() + host + "            - {name: DD_TRACE_ENABLED, valueFrom: {configMapKeyRef: {name: dd, key: t}}}\n"), "unknown");
        row("a hotel is no collector", deployment(labels, tagFields()).replace("image: app:1", "image: registry.example.com/hotel/api:1"), "unknown");
        row("the application's own name is no agent", deployment(labels, tagFields()).replace("image: app:1", "image: registry.example.com/otel-shop:1"), "unknown");
        row("a collector beside it", deployment(labels, tagFields(), beside("otel/opentelemetry-collector-contrib:0.1")), "pass");
        row("Datadog's agent beside it", deployment(labels, tagFields(), beside("gcr.io/datadoghq/agent:7@sha256:0")), "pass");
        row("another agent beside it", deployment(labels, tagFields(), beside("registry.example.com/backup/agent:7")), "unknown");
        row("an empty host", deployment(labels, tagFields() + variable("DD_AGENT_HOST", "")), "fail");
        row("localhost", deployment(labels, tagFields() + variable("DD_AGENT_HOST", "localhost")), "fail");
        row("localhost, with an agent beside it", deployment(labels, tagFields() + variable("DD_AGENT_HOST", "localhost"), beside("datadog/agent:7")), "pass");
        row("a URL of localhost", deployment(labels, tagFields() + variable("DD_TRACE_AGENT_URL", "http://127.0.0.1:8126")), "fail");
        row("a collector at localhost that is not there", deployment(labels, tagFields() + variable("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317")), "fail");
        row("an empty host, and a socket", deployment(labels, tagFields() + variable("DD_AGENT_HOST", "") + variable("DD_TRACE_AGENT_URL", "unix:///var/run/datadog/apm.socket")), "pass");
        row("localhost on the node's network",
            deployment(labels, tagFields() + variable("DD_AGENT_HOST", "localhost"), "      hostNetwork: true\n"), "warn");
        row("the SDK is disabled", deployment(labels, tagFields() + variable("OTEL_EXPORTER_OTLP_ENDPOINT", "http://agent:4317") + variable("OTEL_SDK_DISABLED", "true")), "fail");
        row("no exporter", deployment(labels, tagFields() + variable("OTEL_EXPORTER_OTLP_ENDPOINT", "http://agent:4317") + variable("OTEL_TRACES_EXPORTER", "none")), "fail");
        row("no exporter of OpenTelemetry beside Datadog's", deployment(labels, tagFields() + host + variable("OTEL_TRACES_EXPORTER", "none")), "warn");
        row("another SDK is disabled", deployment(labels, tagFields() + host + variable("OTEL_SDK_DISABLED", "true")), "pass");
        QTest::newRow("socket") << deployment(
            labels,
            tagFields()
                + "            - {name: DD_TRACE_AGENT_URL, value: 'unix:///var/run/datadog/apm.socket'}\n")
                                << u"pass"_s;
        QTest::newRow("the pod's own address is no agent")
            << deployment(labels, tagFields() + field("DD_AGENT_HOST", "status.podIP")) << u"warn"_s;
        QTest::newRow("the operator instruments everything") << deployment(labels, tagFields())
                + "---\napiVersion: datadoghq.com/v2alpha1\nkind: DatadogAgent\nmetadata: {name: d}\n"
                  "spec: {features: {apm: {instrumentation: {enabled: true}}}}\n"
                                                             << u"pass"_s;
        QTest::newRow("no manifests") << QByteArray() << u"unknown"_s;
    }
    void manifests()
    {
        QFETCH(QByteArray, manifests);
        const ItemResult result = judgeItem(evidence(manifests), u"apm"_s);
        QFETCH(QString, verdict);
        QVERIFY2(toString(result.verdict) == verdict, printed(result.findings));
    }

    void traces_data()
    {
        using Calls = QMap<QString, QStringList>;
        QTest::addColumn<Calls>("calls");
        QTest::addColumn<double>("services");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("it calls another") << Calls{{u"id-auth"_s, {u"users"_s}}} << 2.0 << u"pass"_s;
        QTest::newRow("another calls it") << Calls{{u"cart"_s, {u"id-auth"_s}}} << 2.0 << u"pass"_s;
        QTest::newRow("by an alias") << Calls{{u"cart"_s, {u"id-auth-api"_s}}} << 2.0 << u"pass"_s;
        QTest::newRow("itself only") << Calls{{u"id-auth"_s, {u"id-auth-api"_s}}} << 2.0 << u"fail"_s;
        QTest::newRow("alone") << Calls{{u"id-auth"_s, {}}, {u"a"_s, {u"b"_s}}} << 2.0 << u"fail"_s;
        QTest::newRow("three wanted") << Calls{{u"id-auth"_s, {u"users"_s}}} << 3.0 << u"fail"_s;
        QTest::newRow("both ways count once")
            << Calls{{u"id-auth"_s, {u"a"_s}}, {u"a"_s, {u"id-auth"_s}}} << 3.0 << u"fail"_s;
        QTest::newRow("not in the map") << Calls{{u"a"_s, {u"b"_s}}} << 2.0 << u"unknown"_s;
    }
    void traces()
    {
        using Calls = QMap<QString, QStringList>;
        QFETCH(Calls, calls);
        QFETCH(double, services);
        Evidence e = evidence(deployment(labels, tagFields() + host));
        e.datadog.serviceCalls = {{u"deps.json"_s, {}, calls}};
        QTEST(verdictOf(e, u"apm"_s, {{u"services"_s, services}}), "verdict");
    }

    void mapsOfOtherEnvironments()
    {
        Evidence e = evidence(deployment(labels, tagFields() + host));
        e.datadog.serviceCalls[0].environment = u"staging"_s;
        const auto findings = judge(e, u"apm"_s);
        QCOMPARE(findings.back().verdict, Verdict::Unknown);
        QVERIFY(findings.back().reason.en.contains(u"not production's"));
        e.datadog.serviceCalls[0].environment = u"production"_s;
        QCOMPARE(verdictOf(e, u"apm"_s), u"pass"_s);
    }

    void bareManifests()
    {
        const auto findings = judge(evidenceFrom(deployment("b: c", {})), u"apm"_s);
        QCOMPARE(findings.size(), 1u);
        QCOMPARE(findings.front().verdict, Verdict::Unknown);
    }

    void withoutAMapThatPartIsUnknown()
    {
        const auto findings = judge(evidence(deployment(labels, tagFields() + host), false), u"apm"_s);
        QCOMPARE(findings.size(), 5u); // three tags, the agent, the traces
        QCOMPARE(findings.back().verdict, Verdict::Unknown);
        QVERIFY(findings.back().remedy.en.contains(u"service_dependencies"));
        QCOMPARE(findings.front().verdict, Verdict::Pass);
        QCOMPARE(findings.front().container, u"app"_s);
    }

    void sidecarsAreNotTheApplication()
    {
        const QByteArray more = "        - name: log-shipper\n          image: fluent-bit:3\n";
        QCOMPARE(verdictOf(evidence(deployment(labels, tagFields() + host, more)), u"apm"_s), u"pass"_s);
        const QByteArray worker =
            "        - name: worker\n          image: app:1\n          env: [{name: DD_ENV, value: p}]\n";
        QCOMPARE(firstWith(Verdict::Unknown,
                           judge(evidence(deployment(labels, tagFields() + host, worker)), u"apm"_s))
                     .container,
                 u"worker"_s); // it is traced too, and says no agent
    }
};

QTEST_APPLESS_MAIN(TestApm)
#include "tst_apm.moc"
