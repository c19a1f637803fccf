// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/guides.h>
#include <rules/monitorsupport.h>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

const QString rule = u"runbook-links"_s;
const QString query = u"avg(last_5m):p99:trace.x{service:id-auth} > 2"_s;
const QString url = u"https://wiki.example.com/oncall"_s;
const QString guide = u"# On-call\n## Alerts\n### ALB 5xx 率\ndo\n### Latency\ndo\n"_s;

Evidence with(const QString &message)
{
    Evidence e = monitoredService();
    addGuide(e, u"oncall"_s, guide, url);
    addMonitor(e, u"Latency"_s, query, message);
    return e;
}

} // namespace

class TestRunbookLinks : public QObject
{
    Q_OBJECT

private slots:
    void links_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("to its section") << u"[手順](https://wiki.example.com/oncall#latency)"_s << u"pass"_s;
        QTest::newRow("Japanese anchor")
            << u"手順 https://wiki.example.com/oncall#alb-5xx-率 。"_s << u"pass"_s;
        QTest::newRow("encoded anchor")
            << u"https://wiki.example.com/oncall#alb-5xx-%E7%8E%87"_s << u"pass"_s;
        QTest::newRow("GitHub's prefix")
            << u"https://wiki.example.com/oncall#user-content-latency"_s << u"pass"_s;
        QTest::newRow("slash, host's case, query")
            << u"https://WIKI.example.com/oncall/?from=dd#Latency"_s << u"pass"_s;
        QTest::newRow("by file") << u"docs/oncall.md#latency"_s << u"fail"_s; // no link without brackets
        QTest::newRow("by file, relative") << u"[a](docs/oncall.md#latency)"_s << u"pass"_s;
        QTest::newRow("by file, its repository")
            << u"https://github.com/x/id-auth/blob/main/docs/oncall.md#latency"_s << u"pass"_s;
        QTest::newRow("by file, some repository")
            << u"https://github.com/x/shop/blob/main/docs/oncall.md#latency"_s << u"warn"_s;
        QTest::newRow("top") << u"https://wiki.example.com/oncall"_s << u"warn"_s;
        QTest::newRow("top and section")
            << u"https://wiki.example.com/oncall https://wiki.example.com/oncall#latency"_s << u"pass"_s;
        QTest::newRow("dead anchor") << u"https://wiki.example.com/oncall#latancy"_s << u"fail"_s;
        QTest::newRow("another page") << u"https://wiki.example.com/cart/oncall#latency"_s << u"fail"_s;
        QTest::newRow("another host") << u"https://wiki.example.org/oncall#latency"_s << u"fail"_s;
        QTest::newRow("docs of Datadog") << u"https://docs.datadoghq.com/monitors/"_s << u"fail"_s;
        QTest::newRow("recovery only")
            << u"{{#is_recovery}}https://wiki.example.com/oncall#latency{{/is_recovery}}"_s << u"fail"_s;
        QTest::newRow("the word alone") << u"See the runbook"_s << u"fail"_s;
        QTest::newRow("image") << u"![a](https://wiki.example.com/oncall#latency)"_s << u"fail"_s;
        QTest::newRow("empty") << QString() << u"fail"_s;
    }
    void links()
    {
        QFETCH(QString, message);
        QTEST(verdictOf(with(message), rule), "verdict");
    }

    void deadAnchorSaysWhich()
    {
        const Finding f =
            firstWith(Verdict::Fail, judge(with(u"https://wiki.example.com/oncall#latancy"_s), rule));
        QCOMPARE(f.measured.en, u"#latancy"_s);
        QVERIFY(f.remedy.en.contains(u"#latency"));
        QCOMPARE(f.snippet, u"[手順 / Runbook](https://wiki.example.com/oncall#latency)"_s);
        QCOMPARE(f.span.line, 5);
    }

    void runbookAsset()
    {
        Evidence e = with(u"a"_s);
        e.datadog.monitors[0].runbookAssets = {u"https://wiki.example.com/oncall#latency"_s};
        QCOMPARE(verdictOf(e, rule), u"pass"_s);
    }

    void everyMonitorCounts()
    {
        Evidence e = with(u"https://wiki.example.com/oncall#latency"_s);
        addMonitor(e, u"b"_s, query, u"no link @slack-x"_s);
        addMonitor(e, u"another's"_s, u"avg(last_5m):avg:m{service:cart} > 1"_s, QString());
        const auto findings = judge(e, rule);
        QCOMPARE(findings.size(), 2u);
        QCOMPARE(verdictOf(e, rule), u"fail"_s);
    }

    void partOfTheListIsNotEvery()
    {
        Evidence e = with(u"https://wiki.example.com/oncall#latency"_s);
        e.datadog.monitorsComplete = false;
        QCOMPARE(verdictOf(e, rule), u"unknown"_s);
    }

    void silentParts()
    {
        Evidence e = with(u"part, tells nobody"_s);
        Monitor &composite =
            addMonitor(e, u"both"_s, u"100 && 100"_s, u"@slack-x https://wiki.example.com/oncall#latency"_s);
        composite.constituents = {u"100"_s};
        QCOMPARE(verdictOf(e, rule), u"pass"_s);
        addMonitor(e, u"draft"_s, query, QString()).draft = true;
        QCOMPARE(verdictOf(e, rule), u"pass"_s);
    }

    void messageOfATestIsElsewhere()
    {
        Evidence e = with(QString());
        e.datadog.monitors[0].type = u"synthetics alert"_s;
        QCOMPARE(verdictOf(e, rule), u"unknown"_s);
    }

    void guideThatCannotBeRead()
    {
        Evidence e = monitoredService();
        addMonitor(e, u"a"_s, query, u"https://wiki.example.com/oncall#latency"_s);
        QVERIFY(firstWith(Verdict::Unknown, judge(e, rule)).remedy.en.contains(u"evidence.documents"));
        addGuide(e, u"oncall"_s, QString(), url);
        QCOMPARE(verdictOf(e, rule), u"unknown"_s);
        e.datadog.monitors[0].message.clear(); // no link is no link, whatever the guide says
        QCOMPARE(verdictOf(e, rule), u"fail"_s);
    }

    void noMonitors()
    {
        Evidence e = with(u"x"_s);
        e.datadog.monitors.clear();
        QCOMPARE(verdictOf(e, rule), u"fail"_s);
        addMonitor(e, u"[id-auth] CPU"_s, u"avg(last_5m):avg:system.cpu.user{*} > 1"_s, u"x"_s);
        QCOMPARE(verdictOf(e, rule), u"unknown"_s);
        e.datadog = {};
        QCOMPARE(verdictOf(e, rule), u"unknown"_s);
    }

    void pageWithAnId()
    {
        Guide g;
        g.source.url = u"https://wiki.example.com/pages/viewpage.action?pageId=1"_s;
        QCOMPARE(leadsTo(u"https://wiki.example.com/pages/viewpage.action?pageId=1#a"_s, g, u"x"_s),
                 Leads::Yes);
        QCOMPARE(leadsTo(u"https://wiki.example.com/pages/viewpage.action?pageId=2#a"_s, g, u"x"_s),
                 Leads::No);
        QCOMPARE(leadsTo(u"javascript:alert(1)"_s, g, u"x"_s), Leads::No);
    }
};

QTEST_APPLESS_MAIN(TestRunbookLinks)
#include "tst_runbook_links.moc"
