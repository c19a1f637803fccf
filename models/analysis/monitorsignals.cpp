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
    // "http.client.request.duration", "grpc_client_handled_total": likewise.
    static const QRegularExpression calls(
        u"(?:^|[._])(?:http|grpc|rpc|db)[._]client[._]|^(?:okhttp|feign|resttemplate|webclient)[._]"_s);
    return client.match(metric).hasMatch() || calls.match(metric).hasMatch()
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
    // The processor time of a job says nothing of how it ended.
    static const QRegularExpression outcome(
        u"fail|error|succe|complet|exit|restart|status|last_|duration|terminated|age$"_s);
    return startsWithAny(part.metric,
                         {u"kubernetes_state.job.", u"kubernetes_state.cronjob.", u"celery.", u"sidekiq.",
                          u"airflow.", u"aws.batch.", u"aws.states."})
        || job.match(part.metric).hasMatch() || std::ranges::any_of(part.scope, [&](const ScopeTerm &t) {
               return !t.negative && (part.search || outcome.match(part.metric).hasMatch())
                   && (t.key == u"kube_cronjob" || t.key == u"kube_cron_job" || t.key == u"kube_job");
           });
}

bool isStatus(const QString &key)
{
    static const QRegularExpression name(
        u"^(http\\.|grpc\\.)?(response_|http_)?(status|code)(_code|_class|_family|_group)?(_class)?$"_s);
    return name.match(key).hasMatch();
}

// "5xx", "5*", "503", "[500 TO 599]", ">=500"
bool isServerError(const ScopeTerm &term)
{
    static const QRegularExpression value(
        u"^(5xx|5\\*|5\\d\\d|5\\?\\?|>=?\\s*(499|500)|\\[500 to (599|\\*)\\]|server_error)$"_s);
    return !term.negative && isStatus(term.key) && value.match(term.value).hasMatch();
}

// "4xx", "404", "2xx", "[400 TO 499]": answers that no 5xx is among.
bool isOtherAnswer(const ScopeTerm &term)
{
    static const QRegularExpression value(
        u"^([1-4]xx|[1-4]\\*|[1-4]\\d\\d|\\[[1-4]\\d\\d to [1-4]\\d\\d\\])$"_s);
    return !term.negative && !term.alternative && isStatus(term.key) && value.match(term.value).hasMatch();
}

// "2xx", "200", and what is no 5xx: their share falls as failures rise.
bool isGood(const ScopeTerm &term)
{
    static const QRegularExpression value(u"^(2xx|2\\*|2\\d\\d|ok|success)$"_s);
    return !term.negative && isStatus(term.key) && value.match(term.value).hasMatch();
}

bool leavesServerErrorsOut(const ScopeTerm &term)
{
    return term.negative && isServerError({term.key, term.value, false});
}

} // namespace

bool countsServerErrors(const QueryPart &part)
{
    if (part.counts != QueryPart::Counts::ByName)
        return part.counts == QueryPart::Counts::ServerErrors;
    if (!part.measure.isEmpty())
        return false; // how long the failed ones took, not how many there are
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
    if (!part.measure.isEmpty() || std::ranges::any_of(part.scope, isOtherAnswer))
        return false;
    return error.match(part.metric).hasMatch() || part.metric.startsWith(u"error-tracking")
        || (part.search && std::ranges::any_of(part.scope, [](const ScopeTerm &t) {
                return !t.negative && t.key == u"status" && t.value == u"error";
            }));
}

namespace
{

// pc99 of @duration over spans or logs; what a browser measures is not the service's.
bool measuresLatencyOfEvents(const QueryPart &part)
{
    static const QRegularExpression time(u"duration|latency|response_?time|request_?time|elapsed"_s);
    static const QRegularExpression aggregate(u"^(p\\d+|avg|max|median|percentile)$"_s);
    static const QStringList sources = {"logs", "trace-analytics", "spans", "trace"};
    return sources.contains(part.metric) && time.match(part.measure).hasMatch()
        && aggregate.match(part.aggregator).hasMatch();
}

} // namespace

bool measuresLatency(const QueryPart &part, const QString &comparator)
{
    if (part.counts != QueryPart::Counts::ByName)
        return part.counts == QueryPart::Counts::Latency;
    static const QRegularExpression metric(u"latency|response_time|duration|request_time|elapsed"_s);
    static const QRegularExpression percentile(u"^p\\d"_s);
    static const QRegularExpression other(u"\\.(hits|errors|apdex)(\\.|$)"_s);
    // How many there were, and times of the machine's own work: no request waits for them to be told.
    static const QRegularExpression counted(u"[._]count$"_s);
    static const QRegularExpression machine(
        u"^(jvm|runtime|system|kubernetes|kubernetes_state|kubelet|kube_[a-z_]*|container|docker|coredns|etcd|dns|ntp|datadog|argocd|karpenter)\\."_s);
    const bool rising = firesRising(part, comparator);
    if (part.metric.endsWith(u".apdex"))
        return !rising;
    if (!rising || part.aggregator == u"count" || counted.match(part.metric).hasMatch())
        return false;
    if (part.search)
        return measuresLatencyOfEvents(part);
    if (part.metric.startsWith(u"trace."))
        return !other.match(part.metric).hasMatch();
    if (machine.match(part.metric).hasMatch())
        return false;
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
    return firesRising(part, comparator) && metric.match(part.metric).hasMatch();
}

// Spans that the service opens towards others are told apart by their kind too.
bool isClientSpan(const QueryPart &part)
{
    return std::ranges::any_of(part.scope, [](const ScopeTerm &t) {
        return t.key == u"span.kind" && !t.negative && (t.value == u"client" || t.value == u"producer");
    });
}

// A share of good answers that falls: what is no 5xx falls as 5xx rise, 2xx as errors of any kind do.
std::optional<Signal> signalOfShare(const QueryPart &part)
{
    if (std::ranges::any_of(part.scope, leavesServerErrorsOut))
        return Signal::ServerErrors;
    return std::ranges::any_of(part.scope, isGood) ? std::optional(Signal::Errors) : std::nullopt;
}

void signalOf(const QueryPart &part, const QString &comparator, bool ratio, std::vector<Signal> &found)
{
    // Where the language tells what is counted, the direction is told too.
    const bool rising = part.counts != QueryPart::Counts::ByName || firesRising(part, comparator);
    const auto share = ratio && !rising && part.measure.isEmpty() ? signalOfShare(part) : std::nullopt;
    if (isDependencyMetric(part.metric) || isClientSpan(part))
        found.push_back(Signal::Dependency);
    else if (part.counts == QueryPart::Counts::Batch || isBatch(part))
        found.push_back(Signal::Batch);
    else if (countsServerErrors(part) && rising)
        found.push_back(Signal::ServerErrors);
    else if (countsErrors(part) && rising)
        found.push_back(Signal::Errors);
    else if (share)
        found.push_back(*share);
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
    const bool falling = !firesRising(part, comparator);
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
    const bool ratio = std::ranges::any_of(query.parts, &QueryPart::denominator);
    for (const QueryPart &part : query.watched())
        signalOf(part, query.comparator, ratio, found);
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found.empty() ? std::vector{Signal::Other} : found;
}

} // namespace tenken
