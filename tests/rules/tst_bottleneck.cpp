// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/monitorsupport.h>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

const QStringList whole = {"sum:trace.http.request.hits{service:id-auth}.as_rate()",
                           "sum:trace.http.request.errors{service:id-auth}.as_rate()",
                           "p99:trace.http.request{service:id-auth}",
                           "avg:kubernetes.cpu.usage.total{kube_deployment:id-auth}",
                           "max:kubernetes.memory.usage{kube_deployment:id-auth}",
                           "max:kubernetes_state.deployment.replicas_available{kube_deployment:id-auth}",
                           "avg:aws.rds.cpuutilization{dbclusteridentifier:users-db}"};

Dashboard dashboard(const QStringList &queries, const QString &id = u"abc-def-ghi"_s)
{
    Dashboard d;
    d.id = id;
    d.title = u"id-auth"_s;
    d.file = u"readiness/datadog/dashboard.json"_s;
    d.span = {2, 3, 2, 20};
    int line = 4;
    for (const QString &query : queries)
        d.widgets.push_back({query, u"timeseries"_s, {line++, 1, line, 9}, {query}});
    return d;
}

Evidence withDashboard(const QStringList &queries)
{
    Evidence e = monitoredService();
    Dependency database;
    database.id = u"users-db"_s;
    database.kind = u"mysql"_s;
    database.span = {9, 5, 9, 40};
    e.service.dependencies = {std::vector<Dependency>{database}, {8, 1, 10, 1}};
    e.datadog.dashboards = {dashboard(queries)};
    return e;
}

// The verdict about the dashboard alone.
QString ofDashboard(const Evidence &e)
{
    return toString(judge(e, u"bottleneck"_s).front().verdict);
}

// A knee at 500 req/s: the last good step is the fifth.
std::shared_ptr<LoadTestRun> run()
{
    return runOf({{100, 60, 20},
                  {200, 60, 20},
                  {300, 60, 20},
                  {400, 60, 20},
                  {500, 60, 20},
                  {600, 60, 400},
                  {700, 60, 900}});
}

MetricSeries series(const QString &metric, const QString &unit, double value, const QString &scope = {})
{
    MetricSeries s;
    s.metric = metric;
    s.query = u"max:"_s + metric;
    s.unit = unit;
    s.scope = scope;
    for (int i = 0; i < 420; i += 20)
        s.points.emplace_back(1'700'000'000 + i, i < 240 ? value / 2 : value);
    return s;
}

Finding ofKnee(Evidence &e, const std::vector<MetricSeries> &all)
{
    e.datadog.series = all;
    return judge(e, u"bottleneck"_s).back();
}

} // namespace

class TestBottleneck : public QObject
{
    Q_OBJECT

private slots:
    void everyKindIsMissed_data()
    {
        QTest::addColumn<int>("without");
        QTest::addColumn<QString>("named");
        const QStringList names = {"requests",           "errors", "latency", "CPU", "memory", "pods",
                                   "dependency users-db"};
        for (int i = 0; i < int(names.size()); ++i)
            QTest::newRow(qPrintable(names.at(i))) << i << names.at(i);
    }
    void everyKindIsMissed()
    {
        QFETCH(int, without);
        QFETCH(QString, named);
        QStringList queries = whole;
        queries.removeAt(without);
        const Finding f = judge(withDashboard(queries), u"bottleneck"_s).front();
        QCOMPARE(f.verdict, Verdict::Fail);
        QVERIFY2(f.reason.en.contains(u"does not show "_s + named + u'.'), qPrintable(f.reason.en));
        QCOMPARE(f.marks.size(), 6u);
    }

    void dashboards_data()
    {
        QTest::addColumn<QStringList>("queries");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("whole") << whole << u"pass"_s;
        QTest::newRow("empty") << QStringList() << u"unknown"_s; // nothing says that it is this service's
        QStringList other = whole;
        other[0] = u"sum:trace.http.request.hits{service:cart}"_s;
        QTest::newRow("another service's requests") << other << u"fail"_s;
        other = whole;
        other[6] = u"avg:aws.rds.cpuutilization{dbclusteridentifier:orders-db}"_s;
        QTest::newRow("another database") << other << u"fail"_s;
        other[6] = u"avg:aws.rds.cpuutilization{*}"_s;
        QTest::newRow("the only database, not named") << other << u"pass"_s;
        other = whole;
        other[1] = u"sum:aws.applicationelb.httpcode_target_5xx{*}"_s;
        QTest::newRow("5xx of the load balancer") << other << u"pass"_s;
        other[1] = u"logs(\"service:id-auth status:error\")"_s;
        QTest::newRow("errors in logs") << other << u"pass"_s;
        other[1] = u"sum:kubernetes.network.tx_errors{*}"_s;
        QTest::newRow("lost packets are no errors") << other << u"fail"_s;
        other = whole;
        other[3] = u"avg:aws.rds.cpuutilization{dbclusteridentifier:users-db}"_s;
        QTest::newRow("a database's CPU is not the pods'") << other << u"fail"_s;
    }
    void dashboards()
    {
        QFETCH(QStringList, queries);
        QTEST(ofDashboard(withDashboard(queries)), "verdict");
    }

    void panelsInPromQl_data()
    {
        QTest::addColumn<int>("changed");
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("verdict");
        const auto row = [](const char *name, int changed, const char *query, const char *verdict) {
            QTest::newRow(name) << changed << QString::fromUtf8(query) << QString::fromLatin1(verdict);
        };
        row("whole", 0, "sum(rate(http_requests_total{job=\"id-auth\"}[5m]))", "pass");
        row("every job", 0, "sum by (job) (rate(http_requests_total{job=~\".*\"}[5m]))", "pass");
        row("another job", 0, "sum(rate(http_requests_total{job=\"cart\"}[5m]))", "fail");
        row("another by a pattern", 0, "sum(rate(http_requests_total{job=~\"cart|shop\"}[5m]))", "fail");
        row("staging", 0, "sum(rate(http_requests_total{job=\"id-auth\",env=\"staging\"}[5m]))", "fail");
        row("share of errors", 1, "1 - sum(rate(http_requests_total{code!~\"5..\"}[5m])) / sum(rate(http_requests_total[5m]))", "pass");
        row("latency as errors", 1, "histogram_quantile(0.99, rate(http_request_duration_seconds_bucket[5m]))", "fail");
        row("mean latency", 2, "rate(http_request_duration_seconds_sum[5m]) / rate(http_request_duration_seconds_count[5m])", "pass");
        row("CPU scraped by another job", 3, "sum(rate(container_cpu_usage_seconds_total{job=\"kubernetes-cadvisor\"}[5m]))", "pass");
        row("CPU of its Deployment", 3, "sum(rate(container_cpu_usage_seconds_total{pod=~\"ida-web-.*\"}[5m]))", "pass");
        row("CPU of another", 3, "sum(rate(container_cpu_usage_seconds_total{pod=~\"cart-.*\"}[5m]))", "fail");
        row("database", 6, "rate(mysql_global_status_queries{instance=\"users-db:9104\"}[5m])", "pass");
        row("another database", 6, "rate(mysql_global_status_queries{instance=\"orders-db:9104\"}[5m])", "fail");
        row("garbage", 0, "sum(rate(", "fail");
    }
    void panelsInPromQl()
    {
        QStringList queries = {u"sum(rate(http_requests_total{service=\"id-auth\"}[5m]))"_s,
                               u"sum(rate(http_requests_total{service=\"id-auth\",code=~\"5..\"}[5m]))"_s,
                               u"histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{service=\"id-auth\"}[5m])))"_s,
                               u"sum(rate(container_cpu_usage_seconds_total{namespace=\"id\"}[5m]))"_s,
                               u"sum(container_memory_working_set_bytes{namespace=\"id\"})"_s,
                               u"kube_deployment_status_replicas_available{deployment=\"id-auth\"}"_s,
                               u"mysql_global_status_threads_connected{instance=\"users-db:9104\"}"_s};
        QFETCH(int, changed);
        QFETCH(QString, query);
        queries[changed] = query;
        Evidence e = withDashboard(queries);
        for (DashboardWidget &w : e.datadog.dashboards.front().widgets)
            w.promQl = true;
        e.service.dashboard = {u"abc-def-ghi"_s, {7, 3, 7, 20}};
        e.manifests = std::make_shared<Manifests>(readManifests({YamlFile::parse(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ida-web}\nspec: {template: {spec: {containers: [{name: a, image: a}]}}}\n",
            u"k8s.yaml"_s)}).value);
        QTEST(ofDashboard(e), "verdict");
    }

    void linesForSeveralDatabases()
    {
        QStringList queries = whole;
        queries[6] = u"avg:aws.rds.cpuutilization{*} by {region}"_s;
        Evidence e = withDashboard(queries);
        Dependency orders = e.service.dependencies.value->front();
        orders.id = u"orders-db"_s;
        e.service.dependencies.value->push_back(orders);
        QCOMPARE(ofDashboard(e), u"fail"_s); // one line for both
        e.datadog.dashboards = {dashboard(QStringList(queries) << u"avg:aws.rds.cpuutilization{*} by {dbclusteridentifier}"_s)};
        QCOMPARE(ofDashboard(e), u"pass"_s);
    }

    void whichDashboard()
    {
        Evidence e = withDashboard(whole);
        e.datadog.dashboards.push_back(dashboard({whole.at(0)}, u"half-of-it"_s));
        e.service.dashboard = {u"https://ap1.datadoghq.com/dashboard/half-of-it/id-auth?live=true"_s,
                               {7, 3, 7, 20}};
        QCOMPARE(ofDashboard(e), u"fail"_s); // the declared one is judged
        e.service.dashboard = {u"not-here-yet"_s, {7, 3, 7, 20}};
        QCOMPARE(ofDashboard(e), u"unknown"_s);
        e.service.dashboard = {};
        QCOMPARE(ofDashboard(e), u"pass"_s); // the best of those that name the service
        addGuide(e, u"oncall"_s,
                 u"# Guide\n\n[Dashboard](https://ap1.datadoghq.com/dashboard/half-of-it/id-auth)\n"_s);
        QCOMPARE(ofDashboard(e), u"fail"_s); // the guide says which one is looked at
    }

    void twoPagesTogether()
    {
        Evidence e = withDashboard(whole.first(6));
        e.datadog.dashboards.push_back(dashboard({whole.at(0), whole.at(6)}, u"db"_s));
        QCOMPARE(ofDashboard(e), u"warn"_s);
    }

    void whatIsNotDeclared()
    {
        Evidence e = withDashboard(whole);
        e.service.dependencies = {};
        QCOMPARE(ofDashboard(e), u"unknown"_s);
        e.service.dependencies = {std::vector<Dependency>(), {8, 1, 8, 17}};
        QCOMPARE(ofDashboard(e), u"pass"_s);
        e.datadog.dashboards.clear();
        QCOMPARE(ofDashboard(e), u"unknown"_s);
        e.service.datadogFolder.clear();
        QVERIFY(judge(e, u"bottleneck"_s).front().remedy.en.contains(u"evidence.datadog"));
    }

    void saturation_data()
    {
        QTest::addColumn<QString>("metric");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("scope");
        QTest::addColumn<QString>("verdict");
        const QString db = u"dbclusteridentifier:users-db"_s;
        QTest::newRow("database CPU") << u"aws.rds.cpuutilization"_s << u"%"_s << 96.0 << db << u"pass"_s;
        QTest::newRow("half used") << u"aws.rds.cpuutilization"_s << u"%"_s << 50.0 << db << u"unknown"_s;
        QTest::newRow("CPU throttled")
            << u"container.cpu.throttled"_s << QString() << 4.0 << u"service:id-auth"_s << u"pass"_s;
        QTest::newRow("idle falls") << u"system.cpu.idle"_s << u"%"_s << 3.0 << QString() << u"pass"_s;
        QTest::newRow("errors in percent are no resource")
            << u"my.error_rate"_s << u"%"_s << 99.0 << QString() << u"unknown"_s;
        QTest::newRow("a count says nothing")
            << u"aws.rds.database_connections"_s << QString() << 900.0 << db << u"unknown"_s;
        QTest::newRow("another service")
            << u"system.cpu.user"_s << u"%"_s << 99.0 << u"service:cart"_s << u"unknown"_s;
        QTest::newRow("another environment")
            << u"aws.rds.cpuutilization"_s << u"%"_s << 96.0 << u"env:production"_s << u"unknown"_s;
        QTest::newRow("the test's environment")
            << u"aws.rds.cpuutilization"_s << u"%"_s << 96.0 << u"env:stg"_s << u"pass"_s;
    }
    void saturation()
    {
        QFETCH(QString, metric);
        QFETCH(QString, unit);
        QFETCH(double, value);
        QFETCH(QString, scope);
        Evidence e = withDashboard(whole);
        addLoadTest(e, run(), 1, u"knee"_s);
        e.loadTests.front().source.environment = u"staging"_s;
        const Finding f = ofKnee(e, {series(metric, unit, value, scope)});
        QFETCH(QString, verdict);
        QVERIFY2(toString(f.verdict) == verdict, printed({f}));
        if (f.verdict == Verdict::Pass)
            QVERIFY(f.reason.en.startsWith(metric));
    }

    void containersAgainstTheirLimits()
    {
        Evidence e =
            evidenceFrom("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth}\nspec: {template: "
                         "{spec: {containers: "
                         "[{name: app, image: a, resources: {limits: {cpu: '2', memory: 1Gi}}}]}}}\n",
                         "id: id-auth\nevidence: {datadog: readiness/datadog}\n");
        addLoadTest(e, run(), 1, u"knee"_s);
        QCOMPARE(ofKnee(e, {series(u"kubernetes.cpu.usage.total"_s, u"core"_s, 1.9)}).verdict, Verdict::Pass);
        QCOMPARE(ofKnee(e, {series(u"kubernetes.memory.usage"_s, u"B"_s, 0.95 * 1024 * 1024 * 1024)}).verdict,
                 Verdict::Pass);
        QCOMPARE(ofKnee(e, {series(u"kubernetes.memory.usage"_s, u"B"_s, 0.5 * 1024 * 1024 * 1024)}).verdict,
                 Verdict::Unknown);
        MetricSeries sum = series(u"kubernetes.cpu.usage.total"_s, u"core"_s, 1.9);
        sum.query = u"sum:kubernetes.cpu.usage.total{*}"_s;
        QCOMPARE(ofKnee(e, {sum}).verdict, Verdict::Unknown); // a sum over pods against one pod's limit
    }

    void noKnee()
    {
        Evidence e = withDashboard(whole);
        QCOMPARE(judge(e, u"bottleneck"_s).back().verdict, Verdict::Unknown);
        addLoadTest(e, run(), 1, u"knee"_s);
        MetricSeries late = series(u"aws.rds.cpuutilization"_s, u"%"_s, 99);
        for (auto &[at, value] : late.points)
            at += 86'400;
        const Finding f = ofKnee(e, {late}); // of another day
        QCOMPARE(f.verdict, Verdict::Unknown);
        QVERIFY(f.remedy.en.contains(u"review"));
    }
};

QTEST_APPLESS_MAIN(TestBottleneck)
#include "tst_bottleneck.moc"
