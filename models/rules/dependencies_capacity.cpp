// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/loadtest_record.h>
#include <rules/planning.h>
#include <rules/seriespicture.h>
#include <rules/trafficfindings.h>
#include <rules/workloads.h>

#include <evidence/numbers.h>

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

const Text title{"依存先の容量", "Capacity of dependencies"};

/// What a kind of dependency is watched and limited by.
struct Kind {
    bool pooled = false;      ///< its connections are limited and pooled
    QStringList cpuMetrics;
};

Kind kindOf(const Dependency &d)
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

struct Case {
    const RuleContext &context;
    const Dependency &d;
    const Planning &planning;
    Kind kind;
};

Finding place(const Case &c, const Text &what, const Span &span = {})
{
    Finding f = findingInService(c.context, what, span.isValid() ? span : c.d.span);
    f.object = c.d.id;
    return f;
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
Finding judgeInstances(const Case &c)
{
    Finding f = place(c, {"イベントごとの台数と大きさ", "Instances per event"});
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
int podsAt(const Case &c, const EventPlan &event)
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

Finding judgeConnections(const Case &c, const Text &name, int pods, const Limit &limit, Verdict beyond)
{
    const double headroom = c.context.parameter(QStringLiteral("db-headroom"));
    const qint64 used = qint64(pods) * *c.d.poolSize;
    const double allowed = std::floor(*limit.connections * headroom + 1e-9);
    Finding f = place(c, Text{"接続数: %1", "Connections: %1"}.arg(name), limit.span);
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

void judgePool(const Case &c, std::vector<Finding> &findings)
{
    const bool stated = c.d.poolSize || c.d.maxConnections;
    if (!c.kind.pooled && !stated)
        return;
    const auto &events = c.planning.plan.events;
    const bool limited = std::ranges::all_of(events, [&](const EventPlan &e) { return limitAt(c.d, e.event.id).connections.has_value(); });
    if (!c.d.poolSize || !limited) {
        Finding f = place(c, {"接続数", "Connections"});
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

// "users-db" in dbinstanceidentifier:users-db-1, dbclusteridentifier:users-db, name:… – the id or the host's first label.
bool isAbout(const MetricSeries &s, const Dependency &d)
{
    static const QRegularExpression tag(QStringLiteral("(?:^|[{,\\s])[a-z_]+:([^,}\\s]+)"));
    const QString host = d.host.section(u'.', 0, 0).toLower(), id = d.id.toLower();
    for (const QString &text : {s.scope, s.query}) {
        for (auto it = tag.globalMatch(text); it.hasNext();) {
            const QString value = it.next().captured(1).toLower();
            for (const QString &name : {id, host}) {
                static const QRegularExpression rest(QStringLiteral("^(-\\d+|-(instance|node|writer|reader).*)?$"));
                if (!name.isEmpty() && value.startsWith(name) && rest.match(value.sliced(name.size())).hasMatch())
                    return true;
            }
        }
    }
    return false;
}

/// Whether a series was taken while a load test of the peak ran: only then does a low value say something.
const LoadTest *peakTestIn(const RuleContext &context, const MetricSeries &s)
{
    for (const LoadTest &t : context.evidence.loadTests) {
        if (!t.run || !t.run->knowsWhen() || t.source.purpose != u"peak" || isOfEnvironment(s, t.source) == false)
            continue;
        for (const auto &[at, value] : s.points) {
            if (std::isfinite(value) && at >= t.run->startSeconds && at <= t.run->endSeconds)
                return &t;
        }
    }
    return nullptr;
}

struct CpuSeen {
    std::vector<MetricSeries> series;
    std::optional<double> highest;        ///< percent
    std::optional<double> highestAtPeak;  ///< the same within a load test of the peak
    bool mean = false;                    ///< over several instances: it hides the fullest one
    bool sameEnvironment = true;          ///< false: whether that test ran where the series was taken is not known
};

/// Whether a line is the mean of several instances: a writer at its end beside idle readers looks half used.
bool isMeanOfSeveral(const MetricSeries &s, const Dependency &d)
{
    static const QRegularExpression one(QStringLiteral("(?:^|[,\\s])(?:dbinstanceidentifier|cacheclusterid|cachenodeid|host|hostname|name):[^*\\s]"));
    const bool several = std::ranges::any_of(d.instances, [](const DependencyInstances &i) { return i.count > 1; });
    return several && (s.query.startsWith(u"avg:") || s.query.startsWith(u"min:")) && !one.match(s.scope).hasMatch();
}

CpuSeen cpuOf(const Case &c)
{
    CpuSeen seen;
    for (const MetricSeries &s : c.context.evidence.datadog.series) {
        if (!c.kind.cpuMetrics.contains(s.metric) || !isAbout(s, c.d))
            continue;
        const LoadTest *test = peakTestIn(c.context, s);
        if (test && !isOfEnvironment(s, test->source))
            seen.sameEnvironment = false;
        seen.mean = seen.mean || (test && isMeanOfSeveral(s, c.d));
        for (const auto &[at, value] : s.points) {
            if (!std::isfinite(value))
                continue;
            seen.highest = std::max(seen.highest.value_or(value), value);
            if (test && at >= test->run->startSeconds && at <= test->run->endSeconds)
                seen.highestAtPeak = std::max(seen.highestAtPeak.value_or(value), value);
        }
        seen.series.push_back(s);
    }
    return seen;
}

Finding judgeCpu(const Case &c)
{
    const Text what{"ピークでの CPU", "CPU at the peak"};
    const double allowed = c.context.parameter(QStringLiteral("utilization")) * 100;
    CpuSeen seen = cpuOf(c);
    Finding f = place(c, what);
    const Text attest{"ピークの負荷試験の時刻の CPU を Datadog から記録に加えるか、測った値を添えて人が答えてください。",
                      "Add its CPU for the time of the peak's load test to the snapshot, or answer by hand with the measured value."};
    if (!seen.highest) {
        if (c.context.service().datadogFolder.isEmpty())
            return say(f, Verdict::Unknown, Text{"%1 の CPU は、Datadog の記録がなく分かりません。", "There is no Datadog snapshot that shows the CPU of %1."}.arg(c.d.id), attest);
        return say(f, Verdict::Unknown, Text{"%1 の CPU の時系列（%2 など）が、Datadog の記録にありません。", "The Datadog snapshot has no series of the CPU of %1 (%2 or the like)."}
                                            .arg(c.d.id, c.kind.cpuMetrics.front()), attest);
    }
    setPicture(f, inContext(SeriesPicture{Text{"%1 の CPU", "CPU of %1"}.arg(c.d.id), std::move(seen.series), allowed}, c.context.evidence));
    const double shown = seen.highestAtPeak.value_or(*seen.highest);
    compare(f, shown, Comparison::Relation::AtMost, allowed, QStringLiteral("%"));
    if (*seen.highest > allowed) {
        compare(f, *seen.highest, Comparison::Relation::AtMost, allowed, QStringLiteral("%"));
        return say(f, Verdict::Fail, Text{"%1 の CPU は %2 % に達し、%3 % を超えます。", "The CPU of %1 reached %2 %, above %3 %."}
                                         .arg(c.d.id, formatNumber(*seen.highest), formatNumber(allowed)),
                   {"大きいインスタンスにするか、台数を増やして測り直してください。", "Use larger or more instances and test again."});
    }
    if (seen.highestAtPeak && !seen.sameEnvironment) {
        return say(f, Verdict::Warn, Text{"ピークの負荷試験の間、%1 の CPU は %2 % まででしたが、試験と同じ環境の値かどうか分かりません。",
                                          "During the peak's load test the CPU of %1 stayed within %2 %; whether in the environment under test is not known."}
                                         .arg(c.d.id, formatNumber(shown)),
                   {"試験の `environment` を書き、`env:` で絞った時系列を記録してください。", "Write the test's `environment`, and keep a series filtered by `env:`."});
    }
    if (seen.highestAtPeak && seen.mean) {
        return say(f, Verdict::Warn, Text{"ピークの負荷試験の間、%1 の CPU は平均で %2 % まででした。複数のインスタンスの平均では、最も高い 1 台が分かりません。",
                                          "During the peak's load test the CPU of %1 stayed within %2 % on average; the mean of several instances hides the fullest one."}
                                         .arg(c.d.id, formatNumber(shown)),
                   {"`max:` か、インスタンスごと (by {dbinstanceidentifier}) の時系列を記録してください。", "Keep a series of `max:`, or one for each instance (by {dbinstanceidentifier})."});
    }
    if (seen.highestAtPeak)
        return say(f, Verdict::Pass, Text{"ピークの負荷試験の間、%1 の CPU は %2 % まででした。", "During the peak's load test the CPU of %1 stayed within %2 %."}.arg(c.d.id, formatNumber(shown)));
    return say(f, Verdict::Unknown, Text{"記録の中で %1 の CPU は %2 % までですが、ピークの負荷試験の時刻を含みません。",
                                         "In the snapshot the CPU of %1 stays within %2 %, yet it does not cover a load test of the peak."}.arg(c.d.id, formatNumber(shown)), attest);
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
        const Case c{context, d, planning, kindOf(d)};
        if (context.service().events.empty())
            continue;
        findings.push_back(judgeInstances(c));
        if (planning.missing.empty())
            judgePool(c, findings);
        if (c.kind.pooled)
            findings.push_back(judgeCpu(c));
    }
    return findings;
}

} // namespace

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
