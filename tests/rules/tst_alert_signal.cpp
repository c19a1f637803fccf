// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/monitorsupport.h>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

const QString fiveHundred =
    u"sum(last_5m):sum:trace.http.request.hits{service:id-auth,http.status_class:5xx}.as_count() > 20"_s;
const QString p99 = u"avg(last_5m):p99:trace.http.request{service:id-auth} > 0.2"_s;

} // namespace

class TestAlertSignal : public QObject
{
    Q_OBJECT

private slots:
    void messages_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("Slack") << u"a @slack-x"_s << u"pass"_s;
        QTest::newRow("Slack on alert") << u"{{#is_alert}} @slack-x {{/is_alert}}"_s << u"pass"_s;
        QTest::newRow("recovery only") << u"{{#is_recovery}} @slack-x {{/is_recovery}}"_s << u"fail"_s;
        QTest::newRow("renotify only") << u"{{#is_renotify}}@slack-x{{/is_renotify}}"_s << u"fail"_s;
        QTest::newRow("nobody") << u"a"_s << u"fail"_s;
        QTest::newRow("PagerDuty only") << u"@pagerduty-x"_s << u"fail"_s;
        QTest::newRow("mail only") << u"@a@b.example"_s << u"fail"_s;
        QTest::newRow("placeholder in code") << u"`@slack-yourteam-alerts`"_s << u"fail"_s;
        QTest::newRow("webhook goes somewhere") << u"@webhook-x"_s << u"unknown"_s;
        QTest::newRow("team goes somewhere") << u"@team-x"_s << u"unknown"_s;
        QTest::newRow("under a condition")
            << u"{{#is_match \"a\" \"b\"}}@slack-x{{/is_match}}"_s << u"warn"_s;
        QTest::newRow("dynamic") << u"@slack-{{team.name}}"_s << u"warn"_s;
        QTest::newRow("empty") << QString() << u"fail"_s;
    }
    void messages()
    {
        QFETCH(QString, message);
        Evidence e = monitoredService();
        addMonitor(e, u"5xx"_s, fiveHundred, message);
        QTEST(verdictOf(e, u"alert-5xx"_s), "verdict");
        e.datadog.monitors[0].query = p99;
        QTEST(verdictOf(e, u"alert-latency"_s), "verdict");
    }

    void findingSaysWhereAndWhat()
    {
        Evidence e = monitoredService();
        addMonitor(e, u"5xx"_s, fiveHundred, u"A {{#is_recovery}} @slack-x {{/is_recovery}}"_s);
        const Finding f = firstWith(Verdict::Fail, judge(e, u"alert-5xx"_s));
        QCOMPARE(f.object, u"Monitor/5xx"_s);
        QCOMPARE(f.file, u"readiness/datadog/monitors.json"_s);
        QCOMPARE(f.span.line, 5);
        QCOMPARE(f.measured.ja, u"Slack 宛 0 件"_s);
        QCOMPARE(f.wanted.ja, u"≥ 1 件"_s);
        QVERIFY(f.snippet.contains(u"@slack-x"));
        const auto *picture = std::get_if<MessagePicture>(f.picture.get());
        QVERIFY(picture);
        QCOMPARE(picture->onAlert, u"A"_s);
    }

    void silences()
    {
        Evidence e = monitoredService();
        Monitor &m = addMonitor(e, u"5xx"_s, fiveHundred, u"@slack-x"_s);
        m.silencedPartly = true;
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"warn"_s);
        m.silencedForever = true;
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"fail"_s);
        m.silencedForever = m.silencedPartly = false;
        m.draft = true;
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"fail"_s);
    }

    void oneGoodMonitorIsEnough()
    {
        Evidence e = monitoredService();
        addMonitor(e, u"muted"_s, fiveHundred, u"@slack-x"_s).silencedForever = true;
        addMonitor(e, u"good"_s, fiveHundred, u"@slack-x"_s);
        const auto findings = judge(e, u"alert-5xx"_s);
        QCOMPARE(findings.size(), 1u);
        QCOMPARE(findings.at(0).verdict, Verdict::Pass);
        QCOMPARE(findings.at(0).marks.size(), 1u); // the muted one is told beside it
    }

    void nothingFound_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("whole");
        QTest::addColumn<QString>("verdict");
        const QString other = u"sum(last_5m):sum:m{service:cart,http.status_class:5xx} > 20"_s;
        QTest::newRow("another's, whole list") << other << u"cart"_s << true << u"fail"_s;
        QTest::newRow("another's, part of the list") << other << u"cart"_s << false << u"unknown"_s;
        QTest::newRow("only the name") << u"sum(last_5m):sum:aws.applicationelb.httpcode_elb_5xx{*} > 2"_s
                                       << u"[id-auth] 5xx"_s << true << u"unknown"_s;
        QTest::newRow("only the name, another signal")
            << u"avg(last_5m):avg:system.cpu.user{*} > 2"_s << u"[id-auth] CPU"_s << true << u"fail"_s;
        QTest::newRow("staging")
            << u"sum(last_5m):sum:m{service:id-auth,env:stg,http.status_class:5xx} > 20"_s << u"5xx"_s << true
            << u"fail"_s;
        QTest::newRow("a fraction's denominator")
            << u"sum(last_5m):sum:a{service:id-auth} / sum:b{service:id-auth,http.status_class:5xx} > 2"_s
            << u"x"_s << true << u"fail"_s;
        QTest::newRow("falling") << u"sum(last_5m):sum:m{service:id-auth,http.status_class:5xx} < 20"_s
                                 << u"x"_s << true << u"fail"_s;
        QTest::newRow("APM errors only")
            << u"sum(last_5m):sum:trace.x.errors{service:id-auth} > 20"_s << u"x"_s << true << u"warn"_s;
    }
    void nothingFound()
    {
        QFETCH(QString, query);
        QFETCH(QString, name);
        QFETCH(bool, whole);
        Evidence e = monitoredService();
        addMonitor(e, name, query, u"@slack-x"_s);
        e.datadog.monitorsComplete = whole;
        QTEST(verdictOf(e, u"alert-5xx"_s), "verdict");
    }

    void errorsAcceptedByTheChecklist()
    {
        Evidence e = monitoredService();
        addMonitor(e, u"x"_s, u"sum(last_5m):sum:trace.x.errors{service:id-auth} > 20"_s, u"@slack-x"_s);
        QCOMPARE(verdictOf(e, u"alert-5xx"_s, {{u"accept-errors"_s, 1}}), u"pass"_s);
    }

    void tagOfThisQueryOfAnother()
    {
        Evidence e = monitoredService();
        addMonitor(e, u"x"_s, u"sum(last_5m):sum:m{service:cart,http.status_class:5xx} > 20"_s, u"@slack-x"_s)
            .tags = {u"service:id-auth"_s};
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"unknown"_s);
    }

    void unclearEnvironment()
    {
        Evidence e = monitoredService();
        addMonitor(e, u"x"_s, u"sum(last_5m):sum:m{service:id-auth,env:tokyo,http.status_class:5xx} > 20"_s,
                   u"@slack-x"_s);
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"warn"_s);
    }

    void nameSaysAnotherPercentile()
    {
        Evidence e = monitoredService();
        addMonitor(e, u"p99 が長い"_s, u"avg(last_5m):p95:trace.http.request{service:id-auth} > 0.2"_s,
                   u"@slack-x"_s);
        QCOMPARE(verdictOf(e, u"alert-latency"_s), u"warn"_s);
    }

    void composites()
    {
        Evidence e = monitoredService();
        addMonitor(e, u"5xx"_s, fiveHundred, QString());
        addMonitor(e, u"cpu"_s, u"avg(last_5m):avg:aws.rds.cpuutilization{service:id-auth} > 80"_s,
                   QString());
        Monitor &composite = addMonitor(e, u"both"_s, u"100 || 101"_s, u"@slack-x"_s);
        composite.type = u"composite"_s;
        composite.constituents = {u"100"_s, u"101"_s};
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"pass"_s);
        composite.query = u"100 && 101"_s; // alone the 5xx do not alert
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"fail"_s);
        composite.query = u"!100 || 101"_s;
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"fail"_s);
    }

    void compositesWithNegations()
    {
        Evidence e = monitoredService();
        addMonitor(e, u"5xx"_s, fiveHundred, QString());
        addMonitor(e, u"deploying"_s, u"avg(last_5m):avg:deploying{service:id-auth} > 0"_s, QString());
        addMonitor(e, u"cart"_s, u"avg(last_5m):avg:m{service:cart} > 0"_s, QString());
        Monitor &composite = addMonitor(e, u"both"_s, u"100 && !101"_s, u"@slack-x"_s);
        composite.type = u"composite"_s;
        composite.constituents = {u"100"_s, u"101"_s};
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"warn"_s); // quiet while the other one alerts
        composite.query = u"!(100 && 101)"_s;
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"fail"_s);
        composite.query = u"100 || (101 && 100)"_s;
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"pass"_s);
        composite.query = u"100 || 102"_s;
        composite.constituents = {u"100"_s, u"102"_s};
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"pass"_s); // this service's half is enough
        composite.query = u"100 && 102"_s;
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"fail"_s);
    }

    void outliersAreSilentWhenAllAreBad()
    {
        Evidence e = monitoredService();
        addMonitor(e, u"x"_s, u"avg(last_5m):outliers(p99:trace.http.request{service:id-auth} by {host}, 'dbscan', 3) > 0"_s,
                   u"@slack-x"_s);
        QCOMPARE(verdictOf(e, u"alert-latency"_s), u"warn"_s);
    }

    void compositeWithoutItsParts()
    {
        Evidence e = monitoredService();
        Monitor &composite = addMonitor(e, u"both"_s, u"1 || 2"_s, u"@slack-x"_s);
        composite.constituents = {u"1"_s, u"2"_s};
        composite.tags = {u"service:id-auth"_s};
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"unknown"_s);
    }

    void sloAlertCannotBeSeenInto()
    {
        Evidence e = monitoredService();
        Monitor &m = addMonitor(e, u"SLO"_s, u"error_budget(\"abc\").over(\"7d\") > 75"_s, u"@slack-x"_s);
        m.type = u"slo alert"_s;
        m.tags = {u"service:id-auth"_s};
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"unknown"_s);
    }

    void notificationRules()
    {
        Evidence e = monitoredService();
        addMonitor(e, u"5xx"_s, fiveHundred, u"nobody"_s).tags = {u"team:a"_s};
        e.datadog.notificationRules = {{u"r"_s, {u"team:a"_s}, {u"slack-a"_s}, true}};
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"pass"_s);
        e.datadog.notificationRules = {{u"r"_s, {u"team:b"_s}, {u"slack-a"_s}, true}};
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"fail"_s);
        e.datadog.notificationRules = {{u"r"_s, {}, {u"slack-a"_s}, false}};
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"unknown"_s);
        e.datadog.notificationRules.clear();
        e.datadog.notificationRulesNotReadable = true;
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"unknown"_s);
    }

    void seriesBesideTheAlert()
    {
        Evidence e = monitoredService();
        Monitor &m = addMonitor(e, u"p99"_s, p99, u"@slack-x"_s);
        m.options = {{u"thresholds"_s, QJsonObject{{u"critical"_s, 0.2}}}};
        MetricSeries s;
        s.metric = u"trace.http.request"_s;
        s.scope = u"service:id-auth"_s;
        s.query = u"p99:trace.http.request{service:id-auth}"_s;
        s.scale = 1'000;
        s.points = {{1, 90}};
        e.datadog.series = {s};
        const auto picture = judge(e, u"alert-latency"_s).at(0).picture;
        QVERIFY(std::get_if<SeriesPicture>(picture.get()));
        QCOMPARE(std::get<SeriesPicture>(*picture).threshold, std::optional(200.0)); // in the series' unit
        e.datadog.series[0].scope = u"service:cart"_s;
        const auto none = judge(e, u"alert-latency"_s).at(0).picture;
        QVERIFY(std::get_if<MessagePicture>(none.get()));
    }

    void noEvidenceIsUnknown()
    {
        Evidence e = monitoredService();
        e.datadog = {};
        QCOMPARE(verdictOf(e, u"alert-5xx"_s), u"unknown"_s);
        e.service.datadogFolder.clear();
        QVERIFY(
            firstWith(Verdict::Unknown, judge(e, u"alert-5xx"_s)).remedy.en.contains(u"evidence.datadog"));
        e.service = {};
        QCOMPARE(verdictOf(e, u"alert-latency"_s), u"unknown"_s);
    }

    void notReadableIsNotAbsent()
    {
        Evidence e = monitoredService();
        e.datadog.monitorsComplete = false;
        e.datadog.monitorsNotReadable = true;
        e.datadog.notReadable = {
            {u"m.json"_s, {}, sameText(u"GET /api/v1/monitor → 403"_s), sameText(u"keys"_s)}};
        const Finding f = firstWith(Verdict::Unknown, judge(e, u"alert-5xx"_s));
        QVERIFY(f.reason.en.contains(u"403"));
        QCOMPARE(f.file, u"m.json"_s);
    }
};

QTEST_APPLESS_MAIN(TestAlertSignal)
#include "tst_alert_signal.moc"
