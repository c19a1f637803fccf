// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/fetchplan.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace tenken;

namespace
{

Service serviceFrom(const QByteArray &yaml)
{
    return readService(*YamlFile::parse(yaml, QStringLiteral("readiness/service.yaml"))).value;
}

FetchWishes wishes()
{
    FetchWishes w;
    w.site = QStringLiteral("ap1.datadoghq.com");
    w.window = {QDateTime::fromString("2026-11-12T00:00:00+09:00", Qt::ISODate),
                QDateTime::fromString("2026-11-19T00:00:00+09:00", Qt::ISODate)};
    return w;
}

const QByteArray shop =
    "format: tenken.service/1\nid: cart\naliases: [cart-api]\nteam: Shop\nowners: ['@example/shop-core']\n"
    "environments: [{id: staging}, {id: prd}]\n"
    "dependencies:\n"
    "  - {id: orders, kind: mysql, host: orders.cluster-abc.ap-northeast-1.rds.amazonaws.com}\n"
    "  - {id: replica, kind: postgres, host: replica-1.abc.ap-northeast-1.rds.amazonaws.com}\n"
    "  - {id: cache, kind: redis, host: master.cart-cache.abc.apne1.cache.amazonaws.com}\n"
    "  - {id: session, kind: redis, host: session.internal}\n"
    "  - {id: mail, kind: http}\n"
    "  - {id: jobs, kind: SQS}\n"
    "  - {id: ledger, kind: mainframe}\n";

const FetchRequest *find(const FetchPlan &plan, const QString &purpose)
{
    const auto it = std::ranges::find(plan.requests, purpose, &FetchRequest::purpose);
    return it == plan.requests.end() ? nullptr : &*it;
}

QString queryOf(const FetchPlan &plan, const char *purpose)
{
    const FetchRequest *r = find(plan, QLatin1StringView(purpose));
    return r ? r->editable() : QStringLiteral("none");
}

} // namespace

class TestFetchPlan : public QObject
{
    Q_OBJECT

private slots:
    void whatIsAsked()
    {
        const FetchPlan plan = fetchPlan(serviceFrom(shop), wishes());
        QCOMPARE(plan.wishes.environment, QStringLiteral("prd"));
        QCOMPARE(plan.names, (QStringList{"cart", "cart-api"}));
        QCOMPARE(plan.teams, (QStringList{"Shop", "shop-core"}));
        QCOMPARE(
            queryOf(plan, "request_rate"),
            QStringLiteral("sum:trace.http.request.hits{env:prd,service:cart}.as_rate().rollup(avg, 600)"));
        QCOMPARE(queryOf(plan, "latency_p99"),
                 QStringLiteral("p99:trace.http.request{env:prd,service:cart}.rollup(600)"));
        for (const char *purpose : {"errors_5xx", "errors", "cpu", "memory", "pods", "throttling", "apm",
                                    "apm_services", "service_dependencies", "monitors", "dashboards", "slo",
                                    "synthetics", "catalog", "downtimes", "notification_rules", "teams"})
            QVERIFY2(find(plan, QLatin1StringView(purpose)), purpose);
        QStringList purposes;
        for (const FetchRequest &r : plan.requests)
            purposes << r.purpose;
        QCOMPARE(purposes.removeDuplicates(), 0);
    }

    void dependenciesByKind_data()
    {
        QTest::addColumn<QString>("purpose");
        QTest::addColumn<QString>("query");
        QTest::newRow("cluster") << "dependency_orders_cpu"
                                 << "max:aws.rds.cpuutilization{dbclusteridentifier:orders}.rollup(max, 600)";
        QTest::newRow("instance")
            << "dependency_replica_connections"
            << "max:aws.rds.database_connections{dbinstanceidentifier:replica-1}.rollup(max, 600)";
        QTest::newRow("replication group")
            << "dependency_cache_engine_cpu"
            << "max:aws.elasticache.engine_cpuutilization{replication_group:cart-cache}.rollup(max, 600)";
        QTest::newRow("cache by its id")
            << "dependency_session_evictions"
            << "sum:aws.elasticache.evictions{cacheclusterid:session*}.rollup(sum, 600)";
        QTest::newRow("free memory at its lowest")
            << "dependency_cache_memory"
            << "min:aws.elasticache.freeable_memory{replication_group:cart-cache}.rollup(min, 600)";
        QTest::newRow("service")
            << "dependency_mail_hits"
            << "sum:trace.http.request.hits{env:prd,service:mail}.as_rate().rollup(avg, 600)";
        QTest::newRow("queue, any case")
            << "dependency_jobs_age"
            << "max:aws.sqs.approximate_age_of_oldest_message{queuename:jobs}.rollup(max, 600)";
        QTest::newRow("unknown kind") << "dependency_ledger_cpu" << "none";
    }

    void dependenciesByKind()
    {
        QFETCH(QString, purpose);
        QFETCH(QString, query);
        QCOMPARE(queryOf(fetchPlan(serviceFrom(shop), wishes()), qPrintable(purpose)), query);
    }

    void units()
    {
        const FetchPlan plan = fetchPlan(serviceFrom(shop), wishes());
        QVERIFY(find(plan, "cpu")
                    ->encodedQuery()
                    .startsWith(QStringLiteral("from=1794409200&to=1795014000&query=")));
        const FetchRequest *apm = find(plan, "apm");
        QCOMPARE(apm->method, "POST");
        const QJsonObject a = QJsonDocument::fromJson(apm->body).object()[u"data"][u"attributes"].toObject();
        QCOMPARE(a[u"from"].toInteger(), 1794409200000);
        QCOMPARE(a[u"to"].toInteger(), 1795014000000);
        QCOMPARE(a[u"interval"].toInteger(), 600000);
    }

    void onlyReads()
    {
        HttpPolicy policy;
        policy.allowed = datadogRequests();
        const HttpClient client(policy);
        for (const FetchRequest &r : fetchPlan(serviceFrom(shop), wishes()).requests)
            QVERIFY2(client.refusal(r.method, QUrl("https://api.datadoghq.com" + r.path)).isEmpty(),
                     qPrintable(r.path));
        for (const QByteArray method : {"PUT", "DELETE", "PATCH", "POST"}) {
            for (const char *path :
                 {"/api/v1/monitor", "/api/v2/downtime", "/api/v1/query", "/api/v2/query/timeseries/x"})
                QVERIFY(!client
                             .refusal(method,
                                      QUrl(QLatin1StringView("https://api.datadoghq.com")
                                           + QLatin1StringView(path)))
                             .isEmpty());
        }
        QVERIFY(!client.refusal("GET", QUrl("https://api.datadoghq.com/internal")).isEmpty());
    }

    void declaredDashboard_data()
    {
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QString>("path");
        QTest::newRow("id") << QByteArray("abc-def-ghi") << "/api/v1/dashboard/abc-def-ghi";
        QTest::newRow("URL") << QByteArray("'https://app.datadoghq.com/dashboard/abc-def-ghi/cart?from_ts=1'")
                             << "/api/v1/dashboard/abc-def-ghi";
        QTest::newRow("no id") << QByteArray("'../../monitor'") << "";
    }

    void declaredDashboard()
    {
        QFETCH(QByteArray, declared);
        QFETCH(QString, path);
        const FetchPlan plan =
            fetchPlan(serviceFrom(shop + "monitoring: {dashboard: " + declared + "}\n"), wishes());
        const FetchRequest *one = find(plan, "dashboard");
        QCOMPARE(one ? one->path : QString(), path);
        QCOMPARE(find(plan, "dashboards") != nullptr, path.isEmpty());
    }

    void edits()
    {
        FetchPlan plan = fetchPlan(serviceFrom(shop), wishes());
        FetchRequest cpu = *find(plan, "cpu");
        QVERIFY(cpu.setEditable(" avg:container.cpu.usage{a+b} "));
        QVERIFY(cpu.encodedQuery().endsWith(QStringLiteral("query=avg%3Acontainer.cpu.usage%7Ba%2Bb%7D")));
        QVERIFY(!cpu.setEditable("  "));
        FetchRequest slo = *find(plan, "slo");
        QCOMPARE(slo.editable(), QStringLiteral("tags_query=service:cart&limit=1000&offset=0"));
        QVERIFY(slo.setEditable("ids=1,2&limit=5"));
        QCOMPARE(slo.query, (FetchQuery{{"ids", "1,2"}, {"limit", "5"}}));
        QVERIFY(!slo.setEditable("limit"));
        QVERIFY(!slo.setEditable("api_key=0123&limit=5")); // keys do not belong there
        QCOMPARE(slo.query.size(), 2u);
        FetchRequest apm = *find(plan, "apm");
        QVERIFY(!apm.setEditable("{"));
        QVERIFY(apm.setEditable("{\"data\":{}}"));
    }

    void windows()
    {
        const QDateTime now = QDateTime::fromString("2026-11-19T09:59:59+09:00", Qt::ISODate);
        const FetchWindow w = defaultWindow(now);
        QCOMPARE(w.to.toString(Qt::ISODate), QStringLiteral("2026-11-19T09:00:00+09:00"));
        QCOMPARE(w.from.secsTo(w.to), 7 * 24 * 3600);
        QVERIFY(wrongWindow(w).isEmpty());
        QVERIFY(!wrongWindow({w.to, w.from}).isEmpty());
        QVERIFY(!wrongWindow({w.to, w.to}).isEmpty());
        QVERIFY(!wrongWindow({{}, w.to}).isEmpty());
        QVERIFY(!wrongWindow({w.to.addYears(-2), w.to}).isEmpty());
    }

    void rollups_data()
    {
        QTest::addColumn<int>("hours");
        QTest::addColumn<int>("seconds");
        QTest::newRow("an hour") << 1 << 20;
        QTest::newRow("a day") << 24 << 120;
        QTest::newRow("a week") << 168 << 600;
        QTest::newRow("a month") << 720 << 3600;
        QTest::newRow("a year") << 8760 << 86400;
    }

    void rollups()
    {
        QFETCH(int, hours);
        QFETCH(int, seconds);
        const QDateTime to = QDateTime::fromSecsSinceEpoch(1'795'014'000);
        QCOMPARE(rollupSeconds({to.addSecs(-3600 * hours), to}), seconds);
    }

    // What is printed is run by a shell here, with a curl that only shows its arguments.
    void curlIsQuotedForTheShell()
    {
        FetchPlan plan = fetchPlan(serviceFrom(shop), wishes());
        plan.requests = {*find(plan, "cpu"), *find(plan, "apm"), *find(plan, "memory")};
        QVERIFY(plan.requests[0].setEditable("avg:x{a:'b' $(touch /nonexistent/x) `id` \"q\" \\ }"));
        plan.requests[2].enabled = false;
        const QStringList lines = curlCommands(plan);
        QCOMPARE(lines.size(), 2);
        QProcess sh;
        sh.setProcessEnvironment([] {
            QProcessEnvironment e = QProcessEnvironment::systemEnvironment();
            e.insert("DD_API_KEY", "key1");
            e.insert("DD_APP_KEY", "key2");
            return e;
        }());
        sh.start("sh", {"-c", "curl() { for a; do printf '%s\\n' \"$a\"; done; }\n" + lines.join(u'\n')});
        QVERIFY(sh.waitForFinished(30'000));
        QCOMPARE(sh.exitCode(), 0);
        QVERIFY(sh.readAllStandardError().isEmpty());
        const QStringList words = QString::fromUtf8(sh.readAllStandardOutput()).split(u'\n');
        QVERIFY(words.contains("DD-API-KEY: key1") && words.contains("DD-APPLICATION-KEY: key2"));
        const QString url = words.value(words.indexOf("DD-APPLICATION-KEY: key2") + 1);
        QCOMPARE(QUrlQuery(QUrl(url)).queryItemValue("query", QUrl::FullyDecoded),
                 plan.requests[0].editable());
        QVERIFY(url.startsWith(
            "https://api.ap1.datadoghq.com/api/v1/query?from=1794409200&to=1795014000&query="));
        QVERIFY(words.contains(QString::fromUtf8(plan.requests[1].body)));
        QVERIFY(!lines.join(u'\n').contains("key1"));
    }
};

QTEST_GUILESS_MAIN(TestFetchPlan)
#include "tst_fetchplan.moc"
