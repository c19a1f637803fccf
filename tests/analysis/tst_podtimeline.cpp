// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pods.h"

#include <analysis/fields.h>
#include <analysis/podtimeline.h>
#include <analysis/probes.h>

using namespace tenken;
using namespace tenken::test;

class TestPodTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void preStop_data();
    void preStop();
    void declaredPreStop();
    void duration_data();
    void duration();
    void stopTimesAreRead();
    void graceThatIsNoNumber();
    void longestPreStopOfAllContainers();
    void sidecarMode_data();
    void sidecarMode();
    void renderedSidecar();
    void settingsOfARenderedProxy();
    void proxySettingsOfTheTemplate_data();
    void proxySettingsOfTheTemplate();
    void proxySettingsOfTheMesh();
    void misplacedAnnotation();
    void unreadableAnnotation();
    void pictureOfAShortGrace();
    void pictureOfAGoodStop();
    void pictureWithUnknownDrain();
    void probeEndpoint_data();
    void probeEndpoint();
    void probePort_data();
    void probePort();
    void zeroInAProbeIsTheDefault();
    void startTimes_data();
    void startTimes();
    void startPictureShowsTheGap();
};

void TestPodTimeline::preStop_data()
{
    QTest::addColumn<QByteArray>("hook");
    QTest::addColumn<double>("seconds"); // −1: cannot be seen
    QTest::addColumn<double>("atLeast");
    const auto row = [](const char *name, const char *hook, double seconds, double atLeast) {
        QTest::newRow(name) << QByteArray(hook) << seconds << atLeast;
    };
    row("sleep handler", "{sleep: {seconds: 20}}", 20, 20);
    row("sleep handler without a number", "{sleep: {seconds: \"20\"}}", -1, 0);
    row("exec sleep", "{exec: {command: [sleep, \"20\"]}}", 20, 20);
    row("exec sleep, unquoted", "{exec: {command: [/bin/sleep, 20]}}", 20, 20);
    row("exec sleep with unit", "{exec: {command: [sleep, 1m]}}", 60, 60);
    row("exec sleep fraction", "{exec: {command: [sleep, \"0.5\"]}}", 0.5, 0.5);
    row("shell sleep", "{exec: {command: [/bin/sh, -c, sleep 20]}}", 20, 20);
    row("shell sleep, other flags", "{exec: {command: [bash, -ec, \"sleep 20;\"]}}", 20, 20);
    row("shell exec sleep", "{exec: {command: [sh, -c, exec sleep 20]}}", 20, 20);
    row("sleep, then more", "{exec: {command: [sh, -c, sleep 20 && nginx -s quit]}}", -1, 20);
    row("sleep; then more", "{exec: {command: [sh, -c, \"sleep 20; nginx -s quit\"]}}", -1, 20);
    row("more, then sleep", "{exec: {command: [sh, -c, nginx -s quit; sleep 20]}}", -1, 0);
    row("sleep in the background", "{exec: {command: [sh, -c, sleep 20 &]}}", -1, 0);
    row("sleep of a variable", "{exec: {command: [sh, -c, sleep $WAIT]}}", -1, 0);
    row("sleep in one word", "{exec: {command: [sleep 20]}}", -1, 0);
    row("httpGet", "{httpGet: {path: /stop, port: 80}}", -1, 0);
    row("script", "{exec: {command: [/stop.sh]}}", -1, 0);
    row("null", "", 0, 0);
}

void TestPodTimeline::preStop()
{
    QFETCH(QByteArray, hook);
    const Manifests m = manifestsFrom(deployment({}, "          lifecycle:\n            preStop: " + hook + "\n"));
    const Hook read = lifecycleHook(m.workloads.front().containers.front(), "preStop");
    QTEST(read.seconds.value_or(-1), "seconds");
    QTEST(read.atLeast, "atLeast");
    QCOMPARE(read.exists, !hook.isEmpty());
    QCOMPARE(read.span.isValid(), read.exists);
}

void TestPodTimeline::declaredPreStop()
{
    const auto hookOf = [](const QByteArray &hook, double declared) {
        const Manifests m = manifestsFrom(deployment({}, "          lifecycle:\n            preStop: " + hook + "\n"));
        return lifecycleHook(m.workloads.front().containers.front(), "preStop", declared);
    };
    QCOMPARE(hookOf("{httpGet: {port: 80}}", 12).seconds, std::optional(12.0));
    QVERIFY(hookOf("{httpGet: {port: 80}}", 12).declared);
    QCOMPARE(hookOf("{exec: {command: [sh, -c, sleep 20; x]}}", 5).seconds, std::optional(20.0)); // what is written is certain
    QCOMPARE(hookOf("{exec: {command: [sleep, \"3\"]}}", 12).seconds, std::optional(3.0)); // a plain sleep needs no word
}

void TestPodTimeline::duration_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("seconds");
    QTest::newRow("5s") << QByteArray("5s") << 5.0;
    QTest::newRow("1m30s") << QByteArray("1m30s") << 90.0;
    QTest::newRow("250ms") << QByteArray("250ms") << 0.25;
    QTest::newRow("0.5s") << QByteArray("0.5s") << 0.5;
    QTest::newRow("0") << QByteArray("0") << 0.0;
    QTest::newRow("no unit") << QByteArray("30") << -1.0;
    QTest::newRow("negative") << QByteArray("-5s") << -1.0;
    QTest::newRow("empty") << QByteArray() << -1.0;
    QTest::newRow("words") << QByteArray("5 seconds") << -1.0;
    QTest::newRow("endless") << QByteArray(100'000, '9') << -1.0;
}

void TestPodTimeline::duration()
{
    QFETCH(QByteArray, text);
    QTEST(durationSeconds(std::string_view(text.constData(), size_t(text.size()))).value_or(-1), "seconds");
}

void TestPodTimeline::stopTimesAreRead()
{
    const Manifests m = manifestsFrom(deployment("      terminationGracePeriodSeconds: 45\n",
                                                 "          lifecycle: {preStop: {sleep: {seconds: 20}}}\n"));
    const StopTimes t = stopTimes(m.workloads.front(), serviceWith(2, 23));
    QCOMPARE(t.grace, 45);
    QCOMPARE(t.graceSpan.line, 13);
    QCOMPARE(t.preStop, std::optional(20.0));
    QCOMPARE(t.needed(), std::optional(45.0));
    const Manifests bare = manifestsFrom(deployment({}));
    const StopTimes defaults = stopTimes(bare.workloads.front(), Service{});
    QCOMPARE(defaults.grace, 30);
    QVERIFY(!defaults.graceSpan.isValid());
    QCOMPARE(defaults.preStop, std::optional(0.0));
    QVERIFY(!defaults.needed());
    QCOMPARE(defaults.neededAtLeast(), 0.0);
}

void TestPodTimeline::graceThatIsNoNumber()
{
    for (const char *written : {"${GRACE}", "\"45\"", "-1", "1.5"}) {
        const Manifests m = manifestsFrom(deployment(QByteArray("      terminationGracePeriodSeconds: ") + written + '\n'));
        QVERIFY2(!stopTimes(m.workloads.front(), Service{}).graceKnown, written);
    }
}

void TestPodTimeline::longestPreStopOfAllContainers()
{
    const QByteArray two = deployment({}, "          lifecycle: {preStop: {sleep: {seconds: 5}}}\n"
                                          "        - name: second\n          lifecycle: {preStop: {sleep: {seconds: 9}}}\n"
                                          "        - name: istio-proxy\n          lifecycle: {preStop: {sleep: {seconds: 90}}}\n");
    const Manifests m = manifestsFrom(two);
    const StopTimes t = stopTimes(m.workloads.front(), Service{});
    QCOMPARE(t.preStop, std::optional(9.0)); // the mesh's own container is not the app
    QCOMPARE(t.preStops.size(), 2u);

    const Manifests unseen = manifestsFrom(two + "        - name: third\n          lifecycle: {preStop: {httpGet: {port: 1}}}\n");
    QVERIFY(!stopTimes(unseen.workloads.front(), Service{}).preStop);
    QCOMPARE(stopTimes(unseen.workloads.front(), Service{}).preStopAtLeast(), 9.0);
}

void TestPodTimeline::sidecarMode_data()
{
    QTest::addColumn<QString>("kubernetes");
    QTest::addColumn<QString>("istio");
    QTest::addColumn<QByteArray>("annotations");
    QTest::addColumn<int>("mode");
    const auto row = [](const char *name, const char *k, const char *i, const char *annotation, SidecarMode mode) {
        const QByteArray line = *annotation ? "        " + QByteArray(annotation) + '\n' : QByteArray();
        QTest::newRow(name) << QString::fromLatin1(k) << QString::fromLatin1(i) << line << int(mode);
    };
    const char *none = "";
    const char *optIn = "sidecar.istio.io/nativeSidecar: \"true\"";
    const char *optOut = "sidecar.istio.io/nativeSidecar: \"false\"";
    row("nothing declared", "", "", none, SidecarMode::Unknown);
    row("only Kubernetes", "1.33", "", none, SidecarMode::Unknown);
    row("1.22 is classic", "1.31", "1.22", none, SidecarMode::Classic);
    row("1.26 is classic even on 1.33", "1.33", "1.26.9", none, SidecarMode::Classic);
    row("1.27 on 1.32", "1.32.4", "1.27.0", none, SidecarMode::Classic);
    row("1.27 on 1.33", "1.33", "1.27.0", none, SidecarMode::Native);
    row("1.27 without Kubernetes", "", "1.27", none, SidecarMode::Unknown);
    row("opt-in wins", "1.30", "1.26", optIn, SidecarMode::Native);
    row("opt-out wins", "1.34", "1.28", optOut, SidecarMode::Classic);
    row("not injected", "1.33", "1.27", "sidecar.istio.io/inject: \"false\"", SidecarMode::None);
    row("injection asked for, nothing declared", "", "", "sidecar.istio.io/inject: \"true\"", SidecarMode::Unknown);
}

void TestPodTimeline::sidecarMode()
{
    QFETCH(QString, kubernetes);
    QFETCH(QString, istio);
    QFETCH(QByteArray, annotations);
    Service service;
    if (!kubernetes.isEmpty())
        service.kubernetesVersion.value = QVersionNumber::fromString(kubernetes);
    if (!istio.isEmpty())
        service.istioVersion.value = QVersionNumber::fromString(istio);
    const Manifests m = manifestsFrom(deployment({}, {}, {}, annotations));
    QTEST(int(tenken::sidecarMode(m.workloads.front(), service)), "mode");
    service.mesh.value = false;
    QCOMPARE(tenken::sidecarMode(m.workloads.front(), service), SidecarMode::None);
}

void TestPodTimeline::renderedSidecar()
{
    const auto modeOf = [](const QByteArray &yaml) {
        const Manifests m = manifestsFrom(yaml);
        return tenken::sidecarMode(m.workloads.front(), Service{});
    };
    QCOMPARE(modeOf(deployment({}, "        - name: istio-proxy\n          image: proxyv2:1.22\n")), SidecarMode::Classic);
    QCOMPARE(modeOf(deployment("      initContainers:\n        - {name: istio-proxy, image: p, restartPolicy: Always}\n")),
             SidecarMode::Native);
    QCOMPARE(modeOf(deployment({}, "        - name: istio-proxy\n          image: auto\n")), SidecarMode::Unknown);
    QCOMPARE(modeOf(deployment("      hostNetwork: true\n")), SidecarMode::None);
}

void TestPodTimeline::settingsOfARenderedProxy()
{
    const Manifests m = manifestsFrom(deployment({}, "        - name: istio-proxy\n          image: proxyv2:1.22\n"
                                                     "          lifecycle: {postStart: {exec: {command: [pilot-agent, wait]}}}\n"
                                                     "          env:\n            - {name: EXIT_ON_ZERO_ACTIVE_CONNECTIONS, value: \"true\"}\n"
                                                     "            - {name: MINIMUM_DRAIN_DURATION, value: 20s}\n"));
    const ProxySettings p = proxySettings(m.workloads.front(), &m);
    QVERIFY(p.hold.value);
    QVERIFY(p.exitOnZero.value);
    QCOMPARE(p.minimumDrain.value, 20.0);
    QCOMPARE(p.minimumDrain.span.line, 20);
}

void TestPodTimeline::proxySettingsOfTheTemplate_data()
{
    QTest::addColumn<QByteArray>("config");
    const char *lead = "        proxy.istio.io/config: ";
    QTest::newRow("YAML") << QByteArray(lead) + "|\n          holdApplicationUntilProxyStarts: true\n          terminationDrainDuration: 45s\n"
                                                "          proxyMetadata:\n            EXIT_ON_ZERO_ACTIVE_CONNECTIONS: \"true\"\n"
                                                "            MINIMUM_DRAIN_DURATION: 20s\n";
    QTest::newRow("JSON") << QByteArray(lead) + R"('{"holdApplicationUntilProxyStarts": true, "terminationDrainDuration": "45s", )"
            + R"("proxyMetadata": {"EXIT_ON_ZERO_ACTIVE_CONNECTIONS": "true", "MINIMUM_DRAIN_DURATION": "20s"}}')" + '\n';
}

void TestPodTimeline::proxySettingsOfTheTemplate()
{
    QFETCH(QByteArray, config);
    const Manifests m = manifestsFrom(deployment({}, {}, {}, config));
    const ProxySettings p = proxySettings(m.workloads.front(), &m);
    QVERIFY(p.problems.empty());
    QCOMPARE(p.hold.value, true);
    QCOMPARE(p.terminationDrain.value, 45.0);
    QCOMPARE(p.exitOnZero.value, true);
    QCOMPARE(p.minimumDrain.value, 20.0);
    QCOMPARE(p.hold.file, QStringLiteral("k8s.yaml"));
    QCOMPARE(p.hold.span.line, 13);
    QVERIFY(!p.misplaced.isValid());
}

void TestPodTimeline::proxySettingsOfTheMesh()
{
    const QByteArray mesh = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n"
                            "  mesh: |\n    defaultConfig:\n      holdApplicationUntilProxyStarts: true\n"
                            "      terminationDrainDuration: 60s\n---\n";
    const Manifests plain = manifestsFrom(mesh + deployment({}));
    const ProxySettings p = proxySettings(plain.workloads.front(), &plain);
    QVERIFY(p.meshConfigRead);
    QCOMPARE(p.hold.value, true);
    QCOMPARE(p.terminationDrain.value, 60.0);
    QCOMPARE(p.terminationDrain.span.line, 5);

    // The annotation wins over the mesh, a ProxyConfig that selects the pod over both, one of another pod over nothing.
    const auto drainWith = [&](const QByteArray &more) {
        const Manifests m = manifestsFrom(mesh + deployment({}, {}, {}, "        proxy.istio.io/config: 'terminationDrainDuration: 7s'\n") + more);
        const ProxySettings s = proxySettings(m.workloads.front(), &m);
        return std::pair(s.terminationDrain.value, s.minimumDrain.value);
    };
    const QByteArray own = "---\napiVersion: networking.istio.io/v1beta1\nkind: ProxyConfig\nmetadata: {name: p, namespace: shop}\n"
                           "spec:\n  selector: {matchLabels: {app: %}}\n  environmentVariables: {MINIMUM_DRAIN_DURATION: 33s}\n";
    QCOMPARE(drainWith({}), std::pair(7.0, 5.0));
    QCOMPARE(drainWith(QByteArray(own).replace('%', "id-auth")), std::pair(7.0, 33.0));
    QCOMPARE(drainWith(QByteArray(own).replace('%', "other")), std::pair(7.0, 5.0));
    QCOMPARE(proxySettings(plain.workloads.front(), nullptr).terminationDrain.value, 5.0);
}

void TestPodTimeline::misplacedAnnotation()
{
    QByteArray yaml = deployment({});
    yaml.replace("  namespace: shop\n", "  namespace: shop\n  annotations:\n    proxy.istio.io/config: 'holdApplicationUntilProxyStarts: true'\n");
    const Manifests m = manifestsFrom(yaml);
    const ProxySettings p = proxySettings(m.workloads.front(), &m);
    QCOMPARE(p.misplaced.line, 7);
    QCOMPARE(p.hold.value, false);

    const Manifests pod = manifestsFrom("apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations:\n"
                                        "    proxy.istio.io/config: 'holdApplicationUntilProxyStarts: true'\nspec: {containers: [{name: a}]}\n");
    QVERIFY(!proxySettings(pod.workloads.front(), &pod).misplaced.isValid()); // a Pod is its own template
    QCOMPARE(proxySettings(pod.workloads.front(), &pod).hold.value, true);
}

void TestPodTimeline::unreadableAnnotation()
{
    for (const char *config : {"'a: [b'", "'terminationDrainDuration: 45'", "'{\"holdApplicationUntilProxyStarts\": \"true\"}'"}) {
        const Manifests m = manifestsFrom(deployment({}, {}, {}, QByteArray("        proxy.istio.io/config: ") + config + '\n'));
        const ProxySettings p = proxySettings(m.workloads.front(), &m);
        QVERIFY2(!p.problems.empty(), config);
        QCOMPARE(p.problems.front().span.line, 13);
        QCOMPARE(p.hold.value, false);
        QCOMPARE(p.terminationDrain.value, 5.0);
    }
}

// The picture of the design: 20 s of preStop, 2 s of SIGTERM, 23 s of drain in 30 s of grace, a classic sidecar.
void TestPodTimeline::pictureOfAShortGrace()
{
    const Manifests m = manifestsFrom(deployment({}, "          lifecycle: {preStop: {exec: {command: [sleep, \"20\"]}}}\n"));
    Service service = serviceWith(2, 23);
    service.istioVersion.value = QVersionNumber(1, 22);
    service.endpointSeconds.value = 8;
    const Timeline t = stopTimeline(stopTimes(m.workloads.front(), service), service);

    QCOMPARE(t.subtitle.ja, QStringLiteral("サイドカー: classic · Istio 1.22"));
    QCOMPARE(t.source.ja, QStringLiteral("drain 23 s は service.yaml:31 の申告値"));
    QCOMPARE(t.rows.size(), 5u);
    QCOMPARE(t.rows[0].actor.ja, QStringLiteral("Endpoint 除外"));
    QCOMPARE(t.rows[0].bars.front().to, 8.0);
    QCOMPARE(t.rows[3].bars.size(), 2u);
    QCOMPARE(t.rows[3].bars[0].label.ja, QStringLiteral("8 s"));
    QCOMPARE(t.rows[3].bars[1].label.ja, QStringLiteral("15 s 不足"));
    QCOMPARE(t.rows[3].bars[1].tone, TimelineBar::Tone::Missing);
    QCOMPARE(t.rows[4].bars[0].to, 5.0);
    QCOMPARE(t.rows[4].bars[1].label.ja, QStringLiteral("proxy 不在 25 s → proxy-drain"));
    QCOMPARE(t.rows[4].bars[1].to, 30.0);
    QCOMPARE(t.marks.size(), 4u);
    QCOMPARE(t.marks[1].at, 20.0);
    QCOMPARE(t.marks[2].weight, TimelineMark::Weight::Kill);
    QCOMPARE(t.marks[3].at, 45.0);
    QCOMPARE(t.gapFrom, 30.0);
    QCOMPARE(t.gapTo, 45.0);
    QCOMPARE(t.configuredLabel.ja, QStringLiteral("設定した猶予 30 s"));
    QCOMPARE(t.neededLabel.ja, QStringLiteral("必要な時間 45 s"));
    QCOMPARE(t.conclusion.ja, QStringLiteral("30 s で SIGKILL が届き、drain の残り 15 s に処理中の要求が切れます。"));
    QVERIFY(!t.good);
    QVERIFY(t.end >= 45);
}

void TestPodTimeline::pictureOfAGoodStop()
{
    const Manifests m = manifestsFrom(deployment("      terminationGracePeriodSeconds: 60\n",
                                                 "          lifecycle: {preStop: {sleep: {seconds: 20}}}\n"));
    Service service = serviceWith(2, 23);
    service.istioVersion.value = QVersionNumber(1, 27);
    service.kubernetesVersion.value = QVersionNumber(1, 33);
    const Timeline t = stopTimeline(stopTimes(m.workloads.front(), service), service);
    QVERIFY(t.good);
    QCOMPARE(t.gapFrom, t.gapTo);
    QCOMPARE(t.rows.back().bars.size(), 1u); // a native sidecar stays
    QCOMPARE(t.rows.back().bars.front().to, 45.0);
    for (const TimelineRow &row : t.rows) {
        for (const TimelineBar &bar : row.bars)
            QVERIFY(bar.tone != TimelineBar::Tone::Missing && bar.tone != TimelineBar::Tone::Elsewhere);
    }
}

void TestPodTimeline::pictureWithUnknownDrain()
{
    const Manifests m = manifestsFrom(deployment({}));
    const Timeline t = stopTimeline(stopTimes(m.workloads.front(), Service{}), Service{});
    QVERIFY(!t.good); // not known is not good
    QCOMPARE(t.needed, 0.0);
    QVERIFY(t.source.isEmpty());
    QVERIFY(t.conclusion.en.contains(QLatin1String("cannot be said")));
}

void TestPodTimeline::probeEndpoint_data()
{
    QTest::addColumn<QByteArray>("probe");
    QTest::addColumn<QString>("endpoint");
    const auto row = [](const char *name, const char *probe, const char *endpoint) {
        QTest::newRow(name) << QByteArray(probe) << QString::fromLatin1(endpoint);
    };
    row("defaults", "{httpGet: {port: 8080}}", "http://pod:8080/");
    row("named port", "{httpGet: {path: /live, port: http}}", "http://pod:8080/live");
    row("path without slash", "{httpGet: {path: live, port: 8080}}", "http://pod:8080/live");
    row("scheme", "{httpGet: {scheme: HTTPS, path: /live, port: 8080}}", "https://pod:8080/live");
    row("host", "{httpGet: {host: a.example, port: 8080}}", "http://a.example:8080/");
    row("Host header", "{httpGet: {httpHeaders: [{name: host, value: b.example}], port: 8080}}", "http://b.example:8080/");
    row("other header", "{httpGet: {httpHeaders: [{name: x, value: y}], port: 8080}}", "http://pod:8080/");
    row("tcp", "{tcpSocket: {port: http}}", "tcp://pod:8080");
    row("grpc", "{grpc: {port: 9000, service: live}}", "grpc://pod:9000/live");
    row("grpc without service", "{grpc: {port: 9000}}", "grpc://pod:9000/");
    row("exec", "{exec: {command: [cat, /tmp/ok]}}", "exec cat\x1f/tmp/ok");
    row("no handler", "{periodSeconds: 5}", "");
}

void TestPodTimeline::probeEndpoint()
{
    QFETCH(QByteArray, probe);
    const Manifests m = manifestsFrom(deployment({}, "          ports: [{name: http, containerPort: 8080}]\n          livenessProbe: " + probe + '\n'));
    QTEST(readProbe(m.workloads.front().containers.front(), "livenessProbe").endpoint, "endpoint");
}

void TestPodTimeline::probePort_data()
{
    QTest::addColumn<QByteArray>("port");
    QTest::addColumn<int>("state");
    QTest::newRow("declared") << QByteArray("8080") << int(Probe::Port::Declared);
    QTest::newRow("declared by name") << QByteArray("http") << int(Probe::Port::Declared);
    QTest::newRow("undeclared") << QByteArray("9090") << int(Probe::Port::Undeclared);
    QTest::newRow("no such name") << QByteArray("metrics") << int(Probe::Port::NoSuchName);
    QTest::newRow("a quoted number is a name") << QByteArray("\"8080\"") << int(Probe::Port::NoSuchName);
    QTest::newRow("UDP") << QByteArray("53") << int(Probe::Port::OtherProtocol);
    QTest::newRow("UDP by name") << QByteArray("dns") << int(Probe::Port::OtherProtocol);
    QTest::newRow("TCP and UDP") << QByteArray("54") << int(Probe::Port::Declared);
    QTest::newRow("template") << QByteArray("${PORT}") << int(Probe::Port::Templated);
}

void TestPodTimeline::probePort()
{
    QFETCH(QByteArray, port);
    const Manifests m = manifestsFrom(deployment({}, "          ports:\n            - {name: http, containerPort: 8080}\n"
                                                     "            - {name: dns, containerPort: 53, protocol: UDP}\n"
                                                     "            - {containerPort: 54, protocol: UDP}\n            - {containerPort: 54}\n"
                                                     "          livenessProbe:\n            tcpSocket:\n              port: " + port + '\n'));
    QTEST(int(readProbe(m.workloads.front().containers.front(), "livenessProbe").port), "state");
}

void TestPodTimeline::zeroInAProbeIsTheDefault()
{
    const Manifests m = manifestsFrom(deployment({}, "          livenessProbe: {periodSeconds: 0, failureThreshold: 0, timeoutSeconds: 0}\n"));
    const Probe p = readProbe(m.workloads.front().containers.front(), "livenessProbe");
    QCOMPARE(p.period, 10);
    QCOMPARE(p.failureThreshold, 3);
    QCOMPARE(p.timeout, 1);
    QVERIFY(p.timingKnown);
    QCOMPARE(p.earliestKill(), 20.0); // 20–31 s with the defaults
}

void TestPodTimeline::startTimes_data()
{
    QTest::addColumn<QByteArray>("container");
    QTest::addColumn<double>("kill"); // −1: nothing kills
    QTest::addColumn<double>("start");
    const auto row = [](const char *name, const char *container, double kill, double start) {
        QTest::newRow(name) << QByteArray(container) << kill << start;
    };
    row("no probes", "", -1, 18);
    row("liveness defaults", "          livenessProbe: {httpGet: {port: 1}}\n", 20, 18);
    row("liveness", "          livenessProbe: {initialDelaySeconds: 30, periodSeconds: 5, failureThreshold: 4}\n", 45, 18);
    row("startup before liveness", "          livenessProbe: {initialDelaySeconds: 300}\n"
                                   "          startupProbe: {periodSeconds: 2, failureThreshold: 31}\n", 60, 18);
    row("startup that fails once", "          startupProbe: {failureThreshold: 1, initialDelaySeconds: 7}\n", 7, 18);
    row("long postStart", "          livenessProbe: {}\n          lifecycle: {postStart: {sleep: {seconds: 25}}}\n", 20, 25);
    row("short postStart", "          livenessProbe: {}\n          lifecycle: {postStart: {sleep: {seconds: 5}}}\n", 20, 18);
}

void TestPodTimeline::startTimes()
{
    QFETCH(QByteArray, container);
    Service service;
    service.startSeconds.value = 18;
    const Manifests m = manifestsFrom(deployment({}, container));
    const std::vector<StartTimes> times = tenken::startTimes(m.workloads.front(), service);
    QCOMPARE(times.size(), 1u);
    QTEST(times.front().killable ? times.front().earliestKill : -1.0, "kill");
    QTEST(times.front().start.value_or(0), "start");
}

void TestPodTimeline::startPictureShowsTheGap()
{
    Service service;
    service.startSeconds.value = 41;
    const Manifests m = manifestsFrom(deployment({}, "          livenessProbe: {httpGet: {port: 1}}\n"));
    const Timeline t = startTimeline(tenken::startTimes(m.workloads.front(), service).front());
    QCOMPARE(t.gapFrom, 20.0);
    QCOMPARE(t.gapTo, 41.0);
    QVERIFY(!t.good);
    QVERIFY(t.conclusion.en.contains(QLatin1String("20 s")));
    service.startSeconds.value.reset();
    QVERIFY(!startTimeline(tenken::startTimes(m.workloads.front(), service).front()).good);
    service.startSeconds.value = 10;
    QVERIFY(startTimeline(tenken::startTimes(m.workloads.front(), service).front()).good);
}

QTEST_APPLESS_MAIN(TestPodTimeline)
#include "tst_podtimeline.moc"
