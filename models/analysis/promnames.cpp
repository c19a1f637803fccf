// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/promnames.h>

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

constexpr std::pair<QStringView, QStringView> prefixes[] = {
    {u"mysqld_", u"mysql."},
    {u"mysql_", u"mysql."},
    {u"redis_", u"redis."},
    {u"pgbouncer_", u"pgbouncer."},
    {u"pg_", u"postgresql."},
    {u"postgresql_", u"postgresql."},
    {u"postgres_", u"postgresql."},
    {u"mongodb_", u"mongodb."},
    {u"rabbitmq_", u"rabbitmq."},
    {u"kafka_", u"kafka."},
    {u"elasticsearch_", u"elasticsearch."},
    {u"opensearch_", u"elasticsearch."},
    {u"memcached_", u"memcache."},
    {u"proxysql_", u"proxysql."},
    {u"oracledb_", u"oracle."},
    {u"mssql_", u"sqlserver."},
    {u"kube_job_", u"kubernetes_state.job."},
    {u"kube_cronjob_", u"kubernetes_state.cronjob."},
    {u"celery_", u"celery."},
    {u"sidekiq_", u"sidekiq."},
    {u"airflow_", u"airflow."},
    {u"container_cpu_", u"container.cpu."},
    {u"container_memory_", u"container.memory."},
    {u"node_cpu_", u"system.cpu."},
    {u"node_memory_", u"system.mem."},
    {u"node_load", u"system.load."},
    {u"node_network_", u"system.net."},
    {u"container_network_", u"kubernetes.network."},
};

struct LabelName {
    QStringView prometheus, datadog;
};

constexpr LabelName labelNames[] = {
    {u"service", u"service"},
    {u"service_name", u"service"},
    {u"exported_service", u"service"},
    {u"job", u"app"},
    {u"exported_job", u"app"},
    {u"app", u"app"},
    {u"application", u"application"},
    {u"app_kubernetes_io_name", u"app"},
    {u"label_app", u"app"},
    {u"label_app_kubernetes_io_name", u"app"},
    {u"deployment", u"kube_deployment"},
    {u"statefulset", u"kube_stateful_set"},
    {u"daemonset", u"kube_daemon_set"},
    {u"horizontalpodautoscaler", u"kube_deployment"},
    {u"container", u"kube_container_name"},
    {u"container_name", u"kube_container_name"},
    {u"workload", u"kube_deployment"},
    {u"cronjob", u"kube_cronjob"},
    {u"job_name", u"kube_job"},
    {u"namespace", u"kube_namespace"},
    {u"kubernetes_namespace", u"kube_namespace"},
    {u"exported_namespace", u"kube_namespace"},
    {u"pod", u"kube_deployment"},
    {u"pod_name", u"kube_deployment"},
    {u"destination_service_name", u"destination_service_name"},
    {u"destination_workload", u"destination_workload"},
    {u"destination_app", u"destination_app"},
    {u"destination_canonical_service", u"destination_canonical_service"},
    {u"dbinstance_identifier", u"dbinstanceidentifier"},
    {u"dbinstanceidentifier", u"dbinstanceidentifier"},
    {u"dbcluster_identifier", u"dbclusteridentifier"},
    {u"dbclusteridentifier", u"dbclusteridentifier"},
    {u"cache_cluster_id", u"cacheclusterid"},
    {u"cacheclusterid", u"cacheclusterid"},
    {u"queue_name", u"queuename"},
    {u"queuename", u"queuename"},
    {u"queue", u"queuename"},
    {u"load_balancer", u"loadbalancer"},
    {u"loadbalancer", u"loadbalancer"},
    {u"target_group", u"targetgroup"},
    {u"targetgroup", u"targetgroup"},
    {u"instance", u"host"},
    {u"addr", u"host"},
    {u"target", u"host"},
    {u"server", u"host"},
    {u"host", u"host"},
    {u"hostname", u"host"},
    {u"env", u"env"},
    {u"environment", u"env"},
    {u"stage", u"stage"},
    {u"cluster", u"cluster_name"},
    {u"cluster_name", u"cluster_name"},
};

QString canonicalLabel(QString name)
{
    name = name.toLower();
    for (const QString &prefix : {u"dimension_"_s, u"tag_"_s, u"kubernetes_io_"_s}) {
        if (name.startsWith(prefix))
            name.remove(0, prefix.size());
    }
    const auto it = std::ranges::find(labelNames, QStringView(name), &LabelName::prometheus);
    return it == std::end(labelNames) ? QString() : it->datadog.toString();
}

/// The exporter's own name says nothing of which server it looks at.
bool isExporter(const QString &value)
{
    static const QRegularExpression exporter(
        u"exporter|(?:^|[-_/])(?:cadvisor|kubelet|kube-state-metrics)$|^(mysqld?|redis|postgres(ql)?|pg|mongodb?|rabbitmq|kafka|elasticsearch|memcached|cloudwatch|yace|aws|node)$"_s);
    return exporter.match(value).hasMatch();
}

/// "redis://session-cache:6379" → "session-cache".
QString hostIn(const QString &value)
{
    const qsizetype scheme = value.indexOf(u"://");
    const QString rest = scheme < 0 ? value : value.sliced(scheme + 3);
    return rest.section(u'/', 0, 0).section(u'@', -1).section(u':', 0, 0);
}

/// The plain texts that a pattern stands for: "a|b" → both; "id-auth-.*" → "id-auth", which Pods are called
/// after. What stands for anything gives none; what cannot be told gives a text with a star.
struct PatternValue {
    QString text;
    bool prefix = false;
};

std::vector<PatternValue> valuesOf(const QString &pattern)
{
    static const QRegularExpression anything(u"^\\^?\\(?\\.[*+]\\)?\\$?$"_s);
    static const QRegularExpression literal(u"^[\\w./:@ -]*$"_s);
    static const QRegularExpression begins(
        u"^([\\w/:@ -]{2,}?)[-_.]?\\(?(?:\\.[*+]|\\[[^\\]]+\\][*+]?.*)\\)?$"_s);
    QString text = pattern;
    while (text.startsWith(u'^'))
        text.remove(0, 1);
    while (text.endsWith(u'$'))
        text.chop(1);
    if (text.startsWith(u'(') && text.endsWith(u')') && text.count(u'(') == 1)
        text = text.sliced(1, text.size() - 2);
    std::vector<PatternValue> values;
    for (const QString &written : text.split(u'|')) {
        const QString part = QString(written).replace(u"\\."_s, u"."_s).replace(u"\\\\."_s, u"."_s);
        if (anything.match(part).hasMatch())
            return {};
        if (const auto match = begins.match(part); match.hasMatch())
            values.push_back({match.captured(1), true});
        else
            values.push_back({literal.match(part).hasMatch() && !part.contains(u".*") ? part : part + u'*'});
    }
    return values;
}

} // namespace

QString datadogMetric(const QString &name)
{
    if (name.startsWith(u"aws_")) { // "aws_rds_cpuutilization_average"
        const qsizetype end = name.indexOf(u'_', 4);
        return end < 0 ? name : u"aws."_s + name.sliced(4, end - 4) + u'.' + name.sliced(end + 1);
    }
    for (const auto &[prometheus, datadog] : prefixes) {
        if (name.startsWith(prometheus))
            return datadog.toString() + name.sliced(prometheus.size());
    }
    return QString(name).replace(u':', u'.');
}

std::vector<ScopeTerm> scopeTerms(const LabelMatcher &matcher, const QString &metric)
{
    const QString key = canonicalLabel(matcher.name);
    if (key.isEmpty())
        return {};
    const bool pod = matcher.name.startsWith(u"pod");
    std::vector<ScopeTerm> terms;
    for (const auto &[value, prefix] :
         matcher.pattern() ? valuesOf(matcher.value) : std::vector<PatternValue>{{matcher.value}}) {
        const QString plain = (key == u"host" ? hostIn(value) : value).toLower();
        const bool sayNothing = plain.isEmpty() || ((key == u"app" || key == u"service") && isExporter(plain))
            || (key == u"app" && isDependencyMetric(metric) && plain.contains(u'*'))
            || (pod && plain.contains(u'*'));
        if (!sayNothing)
            terms.push_back({key, plain, matcher.negative(), prefix});
    }
    return terms;
}

} // namespace tenken
