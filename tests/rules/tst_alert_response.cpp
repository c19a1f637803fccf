// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/monitorsupport.h>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

const QString cpu = u"avg(last_5m):avg:kubernetes.cpu.usage.total{service:id-auth} > 2"_s;
const QString guide = u"# Guide\n\n## Alerts\n\n### CPU is high\n\nAdd pods.\n"_s;

} // namespace

class TestAlertResponse : public QObject
{
    Q_OBJECT

private slots:
    void guides_data()
    {
        QTest::addColumn<QString>("markdown");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("verdict");
        const QString none;
        QTest::newRow("a section with its name") << guide << none << u"pass"_s;
        QTest::newRow("an empty section")
            << u"# Guide\n\n### CPU is high\n\n### Next\n\nx\n"_s << none << u"fail"_s;
        QTest::newRow("no section") << u"# Guide\n\n### Memory is high\n\nx\n"_s << none << u"fail"_s;
        QTest::newRow("template text left") << u"# Guide\n\n### CPU is high\n\nTODO\n"_s << none << u"fail"_s;
        QTest::newRow("a row of a table")
            << u"# Guide\n\n| Alert | Do |\n|---|---|\n| CPU is high | add pods |\n"_s << none << u"warn"_s;
        QTest::newRow("the section its message links to")
            << u"# Guide\n\n### Load\n\nAdd pods.\n"_s << u"https://wiki.example.com/oncall#load"_s
            << u"pass"_s;
        QTest::newRow("not readable") << none << none << u"unknown"_s;
    }
    void guides()
    {
        QFETCH(QString, markdown);
        QFETCH(QString, message);
        Evidence e = monitoredService();
        addGuide(e, u"oncall"_s, markdown, u"https://wiki.example.com/oncall"_s);
        addMonitor(e, u"[id-auth] CPU is high"_s, cpu, message);
        QTEST(verdictOf(e, u"alert-response"_s), "verdict");
    }

    void highLoad_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<bool>("isHighLoad");
        QTest::newRow("CPU") << cpu << true;
        QTest::newRow("memory") << u"avg(last_5m):max:kubernetes.memory.usage{service:id-auth} > 2"_s << true;
        QTest::newRow("latency") << u"avg(last_5m):p99:trace.http.request{service:id-auth} > 2"_s << true;
        QTest::newRow("requests") << u"sum(last_5m):sum:trace.http.request.hits{service:id-auth} > 2"_s
                                  << true;
        QTest::newRow("a database's CPU")
            << u"avg(last_5m):avg:aws.rds.cpuutilization{service:id-auth} > 2"_s << true;
        QTest::newRow("memory left falls")
            << u"avg(last_5m):avg:aws.rds.freeable_memory{service:id-auth} < 2"_s << true;
        QTest::newRow("memory left rises")
            << u"avg(last_5m):avg:aws.rds.freeable_memory{service:id-auth} > 2"_s << false;
        QTest::newRow("autoscaling at its end")
            << u"avg(last_5m):avg:kubernetes_state.hpa.current_replicas{service:id-auth} > 79"_s << true;
        QTest::newRow("few pods")
            << u"min(last_5m):min:kubernetes_state.deployment.replicas_available{service:id-auth} < 2"_s
            << false;
        QTest::newRow("requests above a fraction's line")
            << u"sum(last_5m):sum:trace.x.hits{service:id-auth} / sum:m{service:id-auth,http.status_class:5xx} > 2"_s
            << true;
        QTest::newRow("errors") << u"sum(last_5m):sum:trace.http.request.errors{service:id-auth} > 2"_s
                                << false;
    }
    void highLoad()
    {
        QFETCH(QString, query);
        QFETCH(bool, isHighLoad);
        Evidence e = monitoredService();
        addGuide(e, u"oncall"_s, guide);
        addMonitor(e, u"[id-auth] CPU is high"_s, query, QString());
        QCOMPARE(verdictOf(e, u"alert-response"_s), isHighLoad ? u"pass"_s : u"unknown"_s);
    }

    void nothingToJudge()
    {
        Evidence e = monitoredService();
        addMonitor(e, u"CPU is high"_s, cpu, QString());
        QVERIFY(firstWith(Verdict::Unknown, judge(e, u"alert-response"_s))
                    .remedy.en.contains(u"evidence.documents"));
        addGuide(e, u"oncall"_s, guide);
        e.datadog.monitors[0].draft = true; // a draft alerts nobody
        QCOMPARE(verdictOf(e, u"alert-response"_s), u"unknown"_s);
        e.datadog.monitors[0].draft = false;
        e.datadog.monitorsComplete = false;
        QCOMPARE(verdictOf(e, u"alert-response"_s), u"unknown"_s); // others may be without a section
        e.datadog = {};
        QCOMPARE(verdictOf(e, u"alert-response"_s), u"unknown"_s);
    }

    void eachMonitorIsJudged()
    {
        Evidence e = monitoredService();
        addGuide(e, u"oncall"_s, guide);
        addMonitor(e, u"CPU is high"_s, cpu, QString());
        addMonitor(e, u"Memory is high"_s, u"avg(last_5m):max:kubernetes.memory.usage{service:id-auth} > 2"_s,
                   QString());
        const auto findings = judge(e, u"alert-response"_s);
        QCOMPARE(findings.size(), 2u);
        QCOMPARE(firstWith(Verdict::Fail, findings).object, u"Monitor/Memory is high"_s);
        QVERIFY(firstWith(Verdict::Fail, findings).snippet.contains(u"### Memory is high"));
    }
};

QTEST_APPLESS_MAIN(TestAlertResponse)
#include "tst_alert_response.moc"
