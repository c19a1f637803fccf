// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/service.h>

#include <QFile>
#include <QTest>
#include <QUrl>

#include <cmath>

using namespace tenken;

namespace {

QByteArray complete()
{
    QFile file(QStringLiteral(TENKEN_TEST_DATA "/service/complete.yaml"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Partial<Service> read(const QByteArray &text)
{
    return readService(*YamlFile::parse(text, QStringLiteral("readiness/service.yaml")));
}

QByteArray withHead(const QByteArray &rest)
{
    return "format: tenken.service/1\nid: a\n" + rest;
}

} // namespace

class TestService : public QObject
{
    Q_OBJECT

private slots:
    void clients()
    {
        const auto [s, problems] = read(withHead("platform: {mesh-config: default}\ncallers:\n  - {id: web, timeout: 3s, per-try: 1s, retries: 2}\n  - batch\n"
                                                 "dependencies:\n  - {id: db, client: {connect-timeout: 500ms, read-timeout: 1m30s, circuit-breaker: {library: r4j, link: \"https://x\"}}}\n"
                                                 "  - {id: api, client: {circuit-breaker: \"https://y\"}}\n  - {id: bare}\n"));
        QVERIFY2(problems.empty(), qPrintable(problems.empty() ? QString() : problems[0].toString(Lang::En)));
        QVERIFY(*s.meshDefaults);
        QCOMPARE(s.callers.value->size(), 2u);
        const ClientSettings &web = s.callers.value->front().client;
        QCOMPARE(*web.timeoutSeconds, 3.0);
        QCOMPARE(*web.perTrySeconds, 1.0);
        QCOMPARE(*web.retries, 2);
        QVERIFY(web.declared && !s.callers.value->at(1).client.declared);
        const std::vector<Dependency> &d = *s.dependencies;
        QCOMPARE(*d[0].client.connectSeconds, 0.5);
        QCOMPARE(*d[0].client.readSeconds, 90.0);
        QCOMPARE(d[0].client.readSeconds.span.line, 8);
        QVERIFY(!d[0].client.retries);
        QCOMPARE(*d[0].client.breaker, QStringLiteral("r4j"));
        QCOMPARE(d[1].client.breakerLink, QStringLiteral("https://y"));
        QVERIFY(d[1].client.declared && !d[2].client.declared);
        QVERIFY(!read(withHead({})).value.callers);
        QVERIFY(read(withHead("callers: []\n")).value.callers.value->empty());
    }

    void monitoring_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("said");
        QTest::newRow("a misspelt key") << QByteArray("monitoring: {endpoint: [a]}") << QStringLiteral("endpoints");
        QTest::newRow("no URL") << QByteArray("monitoring: {endpoints: [healthz]}") << QStringLiteral("https://id-auth");
        QTest::newRow("a URL with a password") << QByteArray("monitoring: {endpoints: ['https://a:b@c.example']}")
                                               << QStringLiteral("https://id-auth");
        QTest::newRow("half a limit") << QByteArray("monitoring: {sentry-rate-limit: {events: 300}}") << QStringLiteral("seconds: 60");
        QTest::newRow("a limit of nothing") << QByteArray("monitoring: {sentry-rate-limit: {events: 0, seconds: 60}}")
                                            << QStringLiteral("events: 300");
        QTest::newRow("a word") << QByteArray("monitoring: {sentry-rate-limit: much}") << QStringLiteral("events: 300");
    }
    void monitoring()
    {
        QFETCH(QByteArray, yaml);
        const auto [s, problems] = read(withHead(yaml));
        QCOMPARE(problems.size(), 1u);
        QCOMPARE(problems[0].span.line, 3);
        QFETCH(QString, said);
        QVERIFY2(problems[0].toString(Lang::En).contains(said), qPrintable(problems[0].toString(Lang::En)));
        QVERIFY(!s.sentryRateLimit);
        QVERIFY(!s.watchedEndpoints);
    }

    void noRateLimitIsADeclaration()
    {
        const auto [s, problems] = read(withHead("monitoring: {sentry-rate-limit: none}"));
        QVERIFY(problems.empty());
        QCOMPARE((*s.sentryRateLimit).events, 0.0);
    }

    void everyField()
    {
        const auto [s, problems] = read(complete());
        QVERIFY2(problems.empty(), qPrintable(problems.empty() ? QString() : problems[0].toString(Lang::En)));
        QCOMPARE(s.file, QStringLiteral("readiness/service.yaml"));
        QCOMPARE(s.id, QStringLiteral("id-auth"));
        QCOMPARE(s.idSpan, (Span{2, 1, 2, 12}));
        QCOMPARE(s.name.ja, QStringLiteral("ID認証API"));
        QCOMPARE(s.name.en, QStringLiteral("ID authentication API"));
        QCOMPARE(s.team, QStringLiteral("identity-platform"));
        QCOMPARE(s.tier, QStringLiteral("1"));
        QCOMPARE(s.checklist, QStringLiteral("zozotown"));
        QCOMPARE(*s.kubernetesVersion, QVersionNumber(1, 30)); // written without quotes, and not 1.3
        QCOMPARE(*s.istioVersion, QVersionNumber(1, 22));
        QCOMPARE(*s.mesh, true);
        QCOMPARE(*s.zones, 3);
        QCOMPARE(s.zones.span.line, 7);
        QCOMPARE(s.manifestPatterns, QStringList{QStringLiteral("deploy/")});
        QCOMPARE(s.pipelinePatterns, QStringList{QStringLiteral(".github/workflows/")});
        QCOMPARE(s.infrastructurePatterns, QStringList({QStringLiteral("cfn/"), QStringLiteral("fluent-bit/")}));
        QCOMPARE(*s.watchedEndpoints, QStringList{QStringLiteral("https://id-auth.example.com/healthz")});
        QCOMPARE(*s.dashboard, QStringLiteral("abc-def-ghi"));
        QCOMPARE((*s.sentryRateLimit).events, 300.0);
        QCOMPARE((*s.sentryRateLimit).seconds, 60.0);
        QCOMPARE(s.datadogFolder, QStringLiteral("readiness/datadog"));
        QCOMPARE(*s.perPodRps, 140.0);
        QCOMPARE(*s.latencyPercentile, QStringLiteral("p99"));
        QCOMPARE(*s.latencyTargetMs, 200.0);
        QCOMPARE(*s.errorRateTarget, 0.001);
        QCOMPARE(*s.startSeconds, 40.0);
        QCOMPARE(*s.sigtermSeconds, 2.0);
        QCOMPARE(*s.drainSeconds, 23.0);
        QCOMPARE(*s.preStopSeconds, 5.0);
        QCOMPARE(*s.endpointSeconds, 8.0);
        QCOMPARE(*s.batch, false);
        QCOMPARE(s.aliases, QStringList{QStringLiteral("id-auth-api")});
    }

    void listsOfTheCompleteFile()
    {
        const Service s = read(complete()).value;
        QCOMPARE(s.loadTests.size(), 3);
        const LoadTestSource &step = s.loadTests[0];
        QCOMPARE(step.id, QStringLiteral("step-1pod"));
        QCOMPARE(step.files, QStringList{QStringLiteral("loadtest/step-1pod.log")});
        QCOMPARE(*step.pods, 1);
        QCOMPARE(step.purpose, QStringLiteral("knee"));
        QCOMPARE(*step.offeredRps, 120.0);
        QCOMPARE(step.environment, QStringLiteral("staging"));
        QCOMPARE(step.during, QStringLiteral("nothing"));
        QCOMPARE(step.image, QStringLiteral("app:1"));
        QCOMPARE(step.span.line, 12);
        QCOMPARE(s.loadTests[1].files.size(), 2);
        QCOMPARE(s.loadTests[1].id, QStringLiteral("a"));
        QCOMPARE(s.loadTests[2].id, QStringLiteral("plain"));
        QVERIFY(!s.loadTests[2].pods);
        QCOMPARE(s.documents.size(), 2);
        QCOMPARE(s.documents[0].role, QStringLiteral("oncall"));
        QCOMPARE(s.documents[1].url, QStringLiteral("https://wiki.example/on"));
        QVERIFY(s.documents[1].file.isEmpty());
        QCOMPARE(s.events.size(), 2);
        QCOMPARE(s.events[0].name.en, QStringLiteral("New Year"));
        QCOMPARE(s.events[0].peakRps, 8000.0);
        QCOMPARE(*s.events[0].scheduledReplicas, 60);
        QCOMPARE(s.events[1].name.ja, QStringLiteral("normal"));
        QCOMPARE(s.dependencies.value->size(), 2);
        QVERIFY(s.dependencies.value->at(0).required);
        QVERIFY(!s.dependencies.value->at(1).required);
        QCOMPARE(s.dependencies.value->at(0).host, QStringLiteral("users-db.internal"));
        QCOMPARE(s.overrides.size(), 2);
        QCOMPARE(s.overrides[0].value, 0.2);
        QCOMPARE(s.overrides[0].reason, QStringLiteral("予測の誤差"));
        QCOMPARE(s.overrides[1].value, 1.0);
    }

    void smallest()
    {
        const auto [s, problems] = read(withHead({}));
        QVERIFY(problems.empty());
        QCOMPARE(s.name.ja, QStringLiteral("a"));
        QCOMPARE(s.checklist, QStringLiteral("zozotown"));
        QVERIFY(!s.mesh && !s.batch && !s.dependencies && !s.zones && !s.perPodRps && !s.latencyTargetMs);
        QVERIFY(s.manifestPatterns.isEmpty()); // no default patterns
    }

    void problems_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QByteArray &text, const char *place, const char *words) {
            QTest::newRow(name) << text << QString::fromLatin1(place) << QString::fromUtf8(words);
        };
        row("empty", "", "", "is empty");
        row("a list", "- a\n", "1:1", "a map of keys");
        row("no format", "id: a\n", "1:1", "`format` is missing");
        row("later format", "format: tenken.service/9\nid: a\n", "1:9", "is not known");
        row("no id", "format: tenken.service/1\n", "1:1", "`id` is missing");
        row("strange id", "format: tenken.service/1\nid: a b\n", "2:5", "letters, digits");
        row("id is a list", "format: tenken.service/1\nid: [a]\n", "2:5", "`id` is a text");
        row("two documents", withHead("---\nid: b\n"), "4:1", "second document");
        row("misspelt", withHead("targets: {latncy: {}}\n"), "3:11", "did you mean “latency”?");
        row("misspelt at the root", withHead("plattform: {}\n"), "3:1", "did you mean “platform”?");
        row("unknown", withHead("colour: red\n"), "3:1", "known here: format, id");
        row("version as number", withHead("platform: {kubernetes: 1}\n"), "3:24", "a version such as 1.31, not “1”");
        row("version of words", withHead("platform: {istio: latest}\n"), "3:19", "platform.istio");
        row("mesh", withHead("platform: {mesh: linkerd}\n"), "3:18", "istio or none");
        row("node group without a name", withHead("platform: {nodes: [{max: 3}]}\n"), "3:20", "has a `name`");
        row("node group twice", withHead("platform: {nodes: [{name: a}, {name: a}]}\n"), "3:31", "stands twice");
        row("node key misspelt", withHead("platform: {nodes: [{name: a, instance-type: [m5.large]}]}\n"), "3:30", "did you mean “instance-types”?");
        row("memory of a node in words", withHead("platform: {nodes: [{name: a, memory: much}]}\n"), "3:38", "a quantity of Kubernetes, not “much”");
        row("vcpu 0", withHead("platform: {nodes: [{name: a, vcpu: 0}]}\n"), "3:36", "vcpu: 4");
        row("architecture", withHead("platform: {nodes: [{name: a, architecture: x86}]}\n"), "3:44", "amd64 or arm64");
        row("labels as a list", withHead("platform: {nodes: [{name: a, labels: [b]}]}\n"), "3:38", "a map of keys");
        row("taint without effect", withHead("platform: {nodes: [{name: a, taints: [{key: b}]}]}\n"), "3:39", "NoSchedule, PreferNoSchedule");
        row("daemonsets without pods", withHead("platform: {daemonsets: {cpu: 1, memory: 1Gi}}\n"), "3:24", "has `cpu`, `memory`, `pods`");
        row("sidecar without memory", withHead("platform: {sidecar: {cpu: 1}}\n"), "3:21", "has `cpu`, `memory`");
        row("instances as a number", withHead("dependencies: [{id: db, instances: 3}]\n"), "3:36", "dependencies[].instances");
        row("instances twice", withHead("dependencies: [{id: db, instances: [{count: 1}, {count: 2}]}]\n"), "3:49", "its instances twice");
        row("pool size in words", withHead("dependencies: [{id: db, pool-size: big}]\n"), "3:36", "pool-size: 20");
        row("mesh against istio", withHead("platform: {mesh: none, istio: \"1.22\"}\n"), "3:18", "beside a version");
        row("zones", withHead("platform: {zones: three}\n"), "3:19", "a whole number from 1 on, not “three”");
        row("quoted number", withHead("platform: {zones: \"3\"}\n"), "3:19", "zones: 3");
        row("negative seconds", withHead("timing: {drain-seconds: -1}\n"), "3:25", "a number from 0 on");
        row("seconds with a unit", withHead("timing: {drain-seconds: 23s}\n"), "3:25", "not “23s”");
        row("timing list", withHead("timing: [1]\n"), "3:9", "a map of keys and values, not “[…]”");
        row("throughput 0", withHead("capacity: {per-pod: 0}\n"), "3:21", "a number above 0");
        row("event without peak", withHead("capacity: {events: [{id: x}]}\n"), "3:21", "an `id` and a `peak`");
        row("event with words", withHead("capacity: {events: [{id: x, peak: many}]}\n"), "3:35", "a number above 0");
        row("event twice", withHead("capacity: {events: [{id: x, peak: 1}, {id: x, peak: 2}]}\n"), "3:39", "stands twice");
        row("events as map", withHead("capacity: {events: {x: 1}}\n"), "3:20", "`capacity.events` is a list");
        row("error rate 0.1", withHead("targets: {error-rate: 0.1}\n"), "3:23", "“0.1 %”");
        row("error rate above 100", withHead("targets: {error-rate: 101 %}\n"), "3:23", "a percentage");
        row("latency number", withHead("targets: {latency: 200}\n"), "3:20", "percentile: p99, milliseconds: 200");
        row("percentile", withHead("targets: {latency: {percentile: 0.99}}\n"), "3:33", "p99");
        row("percentile 101", withHead("targets: {latency: {percentile: p101}}\n"), "3:33", "p99");
        row("batch", withHead("batch: sometimes\n"), "3:8", "true or false");
        row("load test without file", withHead("evidence: {loadtests: [{id: x}]}\n"), "3:24", "no `file`");
        row("pods 0", withHead("evidence: {loadtests: [{file: a, pods: 0}]}\n"), "3:40", "from 1 on");
        row("purpose", withHead("evidence: {loadtests: [{file: a, purpose: kne}]}\n"), "3:43", "did you mean “knee”?");
        row("same test twice", withHead("evidence: {loadtests: [a.log, a.csv]}\n"), "3:31", "stands twice");
        row("document without role", withHead("evidence: {documents: [{file: a}]}\n"), "3:24", "has a `role`");
        row("document without place", withHead("evidence: {documents: [{role: a}]}\n"), "3:24", "a `file` or a `url`");
        row("manifest map", withHead("evidence: {manifests: [{chart: x}]}\n"), "3:24", "evidence.manifests[]");
        row("dependencies as map", withHead("dependencies: {a: b}\n"), "3:15", "`dependencies` is a list");
        row("bare number as timeout", withHead("dependencies: [{id: a, client: {read-timeout: 2}}]\n"), "3:47", "such as 500ms or 2s");
        row("negative retries", withHead("callers: [{id: a, retries: -1}]\n"), "3:28", "whole number from 0");
        row("caller without id", withHead("callers: [{timeout: 3s}]\n"), "3:11", "a caller has an `id`");
        row("callers as map", withHead("callers: {a: 3s}\n"), "3:10", "`callers` is a list");
        row("misspelt client key", withHead("dependencies: [{id: a, client: {read-timout: 2s}}]\n"), "3:33", "read-timeout");
        row("mesh-config", withHead("platform: {mesh-config: own}\n"), "3:25", "`platform.mesh-config` is default");
        row("dependency without id", withHead("dependencies: [{kind: mysql}]\n"), "3:16", "has an `id`");
        row("override without value", withHead("overrides: [{item: a, parameter: b}]\n"), "3:13", "an `item`, a `parameter` and a `value`");
        row("override of words", withHead("overrides: [{item: a, parameter: b, value: much}]\n"), "3:44", "a number");
    }
    void problems()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, place);
        QFETCH(QString, words);
        const std::vector<Problem> problems = read(text).problems;
        QCOMPARE(problems.size(), text.isEmpty() || text.startsWith("- a") || problems.size() == 1 ? 1 : 2);
        const Problem &problem = problems[0];
        const QString line = problem.toString(Lang::En);
        QVERIFY2(line.contains(words), qPrintable(line));
        QVERIFY(!problem.message.ja.isEmpty());
        QVERIFY(!problem.hint.isEmpty() && !problem.hint.ja.isEmpty());
        QCOMPARE(problem.location(), place.isEmpty() ? QStringLiteral("readiness/service.yaml")
                                                     : QStringLiteral("readiness/service.yaml:") + place);
    }

    void nodesAndSizes()
    {
        const auto [s, problems] = read(withHead(
            "platform:\n  node-group: api\n  daemonsets: {cpu: 350m, memory: 600Mi, pods: 4}\n  sidecar: {cpu: 50m, memory: 64Mi}\n  nodes:\n"
            "    - {name: api, instance-types: [m6i.xlarge], labels: {role: api, tier: 3}, min: 3, max: 60, zones: [a, c], max-pods: 110,\n"
            "       taints: [{key: dedicated, value: api, effect: NoSchedule}], vcpu: 4, memory: 16Gi, architecture: amd64}\n"
            "    - {name: rest, instance-types: m5.large}\n"
            "dependencies:\n  - {id: db, pool-size: 20, max-connections: 2000, instances: [{count: 2, type: db.r6g.large}, "
            "{event: sale, count: 4, type: db.r6g.xlarge, max-connections: 4000}]}\n"));
        QVERIFY2(problems.empty(), qPrintable(problems.empty() ? QString() : problems[0].toString(Lang::En)));
        QCOMPARE(*s.nodeGroup, QStringLiteral("api"));
        QVERIFY(std::abs((*s.daemonSets).cpu - 0.35) < 1e-9);
        QCOMPARE((*s.daemonSets).memory, 600.0);
        QCOMPARE((*s.daemonSets).pods, 4);
        QCOMPARE((*s.sidecar).cpu, 0.05);
        QCOMPARE(s.nodeGroups.size(), 2);
        const NodeGroupSource &api = s.nodeGroups[0];
        QCOMPARE(api.labels.value(QStringLiteral("tier")), QStringLiteral("3"));
        QCOMPARE(api.taints.front().value, QStringLiteral("api"));
        QCOMPARE(*api.memory, 16384.0);
        QCOMPARE(*api.max, 60);
        QCOMPARE(*api.maxPods, 110);
        QCOMPARE(api.span.line, 8);
        QCOMPARE(s.nodeGroups[1].types, QStringList{QStringLiteral("m5.large")});
        const Dependency &db = s.dependencies.value->front();
        QCOMPARE(*db.poolSize, 20);
        QCOMPARE(*db.maxConnections, 2000);
        QCOMPARE(db.instances.size(), 2);
        QCOMPARE(db.instances[1].event, QStringLiteral("sale"));
        QCOMPARE(*db.instances[1].maxConnections, 4000);
        QCOMPARE(db.instances[0].count, 2);
        QCOMPARE(*read(withHead("platform: {daemonsets: none}\n")).value.daemonSets, NodeShare{});
    }

    void whatIsUnderstoodIsKept()
    {
        const auto [s, problems] = read(withHead("platform: {kubernetes: x, zones: 3}\n"
                                                 "capacity: {per-pod: 10, events: [{id: a, peak: 5}, {id: b}, 7]}\n"
                                                 "evidence: {manifests: [deploy/, [x]], loadtests: [{file: a, purpose: kne}]}\n"
                                                 "dependencies: [users-db, {host: h}]\n"));
        QCOMPARE(problems.size(), 6);
        QCOMPARE(*s.zones, 3);
        QVERIFY(!s.kubernetesVersion);
        QCOMPARE(*s.perPodRps, 10.0);
        QCOMPARE(s.events.size(), 1);
        QCOMPARE(s.manifestPatterns, QStringList{QStringLiteral("deploy/")});
        QCOMPARE(s.loadTests[0].purpose, QStringLiteral("kne")); // serves no purpose, rather than any
        QCOMPARE(s.dependencies.value->size(), 2);
        QCOMPARE(s.dependencies.value->at(1).id, QStringLiteral("h"));
    }

    void declarations_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("mesh"); // -1 = not declared
        QTest::addColumn<int>("batch");
        QTest::addColumn<int>("dependencies");
        QTest::newRow("nothing") << QByteArray() << -1 << -1 << -1;
        QTest::newRow("none") << QByteArray("platform: {mesh: none}\nbatch: none\ndependencies: none\n") << 0 << 0 << 0;
        QTest::newRow("empty list") << QByteArray("dependencies: []\n") << -1 << -1 << 0;
        QTest::newRow("commented out") << QByteArray("platform:\nbatch:\ndependencies:\n# - {id: x}\n") << -1 << -1 << -1;
        QTest::newRow("istio version") << QByteArray("platform: {istio: \"1.27.0\"}\nbatch: true\n") << 1 << 1 << -1;
        QTest::newRow("contradiction") << QByteArray("platform: {mesh: none, istio: \"1.22\"}\n") << -1 << -1 << -1;
    }
    void declarations()
    {
        QFETCH(QByteArray, text);
        const Service s = read(withHead(text)).value;
        QTEST(s.mesh ? static_cast<int>(*s.mesh) : -1, "mesh");
        QTEST(s.batch ? static_cast<int>(*s.batch) : -1, "batch");
        QTEST(s.dependencies ? static_cast<int>(s.dependencies.value->size()) : -1, "dependencies");
    }

    void spellings()
    {
        const Service s = read(withHead("platform: {kubernetes: v1.31.2-eks-7f9249a}\n"
                                        "targets: {latency: {percentile: 99.9, milliseconds: 1e3}, error-rate: 0.001}\n")).value;
        QCOMPARE(*s.kubernetesVersion, QVersionNumber(1, 31, 2));
        QCOMPARE(*s.latencyPercentile, QStringLiteral("p99.9"));
        QCOMPARE(*s.latencyTargetMs, 1000.0);
        QCOMPARE(*s.errorRateTarget, 0.001);
        QCOMPARE(*read(withHead("targets: {error-rate: 5%}\n")).value.errorRateTarget, 0.05);
    }

    void unreadableYamlIsReportedOnce()
    {
        const auto file = YamlFile::parse("id: [\n", QStringLiteral("readiness/service.yaml"));
        QCOMPARE(file->errors().size(), 1);
        QVERIFY(readService(*file).problems.empty());
    }

    void environments()
    {
        const auto [s, problems] = read(withHead(
            "environments:\n- staging\n- id: production\n  smoke:\n  - id: health\n    url: https://a.example/healthz\n    probe: liveness\n"
            "  - {id: token, url: 'https://a.example/t?x=1', method: POST, status: 401, seconds: 0.5, body: '\"ok\": *true',"
            " headers: {Authorization: 'Bearer ${SMOKE_TOKEN}', Accept: application/json, X-Api-Key: '${KEY}'}}\n"));
        QVERIFY2(problems.empty(), qPrintable(problems.empty() ? QString() : problems[0].toString(Lang::En)));
        QVERIFY(s.environments);
        QCOMPARE(s.environments->size(), size_t(2));
        QCOMPARE((*s.environments)[0].id, QStringLiteral("staging"));
        QVERIFY((*s.environments)[0].smoke.empty());
        const ServiceEnvironment &production = (*s.environments)[1];
        QCOMPARE(production.id, QStringLiteral("production"));
        QCOMPARE(production.span.line, 5);
        QCOMPARE(production.smoke.size(), size_t(2));
        QCOMPARE(production.smoke[0].method, QStringLiteral("GET"));
        QCOMPARE(production.smoke[0].status.text(), QStringLiteral("200"));
        QCOMPARE(production.smoke[0].seconds, 5.0);
        QCOMPARE(production.smoke[0].probe, QStringLiteral("liveness"));
        QCOMPARE(production.smoke[1].method, QStringLiteral("POST"));
        QCOMPARE(production.smoke[1].status.text(), QStringLiteral("401"));
        QCOMPARE(production.smoke[1].seconds, 0.5);
        QCOMPARE(production.smoke[1].bodyPattern, QStringLiteral("\"ok\": *true"));
        QCOMPARE(production.smoke[1].headers.value(QStringLiteral("Authorization")), QStringLiteral("Bearer ${SMOKE_TOKEN}"));
        QCOMPARE(production.smoke[1].headers.size(), 3);
        QVERIFY(!read(withHead("")).value.environments);
        QVERIFY(read(withHead("environments: []\n")).value.environments);
    }

    void wantedStatuses_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("accepted");
        QTest::addColumn<int>("refused");
        QTest::newRow("nothing said") << QByteArray() << QStringLiteral("200") << 200 << 204;
        QTest::newRow("one") << QByteArray("status: 401") << QStringLiteral("401") << 401 << 200;
        QTest::newRow("list") << QByteArray("status: [200, '204']") << QStringLiteral("200, 204") << 204 << 201;
        QTest::newRow("class") << QByteArray("status: 2xx") << QStringLiteral("2xx") << 299 << 300;
        QTest::newRow("class in capitals") << QByteArray("status: 3XX") << QStringLiteral("3xx") << 308 << 200;
        QTest::newRow("mixed") << QByteArray("status: [2xx, 304]") << QStringLiteral("2xx, 304") << 304 << 302;
    }
    void wantedStatuses()
    {
        QFETCH(QByteArray, status);
        const auto [s, problems] = read(withHead("environments: [{id: a, smoke: [{id: r, url: 'https://a.example/', " + status + "}]}]\n"));
        QVERIFY2(problems.empty(), qPrintable(problems.empty() ? QString() : problems[0].toString(Lang::En)));
        const WantedStatus wanted = s.environments->front().smoke.front().status;
        QTEST(wanted.text(), "text");
        QFETCH(int, accepted);
        QFETCH(int, refused);
        QVERIFY(wanted.accepts(accepted));
        QVERIFY(!wanted.accepts(refused));
    }

    void variablesOfARequest()
    {
        const auto [s, problems] = read(withHead("environments: [{id: a, parallel: 2, smoke: [{id: r, url: 'http://localhost:8080/', follow-redirects: true,"
                                                 " headers: {Authorization: 'Bearer ${T}', X-B: 'v ${B} ${B}'}, send: '{\"q\": \"${Q}\", \"$x\": 1}'}]}]\n"));
        QVERIFY2(problems.empty(), qPrintable(problems.empty() ? QString() : problems[0].toString(Lang::En)));
        const ServiceEnvironment &environment = s.environments->front();
        QCOMPARE(environment.parallel, 2);
        const SmokeRequest &request = environment.smoke.front();
        QVERIFY(request.followRedirects);
        QCOMPARE(request.variables(), (QStringList{"T", "B", "Q"}));
        const QMap<QString, QString> values{{"Q", "${T}"}, {"T", "secret"}};
        QCOMPARE(withVariables(request.send, values), QStringLiteral("{\"q\": \"${T}\", \"$x\": 1}")); // what is put in is not looked at again
        QCOMPARE(withVariables(QStringLiteral("a"), values), QStringLiteral("a"));
    }

    void loopback()
    {
        for (const char *url : {"http://localhost/", "http://127.0.0.1:80/", "http://127.9.8.7/", "http://[::1]:8/", "http://LOCALHOST/"})
            QVERIFY2(isLoopback(QUrl(QString::fromLatin1(url))), url);
        for (const char *url : {"http://localhost.example/", "http://127.0.0.1.example/", "http://10.0.0.1/", "http://[::2]/", "http:///a", "http://128.0.0.1/"})
            QVERIFY2(!isLoopback(QUrl(QString::fromLatin1(url))), url);
    }

    void wrongEnvironments_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("column");
        const auto request = [](const QByteArray &more) { return "environments: [{id: a, smoke: [{id: r, url: 'https://a.example/x', " + more + "}]}]\n"; };
        QTest::newRow("a text") << QByteArray("environments: staging\n") << QStringLiteral("`environments` is a list") << 15;
        QTest::newRow("without id") << QByteArray("environments: [{smoke: []}]\n") << QStringLiteral("an environment has an `id`") << 16;
        QTest::newRow("a list in it") << QByteArray("environments: [[a]]\n") << QStringLiteral("`environments[]` is a map") << 16;
        QTest::newRow("twice") << QByteArray("environments: [a, a]\n") << QStringLiteral("the id “a” stands twice") << 19;
        QTest::newRow("request twice") << QByteArray("environments: [{id: a, smoke: [{id: r, url: 'https://a.b'}, {id: r, url: 'https://a.b'}]}]\n") << QStringLiteral("the id “r” stands twice") << 61;
        QTest::newRow("request without url") << QByteArray("environments: [{id: a, smoke: [{id: r}]}]\n") << QStringLiteral("a request has an `id` and a `url`") << 32;
        QTest::newRow("request as a text") << QByteArray("environments: [{id: a, smoke: [health]}]\n") << QStringLiteral("`environments[].smoke[]` is a map") << 32;
        QTest::newRow("file url") << QByteArray("environments: [{id: a, smoke: [{id: r, url: 'file:///etc/passwd'}]}]\n") << QStringLiteral("a URL that begins with https://") << 45;
        QTest::newRow("path") << QByteArray("environments: [{id: a, smoke: [{id: r, url: /healthz}]}]\n") << QStringLiteral("a URL that begins with https://") << 45;
        QTest::newRow("password in the url") << QByteArray("environments: [{id: a, smoke: [{id: r, url: 'https://me:hunter2@a.example'}]}]\n") << QStringLiteral("the URL holds a user name or password") << 45;
        QTest::newRow("method") << request("method: FETCH") << QStringLiteral("`environments[].smoke[].method` is one of GET") << 76;
        QTest::newRow("status") << request("status: 700") << QStringLiteral("a whole number from 100 to 599") << 76;
        QTest::newRow("status class") << request("status: 7xx") << QStringLiteral("a class such as 2xx") << 76;
        QTest::newRow("status list") << request("status: [200, ok]") << QStringLiteral("a list of them") << 76;
        QTest::newRow("empty status list") << request("status: []") << QStringLiteral("a list of them") << 76;
        QTest::newRow("key in the url") << QByteArray("environments: [{id: a, smoke: [{id: r, url: 'https://a.example/?api_key=h8Kq2vXz7LmP4sWt9RbN3cYd'}]}]\n") << QStringLiteral("the URL holds what looks like a key") << 45;
        QTest::newRow("key in the body") << request("send: '{\"password\": \"hunter2hunter2\"}'") << QStringLiteral("`send` holds what looks like a key") << 74;
        QTest::newRow("redirects") << request("follow-redirects: maybe") << QStringLiteral("`environments[].smoke[].follow-redirects`") << 86;
        QTest::newRow("token over plain http") << QByteArray("environments: [{id: a, smoke: [{id: r, url: 'http://a.example/', headers: {Authorization: 'Bearer ${T}'}}]}]\n") << QStringLiteral("would be sent unencrypted") << 45;
        QTest::newRow("body variable over plain http") << QByteArray("environments: [{id: a, smoke: [{id: r, url: 'http://127.0.0.1.example/', send: 'a${T}'}]}]\n") << QStringLiteral("would be sent unencrypted") << 45;
        QTest::newRow("parallel") << QByteArray("environments: [{id: a, parallel: 17, smoke: []}]\n") << QStringLiteral("a whole number from 1 to 16") << 34;
        QTest::newRow("pattern") << request("body: '(a'") << QStringLiteral("a regular expression (missing closing parenthesis)") << 74;
        QTest::newRow("time") << request("seconds: 0") << QStringLiteral("a number above 0") << 77;
        QTest::newRow("too long") << request("seconds: 3600") << QStringLiteral("a number of seconds up to 300") << 77;
        QTest::newRow("probe") << request("probe: startup") << QStringLiteral("one of liveness, readiness") << 75;
        QTest::newRow("literal token") << request("headers: {Authorization: Bearer s3cr3t-value}") << QStringLiteral("the value of header `Authorization` is named by an environment variable") << 93;
        QTest::newRow("token beside a reference") << request("headers: {X-Token: 'abc${T}'}") << QStringLiteral("the value of header `X-Token` is named") << 87;
        QTest::newRow("header name") << request("headers: {'A B': c}") << QStringLiteral("“A B” is no name of a header") << 78;
        QTest::newRow("header map") << request("headers: [a]") << QStringLiteral("is a map of names and values") << 77;
    }
    void wrongEnvironments()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, message);
        QFETCH(int, column);
        const auto [service, problems] = read(withHead(text));
        QCOMPARE(problems.size(), size_t(1));
        QVERIFY2(problems[0].toString(Lang::En).contains(message), qPrintable(problems[0].toString(Lang::En)));
        QVERIFY(!problems[0].toString(Lang::En).contains(u"hunter2") && !problems[0].toString(Lang::En).contains(u"s3cr3t"));
        QCOMPARE(problems[0].span.line, 3);
        QCOMPARE(problems[0].span.column, column);
        for (const ServiceEnvironment &environment : service.environments.value.value_or(std::vector<ServiceEnvironment>()))
            QVERIFY(environment.smoke.size() <= 2);
    }
};

QTEST_APPLESS_MAIN(TestService)
#include "tst_service.moc"
