// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakedatadog/fakebodies.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace tenken
{

const std::map<QString, QByteArray> &fakeBodies()
{
    static const std::map<QString, QByteArray> bodies{
        {"/api/v2/query/timeseries",
         R"j({"data":{"id":"0","type":"timeseries_response","attributes":{"series":[{"group_tags":[],"query_index":0,"unit":null}],)j"
         R"j("times":[1794409200000,1794409800000,1794411000000],"values":[[432.7,null,359.2]]}}})j"},
        {"/api/v1/slo",
         R"j({"data":[{"id":"aaaabbbbccccddddeeeeffff00001111","name":"id-auth availability","type":"metric","tags":["service:id-auth"],)j"
         R"j("thresholds":[{"timeframe":"30d","target":99.9,"warning":99.95}],"query":{"numerator":"sum:good{service:id-auth}.as_count()",)j"
         R"j("denominator":"sum:all{service:id-auth}.as_count()"}}],"errors":[],"metadata":{"page":{"total_count":3,"total_filtered_count":2}}})j"},
        {"/api/v1/synthetics/tests",
         R"j({"tests":[{"public_id":"abc-123-xyz","name":"id-auth health","type":"api","subtype":"http","status":"paused","message":"",)j"
         R"j("tags":["service:id-auth"],"locations":["aws:ap-northeast-1"],"monitor_id":18240199,"options":{"tick_every":60},)j"
         R"j("config":{"request":{"method":"GET","url":"https://id-auth.example.com/healthz"},"assertions":[{"type":"statusCode","operator":"is","target":200}]}}],"total":1})j"},
        {"/api/v2/downtime", R"j({"data":[],"meta":{"page":{"total_filtered_count":0}}})j"},
        {"/api/v2/apm/services",
         R"j({"data":{"id":"0","type":"services_list","attributes":{"services":["id-auth","mail-sender"],"metadata":[{"isTraced":true,"isUsm":false},{"isTraced":true,"isUsm":false}]}}})j"},
        {"/api/v2/catalog/entity",
         R"j({"data":[{"id":"e1","type":"entity","attributes":{"kind":"service","name":"id-auth","namespace":"default","owner":"identity-platform","tags":[],"apiVersion":"v3"}}],)j"
         R"j("meta":{"count":1},"links":{}})j"},
        {"/api/v2/team",
         R"j({"data":[{"id":"11111111-2222-3333-4444-555555555555","type":"team","attributes":{"handle":"identity-platform","name":"Identity platform"}},)j"
         R"j({"id":"99999999-2222-3333-4444-555555555555","type":"team","attributes":{"handle":"search","name":"Search"}}],)j"
         R"j("meta":{"pagination":{"number":0,"next_number":1,"size":100}},"links":{"next":"/api/v2/team?page[number]=1"}})j"},
        {"/api/v2/team/11111111-2222-3333-4444-555555555555/notification-rules",
         R"j({"data":[{"id":"r1","type":"team_notification_rules","attributes":{"slack":{"channel":"identity-alerts","workspace":"shop"},"email":{"enabled":false}}}]})j"},
    };
    return bodies;
}

const std::vector<FakeSeries> &fakeSeries()
{
    static const QString requests = "query-requests.json", latency = "query-latency-p99.json",
                         cpu = "query-cpu.json", memory = "query-memory.json", pods = "query-pods.json";
    static const std::vector<FakeSeries> series{
        {"hits.by_http_status{env:production,service:id-auth", "query-5xx.json", {}},
        {".hits{env:production,service:id-auth", requests, {}},
        {".errors{env:production,service:id-auth", "query-5xx.json", "trace.http.request.errors", 0, 1.4},
        {"p99:trace.http.request{env:production,service:id-auth", latency, {}},
        {"p95:trace.http.request{env:production,service:id-auth", latency, "trace.http.request", 0, 0.7},
        {"p50:trace.http.request{env:production,service:id-auth", latency, "trace.http.request", 0, 0.3},
        {"avg:kubernetes.cpu.usage.total{kube_deployment:id-auth", cpu, {}},
        {"max:kubernetes.cpu.usage.total{kube_deployment:id-auth", cpu, "kubernetes.cpu.usage.total", 2e7,
         1.2},
        {"avg:kubernetes.memory.usage{kube_deployment:id-auth", memory, {}},
        {"max:kubernetes.memory.usage{kube_deployment:id-auth", memory, "kubernetes.memory.usage", 2e7, 1.05},
        {"cfs.throttled.seconds{kube_deployment:id-auth", requests, "kubernetes.cpu.cfs.throttled.seconds", 0,
         2e-5},
        {"replicas_available{kube_deployment:id-auth", pods, {}},
        {"replicas_desired{kube_deployment:id-auth", pods, "kubernetes_state.deployment.replicas_desired"},
        {"containers.restarts{kube_deployment:id-auth", requests, "kubernetes.containers.restarts", 0, 0},
        {"aws.rds.cpuutilization{dbclusteridentifier:users-db", requests, "aws.rds.cpuutilization", 11, 0.03},
        {"aws.rds.database_connections{dbclusteridentifier:users-db", pods, "aws.rds.database_connections",
         20, 12},
        {"aws.rds.freeable_memory{dbclusteridentifier:users-db", requests, "aws.rds.freeable_memory", 9e9,
         -8e5},
        {"aws.rds.free_storage_space{dbclusteridentifier:users-db", requests, "aws.rds.free_storage_space",
         2e11, 0},
        {"aws.rds.read_latency{dbclusteridentifier:users-db", latency, "aws.rds.read_latency", 0, 0.02},
        {"engine_cpuutilization{cacheclusterid:session-cache", requests,
         "aws.elasticache.engine_cpuutilization", 2, 0.02},
        {"curr_connections{cacheclusterid:session-cache", pods, "aws.elasticache.curr_connections", 5, 20},
        {"freeable_memory{cacheclusterid:session-cache", requests, "aws.elasticache.freeable_memory", 7e9,
         -1e6},
        {"evictions{cacheclusterid:session-cache", requests, "aws.elasticache.evictions", 0, 0},
    };
    return series;
}

QJsonObject derived(QJsonObject body, const FakeSeries &series)
{
    if (series.metric.isEmpty())
        return body;
    QJsonArray all;
    for (const QJsonValue &value : body.value(u"series").toArray()) {
        QJsonObject line = value.toObject();
        QJsonArray points;
        for (const QJsonValue &point : line.value(u"pointlist").toArray())
            points.append(QJsonArray{point.toArray().at(0),
                                     series.offset + series.factor * point.toArray().at(1).toDouble()});
        line.insert(QStringLiteral("pointlist"), points);
        line.insert(QStringLiteral("metric"), series.metric);
        line.insert(QStringLiteral("unit"), QJsonValue());
        line.insert(QStringLiteral("scope"), series.part.section(u'{', 1));
        all.append(line);
    }
    body.insert(QStringLiteral("series"), all);
    return body;
}

QByteArray movedTo(QJsonObject body, const QString &query, qint64 from, qint64 to)
{
    constexpr double week = 7.0 * 24 * 3600 * 1000;
    QJsonArray all;
    for (const QJsonValue &value : body.value(u"series").toArray()) {
        QJsonObject line = value.toObject();
        const QJsonArray points = line.value(u"pointlist").toArray();
        const double first = points.isEmpty() ? 0 : points.at(0).toArray().at(0).toDouble();
        const double shift = std::ceil((double(from) * 1000 - first) / week) * week;
        QJsonArray kept;
        for (const double by : {shift - week, shift}) {
            for (const QJsonValue &point : points) {
                const double at = point.toArray().at(0).toDouble() + by;
                if (at >= double(from) * 1000 && at < double(to) * 1000)
                    kept.append(QJsonArray{at, point.toArray().at(1)});
            }
        }
        line.insert(QStringLiteral("pointlist"), kept);
        line.insert(QStringLiteral("length"), kept.size());
        line.insert(QStringLiteral("start"),
                    kept.isEmpty() ? QJsonValue(from * 1000) : kept.first().toArray().at(0));
        line.insert(QStringLiteral("end"),
                    kept.isEmpty() ? QJsonValue(to * 1000) : kept.last().toArray().at(0));
        all.append(line);
    }
    body.insert(QStringLiteral("series"), all);
    body.insert(QStringLiteral("query"), query);
    body.insert(QStringLiteral("from_date"), from * 1000);
    body.insert(QStringLiteral("to_date"), to * 1000);
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

} // namespace tenken
