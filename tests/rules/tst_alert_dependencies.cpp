// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/monitorsupport.h>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

Dependency dependency(const QString &id, const QString &kind, const QString &host = {})
{
    Dependency d;
    d.id = id;
    d.kind = kind;
    d.host = host;
    d.span = {20, 5, 20, 40};
    return d;
}

Evidence withDependencies(const std::vector<Dependency> &all)
{
    Evidence e = monitoredService();
    e.service.dependencies = {all, {19, 1, 24, 1}};
    return e;
}

} // namespace

class TestAlertDependencies : public QObject
{
    Q_OBJECT

private slots:
    void queries_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("the cluster by its id")
            << u"avg(last_5m):avg:aws.rds.cpuutilization{dbclusteridentifier:users-db} > 80"_s << u"pass"_s;
        QTest::newRow("an instance of it")
            << u"avg(last_5m):avg:aws.rds.cpuutilization{dbinstanceidentifier:users-db-1} > 80"_s
            << u"pass"_s;
        QTest::newRow("by a pattern")
            << u"avg(last_5m):avg:aws.rds.cpuutilization{dbinstanceidentifier:users-*} > 80"_s << u"pass"_s;
        QTest::newRow("the host")
            << u"avg(last_5m):avg:mysql.performance.threads_running{host:users-db.internal.example} > 80"_s
            << u"pass"_s;
        QTest::newRow("what is left falls")
            << u"avg(last_5m):avg:aws.rds.free_storage_space{dbinstanceidentifier:users-db} < 80"_s
            << u"pass"_s;
        QTest::newRow("calls to it")
            << u"sum(last_5m):sum:trace.mysql.query.errors{peer.service:users-db} > 8"_s << u"pass"_s;
        QTest::newRow("service alone, the only one of its kind")
            << u"avg(last_5m):avg:aws.rds.cpuutilization{service:id-auth} > 80"_s << u"pass"_s;
        QTest::newRow("its reader")
            << u"avg(last_5m):avg:aws.rds.cpuutilization{dbinstanceidentifier:users-db-reader-1} > 80"_s << u"pass"_s;
        QTest::newRow("its address")
            << u"avg(last_5m):avg:mysql.performance.threads_running{host:users-db.cluster-abc.ap-northeast-1.rds.amazonaws.com} > 80"_s
            << u"pass"_s;
        QTest::newRow("its staging copy")
            << u"avg(last_5m):avg:aws.rds.cpuutilization{dbinstanceidentifier:users-db-stg-1} > 80"_s << u"fail"_s;
        QTest::newRow("an archive, or a node called so")
            << u"avg(last_5m):avg:aws.rds.cpuutilization{dbinstanceidentifier:users-db-archive} > 80"_s << u"unknown"_s;
        QTest::newRow("another cluster")
            << u"avg(last_5m):avg:aws.rds.cpuutilization{dbclusteridentifier:orders-db} > 80"_s << u"fail"_s;
        QTest::newRow("left out")
            << u"avg(last_5m):avg:aws.rds.cpuutilization{!dbclusteridentifier:users-db} by {x} > 80"_s
            << u"fail"_s;
        QTest::newRow("staging")
            << u"avg(last_5m):avg:aws.rds.cpuutilization{env:stg,dbclusteridentifier:users-db} > 80"_s
            << u"fail"_s;
        QTest::newRow("another kind")
            << u"avg(last_5m):avg:aws.elasticache.cpuutilization{service:id-auth} > 80"_s << u"fail"_s;
        QTest::newRow("either of two")
            << u"avg(last_5m):avg:aws.rds.cpuutilization{dbclusteridentifier:users-db OR a:b} > 80"_s
            << u"unknown"_s;
        QTest::newRow("its service or a host")
            << u"avg(last_5m):avg:aws.rds.cpuutilization{service:id-auth OR host:b} > 80"_s << u"fail"_s;
    }
    void queries()
    {
        QFETCH(QString, query);
        Evidence e =
            withDependencies({dependency(u"users-db"_s, u"mysql"_s, u"users-db.internal.example"_s)});
        addMonitor(e, u"db"_s, query, u"@slack-x"_s);
        QTEST(verdictOf(e, u"alert-dependencies"_s), "verdict");
    }

    void eachDependencyIsJudged()
    {
        Evidence e =
            withDependencies({dependency(u"users-db"_s, u"mysql"_s), dependency(u"cache"_s, u"redis"_s)});
        addMonitor(e, u"db"_s,
                   u"avg(last_5m):avg:aws.rds.cpuutilization{dbclusteridentifier:users-db} > 80"_s,
                   u"@slack-x"_s);
        const auto findings = judge(e, u"alert-dependencies"_s);
        QCOMPARE(findings.size(), 2u);
        QCOMPARE(findings.at(0).verdict, Verdict::Pass);
        QCOMPARE(findings.at(1).verdict, Verdict::Fail);
        QVERIFY(findings.at(1).reason.en.contains(u"cache"));
        QCOMPARE(findings.at(1).span.line, 20);
    }

    void namelessQueries()
    {
        const QString query = u"avg(last_5m):avg:aws.rds.cpuutilization{env:prod} > 80"_s;
        Evidence e = withDependencies({dependency(u"users-db"_s, u"mysql"_s)});
        addMonitor(e, u"db"_s, query, u"@slack-x"_s).tags = {u"service:id-auth"_s};
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"unknown"_s); // the mean over every database
        e.datadog.monitors[0].tags << u"dependency:users-db"_s;
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"pass"_s);
        e.datadog.monitors[0].tags = {u"service:id-auth"_s};
        e.datadog.monitors[0].query =
            u"avg(last_5m):avg:aws.rds.cpuutilization{env:prod} by {dbinstanceidentifier} > 80"_s;
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"pass"_s);
        e.datadog.monitors[0].query = u"avg(last_5m):avg:aws.rds.cpuutilization{env:prod} by {region} > 80"_s;
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"unknown"_s); // one line a region
        e.datadog.monitors[0].query = u"avg(last_5m):avg:aws.rds.cpuutilization{service:id-auth} > 80"_s;
        e.service.dependencies.value->push_back(dependency(u"orders-db"_s, u"postgres"_s));
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"unknown"_s); // two databases, one mean
    }

    void everybodysQueries()
    {
        Evidence e = withDependencies({dependency(u"users-db"_s, u"mysql"_s)});
        addMonitor(e, u"db"_s, u"avg(last_5m):avg:aws.rds.cpuutilization{env:prod} by {dbinstanceidentifier} > 80"_s,
                   u"@slack-x"_s);
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"unknown"_s); // every database that there is: this one too?
        e.datadog.monitors[0].query = u"avg(last_5m):avg:aws.rds.cpuutilization{env:prod} > 80"_s;
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"fail"_s); // the mean of all
        e.datadog.monitors[0].query =
            u"avg(last_5m):avg:aws.rds.cpuutilization{env:stg} by {dbinstanceidentifier} > 80"_s;
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"fail"_s);
        Monitor &alert = e.datadog.monitors[0];
        alert.source = Monitor::Source::Prometheus;
        alert.query = u"mysql_up == 0"_s;
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"unknown"_s);
        alert.query = u"redis_up == 0"_s;
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"fail"_s);
    }

    void anotherWorkloadOfALikeName()
    {
        Evidence e = withDependencies({dependency(u"users"_s, u"http"_s)});
        addMonitor(e, u"batch"_s,
                   u"avg(last_5m):avg:kubernetes.cpu.usage.total{kube_deployment:users-batch} > 80"_s,
                   u"@slack-x"_s);
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"fail"_s); // not the service "users"
        e.datadog.monitors[0].query =
            u"avg(last_5m):avg:kubernetes.cpu.usage.total{kube_deployment:users} > 80"_s;
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"pass"_s);
    }

    void longestNameIsMeant()
    {
        Evidence e =
            withDependencies({dependency(u"users"_s, u"mysql"_s), dependency(u"users-db"_s, u"mysql"_s)});
        addMonitor(e, u"db"_s,
                   u"avg(last_5m):avg:aws.rds.cpuutilization{dbinstanceidentifier:users-db-1} > 80"_s,
                   u"@slack-x"_s);
        const auto findings = judge(e, u"alert-dependencies"_s);
        QCOMPARE(findings.at(0).verdict, Verdict::Fail);
        QCOMPARE(findings.at(1).verdict, Verdict::Pass);
    }

    void composites()
    {
        Evidence e = withDependencies({dependency(u"users-db"_s, u"mysql"_s)});
        addMonitor(e, u"db"_s,
                   u"avg(last_5m):avg:aws.rds.cpuutilization{dbclusteridentifier:users-db} > 80"_s,
                   QString());
        addMonitor(e, u"p99"_s, u"avg(last_5m):p99:trace.http.request{service:id-auth} > 0.2"_s, QString());
        Monitor &both = addMonitor(e, u"both"_s, u"100 && 101"_s, u"@slack-x"_s);
        both.constituents = {u"100"_s, u"101"_s};
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"fail"_s); // the database alone does not alert
        both.query = u"100 || 101"_s;
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"pass"_s);
    }

    void declarations()
    {
        Evidence e = withDependencies({});
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"n/a"_s);
        e.service.dependencies = {};
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"unknown"_s);
        e = withDependencies({dependency(u"users-db"_s, u"mysql"_s)});
        e.datadog.monitorsComplete = false;
        e.datadog.monitorsNotReadable = true;
        QCOMPARE(verdictOf(e, u"alert-dependencies"_s), u"unknown"_s);
    }
};

QTEST_APPLESS_MAIN(TestAlertDependencies)
#include "tst_alert_dependencies.moc"
