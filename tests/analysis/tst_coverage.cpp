// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shop.h"

#include <evidence/datadog/body.h>

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

const QString fiveHundred =
    u"sum(last_5m):sum:trace.http.request.hits.by_http_status{service:shop,http.status_class:5xx}.as_count() > 1"_s;
const QString slow = u"avg(last_5m):p99:trace.http.request{service:shop} > 1"_s;

QString printed(const Coverage &coverage)
{
    QStringList list;
    for (const Subtraction &s : coverage.steps)
        list << u"%1 %2"_s.arg(s.monitors.size()).arg(s.what.en);
    return list.join(u", "_s);
}

QString printed(const std::vector<MessagePiece> &pieces)
{
    QStringList list;
    for (const MessagePiece &p : pieces)
        list << (p.onlyIf.isEmpty() ? QString() : u"["_s + p.onlyIf + u"] "_s) + p.text.simplified();
    return list.join(u" | "_s);
}

} // namespace

class TestCoverage : public QObject
{
    Q_OBJECT

private slots:
    void subtraction()
    {
        Evidence e = shop();
        QCOMPARE(printed(coverageOf(e)), u"0 reach people on alert"_s);
        add(e, u"a"_s, fiveHundred, u"@slack-shop"_s);
        add(e, u"b"_s, fiveHundred, u"@slack-shop"_s).draft = true;
        add(e, u"c"_s, slow, u"@slack-shop"_s).silencedForever = true;
        add(e, u"d"_s, slow, u"{{#is_recovery}}@slack-shop{{/is_recovery}}"_s);
        add(e, u"e"_s, slow, u"@webhook-shop"_s);
        add(e, u"f"_s, slow, u"@slack-shop"_s).silencedPartly = true;
        add(e, u"another"_s, u"avg(last_5m):avg:m{service:cart} > 1"_s, u"@slack-cart"_s);
        Monitor &broken = add(e, u"g shop"_s, u"98 && 99"_s, u"@slack-shop"_s);
        broken.constituents = {u"98"_s, u"99"_s};
        broken.tags = {u"service:shop"_s};
        const Coverage coverage = coverageOf(e);
        QCOMPARE(coverage.own().size(), 7u);
        QCOMPARE(printed(coverage),
                 u"1 drafts, 1 muted without end, 1 without their constituents, 1 without a receiver, "
                 "1 that go where cannot be told, 2 reach people on alert"_s);
        size_t sum = 0;
        for (const Subtraction &s : coverage.steps)
            sum += s.monitors.size();
        QCOMPARE(sum, coverage.own().size());
    }

    void needs_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("message");
        QTest::addColumn<bool>("complete");
        QTest::addColumn<int>("answer");
        const auto row = [](const char *name, const QString &query, const char *message, bool complete, CoverageAnswer a) {
            QTest::newRow(name) << query << QString::fromUtf8(message) << complete << int(a);
        };
        row("covered", fiveHundred, "@slack-shop", true, CoverageAnswer::Covered);
        row("covered, list in part", fiveHundred, "@slack-shop", false, CoverageAnswer::Covered);
        row("pages only", fiveHundred, "@pagerduty-shop", true, CoverageAnswer::Partly);
        row("tells nobody", fiveHundred, "", true, CoverageAnswer::Partly);
        row("under a condition", fiveHundred, "{{#is_match \"env\" \"prod\"}}@slack-a{{/is_match}}", true,
            CoverageAnswer::Partly);
        row("somewhere", fiveHundred, "@webhook-a", true, CoverageAnswer::NotReadable);
        row("none", slow, "@slack-shop", true, CoverageAnswer::NotFound);
        row("none, list in part", slow, "@slack-shop", false, CoverageAnswer::NotReadable);
        row("failed spans", u"sum(last_5m):sum:trace.http.request.errors{service:shop} > 1"_s, "@slack-shop", true,
            CoverageAnswer::Partly);
        row("by its name alone", u"sum(last_5m):sum:http.5xx{app:x} > 1"_s, "shop @slack-shop", true,
            CoverageAnswer::NotReadable);
    }
    void needs()
    {
        QFETCH(QString, query);
        QFETCH(QString, message);
        QFETCH(bool, complete);
        Evidence e = shop();
        add(e, u"a"_s, query, message);
        e.datadog.monitorsComplete = complete;
        const Coverage coverage = coverageOf(e);
        QTEST(int(coverage.need(u"5xx"_s)->answer), "answer");
        QVERIFY(!coverage.need(u"5xx"_s)->reasons.empty() || coverage.need(u"5xx"_s)->answer == CoverageAnswer::NotFound);
        QCOMPARE(coverage.need(u"batch"_s)->answer, CoverageAnswer::NotNeeded);
    }

    void whatAPersonSaidCounts()
    {
        Evidence e = shop();
        add(e, u"shop 5xx"_s, u"sum(last_5m):sum:http.5xx{app:x} > 1"_s, u"@slack-shop"_s);
        e.monitorLinks = {{u"1"_s, true, u"ann"_s, {}, {}}};
        Coverage coverage = coverageOf(e);
        QCOMPARE(coverage.need(u"5xx"_s)->answer, CoverageAnswer::Covered);
        QCOMPARE(coverage.own().front()->said->by, u"ann"_s);
        e.datadog.monitors.front().query = fiveHundred;
        e.monitorLinks = {{u"1"_s, true, u"ann"_s, {}, {}}, {u"1"_s, false, u"bob"_s, {}, {}}};
        coverage = coverageOf(e);
        QCOMPARE(coverage.need(u"5xx"_s)->answer, CoverageAnswer::NotFound);
        QVERIFY(coverage.own().empty());
        QCOMPARE(coverage.readings.size(), 1u); // shown, so that it can be taken back
    }

    void dependencies()
    {
        Evidence e = shop();
        Dependency db;
        db.id = u"users-db"_s;
        db.kind = u"mysql"_s;
        e.service.dependencies.value = std::vector{db};
        QCOMPARE(coverageOf(e).need(u"dependency:users-db"_s)->answer, CoverageAnswer::NotFound);
        add(e, u"db"_s, u"avg(last_5m):avg:aws.rds.cpuutilization{dbclusteridentifier:users-db} > 80"_s, u"@slack-dba"_s);
        const Coverage coverage = coverageOf(e);
        QCOMPARE(coverage.need(u"dependency:users-db"_s)->answer, CoverageAnswer::Covered);
        QVERIFY(coverage.own().empty()); // the database's monitor, not the service's
    }

    void routes()
    {
        Evidence e = shop();
        add(e, u"a"_s, fiveHundred, u"@pagerduty-shop"_s).tags = {u"team:shop"_s};
        NotificationRule rule;
        rule.name = u"team shop"_s;
        rule.tags = {u"team:shop"_s};
        rule.onAlert = {u"slack-shop"_s};
        e.datadog.notificationRules = {rule};
        Monitor &test = add(e, u"t"_s, u"no_query"_s, {});
        test.type = u"synthetics alert"_s;
        test.tags = {u"service:shop"_s};
        SyntheticsTest synthetics;
        synthetics.name = u"from outside"_s;
        synthetics.monitorId = test.id;
        synthetics.live = false;
        synthetics.message = u"@slack-test"_s;
        e.datadog.synthetics = {synthetics};
        Monitor &alert = add(e, u"p"_s, {}, u"{{ $labels.pod }} @slack-no"_s);
        alert.source = Monitor::Source::Prometheus;
        alert.tags = {u"service:shop"_s};
        alert.receivers = {{u"@slack-prom"_s, u"label severity"_s}};
        const Coverage coverage = coverageOf(e);
        const auto own = coverage.own();
        QCOMPARE(own.size(), 3u);
        QCOMPARE(own.at(0)->routes.at(1).by, rule.name);
        QCOMPARE(own.at(0)->routes.at(1).from, Route::From::Rule);
        QCOMPARE(own.at(1)->routes.at(0).from, Route::From::Test);
        QCOMPARE(own.at(1)->reach, Reach::Paused); // the test is not live
        QCOMPARE(own.at(2)->routes.size(), 1u);
        QCOMPARE(own.at(2)->routes.at(0).handle.onlyIf, u"label severity"_s);
        QCOMPARE(slackAlertOf(*own.at(2)), SlackAlert::Doubtful);
    }

    void scopesOfRules_data()
    {
        QTest::addColumn<QString>("scope");
        QTest::addColumn<QString>("told");
        const auto row = [](const char *scope, const char *told) {
            QTest::newRow(scope) << QString::fromUtf8(scope) << QString::fromUtf8(told);
        };
        row("team:shop", "@slack-a");
        row("team:cart", "");
        row("team:s*", "@slack-a");
        row("NOT team:shop", "");
        row("!team:cart", "@slack-a");
        row("team:cart OR env:prod", "@slack-a");
        row("team:shop AND env:dev", "");
        row("team:shop, env:prod", "@slack-a");
        row("team:shop AND NOT (env:dev OR env:stg)", "@slack-a");
        row("team IN (cart, shop)", "@slack-a");
        row("team NOT IN (cart, shop)", "");
        row("resource_name:pay", "@slack-a if resource_name:pay"); // a group of the query: known when it alerts
        row("NOT resource_name:pay", "@slack-a if NOT resource_name:pay");
        row("*", "@slack-a");
        row("(((", "@slack-a if (((");
        row("team:shop ) )", "@slack-a if team:shop ) )");
    }
    void scopesOfRules()
    {
        QFETCH(QString, scope);
        Monitor m;
        m.tags = {u"team:shop"_s, u"env:prod"_s};
        m.query = u"avg(last_5m):p99:trace.http.request{service:shop} by {resource_name} > 1"_s;
        NotificationRule rule;
        rule.scope = scope;
        rule.onAlert = {u"slack-a"_s};
        QStringList told;
        for (const Handle &h : handlesFor(rule, m))
            told << h.text + (h.onlyIf.isEmpty() ? QString() : u" if "_s + h.onlyIf);
        QTEST(told.join(u' '), "told");
    }

    void rulesForAPriority()
    {
        Monitor m;
        m.priority = 2;
        m.tags = {u"team:shop"_s};
        NotificationRule rule;
        rule.tags = {u"team:shop"_s};
        rule.onlyIf = {{u"priority:p1"_s, {u"pagerduty-x"_s}}, {u"priority:p2"_s, {u"slack-x"_s}}};
        QCOMPARE(handlesFor(rule, m).size(), 1u);
        QCOMPARE(handlesFor(rule, m).front().text, u"@slack-x"_s);
        QVERIFY(handlesFor(rule, m).front().onlyIf.isEmpty());
        m.priority = 0;
        QCOMPARE(handlesFor(rule, m).size(), 2u); // which of them cannot be told
        QVERIFY(!handlesFor(rule, m).front().onlyIf.isEmpty());
    }

    void teamsAreOpened()
    {
        Evidence e = shop();
        add(e, u"a"_s, fiveHundred, u"@team-shops"_s);
        QCOMPARE(coverageOf(e).own().front()->reach, Reach::Unclear); // where that goes is not known
        e.datadog.teams = {{u"t1"_s, u"shops"_s, u"Shops"_s}};
        e.datadog.teamRules = {{{}, u"t2"_s, {u"slack-other"_s}}};
        QCOMPARE(coverageOf(e).own().front()->reach, Reach::Unclear);
        e.datadog.teamRules = {{{}, u"t1"_s, {u"slack-shops"_s}}};
        const Coverage coverage = coverageOf(e);
        const MonitorReading &r = *coverage.own().front();
        QCOMPARE(r.routes.size(), 1u);
        QCOMPARE(r.routes.front().from, Route::From::Team);
        QCOMPARE(r.routes.front().by, u"Shops"_s);
        QCOMPARE(slackAlertOf(r), SlackAlert::Reaches);
    }

    void sloAlerts_data()
    {
        QTest::addColumn<QString>("numerator");
        QTest::addColumn<QString>("denominator");
        QTest::addColumn<int>("need5xx");
        QTest::addColumn<int>("needLatency");
        const int covered = int(CoverageAnswer::Covered), none = int(CoverageAnswer::NotFound), partly = int(CoverageAnswer::Partly);
        QTest::newRow("bad events are 5xx")
            << u"sum:trace.http.request.hits{service:shop,!http.status_class:5xx}.as_count()"_s
            << u"sum:trace.http.request.hits{service:shop}.as_count()"_s << covered << none;
        QTest::newRow("failed spans") << u"sum:trace.http.request.hits{service:shop} - sum:trace.http.request.errors{service:shop}"_s
                                      << u"sum:trace.http.request.hits{service:shop}"_s << partly << none;
        QTest::newRow("answers of 2xx") << u"sum:trace.http.request.hits{service:shop,http.status_class:2xx}"_s
                                        << u"sum:trace.http.request.hits{service:shop}"_s << partly << none;
        QTest::newRow("requests alone") << u"sum:trace.http.request.hits{service:shop}"_s
                                        << u"sum:trace.http.request.hits{service:shop}"_s << none << none;
        QTest::newRow("the denominator's 5xx") << u"sum:trace.http.request.hits{service:shop}"_s
                                               << u"sum:trace.http.request.hits{service:shop,!http.status_class:5xx}"_s << none << none;
        QTest::newRow("latency") << u"p99:trace.http.request{service:shop}"_s << QString() << none << covered;
        QTest::newRow("another service's") << u"sum:trace.http.request.hits{service:cart,!http.status_class:5xx}"_s
                                           << u"sum:trace.http.request.hits{service:cart}"_s << none << none;
    }
    void sloAlerts()
    {
        QFETCH(QString, numerator);
        QFETCH(QString, denominator);
        Evidence e = shop();
        add(e, u"burn"_s, u"burn_rate(\"s1\").over(\"30d\").long_window(\"1h\").short_window(\"5m\") > 14.4"_s, u"@slack-shop"_s)
            .type = u"slo alert"_s;
        e.datadog.monitors.back().tags = {u"team:shop"_s};
        Slo slo;
        slo.id = u"s1"_s;
        slo.numerator = numerator;
        slo.denominator = denominator;
        e.datadog.slos = {slo};
        const Coverage coverage = coverageOf(e);
        QTEST(int(coverage.need(u"5xx"_s)->answer), "need5xx");
        QTEST(int(coverage.need(u"latency"_s)->answer), "needLatency");
    }

    void sloAlertsThatCannotBeSeenInto()
    {
        Evidence e = shop();
        Monitor &m = add(e, u"burn"_s, u"error_budget(\"gone\").over(\"7d\") > 75"_s, u"@slack-shop"_s);
        m.type = u"slo alert"_s;
        m.tags = {u"service:shop"_s};
        const Coverage coverage = coverageOf(e);
        QVERIFY(coverage.own().front()->opaque);
    }

    void slosOfMonitors()
    {
        Evidence e = shop();
        add(e, u"part"_s, fiveHundred, {});
        Monitor &m = add(e, u"burn"_s, u"error_budget(\"s1\").over(\"7d\") > 75"_s, u"@slack-shop"_s);
        m.type = u"slo alert"_s;
        m.tags = {u"service:shop"_s};
        Slo slo;
        slo.id = u"s1"_s;
        slo.monitorIds = {u"1"_s, u"77"_s};
        e.datadog.slos = {slo};
        QCOMPARE(coverageOf(e).need(u"5xx"_s)->answer, CoverageAnswer::Covered);
    }

    void theCatalogueIsNotTheAlert()
    {
        Evidence e = shop();
        add(e, u"a"_s, fiveHundred, u"@slack-shop"_s);
        CatalogueEntry entry;
        entry.name = u"shop"_s;
        entry.links = {{u"r"_s, u"runbook"_s, u"https://wiki.example.com/r"_s}};
        e.datadog.catalogue = {entry};
        QCOMPARE(coverageOf(e).own().front()->runbook.grade, RunbookGrade::Catalogue);
        e.datadog.catalogue.front().name = u"cart"_s;
        QCOMPARE(coverageOf(e).own().front()->runbook.grade, RunbookGrade::None);
    }

    void nothingIsPassedOver_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<bool>("own");
        QTest::newRow("by service") << u"avg(last_5m):avg:m{*} by {service} > 1"_s << true;
        QTest::newRow("by service behind the threshold") << u"avg(last_5m):avg:m{*} > 1 by {host, service}"_s << true;
        QTest::newRow("a pattern") << u"avg(last_5m):avg:m{service:sh*} by {service} > 1"_s << true;
        QTest::newRow("upper case") << u"avg(last_5m):avg:m{service:SHOP} > 1"_s << true;
        QTest::newRow("IN") << u"avg(last_5m):avg:m{service IN (a, shop)} > 1"_s << true;
        QTest::newRow("logs by service") << u"logs(\"status:error\").index(\"*\").rollup(\"count\").by(\"service\").last(\"5m\") > 1"_s << true;
        QTest::newRow("another service") << u"avg(last_5m):avg:m{service:cart} by {host} > 1"_s << false;
    }
    void nothingIsPassedOver()
    {
        QFETCH(QString, query);
        Evidence e = shop();
        add(e, u"x"_s, query, {});
        QTEST(!coverageOf(e).own().empty(), "own");
        QTEST(belongsTo(e.datadog.monitors.front(), u"shop"_s, {}) == Belongs::Yes, "own");
    }

    void doubts_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QByteArray>("options");
        QTest::addColumn<int>("count");
        const auto row = [](const char *name, const char *query, const char *options, int count) {
            QTest::newRow(name) << QString::fromUtf8(query) << QByteArray(options) << count;
        };
        row("a floor that is silent without data", "avg(last_5m):avg:m{service:shop} < 2", R"({"a":1})", 1);
        row("a floor that tells of no data", "avg(last_5m):avg:m{service:shop} < 2", R"({"notify_no_data":true})", 0);
        row("a floor, newer option", "avg(last_5m):avg:m{service:shop} < 2", R"({"on_missing_data":"show_and_notify_no_data"})", 0);
        row("a floor, newer option off", "avg(last_5m):avg:m{service:shop} < 2", R"({"on_missing_data":"resolve","notify_no_data":true})", 1);
        row("AWS without a delay", "avg(last_5m):avg:aws.rds.cpuutilization{service:shop} > 2", R"({"a":1})", 1);
        row("AWS with a delay", "avg(last_5m):avg:aws.rds.cpuutilization{service:shop} > 2", R"({"evaluation_delay":900})", 0);
        row("options that nobody knows", "avg(last_5m):avg:aws.rds.cpuutilization{service:shop} < 2", "{}", 0);
        row("another threshold", "avg(last_5m):avg:m{service:shop} > 20", R"({"thresholds":{"critical":"20000"}})", 1);
    }
    void doubts()
    {
        QFETCH(QString, query);
        QFETCH(QByteArray, options);
        const QByteArray text = "{\"id\":1,\"name\":\"a\",\"type\":\"query alert\",\"query\":\"" + query.toUtf8()
            + "\",\"options\":" + options + '}';
        Evidence e = shop();
        e.datadog.monitors = {monitorFrom(QJsonDocument::fromJson(text).object(), {}, nullptr, {})};
        const Coverage coverage = coverageOf(e);
        QTEST(int(coverage.own().front()->doubts.size()), "count");
    }

    void remarks()
    {
        Evidence e = shop();
        Monitor &m = add(e, u"a"_s, fiveHundred, u"@slack-shop"_s);
        m.qualityIssues = {u"noisy_monitor"_s, u"something_new"_s};
        m.overallState = u"No Data"_s;
        const Coverage coverage = coverageOf(e);
        const auto &r = coverage.own().front()->remarks;
        QCOMPARE(r.size(), 3u);
        QCOMPARE(r.at(0).en, u"Datadog says: noisy"_s);
        QCOMPARE(r.at(1).en, u"Datadog says: something_new"_s);
        QCOMPARE(coverage.need(u"5xx"_s)->answer, CoverageAnswer::Covered); // said, and not counted
    }

    void brokenReceivers()
    {
        Evidence e = shop();
        add(e, u"a"_s, fiveHundred, u"@slack-gone"_s).qualityIssues = {u"broken_at_handle"_s};
        QCOMPARE(coverageOf(e).own().front()->reach, Reach::Nobody);
        QCOMPARE(coverageOf(e).need(u"5xx"_s)->answer, CoverageAnswer::Partly);
        e.datadog.monitors.front().message = u"@slack-gone @pagerduty-shop"_s; // one of the two may work
        QCOMPARE(coverageOf(e).own().front()->reach, Reach::Someone);
    }

    void messages_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("alert");
        QTest::addColumn<QString>("warning");
        QTest::addColumn<QString>("noData");
        QTest::addColumn<QString>("recovery");
        const auto row = [](const char *name, const char *m, const char *a, const char *w, const char *n,
                            const char *r) {
            QTest::newRow(name) << QString::fromUtf8(m) << QString::fromUtf8(a) << QString::fromUtf8(w)
                                << QString::fromUtf8(n) << QString::fromUtf8(r);
        };
        row("plain", "x", "x", "x", "x", "x");
        row("one of each", "{{#is_alert}}a{{/is_alert}}{{#is_warning}}w{{/is_warning}}{{#is_no_data}}n{{/is_no_data}}"
            "{{#is_recovery}}r{{/is_recovery}}", "a", "w", "n", "r");
        row("else", "{{#is_alert}}a{{else}}other{{/is_alert}}", "a", "other", "other", "other");
        row("negation", "{{^is_alert}}no alert{{/is_alert}}", "", "no alert", "no alert", "no alert");
        row("negation with else", "{{^is_recovery}}bad{{else}}good{{/is_recovery}}", "bad", "bad", "bad", "good");
        row("several values", "{{#is_match \"env\" \"prod\" \"live\"}}p{{else}}q{{/is_match}}",
            "[is_match \"env\" \"prod\" \"live\"] p | [not is_match \"env\" \"prod\" \"live\"] q",
            "[is_match \"env\" \"prod\" \"live\"] p | [not is_match \"env\" \"prod\" \"live\"] q",
            "[is_match \"env\" \"prod\" \"live\"] p | [not is_match \"env\" \"prod\" \"live\"] q",
            "[is_match \"env\" \"prod\" \"live\"] p | [not is_match \"env\" \"prod\" \"live\"] q");
        row("recovery from an alert", "{{#is_alert_recovery}}r{{/is_alert_recovery}}", "", "", "", "[is_alert_recovery] r");
        row("another priority for some", "{{#is_match \"a\" \"b\"}}{{override_priority 'P3'}}{{/is_match}}{{#is_priority 'P1'}}one{{/is_priority}}",
            "[is_match \"a\" \"b\"] {{override_priority 'P3'}} | [is_priority 'P1'] one",
            "[is_match \"a\" \"b\"] {{override_priority 'P3'}} | [is_priority 'P1'] one",
            "[is_match \"a\" \"b\"] {{override_priority 'P3'}} | [is_priority 'P1'] one",
            "[is_match \"a\" \"b\"] {{override_priority 'P3'}} | [is_priority 'P1'] one");
        row("known priority", "{{#is_priority 'P1'}}one{{else}}less{{/is_priority}}", "one", "one", "one", "one");
        row("comments", "{{! no }}<!-- no -->x", "x", "x", "x", "x");
        row("again", "{{#is_renotify}}again{{/is_renotify}}", "", "", "", "");
    }
    void messages()
    {
        QFETCH(QString, message);
        Monitor m;
        m.message = message;
        m.priority = 1;
        QTEST(printed(messageIn(m, MonitorState::Alert)), "alert");
        QTEST(printed(messageIn(m, MonitorState::Warning)), "warning");
        QTEST(printed(messageIn(m, MonitorState::NoData)), "noData");
        QTEST(printed(messageIn(m, MonitorState::Recovery)), "recovery");
    }

    void runbooks_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("grade");
        const auto row = [](const char *name, const char *message, RunbookGrade grade) {
            QTest::newRow(name) << QString::fromUtf8(message) << int(grade);
        };
        row("a section", "https://wiki.example.com/oncall#slow", RunbookGrade::Section);
        row("a dead anchor", "https://wiki.example.com/oncall#fast", RunbookGrade::DeadAnchor);
        row("the top", "https://wiki.example.com/oncall", RunbookGrade::TopOnly);
        row("another page", "https://wiki.example.com/other#slow", RunbookGrade::Elsewhere);
        row("Datadog's own pages", "https://docs.datadoghq.com/x https://app.datadoghq.com/metric/explorer", RunbookGrade::None);
        row("a notebook", "https://app.datadoghq.com/notebook/12", RunbookGrade::Elsewhere);
        row("a picture", "https://wiki.example.com/a.png", RunbookGrade::None);
        row("inline", "## Escalation Path\n1. call", RunbookGrade::Inline);
        row("inline in Japanese", "対応: Pod を増やしてください", RunbookGrade::Inline);
        row("the word alone", "See the runbook.", RunbookGrade::WordOnly);
        row("nothing", "it is slow", RunbookGrade::None);
        row("in another block", "{{#is_recovery}}https://wiki.example.com/oncall#slow{{/is_recovery}}", RunbookGrade::None);
    }
    void runbooks()
    {
        QFETCH(QString, message);
        Evidence e = shop();
        DocumentSource source;
        source.role = u"oncall"_s;
        source.file = u"docs/oncall.md"_s;
        source.url = u"https://wiki.example.com/oncall"_s;
        e.service.documents = {source};
        e.documents = {readMarkdown(source.file, "# On call\n\n## Slow\n\nScale out.\n")};
        add(e, u"a"_s, slow, message);
        const Coverage coverage = coverageOf(e);
        QTEST(int(coverage.own().front()->runbook.grade), "grade");
    }

    void silencesWithoutEnd_data()
    {
        QTest::addColumn<QString>("scope");
        QTest::addColumn<bool>("whole");
        const auto row = [](const char *scope, bool whole) { QTest::newRow(scope) << QString::fromUtf8(scope) << whole; };
        row("*", true);
        row("service:shop", true);
        row("service:shop AND env:production", true);
        row("env:production", true);
        row("service IN (shop)", true);
        row("service:shop,host:a", false);
        row("service:shop OR host:a", false);
        row("service:cart", false);
        row("NOT service:shop", false);
        row("env:staging", false);
        row("env:tokyo", false);
        row("team:shop", false);
        row("((", false);
    }
    void silencesWithoutEnd()
    {
        QFETCH(QString, scope);
        Evidence e = shop();
        Monitor &m = add(e, u"a"_s, u"avg(last_5m):p99:trace.http.request{*} by {service} > 1"_s, u"@slack-a"_s);
        m.silencedPartly = true;
        m.silences = {{Silence::Kind::Downtime, u"d1"_s, scope, {}, false, u"d.json"_s, {2, 1, 2, 9}}};
        const Coverage coverage = coverageOf(e);
        QTEST(coverage.own().front()->suppressors.front().whole, "whole");
        e.datadog.monitors.front().silences.front().recurring = true; // it ends, and comes again
        QVERIFY(!coverageOf(e).own().front()->suppressors.front().whole);
    }

    void suppressors()
    {
        Evidence e = shop();
        Monitor &m = add(e, u"a"_s, slow, u"@slack-a"_s);
        m.silencedPartly = true;
        m.silences = {{Silence::Kind::Downtime, u"d1"_s, u"host:web-1"_s,
                       QDateTime(QDate(2026, 12, 1), QTime(0, 0), QTimeZone::UTC), false, u"d.json"_s, {2, 1, 2, 9}}};
        const Coverage coverage = coverageOf(e);
        const MonitorReading &r = *coverage.own().front();
        QCOMPARE(r.suppressors.size(), 1u);
        QCOMPARE(r.suppressors.front().what.en, u"downtime for host:web-1 until 2026-12-01"_s);
        QVERIFY(!r.suppressors.front().whole);
        QVERIFY(r.reachesSomeone);
        QCOMPARE(slackAlertOf(r), SlackAlert::Doubtful);
    }
};

QTEST_APPLESS_MAIN(TestCoverage)
#include "tst_coverage.moc"
