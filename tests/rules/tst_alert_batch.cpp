// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/monitorsupport.h>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

const QString failed = u"sum(last_5m):max:kubernetes_state.job.failed{service:id-auth} > 0"_s;

void addCronJob(Evidence &e, const char *name)
{
    QByteArray yaml =
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: NAME}\nspec:\n  jobTemplate:\n"
        "    spec:\n      template:\n        spec:\n          containers: [{name: a, image: a}]\n";
    yaml.replace("NAME", name);
    auto read = readManifests({YamlFile::parse(yaml, u"cron.yaml"_s)});
    QVERIFY(read.value.workloads.size() == 1);
    auto all = *e.manifests;
    all.files.push_back(read.value.files.front());
    all.objects.push_back(read.value.objects.front());
    all.workloads.push_back(read.value.workloads.front());
    e.manifests = std::make_shared<Manifests>(all);
}

} // namespace

class TestAlertBatch : public QObject
{
    Q_OBJECT

private slots:
    void queries_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("failed jobs") << failed << u"@slack-x"_s << u"pass"_s;
        QTest::newRow("nobody is told") << failed << u"hello"_s << u"fail"_s;
        QTest::newRow("heartbeat: too few successes")
            << u"sum(last_1d):sum:kubernetes_state.job.succeeded{service:id-auth} < 1"_s << u"@slack-x"_s
            << u"pass"_s;
        QTest::newRow("many successes are no failure")
            << u"sum(last_1d):sum:kubernetes_state.job.succeeded{service:id-auth} > 1"_s << u"@slack-x"_s
            << u"fail"_s;
        QTest::newRow("few failures are no failure")
            << u"sum(last_1d):sum:kubernetes_state.job.failed{service:id-auth} < 1"_s << u"@slack-x"_s << u"fail"_s;
        QTest::newRow("how it is set")
            << u"max(last_1d):max:kubernetes_state.job.spec_parallelism{service:id-auth} > 0"_s << u"@slack-x"_s
            << u"fail"_s;
        QTest::newRow("it runs")
            << u"max(last_1d):max:kubernetes_state.job.status.active{service:id-auth} > 0"_s << u"@slack-x"_s
            << u"fail"_s;
        QTest::newRow("its processor time")
            << u"avg(last_1d):avg:kubernetes.cpu.usage.total{service:id-auth,kube_cronjob:purge} > 1"_s << u"@slack-x"_s
            << u"fail"_s;
        QTest::newRow("too long since the last")
            << u"max(last_1d):max:kubernetes_state.cronjob.duration_since_last_schedule{service:id-auth} > 7200"_s
            << u"@slack-x"_s << u"pass"_s;
        QTest::newRow("sidekiq") << u"sum(last_5m):sum:sidekiq.jobs.failed{service:id-auth} > 0"_s
                                 << u"@slack-x"_s << u"pass"_s;
        QTest::newRow("another service's")
            << u"sum(last_5m):max:kubernetes_state.job.failed{service:cart} > 0"_s << u"@slack-x"_s
            << u"fail"_s;
        QTest::newRow("another signal")
            << u"avg(last_5m):avg:trace.x.hits{service:id-auth} > 0"_s << u"@slack-x"_s << u"fail"_s;
    }
    void queries()
    {
        QFETCH(QString, query);
        QFETCH(QString, message);
        Evidence e = monitoredService();
        e.service.batch = {true, {9, 1, 9, 12}};
        addMonitor(e, u"batch"_s, query, message);
        QTEST(verdictOf(e, u"alert-batch"_s), "verdict");
    }

    void notApplicableOnlyByDeclaration()
    {
        Evidence e = monitoredService();
        e.service.batch = {false, {9, 1, 9, 12}};
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"n/a"_s);
        e.datadog = {}; // the declaration needs no snapshot
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"n/a"_s);
        e.service.batch = {};
        e.datadog = monitoredService().datadog;
        const Finding f = firstWith(Verdict::Unknown, judge(e, u"alert-batch"_s));
        QVERIFY(f.snippet.contains(u"batch: none"));
        e.service.batch = {true, {9, 1, 9, 12}};
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"fail"_s);
    }

    void cronJobsContradictTheDeclaration()
    {
        Evidence e = monitoredService();
        e.service.batch = {false, {9, 1, 9, 12}};
        addCronJob(e, "purge");
        const Finding f = firstWith(Verdict::Unknown, judge(e, u"alert-batch"_s));
        QVERIFY(f.reason.en.contains(u"CronJob/purge"));
        QCOMPARE(f.marks.front().file, u"cron.yaml"_s);
    }

    void cronJobsMeanBatch()
    {
        Evidence e = monitoredService();
        addCronJob(e, "purge");
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"fail"_s); // jobs there, and nothing watches them
        addMonitor(e, u"x"_s, u"max(last_5m):max:kubernetes_state.job.failed{kube_cronjob:purge} > 0"_s,
                   u"@slack-x"_s);
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"pass"_s); // the scope names the service's own CronJob
        addCronJob(e, "report");
        const Finding f = firstWith(Verdict::Warn, judge(e, u"alert-batch"_s));
        QCOMPARE(f.object, u"CronJob/report"_s);
        e.datadog.monitors.front().query =
            u"max(last_5m):max:kubernetes_state.job.failed{service:id-auth} by {kube_cronjob} > 0"_s;
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"pass"_s);
    }

    void jobsAreCalledAfterTheirCronJob()
    {
        Evidence e = monitoredService();
        addCronJob(e, "purge");
        Monitor &m = addMonitor(e, u"x"_s, u"max(last_5m):max:kubernetes_state.job.failed{kube_job:purge-*} > 0"_s, u"@slack-x"_s);
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"pass"_s);
        m.query = u"max(last_5m):max:kubernetes_state.job.failed{kube_job:report-*} > 0"_s;
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"fail"_s);
        m.source = Monitor::Source::Prometheus;
        m.receivers = {{u"@slack-x"_s, {}}};
        m.routingKnown = true;
        m.query = u"kube_job_status_failed{job_name=~\"purge-.*\"} > 0"_s;
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"pass"_s);
        m.query = u"kube_job_status_failed{job_name=~\"purge-.*\"} == 0"_s; // fires while all is well
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"fail"_s);
        m.query = u"kube_job_status_failed{job_name=~\"report-.*\"} > 0"_s;
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"fail"_s);
    }

    void partOfTheList()
    {
        Evidence e = monitoredService();
        e.service.batch = {true, {9, 1, 9, 12}};
        e.datadog.monitorsComplete = false;
        addMonitor(e, u"x"_s, u"avg(last_5m):avg:trace.x.hits{service:id-auth} > 0"_s, u"@slack-x"_s);
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"unknown"_s);
    }

    void negatedPartOfAComposite()
    {
        Evidence e = monitoredService();
        e.service.batch = {true, {9, 1, 9, 12}};
        addMonitor(e, u"job"_s, failed, QString());
        Monitor &both = addMonitor(e, u"both"_s, u"!100 || 102"_s, u"@slack-x"_s);
        both.constituents = {u"100"_s, u"102"_s};
        both.tags = {u"service:id-auth"_s};
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"fail"_s); // the part itself tells nobody
        both.query = u"100 || 102"_s;
        QCOMPARE(verdictOf(e, u"alert-batch"_s), u"warn"_s); // 102 is missing
    }
};

QTEST_APPLESS_MAIN(TestAlertBatch)
#include "tst_alert_batch.moc"
