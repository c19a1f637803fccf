// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workloadcases.h"

using namespace tenken;
using namespace tenken::test;

class TestHealthEndpoints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verdicts_data();
    void verdicts();
    void eachContainerIsJudged();
    void initContainersAndSidecarsAreNot();
    void jobsAreNot();
    void places();
    void slowerParameter();
    void snippetsAreYaml();
};

namespace {

constexpr const char *rule = "health-endpoints";
const QByteArray ports = "          ports: [{name: http, containerPort: 8080}, {name: admin, containerPort: 9090}]\n";
const QByteArray live = "          livenessProbe: {httpGet: {path: /live, port: http}}\n";
const QByteArray ready = "          readinessProbe: {httpGet: {path: /ready, port: http}}\n";

QByteArray probes(const char *liveness, const char *readiness)
{
    return ports + "          livenessProbe: " + liveness + "\n          readinessProbe: " + readiness + '\n';
}

} // namespace

void TestHealthEndpoints::verdicts_data()
{
    QTest::addColumn<QByteArray>("container");
    QTest::addColumn<QString>("verdicts");
    const auto row = [](const char *name, const QByteArray &container, const char *verdicts) {
        QTest::newRow(name) << container << QString::fromLatin1(verdicts);
    };
    row("both, apart", ports + live + ready, "pass pass");
    row("none", ports, "fail");
    row("liveness only", ports + live, "fail");
    row("readiness only", ports + ready, "fail");
    row("startup does not replace liveness", ports + ready + "          startupProbe: {httpGet: {path: /live, port: http}}\n", "fail");
    row("null counts as missing", ports + ready + "          livenessProbe:\n", "fail");
    row("same path and port", probes("{httpGet: {path: /h, port: http}}", "{httpGet: {path: /h, port: http}}"), "pass fail");
    row("same, by name and by number", probes("{httpGet: {path: /h, port: 8080}}", "{httpGet: {path: /h, port: http}}"), "pass fail");
    row("same path on two named ports", probes("{httpGet: {path: /h, port: admin}}", "{httpGet: {path: /h, port: http}}"), "pass pass");
    row("same path, other scheme", probes("{httpGet: {path: /h, port: http, scheme: HTTPS}}", "{httpGet: {path: /h, port: http}}"), "pass pass");
    row("default path is /", probes("{httpGet: {port: http}}", "{httpGet: {path: /, port: http}}"), "pass fail");
    row("other query", probes("{httpGet: {path: \"/h?live\", port: http}}", "{httpGet: {path: \"/h?ready\", port: http}}"), "pass pass");
    row("same tcp port", probes("{tcpSocket: {port: http}}", "{tcpSocket: {port: 8080}}"), "pass fail");
    row("tcp and http differ", probes("{tcpSocket: {port: http}}", "{httpGet: {port: http}}"), "pass pass");
    row("same grpc service", probes("{grpc: {port: 8080, service: a}}", "{grpc: {port: 8080, service: a}}"), "pass fail");
    row("other grpc service", probes("{grpc: {port: 8080, service: a}}", "{grpc: {port: 8080, service: b}}"), "pass pass");
    row("same argv", probes("{exec: {command: [cat, /ok]}}", "{exec: {command: [cat, /ok]}}"), "pass fail");
    row("argv split otherwise", probes("{exec: {command: [\"cat /ok\"]}}", "{exec: {command: [cat, /ok]}}"), "pass pass");
    row("same, liveness twice as slow", probes("{httpGet: {port: http}, failureThreshold: 6}", "{httpGet: {port: http}}"), "pass warn");
    row("same, liveness slower by period", probes("{httpGet: {port: http}, periodSeconds: 20}", "{httpGet: {port: http}}"), "pass warn");
    row("same, liveness not slow enough", probes("{httpGet: {port: http}, failureThreshold: 5}", "{httpGet: {port: http}}"), "pass fail");
    row("initialDelay does not make it slower", probes("{httpGet: {port: http}, initialDelaySeconds: 600}", "{httpGet: {port: http}}"), "pass fail");
    row("undeclared number", probes("{httpGet: {path: /l, port: 7070}}", "{httpGet: {path: /r, port: http}}"), "pass pass warn");
    row("no such name", probes("{httpGet: {path: /l, port: metrics}}", "{httpGet: {path: /r, port: http}}"), "pass pass fail");
    row("quoted number is no name", probes("{httpGet: {path: /l, port: \"8080\"}}", "{httpGet: {path: /r, port: http}}"), "pass pass fail");
    row("template", probes("{httpGet: {path: /l, port: \"${PORT}\"}}", "{httpGet: {path: /r, port: http}}"), "pass pass unknown");
    row("startup's port counts", ports + live + ready + "          startupProbe: {tcpSocket: {port: nope}}\n", "pass pass fail");
    row("port 0 is refused", probes("{httpGet: {path: /l, port: 0}}", "{httpGet: {path: /r, port: http}}"), "pass pass fail");
    row("port 65536 is refused", probes("{tcpSocket: {port: 65536}}", "{httpGet: {path: /r, port: http}}"), "pass pass fail");
    row("two handlers are refused", probes("{httpGet: {path: /l, port: http}, tcpSocket: {port: http}}", "{httpGet: {path: /r, port: http}}"), "pass pass fail");
    row("two handlers of readiness", probes("{httpGet: {path: /l, port: http}}", "{exec: {command: [a]}, grpc: {port: 8080}}"), "pass pass fail");
    row("probe without a handler", probes("{periodSeconds: 3}", "{httpGet: {path: /r, port: http}}"), "pass fail");
}

void TestHealthEndpoints::verdicts()
{
    QFETCH(QByteArray, container);
    const auto findings = judge(evidenceWith(deployment({}, container)), QLatin1StringView(rule));
    QTEST(verdictsOf(findings), "verdicts");
    checkWords(findings);
}

// A probe of one container says nothing of another: no OR over the pod.
void TestHealthEndpoints::eachContainerIsJudged()
{
    const auto findings = judge(evidenceWith(deployment({}, ports + live + ready + "        - name: second\n          image: b\n")),
                                QLatin1StringView(rule));
    QCOMPARE(verdictsOf(findings), QStringLiteral("pass pass fail"));
    QCOMPARE(findings[2].container, QStringLiteral("second"));
    // A port is looked for in the probe's own container.
    const auto other = judge(evidenceWith(deployment({}, ports + live + ready + "        - name: second\n" + live + ready)),
                             QLatin1StringView(rule));
    QCOMPARE(verdictsOf(other), QStringLiteral("pass pass pass pass fail fail"));
}

void TestHealthEndpoints::initContainersAndSidecarsAreNot()
{
    const QByteArray podSpec = "      initContainers:\n        - {name: migrate}\n        - {name: native, restartPolicy: Always}\n";
    const auto findings = judge(evidenceWith(deployment(podSpec, ports + live + ready + "        - name: istio-proxy\n          image: auto\n")),
                                QLatin1StringView(rule));
    QCOMPARE(verdictsOf(findings), QStringLiteral("pass pass"));
}

void TestHealthEndpoints::jobsAreNot()
{
    const QByteArray cron = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec: {jobTemplate: {spec: {template: {spec: {containers: "
                            "[{name: a}]}}}}}\n";
    QCOMPARE(verdictOf(evidenceWith(cron), QLatin1StringView(rule)), QStringLiteral("unknown")); // never n/a by absence
    QCOMPARE(verdictOf(evidenceWith(cron + "---\n" + deployment({}, ports + live + ready)), QLatin1StringView(rule)),
             QStringLiteral("pass"));
    QCOMPARE(verdictOf(evidenceWith({}), QLatin1StringView(rule)), QStringLiteral("unknown"));
}

void TestHealthEndpoints::places()
{
    const QByteArray container = "          livenessProbe:\n            httpGet:\n              path: /h\n              port: 8080\n"
                                 "          readinessProbe:\n            httpGet:\n              path: /h\n              port: 8080\n";
    const auto findings = judge(evidenceWith(deployment({}, container)), QLatin1StringView(rule));
    QCOMPARE(verdictsOf(findings), QStringLiteral("pass fail warn warn"));
    QCOMPARE(findings[0].span.line, 14);         // the container's name
    QCOMPARE(findings[1].span.line, 16);         // livenessProbe
    QCOMPARE(findings[1].marks.front().span.line, 20);
    QCOMPARE(findings[2].span, (Span{19, 15, 19, 25})); // port: 8080
    QCOMPARE(findings[3].span.line, 23);
    QCOMPARE(findings[2].measured.en, QStringLiteral("8080"));
    QVERIFY(!findings[1].snippet.isEmpty());
}

void TestHealthEndpoints::slowerParameter()
{
    const Evidence e = evidenceWith(deployment({}, probes("{httpGet: {port: http}, failureThreshold: 6}", "{httpGet: {port: http}}")));
    QCOMPARE(verdictOf(e, QLatin1StringView(rule), {{QStringLiteral("slower"), 3}}), QStringLiteral("fail"));
    QCOMPARE(verdictOf(e, QLatin1StringView(rule), {{QStringLiteral("slower"), 2}}), QStringLiteral("warn"));
}

// What is offered to paste can be pasted: the file with it parses, and the rule is content.
void TestHealthEndpoints::snippetsAreYaml()
{
    const QByteArray bare = deployment({}, "          ports:\n            - name: http\n              containerPort: 8080\n");
    const Finding f = judge(evidenceWith(bare), QLatin1StringView(rule)).front();
    QCOMPARE(toString(f.verdict), toString(Verdict::Fail));
    const Evidence mended = evidenceWith(bare + f.snippet.toUtf8() + '\n');
    QCOMPARE(mended.manifests->workloads.size(), 1u);
    QVERIFY2(verdictOf(mended, QLatin1StringView(rule)) == u"pass", qPrintable(f.snippet));
}

QTEST_APPLESS_MAIN(TestHealthEndpoints)
#include "tst_health_endpoints.moc"
