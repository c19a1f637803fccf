// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitorquery.h>
#include <analysis/monitors.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tenken;

namespace
{

Monitor withQuery(const QString &query)
{
    Monitor m;
    m.query = query;
    return m;
}

QString printed(const std::vector<Handle> &handles)
{
    QStringList list;
    for (const Handle &h : handles)
        list << h.text + u" "_s + QString::number(int(h.kind))
                + (h.onlyIf.isEmpty() ? QString() : u" if "_s + h.onlyIf);
    return list.join(u"; "_s);
}

QString printed(const std::vector<Signal> &found)
{
    static const QStringList names = {"5xx", "errors", "latency", "batch", "dependency", "load", "other"};
    QStringList list;
    for (const Signal s : found)
        list << names.at(int(s));
    return list.join(u' ');
}

} // namespace

class TestMonitors : public QObject
{
    Q_OBJECT

private slots:
    void belongs_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("tags");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("expected");
        const auto row = [](const char *name, const char *query, const char *tags, const char *title,
                            Belongs b) {
            QTest::newRow(name) << QString::fromUtf8(query) << QString::fromUtf8(tags)
                                << QString::fromUtf8(title) << int(b);
        };
        const Belongs yes = Belongs::Yes, no = Belongs::No, only = Belongs::NameOnly;
        row("A query", "avg(last_5m):sum:trace.x.errors{service:id-auth,env:prod} > 1", "", "", yes);
        row("A upper case", "avg(last_5m):sum:m{Service:ID-Auth} > 1", "", "", yes);
        row("A numerator counts", "sum(last_5m):sum:e{service:id-auth}.as_count() / sum:h{*}.as_count() > 1",
            "", "", yes);
        row("A denominator alone", "sum(last_5m):sum:e{*} / sum:h{service:id-auth} > 1", "", "", only);
        row("A one of two", "sum(last_5m):sum:e{service:id-auth} + sum:e{service:cart} > 1", "", "", only);
        row("A by service", "avg(last_5m):sum:m{env:prod} by {service} > 1", "", "", yes);
        row("A by service behind the threshold", "avg(last_5m):avg:m{*} > 0.9 by {service}", "", "", yes);
        row("A by service without it", "avg(last_5m):sum:m{!service:id-auth} by {service} > 1",
            "service:id-auth", "", no);
        row("A by service, another", "avg(last_5m):sum:m{service:cart} by {service} > 1", "", "", no);
        row("A by service, pattern", "avg(last_5m):sum:m{service:id-*} by {service} > 1", "", "", yes);
        row("A by service, pattern of others", "avg(last_5m):sum:m{service:cart-*} by {service} > 1", "", "",
            no);
        row("A IN", "avg(last_5m):sum:m{service IN (cart, id-auth)} > 1", "", "", yes);
        row("A NOT IN", "avg(last_5m):sum:m{service NOT IN (cart, id-auth)} by {service} > 1", "", "", no);
        row("A OR of other keys", "avg(last_5m):sum:m{service:id-auth OR host:a} > 1", "", "", only);
        row("A longer name", "avg(last_5m):sum:m{service:id-auth-batch} > 1", "", "", no);
        row("A logs", R"(logs("service:id-auth status:error").index("*").rollup("count").last("5m") > 2)", "",
            "", yes);
        row("A logs minus", R"(logs("-service:id-auth status:error").index("*").last("5m") > 2)", "", "", no);
        row("A check", R"("http.can_connect".over("service:id-auth").by("*").last(4).count_by_status())", "",
            "", yes);
        row("B tag", "avg(last_5m):avg:aws.rds.cpuutilization{dbinstanceidentifier:users} > 1",
            "team:a service:id-auth", "", yes);
        row("B tag of another", "avg(last_5m):avg:m{*} > 1", "service:id-auth-batch", "", no);
        row("C deployment", "avg(last_5m):avg:m{kube_deployment:id-auth} > 1", "", "", yes);
        row("C declared resource",
            "sum(last_5m):sum:aws.applicationelb.httpcode_target_5xx{loadbalancer:app/ida/9} > 1", "", "",
            yes);
        row("C Istio destination",
            "sum(last_5m):sum:istio.mesh.request.count{destination_workload:id-auth} > 1", "", "", yes);
        row("D name only", "avg(last_5m):avg:m{*} > 1", "", "[id-auth] CPU", only);
        row("D not a part of a word", "avg(last_5m):avg:m{*} > 1", "", "id-auth-batch CPU", no);
        row("an alias", "avg(last_5m):avg:m{service:idauth} > 1", "", "", yes);
        row("staging", "avg(last_5m):avg:m{service:id-auth,env:staging} > 1", "service:id-auth", "", no);
        row("pre-prod", "avg(last_5m):avg:m{service:id-auth,env:pre-prod} > 1", "", "", no);
        row("prod and staging", "avg(last_5m):avg:m{service:id-auth,env IN (prod,stg)} > 1", "", "", yes);
        row("staging by tag", "avg(last_5m):avg:m{service:id-auth} > 1", "env:stg", "", no);
        row("not staging", "avg(last_5m):avg:m{service:id-auth,!env:stg} > 1", "", "", yes);
        row("staging over production",
            "sum(last_5m):sum:e{service:id-auth,env:stg}.as_count() / sum:h{env:production}.as_count() > 1", "", "", no);
        row("A OR within one condition of several", "avg(last_5m):sum:m{service:id-auth AND (host:a OR az:b)} > 1",
            "", "", yes);
        row("A OR of whole groups", "avg(last_5m):sum:m{(service:id-auth AND host:a) OR host:b} > 1", "", "", only);
        row("A OR with a text", R"(logs("service:id-auth OR timeout").index("*").rollup("count").last("5m") > 2)", "",
            "", only);
        row("A not one of its hosts", "avg(last_5m):sum:m{NOT (service:id-auth AND host:a)} by {service} > 1", "", "",
            yes);
        row("A neither of both", "avg(last_5m):sum:m{NOT (service:id-auth OR service:cart)} by {service} > 1",
            "service:id-auth", "", no);
        row("A left out by a pattern", "avg(last_5m):sum:m{!service:id-*} > 1", "service:id-auth", "", no);
        row("A Deployment left out by a pattern", "avg(last_5m):sum:m{!kube_deployment:id-*} > 1", "service:id-auth", "",
            no);
        row("A by service of another team", "avg(last_5m):sum:trace.x.errors{team:cart} by {service} > 1", "", "", only);
        row("A by service of another namespace", "avg(last_5m):sum:trace.x.errors{kube_namespace:cart} by {service} > 1",
            "", "", only);
        row("A by service of a cluster", "avg(last_5m):sum:trace.x.errors{kube_cluster_name:a} by {service} > 1", "", "",
            yes);
        row("A pattern in one line", "avg(last_5m):sum:trace.x.errors{service:id-*} > 1", "", "", only);
        row("A pattern of load", "avg(last_5m):sum:trace.x.hits{service:id-*} > 1", "", "", no);
        row("C each Deployment", "avg(last_5m):sum:trace.x.errors{*} by {kube_deployment} > 1", "", "", only);
        row("C each Deployment's load", "avg(last_5m):avg:kubernetes.cpu.usage.total{*} by {kube_deployment} > 1", "", "",
            no);
        row("C each Deployment of another namespace",
            "avg(last_5m):sum:trace.x.errors{kube_namespace:cart} by {kube_deployment} > 1", "", "", no);
        row("C its namespace", "avg(last_5m):avg:m{kube_namespace:id-auth} > 1", "", "", yes);
        row("C another service in its namespace", "avg(last_5m):avg:m{kube_namespace:id-auth,service:cart} > 1", "", "",
            only);
        row("C another Deployment in its namespace",
            "avg(last_5m):avg:m{kube_namespace:id-auth,kube_deployment:cart} > 1", "", "", only);
        row("C its Deployment in another namespace",
            "avg(last_5m):avg:m{kube_namespace:shop,kube_deployment:id-auth} > 1", "", "", yes);
        row("garbage", "}{((/", "", "", no);
        row("empty", "", "", "", no);
    }
    void belongs()
    {
        QFETCH(QString, query);
        QFETCH(QString, tags);
        QFETCH(QString, name);
        Monitor m = withQuery(query);
        m.tags = tags.split(u' ', Qt::SkipEmptyParts);
        m.name = name;
        QTEST(int(belongsTo(m, u"id-auth"_s, {u"idauth"_s, u"loadbalancer:app/ida/9"_s})), "expected");
        QCOMPARE(belongsTo(m, QString(), {}), Belongs::No);
    }

    void belongsThroughAFormula()
    {
        Monitor m = withQuery(u"formula(\"e / h * 100\").last(\"5m\") > 2"_s);
        m.options = QJsonDocument::fromJson(
                        "{\"variables\":[{\"name\":\"e\",\"data_source\":\"logs\",\"search\":{\"query\":"
                        "\"service:id-auth @http.status_code:5*\"}},{\"name\":\"h\",\"data_source\":"
                        "\"logs\",\"search\":{\"query\":\"service:cart\"}}]}")
                        .object();
        QCOMPARE(belongsTo(m, u"id-auth"_s, {}), Belongs::Yes);
        QCOMPARE(belongsTo(m, u"cart"_s, {}), Belongs::No);
        QCOMPARE(printed(signalsOf(m)), u"5xx"_s);
        m.query = u"formula(\"1 - h / (h + e)\").last(\"5m\") > 2"_s; // e stands below the line alone
        QCOMPARE(belongsTo(m, u"id-auth"_s, {}), Belongs::No);
        m.query = u"formula(\"h\").last(\"5m\") > 2"_s; // e is defined, and not looked at
        QCOMPARE(belongsTo(m, u"id-auth"_s, {}), Belongs::No);
        QCOMPARE(belongsTo(m, u"cart"_s, {}), Belongs::Yes);
        QCOMPARE(printed(signalsOf(m)), u"other"_s);
        m.query = u"formula(\"1 - e / h\").last(\"5m\") < 0.9"_s;
        QCOMPARE(printed(signalsOf(m)), u"5xx"_s);
        m.query = u"formula(\"1 - e / h\").last(\"5m\") > 0.9"_s; // fires while all is well
        QCOMPARE(printed(signalsOf(m)), u"other"_s);
    }

    void latencyThroughAFormula()
    {
        Monitor m = withQuery(u"formula(\"q\").last(\"5m\") > 2"_s);
        const auto of = [&](const char *aggregation, const char *source) {
            const QJsonObject compute{{u"aggregation"_s, QLatin1StringView(aggregation)}, {u"metric"_s, u"@duration"_s}};
            const QJsonObject search{{u"query"_s, u"service:id-auth"_s}};
            m.options = {{u"variables"_s, QJsonArray{QJsonObject{{u"name"_s, u"q"_s}, {u"data_source"_s, QLatin1StringView(source)},
                                                                 {u"search"_s, search}, {u"compute"_s, compute}}}}};
            return printed(signalsOf(m));
        };
        QCOMPARE(of("pc99", "spans"), u"latency"_s);
        QCOMPARE(of("count", "spans"), u"other"_s);
        QCOMPARE(of("cardinality", "spans"), u"other"_s);
        QCOMPARE(of("pc99", "rum"), u"other"_s); // what browsers measure
    }

    void another()
    {
        QVERIFY(watchesAnother(withQuery(u"avg(last_5m):avg:m{service:cart} > 1"_s), u"id-auth"_s, {}));
        QVERIFY(!watchesAnother(withQuery(u"avg(last_5m):avg:m{host:a} > 1"_s), u"id-auth"_s, {}));
    }

    void environments()
    {
        const auto of = [](const char *env) {
            return environmentOf(withQuery(u"avg(last_5m):avg:m{env:%1} > 1"_s.arg(QLatin1StringView(env))));
        };
        QCOMPARE(of("prod-jp"), WatchedEnvironment::Production);
        QCOMPARE(of("non-prod"), WatchedEnvironment::Other);
        QCOMPARE(of("tokyo"), WatchedEnvironment::Unclear);
        QCOMPARE(of("*"), WatchedEnvironment::Unsaid);
        QCOMPARE(of("prod*"), WatchedEnvironment::Production);
        QCOMPARE(of("stg*"), WatchedEnvironment::Other);
        QCOMPARE(of("p*"), WatchedEnvironment::Unclear);
        QCOMPARE(environmentOf(withQuery(u"avg(last_5m):avg:m{*} > 1"_s)), WatchedEnvironment::Unsaid);
    }

    void environmentsLeftOut_data()
    {
        QTest::addColumn<QString>("scope");
        QTest::addColumn<WatchedEnvironment>("expected");
        const auto row = [](const char *scope, WatchedEnvironment expected) {
            QTest::newRow(scope) << QString::fromLatin1(scope) << expected;
        };
        row("service:id-auth,!env:production", WatchedEnvironment::Other);
        row("service:id-auth AND NOT env:prod", WatchedEnvironment::Other);
        row("service:id-auth AND env NOT IN (production,prd)", WatchedEnvironment::Other);
        row("service:id-auth AND NOT (env:production OR env:live)", WatchedEnvironment::Other);
        row("service:id-auth,!env:staging", WatchedEnvironment::Unsaid);
        row("service:id-auth,!env:production-eu", WatchedEnvironment::Unclear);
        row("env:production,!env:prod", WatchedEnvironment::Production);
        row("service:id-auth,kube_cluster_name:shop-staging", WatchedEnvironment::Unclear);
        row("service:id-auth,env:production,kube_cluster_name:shop-stg", WatchedEnvironment::Unclear);
        row("service:id-auth,!kube_cluster_name:shop-production", WatchedEnvironment::Unclear);
        row("service:id-auth,kube_cluster_name:shop-production", WatchedEnvironment::Unsaid);
        row("service:id-auth,kube_namespace:load-balancer", WatchedEnvironment::Unsaid);
        row("env:staging,kube_cluster_name:shop-staging", WatchedEnvironment::Other);
    }
    void environmentsLeftOut()
    {
        QFETCH(QString, scope);
        Monitor m = withQuery(u"sum(last_5m):sum:trace.http.request.errors{%1}.as_count() > 1"_s.arg(scope));
        QTEST(environmentOf(m), "expected");
        m.tags = {u"env:production"_s};
        if (scope.contains(u"env:production") && environmentOf(m) == WatchedEnvironment::Other)
            QCOMPARE(belongsTo(m, u"id-auth"_s, {}), Belongs::No); // whatever its tags say
    }

    void watchedSignals_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *query, const char *expected) {
            QTest::newRow(query) << QString::fromUtf8(query) << QString::fromUtf8(expected);
        };
        row("sum(last_5m):sum:aws.applicationelb.httpcode_target_5xx{*}.as_count() > 5", "5xx");
        row("sum(last_5m):sum:aws.applicationelb.httpcode_elb_5xx{*}.as_count() > 5", "5xx");
        row("sum(last_5m):sum:trace.http.request.hits.by_http_status{http.status_class:5xx} / "
            "sum:trace.http.request.hits{*} > 0.01",
            "5xx");
        row("sum(last_5m):sum:istio.mesh.request.count{response_code:5*} > 5", "5xx");
        row("sum(last_5m):sum:nginx.requests{status_code:500} > 5", "5xx");
        row("sum(last_5m):sum:nginx.requests{!status_code:500} > 5", "load");
        row("sum(last_5m):sum:m{response_code_class:5xx} < 5", "other");
        row("logs(\"service:a @http.status_code:[500 TO 599]\").index(\"*\").rollup(\"count\").last(\"5m\") "
            "> 2",
            "5xx");
        row("trace-analytics(\"service:a @http.status_code:>=500\").rollup(\"count\").last(\"5m\") > 2",
            "5xx");
        row("sum(last_5m):sum:trace.http.request.errors{*} / sum:trace.http.request.hits{*} > 0.01",
            "errors");
        row("avg(last_5m):avg:kubernetes.network.tx_errors{*} > 1", "other");
        row("avg(last_5m):p99:trace.http.request{*} > 0.5", "latency");
        row("avg(last_5m):avg:trace.http.request.duration{*} > 0.5", "latency");
        row("avg(last_5m):avg:aws.applicationelb.target_response_time.p99{*} > 0.5", "latency");
        row("avg(last_5m):p95:http.server.request.duration{*} > 0.5", "latency");
        row("avg(last_5m):avg:trace.http.request.apdex{*} < 0.8", "latency");
        row("avg(last_5m):avg:trace.http.request.apdex{*} > 0.8", "other");
        row("avg(last_5m):p99:trace.http.request{*} < 0.5", "other"); // too fast is another alarm
        row("avg(last_5m):avg:aws.rds.read_latency{*} > 1", "dependency");
        row("avg(last_5m):avg:aws.s3.5xx_errors{*} > 1", "dependency");
        row("avg(last_5m):p99:trace.mysql.query{*} > 1", "dependency");
        row("avg(last_5m):p99:trace.http.client.request{*} > 1", "dependency");
        row("avg(last_5m):sum:trace.http.request.hits{*} > 4000", "load");
        row("avg(last_5m):sum:trace.http.request.hits{*} < 1", "other"); // heartbeat
        row("avg(last_5m):avg:kubernetes.cpu.usage.total{*} > 1", "load");
        row("sum(last_5m):sum:kubernetes_state.job.failed{*} > 0", "batch");
        row("avg(last_5m):anomalies(sum:trace.http.request.errors{*}, 'basic', 2) >= 1", "errors");
        row("avg(last_5m):default_zero(sum:a.httpcode_elb_5xx{*}) / ( sum:trace.http.request.hits{*} + 1 ) > "
            "1",
            "5xx");
        // shares of what is good, and what is left of one
        row("avg(last_5m):1 - sum:trace.http.request.errors{*} / sum:trace.http.request.hits{*} < 0.99", "errors");
        row("avg(last_5m):1 - sum:trace.http.request.errors{*} / sum:trace.http.request.hits{*} > 0.01", "other");
        row("avg(last_5m):( sum:trace.http.request.hits{*} - sum:trace.http.request.errors{*} ) / sum:trace.http.request.hits{*} < 0.99",
            "errors");
        row("sum(last_5m):sum:trace.http.request.hits{!http.status_class:5xx} / sum:trace.http.request.hits{*} < 0.99",
            "5xx");
        row("sum(last_5m):sum:trace.http.request.hits{http.status_class:2xx} / sum:trace.http.request.hits{*} < 0.9",
            "errors");
        row("sum(last_5m):sum:trace.http.request.hits{http.status_class:2xx} < 10", "other");
        row("avg(last_5m):anomalies(sum:trace.http.request.errors{*}, 'basic', 2, direction='below') >= 1", "other");
        row("avg(last_5m):anomalies(sum:trace.http.request.errors{*}, 'basic', 2, direction='above') >= 1", "errors");
        row("sum(last_5m):sum:m{response_code_class:5xx} == 0", "other");
        row("sum(last_5m):sum:m{response_code_class:5xx} == 3", "5xx");
        // held against an earlier time
        row("sum(last_5m):sum:m{response_code_class:5xx} - week_before(sum:m{response_code_class:5xx}) > 5", "5xx");
        row("sum(last_5m):hour_before(sum:m{response_code_class:5xx}) - sum:m{response_code_class:5xx} > 5", "other");
        row("sum(last_5m):timeshift((sum:trace.http.request.hits{*}), -3600) - sum:trace.http.request.hits{*} > 5", "other");
        row("sum(last_5m):week_before(sum:m{response_code_class:5xx}) > 5", "other");
        row("sum(last_5m):week_before(sum:trace.http.request.hits{*}", "other"); // cut off
        // answers that no 5xx is among
        row("sum(last_5m):sum:trace.http.request.errors{http.status_code:404} > 5", "other");
        row("sum(last_5m):sum:trace.http.request.errors{http.status_class:4xx OR http.status_class:5xx} > 5", "5xx");
        row("logs(\"service:a status:error @http.status_code:[400 TO 499]\").index(\"*\").rollup(\"count\").last(\"5m\") > 2",
            "other");
        // how long, and how many
        row("logs(\"service:a\").index(\"*\").rollup(\"pc99\", \"@duration\").last(\"5m\") > 2", "latency");
        row("trace-analytics(\"service:a\").rollup(\"avg\", \"@duration\").last(\"5m\") > 2", "latency");
        row("logs(\"service:a @http.status_code:5*\").index(\"*\").rollup(\"max\", \"@size\").last(\"5m\") > 2",
            "other");
        row("logs(\"service:a\").index(\"*\").rollup(\"cardinality\", \"@duration\").last(\"5m\") > 2", "other");
        row("rum(\"service:a\").rollup(\"pc99\", \"@duration\").last(\"5m\") > 2", "other");
        row("count(last_5m):count:trace.http.request{*} > 500", "load");
        row("avg(last_5m):avg:http.server.request.duration.count{*} > 5", "other");
        row("avg(last_5m):avg:jvm.gc.collection.duration{*} > 1", "other");
        row("avg(last_5m):avg:kubernetes.kubelet.runtime.operation.latency{*} > 1", "other");
        row("sum(last_5m):sum:trace.grpc.request.errors{span.kind:client} > 5", "dependency");
        row("sum(last_5m):sum:trace.grpc.request.errors{span.kind:server} > 5", "errors");
        row("avg(last_5m):avg:kubernetes.cpu.usage.total{kube_cronjob:purge} > 1", "load");
        row("sum(last_5m):sum:kubernetes.containers.restarts{kube_job:purge} > 1", "batch");
        row("1 && !2", "other");
        row("invalid query", "other");
        row("", "other");
    }
    void watchedSignals()
    {
        QFETCH(QString, query);
        QTEST(printed(signalsOf(withQuery(query))), "expected");
    }

    void thresholds()
    {
        QCOMPARE(parseMonitorQuery(withQuery(u"avg(last_5m):avg:m{*} >= -1.5e3"_s)).threshold,
                 std::optional(-1500.0));
        QCOMPARE(parseMonitorQuery(withQuery(u"avg(last_5m):avg:m{*} > 0.9 by {host}"_s)).threshold,
                 std::optional(0.9));
        QVERIFY(!parseMonitorQuery(withQuery(u"1 && 2"_s)).threshold);
    }

    void handles_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *message, const char *expected) {
            QTest::newRow(name) << QString::fromUtf8(message) << QString::fromUtf8(expected);
        };
        row("plain", "5xx @slack-shop-id-auth", "@slack-shop-id-auth 0");
        row("first on a line", "a\n@slack-a\n@pagerduty-B", "@slack-a 0; @pagerduty-B 1");
        row("needs a space before", "a@slack-b 通知：@slack-c", "");
        row("full stop", "Tell @slack-a. @slack-b, (@slack-c)", "@slack-a 0; @slack-b 0");
        row("alert block", "{{#is_alert}}@slack-a{{/is_alert}}{{#is_recovery}}@slack-b{{/is_recovery}}",
            "@slack-a 0");
        row("recovery only", "{{#is_recovery}} @slack-a {{/is_recovery}}", "");
        row("directly before the end", "{{#is_alert_recovery}}@jira-update{{/is_alert_recovery}} @jira-new",
            "@jira-new 5");
        row("renotify only", "{{#is_renotify}}@slack-a{{/is_renotify}}", "");
        row("warning, no data",
            "{{#is_warning}}@slack-a{{/is_warning}}{{#is_no_data}}@slack-b{{/is_no_data}}", "");
        row("negation", "{{^is_recovery}}@slack-a{{/is_recovery}}{{^is_alert}}@slack-b{{/is_alert}}",
            "@slack-a 0");
        row("else", "{{#is_recovery}}@slack-a{{else}}@slack-b{{/is_recovery}}", "@slack-b 0");
        row("nested", "{{#is_alert}}{{#is_recovery}}@slack-a{{/is_recovery}}@slack-b{{/is_alert}}",
            "@slack-b 0");
        row("unclosed", "{{#is_recovery}} @slack-a", "");
        row("closed too often", "{{/is_alert}}@slack-a{{/is_recovery}}", "@slack-a 0");
        row("is_match", "{{#is_match \"env.name\" \"prod\" \"live\"}}@slack-a{{else}}@slack-b{{/is_match}}",
            "@slack-a 0 if is_match \"env.name\" \"prod\" \"live\"; @slack-b 0 if not is_match \"env.name\" "
            "\"prod\" \"live\"");
        row("is_priority", "{{#is_priority 'P1'}}@pagerduty-x{{/is_priority}}",
            "@pagerduty-x 1 if is_priority 'P1'");
        row("conditional and not", "{{#is_exact_match \"a\" \"b\"}}@slack-a{{/is_exact_match}} @slack-a",
            "@slack-a 0");
        row("dynamic", "@slack-{{owner.name}}-x", "@slack-{{owner.name}}-x 0 if {{owner.name}}-x");
        row("code is an example", "`@slack-yourteam-alerts` ```\n@slack-b\n```", "");
        row("bare", "@slack @pagerduty @all", "@slack 5; @pagerduty 1; @all 5");
        row("mail", "@a+b@c.example @a@b.c user@host.example", "@a+b@c.example 3; @a@b.c 3");
        row("mentions of Slack", "<@U123> <!here> <!subteam^S1|@team>", "");
        row("others", "@oncall-a @webhook-b @workflow-c @teams-d @hipchat-channel",
            "@oncall-a 2; @webhook-b 4; @workflow-c 5; @teams-d 5; @hipchat-channel 5");
        row("spaced tags", "{{ #is_recovery }}@slack-a{{ /is_recovery }}", "");
        row("Japanese channel", "@slack-障害通知 へ", "@slack-障害通知 0");
        row("a comment of the template", "{{! @slack-a }} {{!@slack-b}} @slack-c", "@slack-c 0");
        row("a long comment of the template", "{{!-- {{value}} @slack-a --}} {{!-- @slack-b\n --}}", "");
        row("a comment in a block", "{{#is_alert}}{{! @slack-a }}{{/is_alert}}", "");
        row("an HTML comment", "<!-- @slack-a --> x", "@slack-a 0 if html_comment");
        row("an HTML comment that stays open", "<!-- @slack-a", "@slack-a 0 if html_comment");
        row("in an HTML comment and outside", "<!-- @slack-a --> @slack-a", "@slack-a 0");
        row("empty", "", "");
    }
    void handles()
    {
        QFETCH(QString, message);
        QTEST(printed(handlesOnAlert(message)), "expected");
    }

    void anywhere()
    {
        QCOMPARE(printed(handlesAnywhere(u"{{#is_recovery}}@slack-a{{/is_recovery}}"_s)), u"@slack-a 0"_s);
        QCOMPARE(printed(handlesAnywhere(u"{{! @slack-a }}"_s)), QString());
    }

    void onAlert()
    {
        QCOMPARE(messageOnAlert(
                     u"A {{value}}\n{{#is_alert}}B{{/is_alert}}\n{{#is_recovery}}C{{/is_recovery}}\n\n\nD"_s),
                 u"A {{value}}\nB\n\nD"_s);
        QCOMPARE(messageOnAlert(u"{{#is_match \"a\" \"b\"}}B{{/is_match}}"_s), u"[is_match \"a\" \"b\"] B"_s);
    }

    void links()
    {
        Monitor m;
        m.message =
            u"[手順](https://wiki.example.com/a#b) {{#is_recovery}}https://x.example/no{{/is_recovery}} https://x.example/a ![i](https://x.example/i.png)"
            "{{! https://x.example/hidden }} <!-- https://x.example/unseen -->"_s;
        m.runbookAssets = {u"/notebook/5"_s};
        QCOMPARE(linksOf(m),
                 (std::vector<QString>{u"/notebook/5"_s, u"https://wiki.example.com/a#b"_s,
                                       u"https://x.example/a"_s}));
    }

    void composites()
    {
        Monitor composite, part;
        part.id = u"1"_s;
        composite.constituents = {u"1"_s, u"2"_s};
        QStringList missing;
        QCOMPARE(constituentsOf(composite, {part}, &missing).size(), 1u);
        QCOMPARE(missing, QStringList{u"2"_s});
    }

    void notificationRule()
    {
        Monitor m;
        m.tags = {u"a:b"_s, u"c:d"_s};
        QVERIFY(appliesTo({{}, {u"a:b"_s}, {}, true}, m));
        QVERIFY(!appliesTo({{}, {u"a:b"_s, u"x:y"_s}, {}, true}, m));
        QVERIFY(!appliesTo({{}, {}, {}, false}, m));
        QCOMPARE(printed(handlesOf({{}, {}, {u"slack-a"_s}, true})), u"@slack-a 0"_s);
    }

    void doubts_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("critical");
        QTest::addColumn<int>("count");
        QTest::newRow("none") << u"avg(last_5m):p99:trace.a{*} > 2"_s << u"p99 が遅い"_s << 2.0 << 0;
        QTest::newRow("20 vs 20000") << u"avg(last_5m):p99:trace.a{*} > 20"_s << u"p99"_s << 20000.0 << 1;
        QTest::newRow("p99 is p95") << u"avg(last_5m):p95:trace.a{*} > 2"_s << u"p99"_s << 2.0 << 1;
        QTest::newRow("one host") << u"avg(last_5m):p99:trace.a{host:web-1} > 2"_s << u"a"_s << 2.0 << 1;
        QTest::newRow("one release") << u"sum(last_5m):sum:trace.a.errors{version:1.2} > 2"_s << u"a"_s << 2.0 << 1;
        QTest::newRow("every host of a kind") << u"avg(last_5m):p99:trace.a{host:web-*} > 2"_s << u"a"_s << 2.0 << 0;
        QTest::newRow("all but one host") << u"avg(last_5m):p99:trace.a{!host:web-1} > 2"_s << u"a"_s << 2.0 << 0;
        QTest::newRow("a virtual host") << u"sum(last_5m):sum:a.requests{status_code:5xx,host:a.example.com} > 2"_s << u"a"_s << 2.0 << 0;
        QTest::newRow("a host's CPU") << u"avg(last_5m):avg:system.cpu.user{host:web-1} > 2"_s << u"a"_s << 2.0 << 0;
        QTest::newRow("a database's host") << u"avg(last_5m):avg:trace.mysql.query.errors{host:db-1} > 2"_s << u"a"_s << 2.0 << 0;
        QTest::newRow("outliers") << u"avg(last_5m):outliers(p99:trace.a{*} by {host}, 'dbscan') > 0"_s << u"a"_s << 0.0 << 1;
        QTest::newRow("placeholder") << u"avg(last_5m):p99:trace.a{service:$svc} > 2"_s << u"a"_s << 2.0 << 1;
    }
    void doubts()
    {
        QFETCH(QString, query);
        QFETCH(QString, name);
        QFETCH(double, critical);
        Monitor m = withQuery(query);
        m.name = name;
        m.options = QJsonObject{{u"thresholds"_s, QJsonObject{{u"critical"_s, critical}}}};
        QTEST(int(doubtsAbout(m).size()), "count");
        QCOMPARE(criticalThreshold(m), std::optional(critical));
    }
};

QTEST_APPLESS_MAIN(TestMonitors)
#include "tst_monitors.moc"
