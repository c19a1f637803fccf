// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/support.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

const QString rule = QStringLiteral("pod-resources");

QByteArray deployment(const QByteArray &resources, const QByteArray &rest = {})
{
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth, namespace: shop}\nspec:\n  "
           "template:\n"
           "    spec:\n      containers:\n        - name: app\n          image: a\n"
        + resources + rest;
}

const QByteArray whole = "          resources:\n            requests: {cpu: 500m, memory: 1Gi}\n"
                         "            limits: {memory: 1Gi}\n";

// What the pods used, as a Datadog line of one test's time.
MetricSeries series(const QString &metric, double value, const QString &query = QStringLiteral("max:x{*}"),
                    const QString &scope = QStringLiteral("kube_deployment:id-auth,kube_container_name:app"))
{
    MetricSeries s;
    s.metric = metric;
    s.query = query;
    s.scope = scope;
    for (int i = 0; i < 900; i += 10)
        s.points.push_back({1'700'000'000.0 + i, value});
    return s;
}

Evidence tested(const QByteArray &resources = whole, bool datadog = true)
{
    Evidence e = evidenceFrom(deployment(resources),
                              QByteArray("format: tenken.service/1\nid: id-auth\n")
                                  + (datadog ? "evidence:\n  datadog: readiness/datadog\n" : ""));
    addLoadTest(
        e,
        runOf({{40}, {60}, {80}, {100}, {120}, {140}, {160}, {180, 60, 200, 0, 0.9}, {200, 60, 500, 0, 0.8}}),
        1);
    return e;
}

constexpr double gi = 1024.0 * 1024 * 1024;

} // namespace

class TestPodResources : public QObject
{
    Q_OBJECT
private slots:
    void verdicts_data();
    void verdicts();
    void podLevel_data();
    void podLevel();
    void everyContainerIsJudged();
    void initContainersAreToldApart();
    void jobsToo();
    void limitRangeIsAWarning();
    void placeAndSnippet();
    void useAtTheKnee_data();
    void useAtTheKnee();
    void environments_data();
    void environments();
    void seriesSlowerThanTheSteps();
    void throttling();
    void withoutDatadogOrTest();
};

void TestPodResources::verdicts_data()
{
    QTest::addColumn<QByteArray>("resources");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("says");

    const auto row = [](const char *name, const char *resources, const char *verdict, const char *says) {
        QTest::newRow(name) << (*resources ? "          resources: " + QByteArray(resources) + '\n'
                                           : QByteArray())
                            << verdict << says;
    };
    row("all set", "{requests: {cpu: 500m, memory: 1Gi}, limits: {memory: 1Gi}}", "pass", "");
    row("no cpu limit is demanded", "{requests: {cpu: 1, memory: 1Gi}, limits: {memory: 2Gi}}", "pass", "");
    row("requests default to limits", "{limits: {cpu: 1, memory: 1Gi}}", "pass", "");
    row("memory request from its limit", "{requests: {cpu: 1}, limits: {memory: 1Gi}}", "pass", "");
    row("nothing", "", "fail", "requests.cpu, requests.memory, limits.memory");
    row("empty", "{}", "fail", "requests.cpu");
    row("no memory limit", "{requests: {cpu: 1, memory: 1Gi}}", "fail", "lacks limits.memory");
    row("no cpu request", "{limits: {memory: 1Gi}}", "fail", "lacks requests.cpu");
    row("a request of zero is none", "{requests: {cpu: 0, memory: 1Gi}, limits: {memory: 1Gi}}", "fail",
        "requests.cpu");
    row("zero is not filled in from the limit", "{requests: {cpu: 0}, limits: {cpu: 1, memory: 1Gi}}", "fail",
        "requests.cpu");
    row("request above limit", "{requests: {cpu: 1, memory: 2Gi}, limits: {memory: 1Gi}}", "fail",
        "more memory than its limit");
    row("cpu request above limit", "{requests: {cpu: 2}, limits: {cpu: 1500m, memory: 1Gi}}", "fail",
        "more cpu");
    row("a template left in", "{requests: {cpu: 1}, limits: {memory: '{{ .Values.memory }}'}}", "unknown",
        "not a Kubernetes quantity");
    row("not a quantity", "{requests: {cpu: 1}, limits: {memory: 1 GB}}", "unknown", "limits.memory");
}

void TestPodResources::verdicts()
{
    QFETCH(QByteArray, resources);
    QFETCH(QString, verdict);
    QFETCH(QString, says);
    const auto findings = judge(evidenceFrom(deployment(resources)), rule);
    QCOMPARE(findings.size(), size_t(1));
    QVERIFY2(toString(findings.front().verdict) == verdict, printed(findings));
    QVERIFY2(findings.front().reason.en.contains(says), printed(findings));
    QCOMPARE(findings.front().container, QStringLiteral("app"));
    QCOMPARE(findings.front().object, QStringLiteral("Deployment/shop/id-auth"));
}

void TestPodResources::podLevel_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("on since 1.34") << QByteArray("1.34") << "pass";
    QTest::newRow("behind a gate") << QByteArray("1.32") << "unknown";
    QTest::newRow("not there before") << QByteArray("1.31") << "fail";
    QTest::newRow("version not known") << QByteArray() << "unknown";
}

void TestPodResources::podLevel()
{
    QFETCH(QByteArray, version);
    QFETCH(QString, verdict);
    const QByteArray pod = "      resources: {requests: {cpu: 1, memory: 1Gi}, limits: {memory: 1Gi}}\n";
    Evidence e = evidenceFrom(deployment({}, pod));
    if (!version.isEmpty())
        e.service.kubernetesVersion.value = QVersionNumber::fromString(QString::fromUtf8(version));
    QVERIFY2(verdictOf(e, rule) == verdict, printed(judge(e, rule)));
}

void TestPodResources::everyContainerIsJudged()
{
    const auto findings =
        judge(evidenceFrom(deployment(whole,
                                      "        - name: log\n          image: l\n"
                                      "          resources: {requests: {cpu: 50m, memory: 64Mi}}\n")),
              rule);
    QCOMPARE(findings.size(), size_t(2));
    QCOMPARE(findings[0].verdict, Verdict::Pass);
    QCOMPARE(findings[1].verdict, Verdict::Fail);
    QCOMPARE(findings[1].container, QStringLiteral("log"));
    QCOMPARE(findings[1].span.line, 15);
}

// An init container is gone before the pod serves; one that restarts always is a sidecar.
void TestPodResources::initContainersAreToldApart()
{
    const QByteArray init = "      initContainers:\n        - {name: migrate, image: m}\n";
    QCOMPARE(judge(evidenceFrom(deployment(whole, init)), rule).size(), size_t(1));
    QCOMPARE(verdictOf(evidenceFrom(deployment(whole, init)), rule), QStringLiteral("pass"));
    const QByteArray sidecar = init + "        - {name: proxy, image: p, restartPolicy: Always}\n";
    const auto findings = judge(evidenceFrom(deployment(whole, sidecar)), rule);
    QCOMPARE(findings.size(), size_t(2));
    QCOMPARE(firstWith(Verdict::Fail, findings).container, QStringLiteral("proxy"));
}

void TestPodResources::jobsToo()
{
    const QByteArray cron =
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\nspec:\n  jobTemplate:\n    spec:\n"
        "      template:\n        spec:\n          containers: [{name: job, image: j}]\n";
    QCOMPARE(verdictOf(evidenceFrom(cron), rule), QStringLiteral("fail"));
}

void TestPodResources::limitRangeIsAWarning()
{
    const auto range = [](const QByteArray &nameSpace, const QByteArray &type) {
        return "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: l, namespace: " + nameSpace
            + "}\nspec:\n  limits:\n"
              "    - {type: "
            + type + ", default: {memory: 512Mi, cpu: 1}}\n";
    };
    QCOMPARE(verdictOf(evidenceFrom(deployment({}, range("shop", "Container"))), rule),
             QStringLiteral("warn"));
    QCOMPARE(verdictOf(evidenceFrom(deployment({}, range("other", "Container"))), rule),
             QStringLiteral("fail"));
    QCOMPARE(verdictOf(evidenceFrom(deployment({}, range("shop", "Pod"))), rule), QStringLiteral("fail"));
}

void TestPodResources::placeAndSnippet()
{
    const Finding f = firstWith(Verdict::Fail,
                                judge(evidenceFrom(deployment("          resources:\n"
                                                              "            requests:\n"
                                                              "              cpu: 250m\n"
                                                              "              memory: 300Mi\n"
                                                              "              nvidia.com/gpu: 1\n")),
                                      rule));
    QCOMPARE(f.file, QStringLiteral("k8s.yaml"));
    QCOMPARE(f.span.line, 10); // resources
    QCOMPARE(f.snippet,
             QStringLiteral("          resources:\n"
                            "            requests:\n"
                            "              cpu: 250m\n"
                            "              memory: 300Mi\n"
                            "              nvidia.com/gpu: 1\n"
                            "            limits:\n"
                            "              memory: 300Mi"));
    QCOMPARE(firstWith(Verdict::Fail, judge(evidenceFrom(deployment({})), rule)).span.line,
             8); // the container's name
}

void TestPodResources::useAtTheKnee_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<double>("bytes");
    QTest::addColumn<int>("pods");
    QTest::addColumn<QString>("verdict");
    const QString mine = QStringLiteral("kube_deployment:id-auth,kube_container_name:app");
    QTest::newRow("within") << "max:m{}" << mine << 0.7 * gi << 4 << "pass";
    QTest::newRow("at the bound") << "max:m{}" << mine << 0.8 * gi << 4 << "pass";
    QTest::newRow("above") << "max:m{}" << mine << 0.9 * gi << 4 << "fail";
    QTest::newRow("a mean hides the fullest pod") << "avg:m{}" << mine << 0.5 * gi << 4 << "unknown";
    QTest::newRow("a mean of one pod") << "avg:m{}" << mine << 0.5 * gi << 1 << "pass";
    QTest::newRow("another service") << "max:m{}" << "kube_deployment:cart,kube_container_name:app"
                                     << 0.5 * gi << 4 << "unknown";
    QTest::newRow("another container")
        << "max:m{}" << "kube_deployment:id-auth,kube_container_name:log" << 0.5 * gi << 4 << "unknown";
    QTest::newRow("one container, no name needed")
        << "max:m{}" << "kube_deployment:id-auth" << 0.5 * gi << 4 << "pass";
    QTest::newRow("a line per pod") << "avg:m{} by {pod_name}"
                                    << "pod_name:id-auth-7c9-x,kube_container_name:app" << 0.9 * gi << 4
                                    << "fail";
}

void TestPodResources::useAtTheKnee()
{
    QFETCH(QString, query);
    QFETCH(QString, scope);
    QFETCH(double, bytes);
    QFETCH(int, pods);
    QFETCH(QString, verdict);
    Evidence e = tested();
    e.loadTests.front().source.pods.value = pods;
    e.datadog.exists = true;
    e.datadog.series = {series(QStringLiteral("kubernetes.memory.usage"), bytes, query, scope)};
    QVERIFY2(verdictOf(e, rule) == verdict, printed(judge(e, rule)));
}

void TestPodResources::environments_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("ofSeries");
    QTest::addColumn<QString>("ofTest");
    QTest::addColumn<double>("bytes");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("the test's") << "max:m{}" << "stg" << "staging" << 0.5 * gi << "pass";
    QTest::newRow("the test's, above") << "max:m{}" << "stg" << "staging" << 0.9 * gi << "fail";
    QTest::newRow("another") << "max:m{}" << "production" << "staging" << 0.5 * gi << "unknown";
    QTest::newRow("another, above") << "max:m{}" << "production" << "staging" << 0.9 * gi << "unknown";
    QTest::newRow("the highest of all") << "max:m{}" << "" << "staging" << 0.5 * gi << "pass";
    QTest::newRow("a mean over all") << "avg:m{}" << "" << "staging" << 0.5 * gi << "warn";
    QTest::newRow("the test says none") << "max:m{}" << "production" << "" << 0.5 * gi << "warn";
    QTest::newRow("the test says none, above") << "max:m{}" << "production" << "" << 0.9 * gi << "unknown";
    QTest::newRow("neither says any") << "avg:m{}" << "" << "" << 0.5 * gi << "pass";
}

void TestPodResources::environments()
{
    QFETCH(QString, query);
    QFETCH(QString, ofSeries);
    QFETCH(QString, ofTest);
    QFETCH(double, bytes);
    QFETCH(QString, verdict);
    Evidence e = tested();
    e.loadTests.front().source.environment = ofTest;
    const QString scope = QStringLiteral("kube_deployment:id-auth,kube_container_name:app");
    e.datadog.series = {series(QStringLiteral("kubernetes.memory.usage"), bytes, query,
                               ofSeries.isEmpty() ? scope : scope + QStringLiteral(",env:") + ofSeries)};
    QVERIFY2(verdictOf(e, rule) == verdict, printed(judge(e, rule)));
}

// A point every minute, of steps of which 51 s are looked at: none begins in the one of the knee.
void TestPodResources::seriesSlowerThanTheSteps()
{
    for (const auto &[share, verdict] : {std::pair(0.5, "pass"), {0.95, "unknown"}}) {
        Evidence e = tested();
        MetricSeries s = series(QStringLiteral("kubernetes.memory.usage"), share * gi);
        std::erase_if(s.points, [](const auto &p) { return qint64(p.first - 1'700'000'000) % 60 != 0; });
        e.datadog.series = {s};
        QVERIFY2(verdictOf(e, rule) == QLatin1StringView(verdict), printed(judge(e, rule)));
    }
    Evidence e = tested();
    auto run = std::make_shared<LoadTestRun>(*e.loadTests.front().run);
    run->zoneKnown = false; // Datadog's times are of another clock, perhaps
    e.loadTests.front().run = run;
    e.datadog.series = {series(QStringLiteral("kubernetes.memory.usage"), 0.5 * gi)};
    QVERIFY(firstWith(Verdict::Unknown, judge(e, rule)).reason.en.contains(u"name no time zone"));
}

void TestPodResources::throttling()
{
    Evidence e = tested("          resources: {limits: {cpu: 1, memory: 1Gi}}\n");
    const auto memory = series(QStringLiteral("kubernetes.memory.usage"), 0.5 * gi);
    e.datadog.series = {memory};
    QCOMPARE(verdictOf(e, rule), QStringLiteral("unknown"));
    e.datadog.series = {memory, series(QStringLiteral("container.cpu.throttled.periods"), 0)};
    QVERIFY2(verdictOf(e, rule) == u"pass", printed(judge(e, rule)));
    e.datadog.series = {memory, series(QStringLiteral("container.cpu.throttled.periods"), 3)};
    QCOMPARE(verdictOf(e, rule), QStringLiteral("fail"));
}

// That limits are written is not that they hold: never a pass without having seen the use.
void TestPodResources::withoutDatadogOrTest()
{
    QVERIFY2(verdictOf(tested(whole, false), rule) == u"warn", printed(judge(tested(whole, false), rule)));
    QVERIFY2(verdictOf(tested(whole, true), rule) == u"unknown", printed(judge(tested(whole, true), rule)));
    const Evidence noTest = evidenceFrom(deployment(whole), "format: tenken.service/1\nid: id-auth\n");
    QCOMPARE(verdictOf(noTest, rule), QStringLiteral("warn"));
    QCOMPARE(verdictOf(evidenceFrom(deployment(whole)), rule), QStringLiteral("pass")); // bare manifests
}

QTEST_APPLESS_MAIN(TestPodResources)
#include "tst_pod_resources.moc"
