// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workloadcases.h"

using namespace tenken;
using namespace tenken::test;

class TestDependenciesCapacity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void declarations();
    void meansOfSeveralInstances();
    void instances_data();
    void instances();
    void connections_data();
    void connections();
    void atTheMaximum();
    void limitsPerEvent();
    void cpu_data();
    void cpu();
};

namespace {

const QString rule = QStringLiteral("dependencies-capacity");

// 4 pods normally and 20 at the sale, for which 30 are scheduled.
Service serviceWithDatabase()
{
    Service s = declaredService();
    s.file = QStringLiteral("readiness/service.yaml");
    Dependency db;
    db.id = QStringLiteral("users-db");
    db.kind = QStringLiteral("mysql");
    db.host = QStringLiteral("users-db.cluster-x.ap-northeast-1.rds.amazonaws.com");
    db.span = {50, 5, 56, 1};
    db.instances = {{{}, 2, QStringLiteral("db.r6g.xlarge"), {}, {52, 7, 52, 40}}};
    db.poolSize = {20, {53, 7, 53, 20}};
    db.maxConnections = {1000, {54, 7, 54, 20}};
    s.dependencies = {std::vector{db}, {49, 1, 60, 1}};
    return s;
}

Dependency &database(Service &s)
{
    return s.dependencies.value->front();
}

QString verdictsTitled(const std::vector<Finding> &findings, const char *title)
{
    QStringList words;
    for (const Finding &f : findings) {
        if (f.title.en.startsWith(QLatin1StringView(title)))
            words << toString(f.verdict);
    }
    return words.join(u' ');
}

std::vector<Finding> judged(const Service &s, const QByteArray &manifests = deployment({}))
{
    return judge(evidenceWith(manifests, s), rule);
}

} // namespace

void TestDependenciesCapacity::declarations()
{
    Service s = serviceWithDatabase();
    checkWords(judged(s));
    s.dependencies.value->clear();
    QCOMPARE(verdictsOf(judged(s)), QStringLiteral("n/a"));
    s.dependencies = {};
    QCOMPARE(verdictsOf(judged(s)), QStringLiteral("unknown"));
    s = serviceWithDatabase();
    s.events.clear();
    QCOMPARE(verdictsOf(judged(s)), QStringLiteral("unknown"));
    // An HTTP service states its size; it has no pool unless one is written.
    s = serviceWithDatabase();
    database(s).kind = QStringLiteral("http");
    database(s).poolSize = {};
    database(s).maxConnections = {};
    QCOMPARE(verdictsOf(judged(s)), QStringLiteral("pass"));
}

void TestDependenciesCapacity::instances_data()
{
    QTest::addColumn<QString>("entries"); // event=count:type
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const char *entries, const char *verdict) { QTest::newRow(name) << QString::fromLatin1(entries) << QString::fromLatin1(verdict); };
    row("one for every event", "=2:db.r6g.xlarge", "pass");
    row("each event its own", "normal=2:db.r6g.large sale=4:db.r6g.xlarge", "pass");
    row("one event lacks", "sale=4:db.r6g.xlarge", "unknown");
    row("one event its own, the rest together", "=2:db.r6g.large sale=4:db.r6g.xlarge", "pass");
    row("no size", "=2:", "unknown");
    row("no number", "=0:db.r6g.large", "unknown");
    row("an entry without a number hides the general one", "=2:db.r6g.large sale=0:db.r6g.large", "unknown");
    row("none", "", "unknown");
}

void TestDependenciesCapacity::instances()
{
    QFETCH(QString, entries);
    Service s = serviceWithDatabase();
    database(s).instances.clear();
    for (const QString &entry : entries.split(u' ', Qt::SkipEmptyParts)) {
        const QString value = entry.section(u'=', 1);
        database(s).instances.push_back({entry.section(u'=', 0, 0), value.section(u':', 0, 0).toInt(), value.section(u':', 1), {}, {52, 7, 52, 9}});
    }
    const auto findings = judged(s);
    QTEST(verdictsTitled(findings, "Instances per event"), "verdict");
    checkWords(findings);
}

void TestDependenciesCapacity::connections_data()
{
    QTest::addColumn<int>("pool");
    QTest::addColumn<int>("limit");
    QTest::addColumn<double>("headroom");
    QTest::addColumn<QString>("verdicts"); // sale, normal
    const auto row = [](const char *name, int pool, int limit, double headroom, const char *verdicts) {
        QTest::newRow(name) << pool << limit << headroom << QString::fromLatin1(verdicts);
    };
    row("30 scheduled pods × 20 = 600 of 800", 20, 1000, 0.8, "pass pass");
    row("exactly 80 %", 20, 750, 0.8, "pass pass");
    row("one above 80 %", 20, 749, 0.8, "fail pass");
    row("both too many", 200, 750, 0.8, "fail fail");
    row("the whole of it allowed", 20, 600, 1, "pass pass");
    row("pool not known", 0, 1000, 0.8, "unknown");
    row("limit not known", 20, 0, 0.8, "unknown");
    row("huge", 1000000, 1, 0.8, "fail fail");
}

void TestDependenciesCapacity::connections()
{
    QFETCH(int, pool);
    QFETCH(int, limit);
    QFETCH(double, headroom);
    Service s = serviceWithDatabase();
    database(s).poolSize.value = pool > 0 ? std::optional(pool) : std::nullopt;
    database(s).maxConnections.value = limit > 0 ? std::optional(limit) : std::nullopt;
    const auto findings = judge(evidenceWith(deployment({}, {}, "  replicas: 3\n"), s), rule, {{QStringLiteral("db-headroom"), headroom}});
    QTEST(verdictsTitled(findings, "Connections"), "verdicts");
    checkWords(findings);
}

void TestDependenciesCapacity::atTheMaximum()
{
    const QByteArray hpa = "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h, namespace: shop}\nspec:\n"
                           "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: id-auth}\n  minReplicas: 10\n  maxReplicas: 50\n";
    const auto findings = judged(serviceWithDatabase(), deployment({}) + hpa);
    const Finding f = titled(findings, "Connections: HPA maximum");
    QCOMPARE(toString(f.verdict), toString(Verdict::Warn)); // 50 × 20 = 1,000 of 800
    QCOMPARE(f.comparison->measured, 1000.0);
    QCOMPARE(f.object, QStringLiteral("users-db"));
    // The minimum counts where it is more than the event needs: 10 pods, not 4.
    QCOMPARE(titled(findings, "Connections: normal").comparison->measured, 200.0);
}

void TestDependenciesCapacity::limitsPerEvent()
{
    Service s = serviceWithDatabase();
    database(s).maxConnections = {};
    database(s).instances = {{QStringLiteral("normal"), 1, QStringLiteral("a"), {200, {51, 7, 51, 9}}, {}},
                             {QStringLiteral("sale"), 2, QStringLiteral("b"), {700, {52, 7, 52, 9}}, {}}};
    const auto findings = judged(s, deployment({}, {}, "  replicas: 3\n"));
    QCOMPARE(toString(titled(findings, "Connections: normal").verdict), toString(Verdict::Pass)); // 80 of 160
    const Finding sale = titled(findings, "Connections: sale");
    QCOMPARE(toString(sale.verdict), toString(Verdict::Fail)); // 600 of 560
    QCOMPARE(sale.span.line, 52);
}

void TestDependenciesCapacity::cpu_data()
{
    QTest::addColumn<QString>("metric");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<double>("atPeak");
    QTest::addColumn<double>("before");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const char *metric, const char *scope, double atPeak, double before, const char *verdict) {
        QTest::newRow(name) << QString::fromLatin1(metric) << QString::fromLatin1(scope) << atPeak << before << QString::fromLatin1(verdict);
    };
    const char *rds = "aws.rds.cpuutilization";
    row("within", rds, "dbclusteridentifier:users-db,env:staging", 62, 30, "pass");
    row("at the limit", rds, "dbclusteridentifier:users-db,env:staging", 80, 30, "pass");
    row("above", rds, "dbclusteridentifier:users-db,env:staging", 81, 30, "fail");
    row("above at another time", rds, "dbclusteridentifier:users-db,env:staging", 40, 95, "fail");
    row("the writer", rds, "dbinstanceidentifier:users-db-1,env:staging", 62, 30, "pass");
    row("another database", rds, "dbclusteridentifier:users-db2,env:staging", 62, 30, "unknown");
    row("a database of a longer name", rds, "dbclusteridentifier:users-db-archive,env:staging", 62, 30, "unknown");
    row("another metric", "aws.rds.free_storage_space", "dbclusteridentifier:users-db,env:staging", 62, 30, "unknown");
    row("not during the peak's test", rds, "dbclusteridentifier:users-db,env:staging", qQNaN(), 30, "unknown");
    row("of another environment", rds, "dbclusteridentifier:users-db,env:production", 62, 30, "unknown");
    row("high in another environment", rds, "dbclusteridentifier:users-db,env:production", 62, 95, "fail");
    row("environment not known", rds, "dbclusteridentifier:users-db", 62, 30, "warn");
}

void TestDependenciesCapacity::cpu()
{
    QFETCH(QString, metric);
    QFETCH(QString, scope);
    QFETCH(double, atPeak);
    QFETCH(double, before);
    Evidence e = evidenceWith(deployment({}), serviceWithDatabase());
    QVERIFY(titled(judge(e, rule), "CPU at the peak").reason.en.contains(QLatin1String("no Datadog snapshot")));
    addLoadTest(e, runOf({{100, 600}}), 2, QStringLiteral("peak"));
    e.loadTests.back().source.environment = QStringLiteral("staging");
    e.service.datadogFolder = QStringLiteral("readiness/datadog");
    QCOMPARE(toString(titled(judge(e, rule), "CPU at the peak").verdict), toString(Verdict::Unknown));
    MetricSeries s;
    s.metric = metric;
    s.scope = scope;
    s.points = {{1'699'990'000, before}, {1'700'000'300, atPeak}, {1'700'000'400, std::nan("")}};
    e.datadog.series = {s};
    const auto findings = judge(e, rule);
    QTEST(toString(titled(findings, "CPU at the peak").verdict), "verdict");
    checkWords(findings);
}

void TestDependenciesCapacity::meansOfSeveralInstances()
{
    Evidence e = evidenceWith(deployment({}), serviceWithDatabase());
    addLoadTest(e, runOf({{100, 600}}), 2, QStringLiteral("peak"));
    e.loadTests.back().source.environment = QStringLiteral("staging");
    e.service.datadogFolder = QStringLiteral("readiness/datadog");
    const auto verdict = [&](const char *query, const char *scope) {
        MetricSeries s;
        s.metric = QStringLiteral("aws.rds.cpuutilization");
        s.query = QString::fromLatin1(query);
        s.scope = QString::fromLatin1(scope);
        s.points = {{1'700'000'300, 50}};
        e.datadog.series = {s};
        return toString(titled(judge(e, rule), "CPU at the peak").verdict);
    };
    const char *cluster = "dbclusteridentifier:users-db,env:staging", *one = "dbinstanceidentifier:users-db-1,env:staging";
    QCOMPARE(verdict("avg:aws.rds.cpuutilization{x}", cluster), QStringLiteral("warn"));
    QCOMPARE(verdict("max:aws.rds.cpuutilization{x}", cluster), QStringLiteral("pass"));
    QCOMPARE(verdict("avg:aws.rds.cpuutilization{x} by {dbinstanceidentifier}", one), QStringLiteral("pass"));
    e.service.dependencies.value->front().instances.front().count = 1;
    QCOMPARE(verdict("avg:aws.rds.cpuutilization{x}", cluster), QStringLiteral("pass"));
}

QTEST_APPLESS_MAIN(TestDependenciesCapacity)
#include "tst_dependencies_capacity.moc"
