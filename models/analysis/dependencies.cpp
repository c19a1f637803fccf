// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/dependencies.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

struct Family {
    QStringList kinds; ///< a declared kind that begins so
    QStringList metrics; ///< prefixes
};

const std::vector<Family> &families()
{
    static const std::vector<Family> all = {
        {{"mysql", "mariadb", "aurora-mysql"},
         {"aws.rds.", "aws.aurora.", "mysql.", "trace.mysql", "proxysql.", "gcp.cloudsql."}},
        {{"postgres", "aurora-postgres"},
         {"aws.rds.", "aws.aurora.", "postgresql.", "trace.postgres", "trace.pg", "pgbouncer.",
          "gcp.cloudsql."}},
        {{"aurora", "rds"},
         {"aws.rds.", "aws.aurora.", "mysql.", "postgresql.", "trace.mysql", "trace.postgres"}},
        {{"sqlserver", "mssql", "oracle"},
         {"aws.rds.", "sqlserver.", "oracle.", "azure.sql", "trace.sql", "trace.oracle"}},
        {{"redis", "valkey", "elasticache", "memorydb"},
         {"aws.elasticache.", "aws.memorydb.", "redis.", "trace.redis"}},
        {{"memcache"}, {"aws.elasticache.", "memcache.", "mcache.", "trace.memcache"}},
        {{"mongo", "docdb", "documentdb"}, {"aws.docdb.", "mongodb.", "trace.mongo"}},
        {{"dynamo"}, {"aws.dynamodb.", "trace.dynamodb", "trace.aws"}},
        {{"sqs"}, {"aws.sqs.", "trace.sqs", "trace.aws"}},
        {{"sns"}, {"aws.sns.", "trace.aws"}},
        {{"s3"}, {"aws.s3.", "trace.s3", "trace.aws"}},
        {{"kinesis"}, {"aws.kinesis.", "trace.aws"}},
        {{"firehose"}, {"aws.firehose.", "trace.aws"}},
        {{"kafka", "msk"}, {"kafka.", "aws.kafka.", "aws.msk.", "trace.kafka"}},
        {{"elasticsearch", "opensearch"}, {"aws.es.", "elasticsearch.", "trace.elasticsearch"}},
        {{"rabbit", "amqp", "mq"}, {"rabbitmq.", "aws.amazonmq.", "trace.amqp", "trace.rabbitmq"}},
        {{"spanner"}, {"gcp.spanner."}},
    };
    return all;
}

bool isCall(const QString &kind)
{
    static const QStringList calls = {"http", "https", "rest", "grpc", "api", "service", "graphql"};
    return calls.contains(kind);
}

const Family *familyOf(const Dependency &d)
{
    const QString kind = d.kind.toLower();
    const auto it = std::ranges::find_if(families(), [&](const Family &f) {
        return std::ranges::any_of(f.kinds, [&](const QString &k) { return kind.startsWith(k); });
    });
    return it == families().end() ? nullptr : &*it;
}

bool isOfKind(const QString &metric, const Dependency &d)
{
    static const QRegularExpression client(u"^trace\\..*client"_s);
    if (const Family *family = familyOf(d))
        return std::ranges::any_of(family->metrics, [&](const QString &p) { return metric.startsWith(p); });
    return isCall(d.kind.toLower()) && client.match(metric).hasMatch();
}

// The id, the host, and the host's first label: what AWS calls the resource.
QStringList namesOf(const Dependency &d)
{
    QStringList names{d.id.toLower()};
    const QString host = d.host.section(u':', 0, 0).toLower();
    if (!host.isEmpty()) {
        names << host;
        static const QRegularExpression address(u"^[\\d.]+$"_s);
        if (!address.match(host).hasMatch())
            names << host.section(u'.', 0, 0);
    }
    names.removeAll(QString());
    names.removeDuplicates();
    return names;
}

// Keys that name one node of a cluster, or a host: their values begin with what the cluster is called.
bool namesNode(const QString &key)
{
    static const QStringList keys = {"dbinstanceidentifier",
                                     "dbclusteridentifier",
                                     "cacheclusterid",
                                     "host",
                                     "replication_group",
                                     "replicationgroupid",
                                     "hostname",
                                     "server",
                                     "instance",
                                     "broker",
                                     "domainname",
                                     "name"};
    return keys.contains(key);
}

bool isOfAnotherEnvironment(const QString &rest)
{
    static const QRegularExpression other(
        u"(?:^|[-_.])(?:stg|stage|staging|dev|develop|development|test|qa|uat|sandbox|preprod|nonprod|non|pre)(?:$|[-_.\\d])"_s);
    return other.match(rest).hasMatch();
}

// "-1", "-001.abc.cache.amazonaws.com", "-reader", ".internal": of the same cluster. "-archive" and
// "-staging" are others.
bool isNodeSuffix(const QString &rest)
{
    static const QRegularExpression node(
        u"^(?:[-.](?:\\d+[a-z]?|[a-z]|[a-z]?az?\\d*|[a-z]{2}-[a-z]+-\\d[a-z]?|" // numbers, zones, regions
        "instance|node|shard|member|broker|cluster|cl|db|exporter|metrics|headless|svc|"
        "writer|reader|primary|replica|secondary|master|main|slave|standby|ro|rw|"
        "prod|prd|production|live))*"
        "(?:\\.[\\w.-]*)?(?::\\d+)?$"_s);
    return !isOfAnotherEnvironment(rest) && node.match(rest).hasMatch();
}

// Nodes of a cluster are called after it: "users-db-1". The longest declared name that fits is meant.
qsizetype fitOf(const ScopeTerm &term, const Dependency &d)
{
    const QString &value = term.value;
    qsizetype best = 0;
    for (const QString &name : namesOf(d)) {
        bool fits = value == name
            || (namesNode(term.key) && value.startsWith(name) && isNodeSuffix(value.sliced(name.size())));
        if (!fits && value.contains(u'*') && QString(value).remove(u'*').size() >= 3)
            fits = QRegularExpression::fromWildcard(value, Qt::CaseInsensitive).match(name).hasMatch();
        if (fits)
            best = std::max(best, value == name ? name.size() + 1 : name.size());
    }
    return best;
}

// "users-db-archive": another database, or a node that somebody called so.
bool isCalledNearly(const ScopeTerm &term, const Dependency &d)
{
    return namesNode(term.key) && !term.negative && std::ranges::any_of(namesOf(d), [&](const QString &name) {
               const QString rest = term.value.startsWith(name) ? term.value.sliced(name.size()) : QString();
               return (rest.startsWith(u'-') || rest.startsWith(u'.')) && !isOfAnotherEnvironment(rest);
           });
}

bool isMeant(const ScopeTerm &term, const Dependency &d, const std::vector<Dependency> &all)
{
    const qsizetype fit = fitOf(term, d);
    return fit > 0 && std::ranges::none_of(all, [&](const Dependency &o) {
               return o.id != d.id && fitOf(term, o) > fit;
           });
}

// Keys whose values say where or for whom, never which resource.
bool saysNoResource(const QString &key)
{
    static const QStringList keys = {"env",
                                     "environment",
                                     "team",
                                     "version",
                                     "region",
                                     "status",
                                     "aws_account",
                                     "cluster_name",
                                     "service",
                                     "kube_namespace",
                                     "account",
                                     "az",
                                     "availability-zone",
                                     "kube_cluster_name"};
    return keys.contains(key);
}

// It is no other declared one's.
bool isAmongOnlyOf(const ScopeTerm &term, const Dependency &d, const std::vector<Dependency> &all)
{
    return std::ranges::none_of(all, [&](const Dependency &o) { return o.id != d.id && fitOf(term, o) > 0; });
}

} // namespace

bool looksAtEach(const QueryPart &part)
{
    return std::ranges::any_of(part.groupBy,
                               [](const QString &key) { return !saysNoResource(key) && key != u"*"; });
}

bool mayLookAtEach(const QueryPart &part)
{
    return part.eachSeries || looksAtEach(part);
}

Watches watches(const QueryPart &part, const Dependency &dependency, const std::vector<Dependency> &all)
{
    bool named = false, another = false, open = false;
    for (const ScopeTerm &term : part.scope) {
        const bool isService = term.key == u"service";
        if ((saysNoResource(term.key) && !isService) || term.value.isEmpty() || term.value == u"*")
            continue;
        const bool meant = isMeant(term, dependency, all);
        if (meant && term.negative && !term.alternative)
            return Watches::No;
        open = open || (meant && term.alternative)
            || (!meant && isCalledNearly(term, dependency) && isAmongOnlyOf(term, dependency, all));
        named = named || (meant && !term.alternative);
        another = another || (!meant && !term.negative && !isService);
    }
    if (named)
        return Watches::Named;
    if (open)
        return Watches::Perhaps;
    return !another && isOfKind(part.metric, dependency) ? Watches::Kind : Watches::No;
}

bool isSameKind(const Dependency &a, const Dependency &b)
{
    const Family *one = familyOf(a), *other = familyOf(b);
    if (!one || !other)
        return isCall(a.kind.toLower()) && isCall(b.kind.toLower());
    return std::ranges::any_of(one->metrics, [&](const QString &m) { return other->metrics.contains(m); });
}

bool isTagged(const QStringList &tags, const Dependency &dependency)
{
    const QStringList names = namesOf(dependency);
    return std::ranges::any_of(tags, [&](const QString &tag) {
        const QString lower = tag.toLower();
        const QString key = lower.section(u':', 0, 0);
        return (key == u"dependency" || key == u"resource" || key == u"dbclusteridentifier"
                || key == u"dbinstanceidentifier" || key == u"cacheclusterid")
            && names.contains(lower.section(u':', 1));
    });
}

} // namespace tenken
