// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>
#include <evidence/datadog/snapshotindex.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace tenken;
using Kind = DatadogBody::Kind;

class TestDatadog : public QObject
{
    Q_OBJECT

private slots:
    void recognise_data();
    void recognise();
    void notJson_data();
    void notJson();
    void nanIsAGap();
    void interval_data();
    void interval();
    void units_data();
    void units();
    void noDataIsASeriesWithoutPoints();
    void severalQueriesKeepTheirExpression();
    void monitorFields();
    void silences_data();
    void silences();
    void downtimes_data();
    void downtimes();
    void rules();
    void looseFiles();
    void oneMonitorAddsItsRunbook();
    void index();
    void monitors403IsNotNone();
    void statusCountsMoreThanTheBody();
    void indexOfANewerVersion();
    void bodyMayNotLeaveTheFolder();
    void wholeList_data();
    void wholeList();
    void dashboards();
    void dashboardVariables();
    void synthetics();
    void serviceCalls();
    void recordings();
};

namespace
{

const QByteArray monitor =
    R"({"id":42,"name":"5xx","type":"query alert","query":"q","message":"@slack-x","options":{}})";

class Folder
{
public:
    void write(const QString &name, const QByteArray &bytes)
    {
        const QString path = m_dir.filePath(u"readiness/datadog/"_s + name);
        QDir().mkpath(path.section(u'/', 0, -2));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    void index(const QByteArray &responses, const QByteArray &more = {})
    {
        write(u"snapshot.json"_s,
              R"({"format":"tenken-datadog-snapshot","version":1,"captured_at":"2026-11-19T09:00:00+09:00",)"
                  + more + R"("responses":[)" + responses + "]}");
    }

    Partial<DatadogSnapshot> read()
    {
        sources.clear();
        return readDatadogSnapshot(Root(m_dir.path()), u"readiness/datadog"_s, &sources);
    }

    std::vector<SourceFile> sources;

private:
    QTemporaryDir m_dir;
};

QByteArray response(const QByteArray &path, int status, const QByteArray &body, const QByteArray &more = {})
{
    return R"({"request":{"method":"GET","path":")" + path + R"("},"status":)" + QByteArray::number(status)
        + R"(,"body_file":")" + body + '"' + more + '}';
}

QByteArray query(const QByteArray &points, const QByteArray &unit = "null")
{
    return R"({"status":"ok","res_type":"time_series","from_date":1000000,"to_date":2000000,"query":"avg:m{*}","series":[)"
           R"({"metric":"m","scope":"*","interval":300,"query_index":0,"unit":)"
        + unit + R"(,"pointlist":)" + points + "}]}";
}

MetricSeries oneSeries(const QByteArray &body)
{
    const auto json = parseJson(u"q.json"_s, body);
    return json ? metricSeries(json->document.object(), u"q.json"_s).at(0) : MetricSeries();
}

Monitor oneMonitor(const QByteArray &body, const QDateTime &captured = {})
{
    const auto json = parseJson(u"m.json"_s, body);
    return json ? monitorFrom(json->document.object(), u"m.json"_s, &json->root, captured) : Monitor();
}

} // namespace

void TestDatadog::recognise_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, const QByteArray &body, Kind kind) {
        QTest::newRow(name) << body << int(kind);
    };
    row("query", query("[]"), Kind::MetricQuery);
    row("no data", R"({"status":"ok","series":[],"query":"q","from_date":1})", Kind::MetricQuery);
    row("200 with status error", R"({"status":"error","error":"bad","series":[],"query":"q"})", Kind::Error);
    row("list", '[' + monitor + ']', Kind::MonitorList);
    row("list with a stranger", '[' + monitor + ",1]", Kind::Unknown);
    row("one", monitor, Kind::Monitor);
    row("one without type", R"({"id":1,"name":"n","query":"q","message":""})", Kind::Monitor);
    row("map", R"({"42":)" + monitor + '}', Kind::MonitorMap);
    row("asset", R"({"version":2,"title":"t","definition":)" + monitor + '}', Kind::MonitorAsset);
    row("403 legacy", R"({"status":"error","code":403,"errors":["Forbidden"]})", Kind::Error);
    row("403", R"({"errors":["Forbidden"]})", Kind::Error);
    row("404 JSON:API", R"({"errors":[{"status":"404","title":"Not Found"}]})", Kind::Error);
    row("400 code", R"({"error":{"code":"InvalidArgument","message":"x"}})", Kind::Error);
    row("409 map", R"({"errors":{"1":["used"]},"data":{}})", Kind::Error);
    row("SLO list with empty errors", R"({"data":[{"id":"a"}],"errors":[]})", Kind::Other);
    row("[]", "[]", Kind::Empty);
    row("data []", R"({"data":[]})", Kind::Empty);
    row("downtimes", R"({"data":[{"type":"downtime","attributes":{}}]})", Kind::Downtimes);
    row("rules", R"({"data":[{"type":"monitor-notification-rule","attributes":{}}]})",
        Kind::NotificationRules);
    row("dashboard", R"({"title":"t","layout_type":"ordered","widgets":[]})", Kind::Dashboard);
    row("Synthetics tests", R"({"tests":[],"total":0})", Kind::SyntheticsList);
    row("a Synthetics test", R"({"public_id":"a-b-c","name":"n","config":{},"query":"q"})", Kind::SyntheticsTest);
    row("APM calls", R"({"id-auth":{"calls":["users"]},"users":{}})", Kind::ServiceCalls);
    row("services that call nobody", R"({"a":{},"b":{}})", Kind::Unknown);
    row("search has no messages", R"({"monitors":[{"id":1,"name":"n","query":"q"}],"metadata":{}})",
        Kind::MonitorSearch);
    row("package.json", R"({"name":"x","version":"1"})", Kind::Unknown);
}

void TestDatadog::recognise()
{
    QFETCH(QByteArray, body);
    const auto json = parseJson(u"x.json"_s, body);
    if (!json)
        QSKIP(qPrintable(json.error().message.en)); // Qt's parser takes only arrays and objects
    QTEST(int(recogniseBody(json->document).kind), "kind");
}

void TestDatadog::notJson_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Span>("span");
    QTest::newRow("empty") << QByteArray() << Span{};
    QTest::newRow("blank") << QByteArray(" \n") << Span{};
    QTest::newRow("HTML") << QByteArray("\n<!DOCTYPE html>") << Span{1, 1, 1, 2};
    QTest::newRow("cut off") << QByteArray("[\n{\"a\":1},\n{\"b\"") << Span{3, 5, 3, 6};
    QTest::newRow("not UTF-8") << QByteArray("{\"a\":\"\xff\"}") << Span{1, 8, 1, 9};
    QTest::newRow("too deep") << QByteArray("[").repeated(5'000) << Span{};
}

void TestDatadog::notJson()
{
    QFETCH(QByteArray, body);
    QFETCH(Span, span);
    const auto json = parseJson(u"x.json"_s, body);
    QVERIFY(!json);
    QVERIFY(!json.error().message.ja.isEmpty());
    if (span.isValid())
        QCOMPARE(json.error().span.line, span.line);
}

void TestDatadog::nanIsAGap()
{
    const MetricSeries s =
        oneSeries("\xEF\xBB\xBF" + query(R"([[1000,NaN],[2000.0,-Infinity],[3000,null],[4000,1.5]])"));
    QCOMPARE(s.points.size(), 4u);
    for (size_t i : {0u, 1u, 2u})
        QVERIFY(std::isnan(s.points[i].second));
    QCOMPARE(s.points[3], (std::pair{4.0, 1.5}));
    const auto json = parseJson(u"x"_s, "{\"a\":\"NaN \\\" NaN\",\"b\":NaN}");
    QCOMPARE(json->document.object().value(u"a").toString(), u"NaN \" NaN"_s);
}

void TestDatadog::interval_data()
{
    QTest::addColumn<QByteArray>("points");
    QTest::addColumn<double>("seconds");
    QTest::newRow("dense") << QByteArray("[[0,1],[20000,1],[40000,1]]") << 20.0;
    QTest::newRow("sparse") << QByteArray("[[60000,1],[240000,1],[300000,1]]")
                            << 60.0; // whatever "interval" says
    QTest::newRow("unsorted, doubled") << QByteArray("[[60000,1],[0,1],[0,1]]") << 60.0;
    QTest::newRow("one") << QByteArray("[[60000,1]]") << 0.0;
    QTest::newRow("broken entries") << QByteArray("[[60000,1],[null,1],3,[90000]]") << 30.0;
}

void TestDatadog::interval()
{
    QFETCH(QByteArray, points);
    QTEST(oneSeries(query(points)).intervalSeconds, "seconds");
}

void TestDatadog::units_data()
{
    QTest::addColumn<QByteArray>("unit");
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("value"); // of 8 in the answer
    QTest::newRow("null") << QByteArray("null") << QString() << 8.0;
    QTest::newRow("[null,null]") << QByteArray("[null,null]") << QString() << 8.0;
    QTest::newRow("µs")
        << R"([{"family":"time","name":"microsecond","short_name":"μs","scale_factor":1e-06},null])"_ba
        << u"ms"_s << 0.008;
    QTest::newRow("s") << R"([{"family":"time","name":"second","short_name":"s","scale_factor":1},null])"_ba
                       << u"ms"_s << 8000.0;
    QTest::newRow("req/s")
        << R"([{"family":"network","name":"request","short_name":"req","scale_factor":1},{"family":"time","name":"second","scale_factor":1}])"_ba
        << u"req/s"_s << 8.0;
    QTest::newRow("req/min")
        << R"([{"family":"network","name":"request","scale_factor":1},{"family":"time","name":"minute","scale_factor":60}])"_ba
        << u"req/s"_s << 8.0 / 60;
    QTest::newRow("percent")
        << R"([{"family":"percentage","name":"percent","short_name":"%","scale_factor":1},null])"_ba << u"%"_s
        << 8.0;
    QTest::newRow("fraction") << R"([{"family":"percentage","name":"fraction","scale_factor":100},null])"_ba
                              << u"%"_s << 800.0;
    QTest::newRow("MiB")
        << R"([{"family":"bytes","name":"mebibyte","short_name":"MiB","scale_factor":1048576},null])"_ba
        << u"B"_s << 8388608.0;
    QTest::newRow("nanocore") << R"([{"family":"cpu","name":"nanocore","scale_factor":1e-9},null])"_ba
                              << u"core"_s << 8e-9;
    QTest::newRow("unheard of") << R"([{"family":"x","name":"flub","scale_factor":1},null])"_ba << u"flub"_s
                                << 8.0;
}

void TestDatadog::units()
{
    QFETCH(QByteArray, unit);
    QFETCH(double, value);
    const MetricSeries s = oneSeries(query("[[1000,8]]", unit));
    QTEST(s.unit, "name");
    QVERIFY(qFuzzyCompare(s.points.at(0).second, value));
}

void TestDatadog::noDataIsASeriesWithoutPoints()
{
    const MetricSeries s =
        oneSeries(R"({"status":"ok","series":[],"query":"avg:m{*}","from_date":1000,"to_date":9000})");
    QVERIFY(s.points.empty());
    QCOMPARE(s.query, u"avg:m{*}"_s);
    QCOMPARE(s.to, 9.0);
}

void TestDatadog::severalQueriesKeepTheirExpression()
{
    const auto json = parseJson(
        u"q"_s,
        R"({"query":"a,b","series":[{"query_index":0,"expression":"a"},{"query_index":1,"expression":"b"}]})");
    QCOMPARE(metricSeries(json->document.object(), {}).at(1).query, u"b"_s);
}

void TestDatadog::monitorFields()
{
    const Monitor m = oneMonitor(
        R"({"id":9007199254740993,"name":"n","type":"composite","query":"12 && !345","message":null,
 "tags":[null,"service:x"],"priority":2,"draft_status":"draft","overall_state":null,
 "options":{"silenced":{"*":null},"renotify_interval":"0"},
 "assets":[{"category":"runbook","url":"/notebook/5"},{"category":"x","url":"no"}]})");
    QCOMPARE(m.id, u"9007199254740993"_s);
    QCOMPARE(m.tags, QStringList{u"service:x"_s});
    QCOMPARE(m.priority, 2);
    QVERIFY(m.draft);
    QVERIFY(m.silencedForever);
    QCOMPARE(m.constituents, (QStringList{u"12"_s, u"345"_s}));
    QCOMPARE(m.runbookAssets, QStringList{u"/notebook/5"_s});
    QCOMPARE(m.placeOf(u"tags"_s), (Span{2, 9, 2, 27}));
    QCOMPARE(m.placeOf(u"options.silenced"_s), (Span{3, 24, 3, 34}));
    QCOMPARE(m.placeOf(u"absent"_s), m.span);
    QCOMPARE(oneMonitor(R"({"tags":{"team":"a"}})").tags, QStringList{u"team:a"_s});
}

void TestDatadog::silences_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("forever");
    QTest::addColumn<bool>("partly");
    QTest::newRow("none") << R"({"options":{"silenced":{}}})"_ba << false << false;
    QTest::newRow("forever") << R"({"options":{"silenced":{"*":null}}})"_ba << true << false;
    QTest::newRow("a group") << R"({"options":{"silenced":{"host:a":null,"host:b":null}}})"_ba << false
                             << true;
    QTest::newRow("until later") << R"({"options":{"silenced":{"*":2000}}})"_ba << false << true;
    QTest::newRow("over") << R"({"options":{"silenced":{"*":500}}})"_ba << false << false;
    QTest::newRow("downtime forever")
        << R"({"matching_downtimes":[{"active":true,"end":null,"scope":["*"]}]})"_ba << true << false;
    QTest::newRow("downtime of a scope")
        << R"({"matching_downtimes":[{"active":true,"end":null,"scope":["env:a"]}]})"_ba << false << true;
    QTest::newRow("downtime to come")
        << R"({"matching_downtimes":[{"active":false,"end":null,"scope":["*"]}]})"_ba << false << false;
}

void TestDatadog::silences()
{
    QFETCH(QByteArray, body);
    const Monitor m = oneMonitor(body, QDateTime::fromSecsSinceEpoch(1'000));
    QTEST(m.silencedForever, "forever");
    QTEST(m.silencedPartly, "partly");
}

void TestDatadog::downtimes_data()
{
    QTest::addColumn<QByteArray>("attributes");
    QTest::addColumn<bool>("forever");
    QTest::addColumn<bool>("partly");
    const auto row = [](const char *name, const char *attributes, bool endless, bool partly) {
        QTest::newRow(name) << QByteArray(attributes) << endless << partly;
    };
    row("by id",
        R"("status":"active","scope":"*","monitor_identifier":{"monitor_id":42},"schedule":{"end":null})",
        true, false);
    row("other id",
        R"("status":"active","scope":"*","monitor_identifier":{"monitor_id":43},"schedule":{"end":null})",
        false, false);
    row("by tags",
        R"("status":"active","scope":"*","monitor_identifier":{"monitor_tags":["service:x"]},"schedule":{"end":null})",
        true, false);
    row("lacks a tag",
        R"("status":"active","scope":"*","monitor_identifier":{"monitor_tags":["service:x","a:b"]},"schedule":{"end":null})",
        false, false);
    row("ends",
        R"("status":"active","scope":"*","monitor_identifier":{"monitor_tags":["*"]},"schedule":{"end":"2027-01-01T00:00:00Z"})",
        false, true);
    row("scheduled",
        R"("status":"scheduled","scope":"*","monitor_identifier":{"monitor_id":42},"schedule":{"end":null})",
        false, false);
    row("another host",
        R"("status":"active","scope":"host:a","monitor_identifier":{"monitor_tags":["*"]},"schedule":{"end":null})",
        false, false);
    row("its service",
        R"("status":"active","scope":"service:x","monitor_identifier":{"monitor_tags":["*"]},"schedule":{"end":null})",
        false, true);
}

void TestDatadog::downtimes()
{
    QFETCH(QByteArray, attributes);
    Folder folder;
    folder.write(u"a-downtimes.json"_s,
                 R"({"data":[{"type":"downtime","attributes":{)" + attributes + "}}]}");
    folder.write(
        u"monitors.json"_s,
        R"([{"id":42,"name":"n","type":"query alert","query":"q","message":"","tags":["service:x"]}])");
    const auto read = folder.read();
    QTEST(read.value.monitors.at(0).silencedForever, "forever");
    QTEST(read.value.monitors.at(0).silencedPartly, "partly");
}

void TestDatadog::rules()
{
    const auto json = parseJson(
        u"r"_s,
        R"({"data":[{"type":"monitor-notification-rule","attributes":{"name":"n","filter":{"tags":["a:b"]},
        "conditional_recipients":{"fallback_recipients":["slack-late"],"conditions":[{"scope":"transition_type:is_alert","recipients":["slack-foo"]},
        {"scope":"transition_type:is_recovery","recipients":["slack-bar"]}]}}},
        {"type":"monitor-notification-rule","attributes":{"filter":{"scope":"a:b OR a:c"},"recipients":["slack-x"]}}]})");
    const auto rules = notificationRules(json->document.object());
    QCOMPARE(rules.at(0).onAlert, QStringList{u"slack-foo"_s});
    QVERIFY(rules.at(0).understood);
    QCOMPARE(rules.at(1).scope, u"a:b OR a:c"_s);
    QVERIFY(rules.at(1).tags.isEmpty());
}

void TestDatadog::looseFiles()
{
    Folder folder;
    folder.write(u"monitors.json"_s, "[\n  " + monitor + "\n]");
    folder.write(u"q/rate.json"_s, query("[[1000,1]]"));
    folder.write(u"denied.json"_s, R"({"errors":["Forbidden"]})");
    folder.write(u"package.json"_s, R"({"name":"x"})");
    folder.write(u"note.txt"_s, "not read");
    const auto read = folder.read();
    QVERIFY(read.value.exists);
    QVERIFY(!read.value.captured.isValid());
    QVERIFY(!read.value.monitorsComplete); // nothing says that this was the whole list
    QCOMPARE(read.value.monitors.at(0).file, u"readiness/datadog/monitors.json"_s);
    QCOMPARE(read.value.monitors.at(0).span, (Span{2, 3, 2, 3 + int(monitor.size())}));
    QCOMPARE(read.value.series.size(), 1u);
    QCOMPARE(read.value.notReadable.size(), 1u);
    QCOMPARE(read.problems.size(), 1u);
    QCOMPARE(read.problems.at(0).file, u"readiness/datadog/package.json"_s);
    QCOMPARE(folder.sources.size(), 4u);
    QVERIFY(!readDatadogSnapshot(Root(u"/nonexistent"_s), u"x"_s, nullptr).value.exists);
}

void TestDatadog::oneMonitorAddsItsRunbook()
{
    Folder folder;
    folder.write(u"a.json"_s, '[' + monitor + ']');
    folder.write(
        u"b.json"_s,
        R"({"id":42,"name":"5xx","type":"query alert","query":"q","message":"","assets":[{"category":"runbook","url":"u"}]})");
    folder.write(
        u"c.json"_s,
        R"({"id":43,"name":"gone","type":"query alert","query":"q","message":"","deleted":"2026-01-01"})");
    const auto read = folder.read();
    QCOMPARE(read.value.monitors.size(), 1u);
    QCOMPARE(read.value.monitors.at(0).message, u"@slack-x"_s);
    QCOMPARE(read.value.monitors.at(0).runbookAssets, QStringList{u"u"_s});
}

void TestDatadog::index()
{
    Folder folder;
    folder.write(u"monitors.json"_s, '[' + monitor + ']');
    folder.write(u"403.json"_s, R"({"errors":["Forbidden"]})");
    folder.index(response("/api/v1/monitor", 200, "monitors.json", R"x(,"sha256":"00")x") + ','
                 + response("/api/v1/slo", 403, "403.json") + ','
                 + response("/api/v1/dashboard", 200, "absent.json"));
    const auto read = folder.read();
    QCOMPARE(read.value.captured, QDateTime::fromString(u"2026-11-19T09:00:00+09:00"_s, Qt::ISODate));
    QVERIFY(read.value.monitorsComplete);
    QCOMPARE(read.value.notReadable.size(), 2u);
    QVERIFY(read.value.notReadable.at(0).message.en.contains(u"GET /api/v1/slo → 403"));
    QVERIFY(read.value.notReadable.at(0).message.en.contains(u"Forbidden"));
    QVERIFY(!read.value.monitorsNotReadable);
    QCOMPARE(read.value.remarks.size(), 1u); // changed since capture
    QCOMPARE(read.problems.size(), 1u); // the file that is not there
}

void TestDatadog::monitors403IsNotNone()
{
    Folder folder;
    folder.write(u"m.json"_s, R"({"status":"error","code":403,"errors":["Forbidden"]})");
    folder.index(response("/api/v1/monitor", 403, "m.json"));
    const auto read = folder.read();
    QVERIFY(read.value.monitorsNotReadable);
    QVERIFY(!read.value.monitorsComplete);
    folder.index(response("/api/v1/monitor", 0, "", R"x(,"outcome":"timeout")x"));
    QVERIFY(folder.read().value.monitorsNotReadable);
}

void TestDatadog::statusCountsMoreThanTheBody()
{
    Folder folder;
    folder.write(u"m.json"_s, '[' + monitor + ']'); // a recording may carry a body of success
    folder.index(response("/api/v1/monitor", 429, "m.json"));
    QVERIFY(folder.read().value.monitors.empty());
}

void TestDatadog::indexOfANewerVersion()
{
    Folder folder;
    folder.write(u"monitors.json"_s, '[' + monitor + ']');
    folder.write(u"snapshot.json"_s, R"({"format":"tenken-datadog-snapshot","version":2})");
    const auto read = folder.read();
    QCOMPARE(read.problems.size(), 1u);
    QCOMPARE(read.problems.at(0).span, (Span{1, 47, 1, 48}));
    QVERIFY(read.value.monitors.empty());
    folder.write(u"snapshot.json"_s, "{");
    QVERIFY(folder.read().value.monitors.empty());
    folder.write(u"snapshot.json"_s, "{}");
    QCOMPARE(folder.read().problems.size(), 1u);
}

void TestDatadog::bodyMayNotLeaveTheFolder()
{
    Folder folder;
    folder.index(response("/api/v1/monitor", 200, "../../../../../../etc/passwd"));
    const auto read = folder.read();
    QVERIFY(read.value.monitorsNotReadable);
    QCOMPARE(read.problems.size(), 1u);
}

void TestDatadog::wholeList_data()
{
    QTest::addColumn<QByteArray>("requests"); // path with query | monitors | more
    QTest::addColumn<bool>("whole");
    QTest::newRow("without page") << "/api/v1/monitor|500"_ba << true;
    QTest::newRow("trailing slash, harmless options")
        << "/api/v1/monitor/?with_downtimes=true&group_states=all|5"_ba << true;
    QTest::newRow("short page") << "/api/v1/monitor?page=0&page_size=1000|3"_ba << true;
    QTest::newRow("full page") << "/api/v1/monitor?page=0&page_size=3|3"_ba << false;
    QTest::newRow("default page size") << "/api/v1/monitor?page=0|100"_ba << false;
    QTest::newRow("two pages")
        << "/api/v1/monitor?page=0&page_size=3|3;/api/v1/monitor?page=1&page_size=3|0"_ba << true;
    QTest::newRow("a missing page")
        << "/api/v1/monitor?page=0&page_size=3|3;/api/v1/monitor?page=2&page_size=3|1|,\"complete\":true"_ba
        << false;
    QTest::newRow("an unread page")
        << "/api/v1/monitor?page=0&page_size=3|3;/api/v1/monitor?page=1&page_size=3|-1"_ba << false;
    QTest::newRow("said complete") << "/api/v1/monitor?page=0&page_size=3|3|,\"complete\":true"_ba << true;
    QTest::newRow("said incomplete") << "/api/v1/monitor|3|,\"complete\":false"_ba << false;
    QTest::newRow("filtered") << "/api/v1/monitor?monitor_tags=service:x|3|,\"complete\":true"_ba << false;
    QTest::newRow("no page at all") << QByteArray() << false;
    QTest::newRow("second listing whole")
        << "/api/v1/monitor|-1|,\"list_id\":\"a\";/api/v1/monitor|3|,\"list_id\":\"b\""_ba << true;
}

void TestDatadog::wholeList()
{
    QFETCH(QByteArray, requests);
    QByteArrayList json;
    QList<int> counts;
    for (const QByteArray &r : requests.isEmpty() ? QByteArrayList() : requests.split(';')) {
        json << response(r.split('|').at(0), 200, "b.json", r.split('|').value(2));
        counts << r.split('|').at(1).toInt();
    }
    const auto index = readSnapshotIndex(
        u"s"_s, R"({"format":"tenken-datadog-snapshot","version":1,"responses":[)" + json.join(',') + "]}");
    QVERIFY(index);
    std::vector<MonitorPage> pages;
    for (size_t i = 0; i < index->responses.size(); ++i) {
        QVERIFY(index->responses[i].isMonitorList());
        pages.push_back({&index->responses[i], counts[int(i)]});
    }
    QTEST(isWholeList(pages), "whole");
}

// Every recorded answer is read for what it is, or refused with a reason.
void TestDatadog::dashboards()
{
    // Every place that a query may stand in: the old q, formulas, an object of requests, a search, APM statistics,
    // a service's own widget, and groups within groups.
    const QByteArray body = R"({"id":"abc-def-ghi","title":"id-auth","layout_type":"ordered","widgets":[
 {"id":1,"definition":{"type":"timeseries","title":"old","requests":[{"q":"avg:a{*}"}]}},
 {"id":2,"definition":{"type":"timeseries","title":"formula","requests":[{"formulas":[{"formula":"q1"}],
   "queries":[{"name":"q1","data_source":"metrics","query":"sum:b{*}"},{"name":"q2","data_source":"logs","search":{"query":"status:error"}}]}]}},
 {"id":3,"definition":{"type":"scatterplot","requests":{"x":{"q":"avg:c{*}"},"y":{"q":"avg:d{*}"}}}},
 {"id":4,"definition":{"type":"group","title":"g","widgets":[{"definition":{"type":"group","widgets":[
   {"definition":{"type":"query_value","title":"deep","requests":[{"queries":[{"data_source":"apm_metrics","stat":"latency_p99","service":"id-auth"}]}]}}]}}]}},
 {"id":5,"definition":{"type":"trace_service","service":"id-auth","show_hits":true,"show_errors":true,"show_latency":true}},
 {"id":6,"definition":{"type":"note","content":"avg:not.a.query{*}"}}]})";
    const auto json = parseJson(u"d.json"_s, body);
    QVERIFY(json);
    const Dashboard d = dashboardFrom(json->document.object(), u"d.json"_s, &json->root);
    QCOMPARE(d.id, u"abc-def-ghi"_s);
    QCOMPARE(d.span.line, 1);
    QStringList all;
    for (const DashboardWidget &w : d.widgets)
        all += w.queries;
    QCOMPARE(all,
             (QStringList{"avg:a{*}", "sum:b{*}", "logs(\"status:error\")", "avg:c{*}", "avg:d{*}",
                          "p99:trace.apm.request{service:id-auth}", "sum:trace.apm.request.hits{service:id-auth}",
                          "sum:trace.apm.request.errors{service:id-auth}", "p99:trace.apm.request{service:id-auth}"}));
    QCOMPARE(d.widgets.at(1).span.line, 3);
    QCOMPARE(d.widgets.at(5).title, u"deep"_s);
    QCOMPARE(d.widgets.at(5).span.line, 6); // deeper places are not kept: the group's stands for it
}

void TestDatadog::dashboardVariables()
{
    const QByteArray body = R"({"title":"t","widgets":[{"definition":{"type":"timeseries","requests":[
 {"q":"sum:a{$service,$env,$servicex}"},{"q":"sum:a{service:$service.value}"}]}}],
 "template_variables":[{"name":"service","prefix":"service","default":"id-auth"},
 {"name":"env","prefix":"env","defaults":["production","x"]},{"name":"servicex","prefix":"x"}]})";
    const auto json = parseJson(u"d.json"_s, body);
    const Dashboard d = dashboardFrom(json->document.object(), u"d.json"_s, nullptr);
    QCOMPARE(d.widgets.at(0).queries,
             (QStringList{"sum:a{service:id-auth,env:production,x:*}", "sum:a{service:id-auth}"}));
}

void TestDatadog::synthetics()
{
    Folder folder;
    folder.write(u"tests.json"_s, R"({"tests":[{"public_id":"a-b-c","name":"login","type":"api","status":"live","message":"",
 "config":{"request":{"url":"https://id-auth.example.com/healthz"}},"tags":["env:production",null],
 "locations":["aws:ap-northeast-1"],"monitor_id":28558768},
 {"public_id":"d","name":"steps","type":"api","status":"paused","message":"m","options":{"tick_every":900},
 "config":{"steps":[{"name":"1"},{"subtype":"ssl","request":{"url":"https://x.example"},"assertions":[{"type":"certificate","operator":"isInMoreThan","target":10}]}]}}],"total":2})");
    folder.write(u"one.json"_s, R"({"public_id":"a-b-c","name":"login","status":"live","message":"@pagerduty-x",
 "config":{"request":{"url":"https://id-auth.example.com/healthz"}}})");
    const auto snapshot = folder.read();
    QCOMPARE(snapshot.value.synthetics.size(), 2u);
    const auto test = std::ranges::find(snapshot.value.synthetics, u"a-b-c"_s, &SyntheticsTest::id);
    QVERIFY(test->live);
    QCOMPARE(test->message, u"@pagerduty-x"_s); // the list came second or had none
    QCOMPARE(test->requests.at(0).target, u"https://id-auth.example.com/healthz"_s);
    QVERIFY(!test->requests.at(0).assertions);
    const auto steps = std::ranges::find(snapshot.value.synthetics, u"d"_s, &SyntheticsTest::id);
    QVERIFY(!steps->live);
    QCOMPARE(steps->requests.size(), 1u);
    QCOMPARE(steps->requests.at(0).target, u"https://x.example"_s);
    QCOMPARE(steps->requests.at(0).subtype, u"ssl"_s);
    QCOMPARE(steps->requests.at(0).assertions->at(0).operation, u"isInMoreThan"_s);
    QCOMPARE(steps->requests.at(0).assertions->at(0).target, u"10"_s);
    QCOMPARE(steps->everySeconds, 900);
}

void TestDatadog::serviceCalls()
{
    Folder folder;
    folder.write(u"deps.json"_s, R"({"id-auth":{"calls":["users",1]},"users":{}})");
    const auto snapshot = folder.read();
    QCOMPARE(snapshot.value.serviceCalls.size(), 1u);
    QCOMPARE(snapshot.value.serviceCalls.at(0).calls.value(u"id-auth"_s), QStringList{u"users"_s});
    QVERIFY(snapshot.value.serviceCalls.at(0).calls.contains(u"users"_s));
}

void TestDatadog::recordings()
{
    const QDir data(QStringLiteral(TENKEN_SHARED_DATA "/datadog"));
    QFile manifest(data.filePath(u"MANIFEST.tsv"_s));
    if (!manifest.open(QIODevice::ReadOnly))
        QSKIP("recorded answers are not here");
    manifest.readLine();
    int bodies = 0;
    while (!manifest.atEnd()) {
        const QList<QByteArray> row = manifest.readLine().trimmed().split('\t');
        const QString name = QString::fromUtf8(row.at(0)), endpoint = QString::fromUtf8(row.at(1));
        const bool ok = row.at(4) == "200";
        QFile file(data.filePath(name));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(name));
        ++bodies;
        const auto json = parseJson(name, file.readAll());
        if (!json) {
            QVERIFY2(!ok, qPrintable(name + json.error().message.en));
            continue;
        }
        const DatadogBody body = recogniseBody(json->document);
        QVERIFY2(body.kind != Kind::Unknown, qPrintable(name));
        QCOMPARE_EQ(body.kind == Kind::MetricQuery, endpoint == u"query_v1" && ok);
        QCOMPARE_EQ(body.kind == Kind::MonitorList, endpoint == u"monitor_list");
        QCOMPARE_EQ(body.kind == Kind::Monitor, endpoint == u"monitor_get");
        if (endpoint == u"monitor_notification_rule_v2")
            QCOMPARE(body.kind, Kind::NotificationRules);
        QCOMPARE_EQ(body.kind == Kind::Dashboard, endpoint == u"dashboard_get" && ok);
        QCOMPARE_EQ(body.kind == Kind::SyntheticsList,
                    (endpoint == u"synthetics_list" || endpoint == u"synthetics_search") && ok);
        if (ok)
            QVERIFY2(body.kind != Kind::Error, qPrintable(name));
        else
            QVERIFY2(body.kind == Kind::Error || body.kind == Kind::Other, qPrintable(name));
        if (body.kind == Kind::MetricQuery)
            QVERIFY(!metricSeries(json->document.object(), name).at(0).points.empty());
    }
    QVERIFY(bodies > 200);
    QVERIFY(!readDatadogSnapshot(Root(data.path()), u"."_s, nullptr).value.monitors.empty());
}

QTEST_APPLESS_MAIN(TestDatadog)
#include "tst_datadog.moc"
