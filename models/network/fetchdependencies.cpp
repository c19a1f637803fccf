// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/fetchplan.h>

namespace tenken
{

namespace
{

/// What is asked of one kind of dependency. TAG stands for the tag that selects it.
struct DependencyMetric {
    const char *what; ///< "cpu"
    Text label;
    const char *query;
};

struct DependencyKind {
    QStringList kinds;
    const char *tag; ///< of its own resource, where the host does not tell a better one
    std::vector<DependencyMetric> metrics;
};

const std::vector<DependencyKind> &dependencyKinds()
{
    static const Text cpu{"CPU", "CPU"}, memory{"空きメモリ", "free memory"},
        connections{"接続数", "connections"};
    static const std::vector<DependencyKind> kinds{
        {{"mysql", "mariadb", "postgres", "postgresql", "aurora", "aurora-mysql", "aurora-postgresql", "rds",
          "sqlserver", "oracle"},
         "dbinstanceidentifier",
         {{"cpu", cpu, "max:aws.rds.cpuutilization{TAG}"},
          {"connections", connections, "max:aws.rds.database_connections{TAG}"},
          {"memory", memory, "min:aws.rds.freeable_memory{TAG}"},
          {"storage", {"空き容量", "free storage"}, "min:aws.rds.free_storage_space{TAG}"},
          {"read_latency", {"読み取りの遅延", "read latency"}, "max:aws.rds.read_latency{TAG}"}}},
        {{"redis", "valkey", "memcached", "elasticache"},
         "cacheclusterid",
         {{"engine_cpu", cpu, "max:aws.elasticache.engine_cpuutilization{TAG}"},
          {"connections", connections, "max:aws.elasticache.curr_connections{TAG}"},
          {"memory", memory, "min:aws.elasticache.freeable_memory{TAG}"},
          {"evictions", {"追い出し", "evictions"}, "sum:aws.elasticache.evictions{TAG}"}}},
        {{"mongodb", "mongo", "documentdb", "docdb"},
         "dbclusteridentifier",
         {{"cpu", cpu, "max:aws.docdb.cpuutilization{TAG}"},
          {"connections", connections, "max:aws.docdb.database_connections{TAG}"},
          {"memory", memory, "min:aws.docdb.freeable_memory{TAG}"}}},
        {{"dynamodb"},
         "tablename",
         {{"throttled", {"絞られた要求", "throttled requests"}, "sum:aws.dynamodb.throttled_requests{TAG}"},
          {"latency", {"応答時間", "latency"}, "max:aws.dynamodb.successful_request_latency{TAG}"}}},
        {{"sqs"},
         "queuename",
         {{"visible",
           {"待ちの数", "messages waiting"},
           "max:aws.sqs.approximate_number_of_messages_visible{TAG}"},
          {"age",
           {"最も古い待ち", "age of the oldest message"},
           "max:aws.sqs.approximate_age_of_oldest_message{TAG}"}}},
        {{"opensearch", "elasticsearch"},
         "domainname",
         {{"cpu", cpu, "max:aws.es.cpuutilization{TAG}"},
          {"memory", {"JVM のメモリ", "JVM memory pressure"}, "max:aws.es.jvmmemory_pressure{TAG}"}}},
        {{"kafka", "msk"},
         "cluster_name",
         {{"cpu", cpu, "max:aws.kafka.cpu_user{TAG}"},
          {"lag", {"遅れ", "consumer lag"}, "max:aws.kafka.sum_offset_lag{TAG}"}}},
        {{"http", "https", "grpc"},
         "service",
         {{"hits", {"要求数", "requests"}, "sum:trace.SPAN.hits{env:ENV,TAG}.as_rate()"},
          {"errors", {"エラー", "errors"}, "sum:trace.SPAN.errors{env:ENV,TAG}.as_rate()"},
          {"latency", {"応答時間 p99", "latency p99"}, "p99:trace.SPAN{env:ENV,TAG}"}}},
    };
    return kinds;
}

// AWS says in the host's name which resource it is: users-db.cluster-abc.region.rds.amazonaws.com.
QString tagOf(const Dependency &d, const DependencyKind &kind)
{
    const QStringList labels = d.host.split(u'.');
    if (d.host.endsWith(u".rds.amazonaws.com") || d.host.endsWith(u".docdb.amazonaws.com")) {
        const bool cluster = labels.value(1).startsWith(u"cluster-");
        return QStringLiteral("%1:%2").arg(cluster ? "dbclusteridentifier" : "dbinstanceidentifier",
                                           labels.front());
    }
    if (d.host.endsWith(u".cache.amazonaws.com")) {
        const bool primary =
            labels.front() == u"master" || labels.front() == u"replica" || labels.front() == u"clustercfg";
        return QStringLiteral("replication_group:") + labels.value(primary ? 1 : 0);
    }
    const bool clustered = kind.tag == QLatin1StringView("cacheclusterid");
    return QStringLiteral("%1:%2%3").arg(QLatin1StringView(kind.tag), d.id, clustered ? "*" : "");
}

QString withRollup(const QString &query, int seconds)
{
    const QString how = query.startsWith(u"p99:")
        ? QString::number(seconds)
        : QStringLiteral("%1, %2")
              .arg(query.endsWith(u".as_rate()") ? QStringLiteral("avg") : query.first(3))
              .arg(seconds);
    return query + QStringLiteral(".rollup(%1)").arg(how);
}

} // namespace

std::vector<FetchRequest> dependencyRequests(const Dependency &dependency, const FetchPlan &plan)
{
    std::vector<FetchRequest> requests;
    const auto kind = std::ranges::find_if(dependencyKinds(), [&](const DependencyKind &k) {
        return k.kinds.contains(dependency.kind, Qt::CaseInsensitive);
    });
    if (kind == dependencyKinds().end())
        return requests;
    const QString tag = tagOf(dependency, *kind);
    for (const DependencyMetric &metric : kind->metrics) {
        const QString query = QString::fromLatin1(metric.query)
                                  .replace(QLatin1StringView("SPAN"), plan.wishes.span)
                                  .replace(QLatin1StringView("ENV"), plan.wishes.environment)
                                  .replace(QLatin1StringView("TAG"), tag);
        requests.push_back(metricRequest(
            plan, QStringLiteral("dependency_%1_%2").arg(dependency.id, QLatin1StringView(metric.what)),
            Text{"%1 の%2", "%1: %2"}.arg(dependency.id, metric.label),
            withRollup(query, rollupSeconds(plan.wishes.window))));
    }
    return requests;
}

} // namespace tenken
