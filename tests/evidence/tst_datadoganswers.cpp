// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>
#include <evidence/datadog/snapshotedit.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>
#include <QUrlQuery>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace tenken;
using Kind = DatadogBody::Kind;

namespace
{

QJsonObject object(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

/// A service's folder with a snapshot in it.
class Folder
{
public:
    void write(const QString &name, const QByteArray &bytes) const
    {
        const QString path = m_dir.filePath(u"readiness/datadog/"_s + name);
        QDir().mkpath(path.section(u'/', 0, -2));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    QByteArray bytes(const QString &name) const
    {
        QFile file(m_dir.filePath(u"readiness/datadog/"_s + name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    Partial<DatadogSnapshot> read() const
    {
        return readDatadogSnapshot(Root(m_dir.path()), u"readiness/datadog"_s, nullptr);
    }

    QString path() const { return m_dir.path(); }

private:
    QTemporaryDir m_dir;
};

const QByteArray timeseries =
    R"({"data":{"id":"0","type":"timeseries_response","attributes":{"series":[{"group_tags":["host:a"],"query_index":0,)"
    R"("unit":[{"family":"time","name":"microsecond","scale_factor":1e-6},null]},{"group_tags":["host:b"],"query_index":0,"unit":null}],)"
    R"("times":[1000000,1060000,1180000],"values":[[1000,null,3000],[1,2,3]]}}})";

const QByteArray timeseriesRequest =
    R"({"data":{"type":"timeseries_request","attributes":{"from":900000,"to":1200000,"queries":)"
    R"([{"data_source":"metrics","name":"a","query":"avg:trace.http.request{service:shop} by {host}"}],"formulas":[{"formula":"a"}]}}})";

QByteArray indexWith(const QByteArray &responses)
{
    return R"({"format":"tenken-datadog-snapshot","version":1,"captured_at":"2026-11-19T09:00:00+09:00","mine":{"a":1},"responses":[)"
        + responses + "]}";
}

} // namespace

class TestDatadogAnswers : public QObject
{
    Q_OBJECT

private slots:
    void kinds_data();
    void kinds();
    void slos();
    void historyOfAnSlo();
    void catalogue();
    void oldDowntimes_data();
    void oldDowntimes();
    void receiversOfRules();
    void teams();
    void seriesOfV2();
    void valuesOfV2();
    void unequalRows();
    void searchSaysWhatDatadogSays();
    void jsonLines();
    void importForms();
    void ambiguous();
    void chosen();
    void chosenWithoutAnIndex();
    void refusedChoices_data();
    void refusedChoices();
    void aBrokenIndexIsNotWrittenOver();
    void recordings();
};

void TestDatadogAnswers::kinds_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, const char *body, Kind kind) {
        QTest::newRow(name) << QByteArray(body) << int(kind);
    };
    row("an SLO", R"({"data":{"id":"a","name":"n","type":"metric","thresholds":[]},"errors":[]})", Kind::Slos);
    row("SLOs", R"({"data":[{"id":"a","name":"n","type":"time_slice","thresholds":[]}],"error":null})", Kind::Slos);
    row("not quite SLOs", R"({"data":[{"id":"a","name":"n","type":"metric","thresholds":[]},{"id":"b"}]})", Kind::Other);
    row("an SLO's history", R"({"data":{"from_ts":1,"to_ts":2,"overall":{}}})", Kind::SloHistory);
    row("found SLOs", R"({"data":{"type":"service_level_objective_search_results","attributes":{"slos":[]}}})", Kind::SloSearch);
    row("found monitors", R"({"monitors":[],"metadata":{"total_count":0}})", Kind::MonitorSearch);
    row("an old downtime", R"({"id":1,"downtime_type":2,"scope":["*"]})", Kind::OldDowntimes);
    row("old downtimes", R"([{"id":1,"monitor_tags":["*"],"scope":["*"],"start":1}])", Kind::OldDowntimes);
    row("matching downtimes", R"({"data":[{"type":"downtime_match"}]})", Kind::DowntimeMatches);
    row("dashboards by id", R"({"a-b":{"title":"t","widgets":[]},"c-d":{"title":"u","widgets":[]}})", Kind::DashboardMap);
    row("dashboards in a list", R"([{"title":"t","widgets":[]}])", Kind::DashboardArray);
    row("a dashboard in an asset", R"({"version":2,"definition":{"title":"t","widgets":[]}})", Kind::DashboardAsset);
    row("entities", R"({"data":[{"type":"entity","attributes":{}}]})", Kind::Catalogue);
    row("APM services", R"({"data":{"type":"services_list","attributes":{"services":["a"]}}})", Kind::ApmServices);
    row("teams", R"({"data":[{"type":"team"}]})", Kind::Teams);
    row("members of a team", R"({"data":[{"type":"team_memberships"}]})", Kind::Other);
    row("nothing known", R"({"a":1})", Kind::Unknown);
    row("a list of numbers", "[1,2]", Kind::Unknown);
    row("dashboards and something else", R"({"a":{"title":"t","widgets":[]},"b":1})", Kind::Unknown);
}

void TestDatadogAnswers::kinds()
{
    QFETCH(QByteArray, body);
    QTEST(int(recogniseBody(QJsonDocument::fromJson(body)).kind), "kind");
}

void TestDatadogAnswers::slos()
{
    const Slo slo = sloFrom(object(R"({"id":"a","name":"n","type":"time_slice","tags":["service:shop",null],
 "thresholds":[{"timeframe":"7d","target":99,"warning":99.5},{"timeframe":"30d","target":98}],"monitor_ids":[116578209],
 "query":{"numerator":"sum:good{*}","denominator":"sum:all{*}"},
 "sli_specification":{"time_slice":{"query":{"queries":[{"data_source":"metrics","name":"q","query":"p99:trace.x{*}"}]}}}})"),
                            u"s.json"_s, nullptr);
    QCOMPARE(slo.targets.size(), 2u);
    QCOMPARE(slo.targets.at(0).warning, 99.5);
    QVERIFY(!slo.targets.at(1).warning);
    QCOMPARE(slo.monitorIds, QStringList{u"116578209"_s});
    QCOMPARE(slo.numerator, u"sum:good{*}"_s);
    QCOMPARE(slo.queries, QStringList{u"p99:trace.x{*}"_s});
    QCOMPARE(slo.tags, QStringList{u"service:shop"_s});
}

void TestDatadogAnswers::historyOfAnSlo()
{
    const SloHistory zero = sloHistoryFrom(object(R"({"data":{"from_ts":10,"to_ts":20,"slo":{"id":"a","name":"n"},
 "overall":{"sli_value":null,"errors":[{"error_type":"ZERO_VALUED_DENOMINATOR"}]},
 "series":{"times":[10000,12000],"from_date":10000,"to_date":20000,"numerator":{"values":[1,2],"metadata":{"expression":"sum:good{*}","query_index":0}},
 "denominator":{"values":[2,null],"metadata":{"expression":"sum:all{*}","query_index":1}}}}})"), u"h.json"_s);
    QVERIFY(!zero.value); // never 0 %
    QCOMPARE(zero.errors, QStringList{u"ZERO_VALUED_DENOMINATOR"_s});
    QCOMPARE(zero.series.size(), 2u);
    QCOMPARE(zero.series.at(1).query, u"sum:all{*}"_s);
    QCOMPARE(zero.series.at(1).points.at(0), (std::pair{10.0, 2.0}));
    QVERIFY(std::isnan(zero.series.at(1).points.at(1).second));
    const SloHistory kept = sloHistoryFrom(
        object(R"({"data":{"from_ts":1,"to_ts":9,"overall":{"sli_value":99.9,"history":[[1,1],[5,0],["x",1]]}}})"), {});
    QCOMPARE(kept.value, 99.9);
    QCOMPARE(kept.kept, (std::vector<std::pair<double, bool>>{{1, true}, {5, false}}));
}

void TestDatadogAnswers::catalogue()
{
    const auto old = catalogueFrom(object(R"({"data":{"type":"service-definition","attributes":{"schema":{"schema-version":"v1",
 "info":{"dd-service":"shop","service-tier":"1"},"org":{"team":"shops"},"contact":{"slack":"https://x.slack.com/a"},
 "external-resources":[{"name":"r","type":"runbook","url":"https://wiki/r"}],"integrations":{"pagerduty":"https://pd/1"}}}}})"), {}, nullptr);
    QCOMPARE(old.size(), 1u);
    QCOMPARE(old.at(0).name, u"shop"_s);
    QCOMPARE(old.at(0).team, u"shops"_s);
    QCOMPARE(old.at(0).links.at(0).type, u"runbook"_s);
    QCOMPARE(old.at(0).contacts.at(0).type, u"slack"_s);
    QCOMPARE(old.at(0).onCall, QStringList{u"https://pd/1"_s});
    const auto entity = catalogueFrom(object(R"({"data":[{"type":"entity","attributes":{"kind":"service","name":"shop","owner":"shops","apiVersion":"v3"},
 "relationships":{"schema":{"data":{"id":"1","type":"schema"}}}},{"type":"entity","attributes":{}}],
 "included":[{"id":"1","type":"schema","attributes":{"schema":{"metadata":{"links":[{"type":"runbook","url":"https://wiki/r"}]},
 "spec":{"dependsOn":["datastore:users"],"tier":"1"},"integrations":{"pagerduty":{"serviceURL":"https://pd/2"}}}}}]})"), {}, nullptr);
    QCOMPARE(entity.size(), 1u); // one without a name is none
    QCOMPARE(entity.at(0).dependsOn, QStringList{u"datastore:users"_s});
    QCOMPARE(entity.at(0).onCall, QStringList{u"https://pd/2"_s});
    QCOMPARE(entity.at(0).links.size(), 1u);
}

void TestDatadogAnswers::oldDowntimes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("silences");
    QTest::newRow("active") << QByteArray(R"({"status":"active","monitor_tags":["team:a"],"scope":["*"]})") << true;
    QTest::newRow("by id") << QByteArray(R"({"active":true,"monitor_id":7,"scope":"host:x"})") << true;
    QTest::newRow("canceled") << QByteArray(R"({"active":true,"canceled":5,"monitor_id":7,"scope":"*"})") << false;
    QTest::newRow("another's") << QByteArray(R"({"status":"active","monitor_id":8,"scope":"*"})") << false;
    QTest::newRow("other tags") << QByteArray(R"({"status":"active","monitor_tags":["team:b"],"scope":["*"]})") << false;
    QTest::newRow("another scope") << QByteArray(R"({"status":"active","monitor_tags":["*"],"scope":["env:x"]})") << false;
    QTest::newRow("one of its groups") << QByteArray(R"({"status":"active","monitor_tags":["*"],"scope":["service:x"]})") << true;
    QTest::newRow("a group of a like name") << QByteArray(R"({"status":"active","monitor_tags":["*"],"scope":["service.a:x"]})") << false;
}

void TestDatadogAnswers::oldDowntimes()
{
    QFETCH(QByteArray, body);
    Monitor m;
    m.id = u"7"_s;
    m.tags = {u"team:a"_s, u"env:y"_s};
    m.query = u"avg(last_5m):avg:m{*} by {peer.service,service} > 1"_s;
    QTEST(::silences(oldDowntimeFrom(object(body), {}, nullptr), m), "silences");
}

void TestDatadogAnswers::receiversOfRules()
{
    const auto rules = notificationRules(object(R"({"data":[{"type":"monitor-notification-rule","attributes":{"name":"r",
 "filter":{"scope":"env:prod AND NOT team:a"},"conditional_recipients":{"conditions":[{"scope":"priority:p1","recipients":["pagerduty-x"]},
 {"scope":"transition_type:is_recovery","recipients":["slack-r"]}],"fallback_recipients":["slack-rest"]}}},
 {"type":"monitor-notification-rule","attributes":{"filter":{},"recipients":["slack-a"]}}]})"));
    QCOMPARE(rules.size(), 2u);
    QVERIFY(rules.at(0).understood);
    QVERIFY(rules.at(0).onAlert.isEmpty());
    QCOMPARE(rules.at(0).onlyIf.at(0).condition, u"priority:p1"_s);
    QCOMPARE(rules.at(0).onlyIf.at(1).receivers, QStringList{u"slack-rest"_s});
    QVERIFY(!rules.at(1).understood); // applies to what, it does not say
}

void TestDatadogAnswers::teams()
{
    const auto rules = teamRulesFrom(object(R"({"data":[{"type":"team_notification_rules","attributes":{
 "slack":{"workspace":"Acme","channel":"#shop-alerts"},"pagerduty":{"service_name":"shop"},"email":{"enabled":false}}}]})"), u"t1"_s, {});
    QCOMPARE(rules.at(0).receivers, (QStringList{u"slack-Acme-shop-alerts"_s, u"pagerduty-shop"_s}));
    QCOMPARE(rules.at(0).teamId, u"t1"_s);
}

void TestDatadogAnswers::seriesOfV2()
{
    const auto series = requestedSeries(object(timeseries), object(timeseriesRequest), u"s.json"_s);
    QCOMPARE(series.size(), 2u);
    QCOMPARE(series.at(0).query, u"avg:trace.http.request{service:shop} by {host}"_s);
    QCOMPARE(series.at(0).metric, u"trace.http.request"_s);
    QCOMPARE(series.at(0).scope, u"host:a"_s);
    QCOMPARE(series.at(0).unit, u"ms"_s);
    QCOMPARE(series.at(0).points.at(0), (std::pair{1000.0, 1.0})); // 1,000 µs
    QVERIFY(std::isnan(series.at(0).points.at(1).second));
    QCOMPARE(series.at(0).intervalSeconds, 60);
    QCOMPARE(series.at(0).from, 900);
    QCOMPARE(series.at(0).to, 1200);
    const auto none = requestedSeries(
        object(R"({"data":{"type":"timeseries_response","attributes":{"series":[],"times":[],"values":[]}}})"), object(timeseriesRequest), {});
    QCOMPARE(none.size(), 1u);
    QVERIFY(none.at(0).points.empty()); // asked, and no data
}

void TestDatadogAnswers::valuesOfV2()
{
    const auto series = requestedSeries(object(R"({"data":{"type":"scalar_response","attributes":{"columns":[
 {"type":"group","name":"host","values":[["a"],["b"]]},{"type":"number","name":"x","values":[6.3,null],"meta":{"unit":[{"family":"percentage","name":"percent"},null]}}]}}})"),
                                        object(timeseriesRequest), {});
    QCOMPARE(series.size(), 2u);
    QCOMPARE(series.at(0).scope, u"a"_s);
    QCOMPARE(series.at(0).unit, u"%"_s);
    QCOMPARE(series.at(0).points.at(0), (std::pair{1200.0, 6.3}));
    QVERIFY(std::isnan(series.at(1).points.at(0).second));
}

void TestDatadogAnswers::unequalRows()
{
    const auto series = requestedSeries(
        object(R"({"data":{"attributes":{"series":[{"query_index":7},{}],"times":[1,2,"x"],"values":[[1]]}}})"), {}, {});
    QCOMPARE(series.size(), 2u);
    QCOMPARE(series.at(0).points.size(), 1u);
    QVERIFY(series.at(1).points.empty());
}

void TestDatadogAnswers::searchSaysWhatDatadogSays()
{
    Folder folder;
    folder.write(u"a.json"_s, R"({"monitors":[{"id":42,"quality_issues":["broken_at_handle"]}],"metadata":{}})");
    folder.write(u"b.json"_s, R"([{"id":42,"name":"5xx","type":"query alert","query":"q","message":""}])");
    const auto read = folder.read();
    QCOMPARE(read.value.monitors.at(0).qualityIssues, QStringList{u"broken_at_handle"_s});
}

void TestDatadogAnswers::jsonLines()
{
    Folder folder;
    folder.write(u"m.jsonl"_s, "{\"id\":1,\"name\":\"a\",\"type\":\"t\",\"query\":\"q\"}\n\n{\"id\":2,\"name\":\"b\",\"type\":\"t\",\"query\":\"q\"}\n");
    const auto read = folder.read();
    QCOMPARE(read.value.monitors.size(), 2u);
    QCOMPARE(read.value.monitors.at(1).placeOf(u"name"_s).line, 3);
    folder.write(u"cut.jsonl"_s, "{\"id\":3,\"name\":\"a\",\"type\":\"t\",\"query\":\"q\"}\n{\"id\":");
    QCOMPARE(folder.read().value.monitors.size(), 2u);
    QCOMPARE(folder.read().value.notReadable.size(), 1u);
}

void TestDatadogAnswers::importForms()
{
    Folder folder;
    folder.write(u"dashboards.json"_s, R"({"a-b-c":{"id":"a-b-c","title":"t","widgets":[]}})");
    folder.write(u"asset.json"_s, R"({"definition":{"title":"u","widgets":[]}})");
    folder.write(u"list.json"_s, R"([{"title":"v","widgets":[]},{"title":"w","widgets":[]}])");
    QCOMPARE(folder.read().value.dashboards.size(), 4u);
}

void TestDatadogAnswers::ambiguous()
{
    Folder folder;
    folder.write(u"empty.json"_s, "[]");
    folder.write(u"data.json"_s, R"({"data":[]})");
    folder.write(u"series.json"_s, timeseries);
    const auto read = folder.read();
    QCOMPARE(read.value.ambiguous.size(), 3u);
    QVERIFY(read.value.series.empty());
    QVERIFY(!read.value.monitorsComplete);
    const auto series = std::ranges::find_if(read.value.ambiguous, &AmbiguousFile::needsQuery);
    QCOMPARE(series->candidates, QStringList{u"timeseries"_s});
}

void TestDatadogAnswers::chosen()
{
    Folder folder;
    folder.write(u"empty.json"_s, "[]");
    folder.write(u"series.json"_s, timeseries);
    folder.write(u"snapshot.json"_s, indexWith(R"({"id":"1","body_file":"series.json","status":200,"odd":[1,2]})"));
    QCOMPARE(folder.read().value.ambiguous.size(), 2u);
    const auto at = [](int s) { return QDateTime::fromSecsSinceEpoch(s, QTimeZone::UTC); };
    QVERIFY(chooseAnswer(folder.path(), u"readiness/datadog"_s, {u"readiness/datadog/empty.json"_s, u"monitors"_s, {}, {}, {}}));
    QVERIFY(chooseAnswer(folder.path(), u"readiness/datadog"_s,
                         {u"readiness/datadog/series.json"_s, u"timeseries"_s, u"avg:m{*} by {host}"_s, at(900), at(1200)}));
    const auto read = folder.read();
    QVERIFY(read.value.ambiguous.empty());
    QVERIFY(read.value.monitorsComplete); // the list is there, and empty
    QCOMPARE(read.value.series.at(0).query, u"avg:m{*} by {host}"_s);
    QCOMPARE(read.value.series.at(0).to, 1200);
    QCOMPARE(read.value.captured, QDateTime(QDate(2026, 11, 19), QTime(0, 0), QTimeZone::UTC));
    const QJsonObject index = object(folder.bytes(u"snapshot.json"_s));
    QCOMPARE(index.value(u"mine").toObject().value(u"a").toInt(), 1); // what is not known stays
    const QJsonObject first = index.value(u"responses").toArray().at(0).toObject();
    QCOMPARE(first.value(u"odd").toArray().size(), 2);
    QCOMPARE(first.value(u"status").toInt(), 200);
    QCOMPARE(index.value(u"responses").toArray().size(), 2);
}

void TestDatadogAnswers::chosenWithoutAnIndex()
{
    Folder folder;
    folder.write(u"empty.json"_s, "[]");
    QVERIFY(chooseAnswer(folder.path(), u"readiness/datadog"_s, {u"readiness/datadog/empty.json"_s, u"monitors"_s, {}, {}, {}}));
    QVERIFY(folder.read().value.monitorsComplete);
    QVERIFY(!folder.read().value.captured.isValid()); // nobody knows
}

void TestDatadogAnswers::refusedChoices_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("query");
    QTest::newRow("unknown kind") << u"readiness/datadog/empty.json"_s << u"cats"_s << QString();
    QTest::newRow("another folder") << u"readiness/review.yaml"_s << u"monitors"_s << QString();
    QTest::newRow("leaves the folder") << u"readiness/datadog/../../x.json"_s << u"monitors"_s << QString();
    QTest::newRow("no such file") << u"readiness/datadog/x.json"_s << u"monitors"_s << QString();
    QTest::newRow("a series without its query") << u"readiness/datadog/empty.json"_s << u"timeseries"_s << u" "_s;
    QTest::newRow("a series without its window") << u"readiness/datadog/empty.json"_s << u"timeseries"_s << u"avg:m{*}"_s;
}

void TestDatadogAnswers::refusedChoices()
{
    QFETCH(QString, file);
    QFETCH(QString, kind);
    QFETCH(QString, query);
    Folder folder;
    folder.write(u"empty.json"_s, "[]");
    QVERIFY(!chooseAnswer(folder.path(), u"readiness/datadog"_s, {file, kind, query, {}, {}}));
    QVERIFY(folder.bytes(u"snapshot.json"_s).isEmpty());
}

void TestDatadogAnswers::aBrokenIndexIsNotWrittenOver()
{
    Folder folder;
    folder.write(u"empty.json"_s, "[]");
    folder.write(u"snapshot.json"_s, R"({"format":"tenken-datadog-snapshot","version":99})");
    QVERIFY(!chooseAnswer(folder.path(), u"readiness/datadog"_s, {u"readiness/datadog/empty.json"_s, u"monitors"_s, {}, {}, {}}));
    QVERIFY(folder.bytes(u"snapshot.json"_s).contains("99"));
}


namespace
{

qsizetype lengthOf(const QJsonValue &v)
{
    return v.isArray() ? v.toArray().size() : v.isObject() ? 1 : 0;
}

/// How many values of its kind a body holds, counted without the readers; nothing: none is read from it.
std::optional<qsizetype> countIn(const QString &endpoint, const QJsonDocument &body)
{
    const QJsonObject o = body.object();
    const QJsonValue data = o.value(u"data");
    const QJsonObject attributes = data.toObject().value(u"attributes").toObject();
    if (endpoint == u"query_v1")
        return std::max<qsizetype>(1, o.value(u"series").toArray().size());
    if (endpoint == u"query_timeseries_v2")
        return std::max<qsizetype>(1, attributes.value(u"series").toArray().size());
    if (endpoint == u"query_scalar_v2") {
        qsizetype values = 0;
        for (const QJsonValue &column : attributes.value(u"columns").toArray())
            values += column.toObject().value(u"type") == u"group"_s ? 0 : column.toObject().value(u"values").toArray().size();
        return std::max<qsizetype>(1, values);
    }
    if (endpoint == u"monitor_list")
        return body.array().size();
    if (endpoint == u"monitor_get" || endpoint == u"dashboard_get" || endpoint == u"synthetics_get" || endpoint == u"downtime_v1"
        || endpoint == u"slo_history")
        return 1;
    if (endpoint == u"slo_search")
        return attributes.value(u"slos").toArray().size();
    if (endpoint == u"synthetics_list" || endpoint == u"synthetics_search") {
        QSet<QString> ids; // one test may stand in a list several times
        for (const QJsonValue &test : o.value(u"tests").toArray())
            ids << test.toObject().value(u"public_id").toString();
        return ids.size();
    }
    static const QStringList resources = {"slo_list", "slo_get", "service_definitions_v2", "catalog_entity_v2", "catalog_relation_v2",
                                          "downtime_v2", "monitor_downtime_matches_v2", "monitor_notification_rule_v2", "oncall_v2"};
    return resources.contains(endpoint) ? std::optional(lengthOf(data)) : std::nullopt;
}

/// … and how many the snapshot has.
qsizetype readOf(const QString &endpoint, const DatadogSnapshot &s)
{
    const QHash<QString, qsizetype> counts = {
        {u"query_v1"_s, s.series.size()}, {u"query_timeseries_v2"_s, s.series.size()}, {u"query_scalar_v2"_s, s.series.size()},
        {u"monitor_list"_s, s.monitors.size()}, {u"monitor_get"_s, s.monitors.size()}, {u"dashboard_get"_s, s.dashboards.size()},
        {u"synthetics_get"_s, s.synthetics.size()}, {u"synthetics_list"_s, s.synthetics.size()}, {u"synthetics_search"_s, s.synthetics.size()},
        {u"downtime_v1"_s, s.downtimes.size()}, {u"downtime_v2"_s, s.downtimes.size()}, {u"monitor_downtime_matches_v2"_s, s.downtimes.size()},
        {u"slo_list"_s, s.slos.size()}, {u"slo_get"_s, s.slos.size()}, {u"slo_search"_s, s.slos.size()}, {u"slo_history"_s, s.sloHistories.size()},
        {u"service_definitions_v2"_s, s.catalogue.size()}, {u"catalog_entity_v2"_s, s.catalogue.size()},
        {u"catalog_relation_v2"_s, s.relations.size()}, {u"monitor_notification_rule_v2"_s, s.notificationRules.size()},
        {u"oncall_v2"_s, s.onCall.size()}};
    return counts.value(endpoint, -1);
}

qsizetype allOf(const DatadogSnapshot &s)
{
    return qsizetype(s.series.size() + s.monitors.size() + s.dashboards.size() + s.synthetics.size() + s.downtimes.size() + s.slos.size()
                     + s.sloHistories.size() + s.catalogue.size() + s.relations.size() + s.notificationRules.size() + s.onCall.size()
                     + s.serviceCalls.size() + s.apmServices.size() + s.teams.size() + s.teamRules.size() + s.ambiguous.size());
}

} // namespace

// Every recorded answer, with its request beside it as a snapshot keeps it.
void TestDatadogAnswers::recordings()
{
    const QDir data(QStringLiteral(TENKEN_SHARED_DATA "/datadog"));
    QFile manifest(data.filePath(u"MANIFEST.tsv"_s));
    if (!manifest.open(QIODevice::ReadOnly))
        QSKIP("recorded answers are not here");
    manifest.readLine();
    int bodies = 0, values = 0, refused = 0;
    while (!manifest.atEnd()) {
        const QList<QByteArray> row = manifest.readLine().trimmed().split('\t');
        const QString name = QString::fromUtf8(row.at(0)), endpoint = QString::fromUtf8(row.at(1));
        const int status = row.at(4).toInt();
        QFile file(data.filePath(name));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(name));
        const QByteArray bytes = file.readAll();
        QFile meta(data.filePath(QString(name).replace(QRegularExpression(u"\\.(json|txt|html)$"_s), u".meta.json"_s)));
        const QJsonObject request = meta.open(QIODevice::ReadOnly) ? object(meta.readAll()).value(u"request").toObject() : QJsonObject();
        QVERIFY2(!request.isEmpty(), qPrintable(name));
        QJsonObject entry{{u"id"_s, u"1"_s}, {u"request"_s, request}, {u"status"_s, status}, {u"body_file"_s, u"r/1.json"_s}};
        Folder folder;
        folder.write(u"r/1.json"_s, bytes);
        folder.write(u"snapshot.json"_s, indexWith(QJsonDocument(entry).toJson()));
        const auto read = folder.read();
        ++bodies;
        const auto what = [&](const QString &why) { return (name + u": "_s + why).toUtf8(); };
        QVERIFY2(read.problems.empty(), what(read.problems.empty() ? QString() : read.problems.front().message.en));
        if (status >= 400) {
            QCOMPARE(read.value.notReadable.size(), 1u);
            QVERIFY2(allOf(read.value) == 0, what(u"read although it failed"_s));
            ++refused;
            continue;
        }
        const QJsonDocument body = QJsonDocument::fromJson(bytes);
        auto expected = countIn(endpoint, body);
        if (endpoint == u"team_v2" && request.value(u"path").toString() == u"/api/v2/team"_s)
            QCOMPARE(qsizetype(read.value.teams.size()), body.object().value(u"data").toArray().size());
        else if (endpoint == u"service_definition_get_v2")
            QCOMPARE(qsizetype(read.value.catalogue.size()), name.contains(u"Backstage") ? 0 : 1);
        else if (expected)
            QVERIFY2(readOf(endpoint, read.value) == *expected,
                     what(u"%1 read, %2 there"_s.arg(readOf(endpoint, read.value)).arg(*expected)));
        else
            QVERIFY2(allOf(read.value) == 0 && (!read.value.remarks.empty() || endpoint == u"monitor_search"), what(u"misread"_s));
        if (expected)
            QVERIFY2(allOf(read.value) == *expected, what(u"more was read than is there"_s));
        values += int(allOf(read.value));
    }
    qInfo("%d bodies, %d refused, %d values", bodies, refused, values);
    QCOMPARE(bodies, 249);
}

QTEST_APPLESS_MAIN(TestDatadogAnswers)
#include "tst_datadoganswers.moc"
