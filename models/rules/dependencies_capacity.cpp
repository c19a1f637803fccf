// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/dependencies_capacity.h>
#include <rules/planning.h>
#include <rules/trafficfindings.h>
#include <rules/workloads.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

const Text title{"依存先の容量", "Capacity of dependencies"};

WatchedKind kindOf(const Dependency &d)
{
    const QString kind = d.kind.toLower();
    static const QStringList databases{QStringLiteral("mysql"), QStringLiteral("mariadb"), QStringLiteral("postgres"), QStringLiteral("postgresql"),
                                       QStringLiteral("aurora"), QStringLiteral("aurora-mysql"), QStringLiteral("aurora-postgresql"), QStringLiteral("rds"),
                                       QStringLiteral("sqlserver"), QStringLiteral("oracle")};
    static const QStringList caches{QStringLiteral("redis"), QStringLiteral("valkey"), QStringLiteral("memcached"), QStringLiteral("elasticache")};
    if (databases.contains(kind))
        return {true, {QStringLiteral("aws.rds.cpuutilization")}};
    if (caches.contains(kind))
        return {true, {QStringLiteral("aws.elasticache.engine_cpuutilization"), QStringLiteral("aws.elasticache.cpuutilization")}};
    return {kind == u"mongodb" || kind == u"mongo" || kind == u"documentdb", {QStringLiteral("aws.docdb.cpuutilization")}};
}

const DependencyInstances *instancesAt(const Dependency &d, const QString &event)
{
    const DependencyInstances *fallback = nullptr;
    for (const DependencyInstances &i : d.instances) {
        if (i.event == event)
            return &i;
        if (i.event.isEmpty())
            fallback = &i;
    }
    return fallback;
}

QString nameOf(const CapacityEvent &e, Lang lang)
{
    return e.name.isEmpty() ? e.id : e.name.in(lang);
}

// Number and size at each event, as people state them.
Finding judgeInstances(const DependencyCase &c)
{
    Finding f = findingForDependency(c, {"イベントごとの台数と大きさ", "Instances per event"});
    QStringList ja, en, all;
    for (const CapacityEvent &event : c.context.service().events) {
        const DependencyInstances *i = instancesAt(c.d, event.id);
        if (i && i->count > 0 && !i->type.isEmpty()) {
            all << QStringLiteral("%1 × %2").arg(i->count).arg(i->type);
            continue;
        }
        ja << nameOf(event, Lang::Ja);
        en << nameOf(event, Lang::En);
    }
    f.wanted = {"全イベントの台数と大きさ", "number and size for every event"};
    all.removeDuplicates();
    f.measured = all.isEmpty() ? Text{"なし", "none"} : sameText(all.join(QStringLiteral(", ")));
    if (ja.isEmpty())
        return say(f, Verdict::Pass, Text{"%1 の台数と大きさが、すべてのイベントについて決まっています。", "Number and size of %1 are stated for every event."}.arg(c.d.id));
    f.snippet = QStringLiteral("instances:\n  - {count: 2, type: db.r6g.xlarge}");
    return say(f, Verdict::Unknown,
               Text{"%1 の台数か大きさが、%2 について書かれていません。", "Number or size of %1 is not stated for %2."}
                   .arg(c.d.id, Text{ja.join(QStringLiteral("、")), en.join(QStringLiteral(", "))}),
               {"service.yaml の `dependencies[].instances` に、`count` と `type` を書いてください。", "Write `count` and `type` under `dependencies[].instances` in service.yaml."});
}

/// Pods that may hold connections at once during an event: what is needed, or more where more are kept anyway.
int podsAt(const DependencyCase &c, const EventPlan &event)
{
    int pods = std::max(event.needed(), event.event.scheduledReplicas.value.value_or(0));
    for (const Workload *w : servingWorkloads(c.context)) {
        const ReplicaRange range = replicasOf(c.context.manifests(), *w);
        if (range.known)
            pods = std::max(pods, range.min);
    }
    return pods;
}

std::optional<int> most(const RuleContext &context)
{
    std::optional<int> pods;
    for (const Workload *w : servingWorkloads(context)) {
        const ReplicaRange range = replicasOf(context.manifests(), *w);
        if (range.known)
            pods = std::max(pods.value_or(0), range.max);
    }
    return pods;
}

struct Limit {
    std::optional<int> connections;
    Span span;
};

Limit limitAt(const Dependency &d, const QString &event)
{
    if (const DependencyInstances *i = instancesAt(d, event); i && i->maxConnections)
        return {*i->maxConnections, i->maxConnections.span};
    return {d.maxConnections.value, d.maxConnections.span};
}

Finding judgeConnections(const DependencyCase &c, const Text &name, int pods, const Limit &limit, Verdict beyond)
{
    const double headroom = c.context.parameter(QStringLiteral("db-headroom"));
    const qint64 used = qint64(pods) * *c.d.poolSize;
    const double allowed = std::floor(*limit.connections * headroom + 1e-9);
    Finding f = findingForDependency(c, Text{"接続数: %1", "Connections: %1"}.arg(name), limit.span);
    addMark(f, f.file, c.d.poolSize.span, Text{"1 Pod %1 本", "%1 a Pod"}.arg(*c.d.poolSize));
    compare(f, double(used), Comparison::Relation::AtMost, allowed, {});
    const Text sum = Text{"%1: %2 Pod × %3 本 = %4 本です。", "%1: %2 pods × %3 are %4 connections."}.arg(c.d.id, pods, *c.d.poolSize, formatNumber(double(used)));
    const Text bound = Text{"最大接続数 %1 の %2 % は %3 本です。", "%2 % of the maximum of %1 are %3."}
                           .arg(formatNumber(*limit.connections), formatNumber(headroom * 100), formatNumber(allowed));
    if (double(used) <= allowed)
        return say(f, Verdict::Pass, Text{"%1%2", "%1 %2"}.arg(sum, bound));
    return say(f, beyond, Text{"%1%2", "%1 %2"}.arg(sum, bound),
               {"接続プールを小さくするか、大きいインスタンスか RDS Proxy などで接続数の上限を上げてください。",
                "Make the pool smaller, or raise the limit with a larger instance, RDS Proxy or the like."});
}

void judgePool(const DependencyCase &c, std::vector<Finding> &findings)
{
    const bool stated = c.d.poolSize || c.d.maxConnections;
    if (!c.kind.pooled && !stated)
        return;
    const auto &events = c.planning.plan.events;
    const bool limited = std::ranges::all_of(events, [&](const EventPlan &e) { return limitAt(c.d, e.event.id).connections.has_value(); });
    if (!c.d.poolSize || !limited) {
        Finding f = findingForDependency(c, {"接続数", "Connections"});
        f.snippet = QStringLiteral("pool-size: 20\nmax-connections: 2000");
        findings.push_back(say(std::move(f), Verdict::Unknown,
                               Text{"%1 の接続プールの大きさか、最大接続数が分かりません。", "The pool size or the maximum of connections of %1 is not known."}.arg(c.d.id),
                               {"service.yaml の依存先に `pool-size`（1 Pod の本数）と `max-connections` を書いてください。",
                                "Write `pool-size` (per Pod) and `max-connections` for the dependency in service.yaml."}));
        return;
    }
    for (const EventPlan &e : events)
        findings.push_back(judgeConnections(c, e.event.name.isEmpty() ? sameText(e.event.id) : e.event.name, podsAt(c, e), limitAt(c.d, e.event.id), Verdict::Fail));
    if (events.empty())
        return;
    const EventPlan &largest = *std::ranges::max_element(events, {}, &EventPlan::needed);
    const auto atMost = most(c.context);
    if (atMost && *atMost > podsAt(c, largest))
        findings.push_back(judgeConnections(c, {"HPA の最大", "HPA maximum"}, *atMost, limitAt(c.d, largest.event.id), Verdict::Warn));
}

std::vector<Finding> judge(const RuleContext &context)
{
    const auto &dependencies = context.service().dependencies;
    if (!dependencies) {
        return {undeclared(context, title, {"依存先", "Which dependencies there are"}, QStringLiteral("dependencies"),
                           QStringLiteral("dependencies:\n  - {id: users-db, kind: mysql, host: users-db.internal, pool-size: 20, max-connections: 2000}"))};
    }
    if ((*dependencies).empty())
        return {withoutDependencies(context, title)};
    const Planning planning = planFor(context);
    std::vector<Finding> findings = planning.missing;
    for (const Dependency &d : *dependencies) {
        const DependencyCase c{context, d, planning, kindOf(d)};
        if (context.service().events.empty())
            continue;
        findings.push_back(judgeInstances(c));
        if (planning.missing.empty())
            judgePool(c, findings);
        if (c.kind.pooled)
            findings.push_back(judgeDependencyCpu(c));
    }
    return findings;
}

} // namespace

Finding findingForDependency(const DependencyCase &c, const Text &what, const Span &span)
{
    Finding f = findingInService(c.context, what, span.isValid() ? span : c.d.span);
    f.object = c.d.id;
    return f;
}

Rule dependenciesCapacityRule()
{
    return {
        "dependencies-capacity",
        {"データベースなどの依存先が、イベントごとに足りる大きさか", "Databases and other dependencies are sized for each event"},
        {"依存先ごとに、イベントの台数と大きさが書かれているか、Pod の数 × pool-size が最大接続数の db-headroom 以内か、ピークの負荷試験の間の CPU が utilization "
         "以内かを見ます。Pod の数は event-capacity と同じ数、最小、予約の最大です。HPA の最大で超えるなら注意とします。データベースとキャッシュ以外の"
         "依存先は、書かれたものだけを見ます。CPU は Datadog の記録（aws.rds.cpuutilization、aws.elasticache.engine_cpuutilization など）から取り、"
         "ピークの負荷試験の時刻を含まない記録は合格になりません。`dependencies: []` は対象外です。",
         "For each dependency: number and size of instances are stated for every event; pods × pool-size stay within db-headroom of the maximum of "
         "connections; its CPU during the load test of the peak stays within utilization. Pods are those of event-capacity, the minimum or what is "
         "scheduled, whichever is most; going beyond at the HPA's maximum warns. Of dependencies that are neither database nor cache only what is "
         "stated is judged. CPU comes from the Datadog snapshot (aws.rds.cpuutilization, aws.elasticache.engine_cpuutilization …); a snapshot that "
         "does not cover a load test of the peak does not pass. `dependencies: []` is not applicable."},
        {{"db-headroom", 0.8, "", RuleParameter::Stricter::Lower, {"最大接続数のうち使ってよい割合", "share of the maximum of connections that may be used"}},
         {"utilization", 0.8, "", RuleParameter::Stricter::Lower, {"ピークでの CPU の上限", "the most that CPU may be at the peak"}}},
        judge,
        Rule::Source::Service,
    };
}

} // namespace tenken
