// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitorquery.h>
#include <analysis/monitors.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

bool startsWithAny(const QString &text, std::initializer_list<QStringView> prefixes)
{
    return std::ranges::any_of(prefixes, [&](QStringView p) { return text.startsWith(p); });
}

} // namespace

bool isDependencyMetric(const QString &metric)
{
    // Spans that a service opens towards others: their latency and errors are not its own answers'.
    static const QRegularExpression client(u"^trace\\.(mysql|postgres|pg|sql|redis|memcache|mongo|dynamodb|"
                                           u"s3|aws|sqs|kafka|elasticsearch|grpc\\.client)|"
                                           u"^trace\\..*client"_s);
    return client.match(metric).hasMatch()
        || startsWithAny(metric, {u"aws.rds.",         u"aws.aurora.",   u"aws.docdb.",     u"aws.dynamodb.",
                                  u"aws.elasticache.", u"aws.memorydb.", u"aws.sqs.",       u"aws.sns.",
                                  u"aws.s3.",          u"aws.kinesis.",  u"aws.firehose.",  u"aws.es.",
                                  u"postgresql.",      u"mysql.",        u"mongodb.",       u"pgbouncer.",
                                  u"redis.",           u"kafka.",        u"elasticsearch.", u"memcache.",
                                  u"rabbitmq.",        u"gcp.cloudsql.", u"gcp.spanner.",   u"azure.sql",
                                  u"sqlserver.",       u"oracle.",       u"proxysql."});
}

namespace
{

bool isBatch(const QueryPart &part)
{
    static const QRegularExpression job(u"(^|[._])job[._](failed|queue|status)|(^|[._])cron_?job"_s);
    return startsWithAny(part.metric,
                         {u"kubernetes_state.job.", u"kubernetes_state.cronjob.", u"celery.", u"sidekiq.",
                          u"airflow.", u"aws.batch.", u"aws.states."})
        || job.match(part.metric).hasMatch() || std::ranges::any_of(part.scope, [](const ScopeTerm &t) {
               return !t.negative
                   && (t.key == u"kube_cronjob" || t.key == u"kube_cron_job" || t.key == u"kube_job");
           });
}

// "5xx", "5*", "503", "[500 TO 599]", ">=500"
bool isServerError(const ScopeTerm &term)
{
    static const QRegularExpression key(
        u"^(http\\.|grpc\\.)?(response_|http_)?(status|code)(_code|_class|_family|_group)?(_class)?$"_s);
    static const QRegularExpression value(
        u"^(5xx|5\\*|5\\d\\d|5\\?\\?|>=?\\s*(499|500)|\\[500 to (599|\\*)\\]|server_error)$"_s);
    return !term.negative && key.match(term.key).hasMatch() && value.match(term.value).hasMatch();
}

} // namespace

bool countsServerErrors(const QueryPart &part)
{
    if (part.counts != QueryPart::Counts::ByName)
        return part.counts == QueryPart::Counts::ServerErrors;
    static const QRegularExpression metric(u"(^|[._\\d])(httpcode_)?(target_|elb_|backend_)?5xx"_s);
    return metric.match(part.metric.toLower()).hasMatch() || std::ranges::any_of(part.scope, isServerError);
}

bool countsErrors(const QueryPart &part)
{
    if (part.counts != QueryPart::Counts::ByName)
        return part.counts == QueryPart::Counts::Errors;
    static const QRegularExpression error(u"\\.errors?(\\.|$|_rate|_count)"_s);
    if (part.metric.startsWith(u"kubernetes.network.") || part.metric.startsWith(u"system.net."))
        return false; // lost packets are no failed requests
    return error.match(part.metric).hasMatch() || part.metric.startsWith(u"error-tracking")
        || (part.search && std::ranges::any_of(part.scope, [](const ScopeTerm &t) {
                return !t.negative && t.key == u"status" && t.value == u"error";
            }));
}

bool measuresLatency(const QueryPart &part, const QString &comparator)
{
    if (part.counts != QueryPart::Counts::ByName)
        return part.counts == QueryPart::Counts::Latency;
    static const QRegularExpression metric(u"latency|response_time|duration|request_time|elapsed"_s);
    static const QRegularExpression percentile(u"^p\\d"_s);
    static const QRegularExpression other(u"\\.(hits|errors|apdex)(\\.|$)"_s);
    const bool rising = !comparator.startsWith(u'<');
    if (part.metric.endsWith(u".apdex"))
        return !rising;
    if (!rising || part.search)
        return false;
    if (part.metric.startsWith(u"trace."))
        return !other.match(part.metric).hasMatch();
    return metric.match(part.metric.toLower()).hasMatch()
        || (percentile.match(part.aggregator).hasMatch() && part.metric.contains(u"request"));
}

namespace
{

bool measuresLoad(const QueryPart &part, const QString &comparator)
{
    if (part.counts != QueryPart::Counts::ByName)
        return part.counts == QueryPart::Counts::Load;
    static const QRegularExpression metric(
        u"^(kubernetes|container|docker|system|ecs\\.fargate)\\.(cpu|memory|mem|load)|\\.hits$|request_count|requests?(_count|_total)?$|cpu_?(utilization|usage)"_s);
    return !comparator.startsWith(u'<') && metric.match(part.metric).hasMatch();
}

void signalOf(const QueryPart &part, const QString &comparator, std::vector<Signal> &found)
{
    // Where the language tells what is counted, the direction is told too.
    const bool rising = part.counts != QueryPart::Counts::ByName || !comparator.startsWith(u'<');
    if (isDependencyMetric(part.metric))
        found.push_back(Signal::Dependency);
    else if (part.counts == QueryPart::Counts::Batch || isBatch(part))
        found.push_back(Signal::Batch);
    else if (countsServerErrors(part) && rising)
        found.push_back(Signal::ServerErrors);
    else if (countsErrors(part) && rising)
        found.push_back(Signal::Errors);
    else if (measuresLatency(part, comparator))
        found.push_back(Signal::Latency);
    else if (measuresLoad(part, comparator))
        found.push_back(Signal::HighLoad);
}

// What runs full, and what is left of it.
bool measuresSaturation(const QueryPart &part, const QString &comparator)
{
    static const QRegularExpression full(
        u"cpu|mem(ory)?[._]|heap|load[._]1|connection|saturat|utilization|throttl|queue|backlog|evict|"
        u"concurren|busy|in_?flight|threads?[._]|pool|lag|current_replicas|iops|latency"_s);
    static const QRegularExpression left(u"free|idle|available_memory|remaining|headroom|credit"_s);
    if (part.counts != QueryPart::Counts::ByName && part.counts != QueryPart::Counts::Other)
        return false;
    const QString metric = part.metric.toLower();
    const bool leftOver = left.match(metric).hasMatch();
    const bool falling = comparator.startsWith(u'<');
    return leftOver ? falling : !falling && full.match(metric).hasMatch();
}

} // namespace

bool tellsHighLoad(const Monitor &monitor)
{
    return tellsHighLoad(parseMonitorQuery(monitor));
}

bool tellsHighLoad(const MonitorQuery &query)
{
    return std::ranges::any_of(query.watched(), [&](const QueryPart &part) {
        return measuresLoad(part, query.comparator)
            || (!isDependencyMetric(part.metric) && measuresLatency(part, query.comparator))
            || (!part.search && measuresSaturation(part, query.comparator));
    });
}

std::vector<Signal> signalsOf(const Monitor &monitor)
{
    return signalsOf(parseMonitorQuery(monitor));
}

std::vector<Signal> signalsOf(const MonitorQuery &query)
{
    std::vector<Signal> found;
    for (const QueryPart &part : query.watched())
        signalOf(part, query.comparator, found);
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found.empty() ? std::vector{Signal::Other} : found;
}

} // namespace tenken
