// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/support.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

const QString rule = QStringLiteral("autoscaling");

QByteArray deployment(const QByteArray &resources = "{requests: {cpu: 1}, limits: {memory: 1Gi}}",
                      const QByteArray &spec = {})
{
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth, namespace: shop}\nspec:\n" + spec
        + "  template:\n    spec:\n      containers:\n        - {name: app, image: a, resources: " + resources
        + "}\n";
}

const QByteArray ref = "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: id-auth}\n";
const QByteArray range = "  minReplicas: 2\n  maxReplicas: 20\n";

QByteArray hpa(const QByteArray &spec = ref + range, const QByteArray &nameSpace = "shop",
               const QByteArray &version = "v2", const QByteArray &name = "h")
{
    return "---\napiVersion: autoscaling/" + version + "\nkind: HorizontalPodAutoscaler\nmetadata: {name: "
        + name + ", namespace: " + nameSpace + "}\nspec:\n" + spec;
}

const QByteArray service = "format: tenken.service/1\nid: id-auth\ncapacity:\n  per-pod: 100\n  events:\n"
                           "    - {id: normal, name: N, peak: 1000}\n    - {id: sale, name: S, peak: 2000}\n";

QByteArray metrics(const QByteArray &entry)
{
    return ref + range + "  metrics:\n    - " + entry + '\n';
}

} // namespace

class TestAutoscaling : public QObject
{
    Q_OBJECT
private slots:
    void verdicts_data();
    void verdicts();
    void largestEvent();
    void bareManifestsCannotKnowTheEvent();
    void withoutHpa();
    void danglingTarget_data();
    void danglingTarget();
    void twoOnOneTarget();
    void aRunWithoutATimeZoneMatchesNothing();
    void podCountRises_data();
    void podCountRises();
    void environmentDecides();
    void sameNumbersAsEventCapacity();
};

void TestAutoscaling::verdicts_data()
{
    QTest::addColumn<QByteArray>("manifests");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("says");

    const QByteArray good = deployment();
    const auto row = [](const char *name, const QByteArray &manifests, const char *verdict,
                        const char *says = "") {
        QTest::newRow(name) << manifests << QString::fromUtf8(verdict) << QString::fromUtf8(says);
    };
    const QByteArray utilization =
        "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}";
    row("as wanted", good + hpa(metrics(utilization)), "pass");
    row("no metrics: cpu 80 % by default", good + hpa(), "pass", "default cpu 80 %");
    row("default metric without cpu request", deployment("{limits: {memory: 1Gi}}") + hpa(), "fail",
        "no requests.cpu");
    row("request from the limit", deployment("{limits: {cpu: 1}}") + hpa(metrics(utilization)), "pass");
    row("utilization without request", deployment("{}") + hpa(metrics(utilization)), "fail", "Container app");
    row("average value needs none",
        deployment("{}")
            + hpa(metrics("{type: Resource, resource: {name: memory, target: {type: AverageValue, "
                          "averageValue: 1Gi}}}")),
        "pass");
    row("one sidecar without a request",
        good + "        - {name: log, image: l}\n" + hpa(metrics(utilization)), "fail", "Container log");
    row("a container's metric ignores the sidecar",
        good + "        - {name: log, image: l}\n"
            + hpa(metrics("{type: ContainerResource, containerResource: {name: cpu, container: app, target: "
                          "{type: Utilization, "
                          "averageUtilization: 60}}}")),
        "pass");
    row("a container that is not there",
        good
            + hpa(metrics("{type: ContainerResource, containerResource: {name: cpu, container: web, target: "
                          "{type: Utilization, "
                          "averageUtilization: 60}}}")),
        "fail", "no container web");
    row("a metric from an adapter",
        good
            + hpa(
                metrics("{type: External, external: {metric: {name: q}, target: {type: Value, value: 1}}}")),
        "warn", "cannot be seen");
    row("autoscaling/v1", good + hpa(ref + range + "  targetCPUUtilizationPercentage: 60\n", "shop", "v1"),
        "pass", "cpu 60 %");
    row("autoscaling/v2beta1",
        deployment("{}")
            + hpa(metrics("{type: Resource, resource: {name: cpu, targetAverageUtilization: 60}}"), "shop",
                  "v2beta1"),
        "fail");
    row("minimum unset is 1", good + hpa(ref + "  maxReplicas: 20\n"), "fail", "not set");
    row("minimum 1", good + hpa(ref + "  minReplicas: 1\n  maxReplicas: 20\n"), "fail", "losing one pod");
    row("no room", good + hpa(ref + "  minReplicas: 20\n  maxReplicas: 20\n"), "fail", "cannot scale");
    row("minimum above maximum", good + hpa(ref + "  minReplicas: 30\n  maxReplicas: 20\n"), "fail",
        "cannot scale");
    row("maximum missing", good + hpa(ref + "  minReplicas: 2\n"), "unknown", "cannot be read");
    row("static replicas", deployment("{requests: {cpu: 1}}", "  replicas: 3\n") + hpa(), "fail",
        "Every apply");
    row("scaling up switched off",
        good + hpa(ref + range + "  behavior: {scaleUp: {selectPolicy: Disabled}}\n"), "fail",
        "no pod is ever added");
    row("pods as a whole",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth, namespace: shop}\nspec:\n  "
        "template:\n"
        "    spec:\n      resources: {requests: {cpu: 2}}\n      containers: [{name: app, image: a}]\n"
            + hpa(metrics(utilization)),
        "unknown", "Only the pod as a whole");

    const QByteArray keda =
        "---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: k, namespace: shop}\nspec:\n"
        "  scaleTargetRef: {name: id-auth}\n";
    const QByteArray cpu = "  triggers: [{type: cpu, metricType: Utilization, metadata: {value: \"60\"}}]\n";
    row("keda minimum unset is 0", good + keda + cpu, "fail", "default 0");
    row("keda", good + keda + "  minReplicaCount: 2\n" + cpu, "pass");
    row("keda cpu without request", deployment("{}") + keda + "  minReplicaCount: 2\n" + cpu, "fail",
        "no requests.cpu");
    row("keda queue",
        good + keda + "  minReplicaCount: 2\n  triggers: [{type: aws-sqs-queue, metadata: {}}]\n", "warn");
    row("keda idles at 0", good + keda + "  idleReplicaCount: 0\n  minReplicaCount: 2\n" + cpu, "fail",
        "minimum is 0");
    QByteArray paused = keda;
    paused.replace("{name: k,", "{name: k, annotations: {autoscaling.keda.sh/paused: \"true\"},");
    row("keda paused", good + paused + "  minReplicaCount: 2\n" + cpu, "fail", "no pod is ever added");
}

void TestAutoscaling::verdicts()
{
    QFETCH(QByteArray, manifests);
    QFETCH(QString, verdict);
    QFETCH(QString, says);
    const auto result = judgeItem(evidenceFrom(manifests, service), rule);
    QVERIFY2(toString(result.verdict) == verdict, printed(result.findings));
    QVERIFY2(says.isEmpty() || firstWith(result.verdict, result.findings).reason.en.contains(says)
                 || printed(result.findings).contains(says.toUtf8()),
             printed(result.findings));
}

void TestAutoscaling::largestEvent()
{
    const auto result = judgeItem(
        evidenceFrom(deployment() + hpa(ref + "  minReplicas: 2\n  maxReplicas: 19\n"), service), rule);
    const Finding f = firstWith(Verdict::Fail, result.findings);
    QVERIFY2(f.reason.en.contains(QStringLiteral("1 short of the 20 pods")), printed(result.findings));
    QCOMPARE(f.measured.en, QStringLiteral("19 Pod"));
    QCOMPARE(f.snippet, QStringLiteral("  maxReplicas: 20"));
    QCOMPARE(f.file, QStringLiteral("k8s.yaml"));
}

void TestAutoscaling::bareManifestsCannotKnowTheEvent()
{
    const auto result = judgeItem(evidenceFrom(deployment() + hpa()), rule);
    QCOMPARE(result.verdict, Verdict::Unknown);
    QVERIFY(firstWith(Verdict::Unknown, result.findings).remedy.en.contains(QStringLiteral("tenken init")));
    QCOMPARE(verdictOf(evidenceFrom(deployment("{}") + hpa()), rule),
             QStringLiteral("fail")); // what can be seen is judged
}

void TestAutoscaling::withoutHpa()
{
    QCOMPARE(verdictOf(evidenceFrom(deployment(), service), rule), QStringLiteral("fail"));
    QCOMPARE(verdictOf(evidenceFrom(deployment()), rule), QStringLiteral("unknown")); // it may lie elsewhere
    const Finding f = firstWith(Verdict::Fail, judge(evidenceFrom(deployment(), service), rule));
    QVERIFY(f.snippet.contains(QStringLiteral("kind: Deployment, name: id-auth")));
    const QByteArray job =
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {template: {spec: {containers: []}}}\n";
    QCOMPARE(verdictOf(evidenceFrom(job, service), rule), QStringLiteral("unknown"));
}

void TestAutoscaling::danglingTarget_data()
{
    QTest::addColumn<QByteArray>("scaler");
    QTest::addColumn<QString>("verdict");
    QByteArray name = hpa(), kind = hpa();
    name.replace("name: id-auth", "name: id-atuh");
    kind.replace("kind: Deployment, name", "kind: Workspace, name");
    QTest::newRow("another name") << name << "fail";
    QTest::newRow("another namespace") << hpa(ref + range, "other") << "fail";
    QTest::newRow("a kind that cannot be seen into") << kind << "unknown";
}

void TestAutoscaling::danglingTarget()
{
    QFETCH(QByteArray, scaler);
    QFETCH(QString, verdict);
    const auto findings = judge(evidenceFrom(deployment() + scaler), rule);
    const auto target =
        std::ranges::find(findings, QStringLiteral("Target"), [](const Finding &f) { return f.title.en; });
    QVERIFY2(target != findings.end(), printed(findings));
    QCOMPARE(toString(target->verdict), verdict);
}

void TestAutoscaling::twoOnOneTarget()
{
    const auto findings =
        judge(evidenceFrom(deployment() + hpa() + hpa(ref + range, "shop", "v2", "h2"), service), rule);
    QVERIFY2(firstWith(Verdict::Fail, findings).reason.en.contains(QStringLiteral("fights")),
             printed(findings));
}

void TestAutoscaling::aRunWithoutATimeZoneMatchesNothing()
{
    Evidence e = evidenceFrom(deployment() + hpa(), service);
    auto run = runOf({{100, 600}});
    run->zoneKnown = false;
    addLoadTest(e, run, {}, QStringLiteral("peak"));
    e.service.datadogFolder = QStringLiteral("readiness/datadog");
    MetricSeries s;
    s.metric = QStringLiteral("kubernetes_state.deployment.replicas_available");
    s.scope = QStringLiteral("kube_deployment:id-auth,env:staging");
    s.points = {{1'700'000'060, 2}, {1'700'000'360, 9}};
    e.loadTests.back().source.environment = QStringLiteral("staging");
    e.datadog.series.push_back(s);
    QVERIFY(firstWith(Verdict::Unknown, judge(e, rule)).reason.en.contains(u"name no time zone"));
    run->zoneKnown = true;
    QVERIFY2(verdictOf(e, rule) == u"pass", printed(judge(e, rule)));
}

void TestAutoscaling::podCountRises_data()
{
    QTest::addColumn<double>("first");
    QTest::addColumn<double>("last");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, double last, const char *scope, const char *environment,
                        const char *verdict) {
        QTest::newRow(name) << 2.0 << last << QString::fromLatin1(scope) << QString::fromLatin1(environment)
                            << QString::fromLatin1(verdict);
    };
    row("rises", 9, "kube_deployment:id-auth,env:staging", "staging", "pass");
    row("stays", 2, "kube_deployment:id-auth,env:staging", "staging", "fail");
    row("short names", 9, "env:stg,kube_deployment:id-auth", "Staging", "pass");
    row("of another service", 9, "kube_deployment:cart,env:staging", "staging", "unknown");
    row("of a longer name", 9, "kube_deployment:id-auth-worker,env:staging", "staging", "unknown");
    row("of another environment", 9, "kube_deployment:id-auth,env:production", "staging", "unknown");
    row("stays in another environment", 2, "kube_deployment:id-auth,env:production", "staging", "unknown");
    row("series without an environment", 9, "kube_deployment:id-auth", "staging", "warn");
    row("test without an environment", 9, "kube_deployment:id-auth,env:staging", "", "warn");
    row("stays, and neither says where", 2, "kube_deployment:id-auth", "", "unknown");
    row("another tag's end is no environment", 9, "kube_deployment:id-auth,subenv:production", "staging", "warn");
}

void TestAutoscaling::podCountRises()
{
    QFETCH(double, first);
    QFETCH(double, last);
    QFETCH(QString, scope);
    QFETCH(QString, environment);
    QFETCH(QString, verdict);
    Evidence e = evidenceFrom(deployment() + hpa(), service);
    addLoadTest(e, runOf({{100, 600}}), {}, QStringLiteral("peak"));
    e.loadTests.back().source.environment = environment;
    QCOMPARE(verdictOf(e, rule), QStringLiteral("pass")); // no Datadog declared: nothing to expect
    e.service.datadogFolder = QStringLiteral("readiness/datadog");
    QCOMPARE(verdictOf(e, rule), QStringLiteral("unknown"));
    MetricSeries s;
    s.metric = QStringLiteral("kubernetes_state.deployment.replicas_available");
    s.scope = scope;
    s.points = {{1'699'999'000, 1},
                {1'700'000'060, first},
                {1'700'000'300, std::nan("")},
                {1'700'000'500, last},
                {1'700'005'000, 50}};
    e.datadog.series = {s};
    QVERIFY2(verdictOf(e, rule) == verdict, printed(judge(e, rule)));
}

// A series filtered in its query, beside one of production: the one of the environment under test decides.
void TestAutoscaling::environmentDecides()
{
    Evidence e = evidenceFrom(deployment() + hpa(), service);
    addLoadTest(e, runOf({{100, 600}}), {}, QStringLiteral("peak"));
    e.loadTests.back().source.environment = QStringLiteral("staging");
    e.service.datadogFolder = QStringLiteral("readiness/datadog");
    const auto series = [](const QString &query, double last) {
        MetricSeries s;
        s.metric = QStringLiteral("kubernetes_state.deployment.replicas_available");
        s.scope = QStringLiteral("kube_deployment:id-auth");
        s.query = query;
        s.points = {{1'700'000'060, 2}, {1'700'000'500, last}};
        return s;
    };
    const QString query = QStringLiteral("max:kubernetes_state.deployment.replicas_available{kube_deployment:id-auth,env:%1}");
    e.datadog.series = {series(query.arg(QStringLiteral("production")), 9), series({}, 9),
                        series(query.arg(QStringLiteral("staging")), 2)};
    QVERIFY2(verdictOf(e, rule) == u"fail", printed(judge(e, rule)));
    e.datadog.series = {series(query.arg(QStringLiteral("staging")), 4), series(query.arg(QStringLiteral("production")), 2)};
    QVERIFY2(verdictOf(e, rule) == u"pass", printed(judge(e, rule)));
    e.datadog.series.front().metric = QStringLiteral("kubernetes_state.deployment.replicas_desired"); // wished for, perhaps Pending
    e.datadog.series.pop_back();
    QVERIFY2(verdictOf(e, rule) == u"unknown", printed(judge(e, rule)));
}

// headroom and zone-spare belong to event-capacity's item; the largest event here means the same pods.
void TestAutoscaling::sameNumbersAsEventCapacity()
{
    Evidence e = evidenceFrom(deployment() + hpa(ref + "  minReplicas: 2\n  maxReplicas: 35\n"),
                              service + "platform: {zones: 3}\n");
    e.service.overrides = {{QStringLiteral("s.capacity"), QStringLiteral("headroom"), 0.2, QStringLiteral("r"), {}}};
    Item scaling, capacity;
    scaling.id = QStringLiteral("s.scaling");
    scaling.rules = {RuleUse{rule, {}, {}, {}}};
    capacity.id = QStringLiteral("s.capacity");
    capacity.rules = {RuleUse{QStringLiteral("event-capacity"), {{QStringLiteral("zone-spare"), 1}}, {}, {}}};
    Checklist checklist;
    checklist.sections = {Section{QStringLiteral("s"), {}, {scaling, capacity}}};
    // 2000 ÷ 100 = 20, with 20 % 24, and 36 so that two zones of three hold them.
    const auto findings = evaluate(checklist, e, {QStringLiteral("s.scaling")}).items.front().findings;
    const Finding f = firstWith(Verdict::Fail, findings);
    QVERIFY2(f.reason.en.contains(QStringLiteral("1 short of the 36 pods of the largest event "
                                                 "(20 for the peak + 4 headroom + 12 spare for a lost zone)")),
             printed(findings));
    QCOMPARE(evaluate(checklist, e).capacity->largestNeed(), 36);
}

QTEST_APPLESS_MAIN(TestAutoscaling)
#include "tst_autoscaling.moc"
