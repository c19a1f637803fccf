// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/promnames.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

using Counts = QueryPart::Counts;

/// Answers that conditions on labels let through.
enum class Answers { Any, ServerErrors, AllErrors, ClientErrors, NoServerErrors, Successes };

struct Sample {
    QStringView value;
    int group; ///< 2: a success, 4: the client's error, 5: the server's
};

// The ways in which exporters write how a request ended.
constexpr Sample codes[] = {{u"200", 2}, {u"201", 2}, {u"204", 2}, {u"301", 3}, {u"302", 3}, {u"304", 3},
                            {u"400", 4}, {u"401", 4}, {u"403", 4}, {u"404", 4}, {u"409", 4}, {u"422", 4},
                            {u"429", 4}, {u"499", 4}, {u"500", 5}, {u"501", 5}, {u"502", 5}, {u"503", 5},
                            {u"504", 5}};
constexpr Sample classes[] = {{u"2xx", 2}, {u"3xx", 3}, {u"4xx", 4}, {u"5xx", 5}};
constexpr Sample capitals[] = {{u"2XX", 2}, {u"3XX", 3}, {u"4XX", 4}, {u"5XX", 5}};
constexpr Sample digits[] = {{u"2", 2}, {u"3", 3}, {u"4", 4}, {u"5", 5}};
constexpr Sample grpc[] = {{u"OK", 2},           {u"Canceled", 4},          {u"InvalidArgument", 4},
                           {u"NotFound", 4},     {u"AlreadyExists", 4},     {u"PermissionDenied", 4},
                           {u"Unauthenticated", 4}, {u"FailedPrecondition", 4}, {u"OutOfRange", 4},
                           {u"Aborted", 4},      {u"Unknown", 5},           {u"DeadlineExceeded", 5},
                           {u"ResourceExhausted", 5}, {u"Unimplemented", 5}, {u"Internal", 5},
                           {u"Unavailable", 5},  {u"DataLoss", 5}};
// A plain error may be either side's.
constexpr Sample outcomes[] = {{u"success", 2}, {u"SUCCESS", 2}, {u"ok", 2},     {u"REDIRECTION", 3}, {u"CLIENT_ERROR", 4},
                               {u"error", 4},   {u"ERROR", 4},   {u"failure", 4}, {u"failed", 4},     {u"fail", 4},
                               {u"error", 5},   {u"ERROR", 5},   {u"failure", 5}, {u"failed", 5},     {u"fail", 5},
                               {u"SERVER_ERROR", 5}};

bool isStatusLabel(const QString &label)
{
    static const QRegularExpression name(
        u"^(?:(?:http|grpc|envoy|rpc)_)?(?:(?:response|request|server|exit)_)?(?:status|code|statuscode|responsecode|outcome|result)"
        u"(?:_(?:code|class|family|group))*$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return name.match(label).hasMatch();
}

/// Which groups of a way of writing are let through; nothing where it tells nothing apart.
std::optional<QList<int>> groupsIn(std::span<const Sample> samples, const LabelMatcher &matcher)
{
    QList<int> let, kept;
    for (const Sample &sample : samples) {
        const auto accepts = matcher.accepts(sample.value.toString());
        if (!accepts)
            return {};
        (*accepts ? let : kept) << sample.group;
    }
    // One that lets through everything, or nothing, is written in another way.
    return let.isEmpty() || kept.isEmpty() ? std::nullopt : std::optional(let);
}

Answers answersOf(const QList<int> &groups)
{
    const auto only = [&](std::initializer_list<int> allowed) {
        return std::ranges::all_of(groups, [&](int g) { return std::ranges::contains(allowed, g); });
    };
    if (only({5}))
        return Answers::ServerErrors;
    if (only({4}))
        return Answers::ClientErrors;
    if (only({4, 5}))
        return Answers::AllErrors;
    return groups.contains(5) ? Answers::Any : groups.contains(4) ? Answers::NoServerErrors : Answers::Successes;
}

Answers answersOf(const PromSelector &selector)
{
    QList<int> groups;
    bool any = true;
    for (const LabelMatcher &matcher : selector.matchers) {
        if (!isStatusLabel(matcher.name))
            continue;
        for (const std::span<const Sample> way : {std::span<const Sample>(codes), {classes}, {capitals}, {digits}, {grpc}, {outcomes}}) {
            const auto let = groupsIn(way, matcher);
            if (!let)
                continue;
            if (any)
                groups = *let;
            else
                groups.removeIf([&](int g) { return !let->contains(g); });
            any = false;
            break;
        }
    }
    return any || groups.isEmpty() ? Answers::Any : answersOf(groups);
}

bool isLatency(const PromSelector &s)
{
    static const QRegularExpression name(u"latency|duration|response_?time|request_?time|elapsed|processing_time|_seconds|_milliseconds|_ms(?:_|$)"_s);
    static const QRegularExpression notTime(u"_(?:count|total|created|timestamp|timestamp_seconds|info)(?:$|:)|(?:^|_)(?:bytes|size)_|"
                                            u"(?:start|boot|last|creation|update)\\w*_time_seconds$"_s);
    static const QRegularExpression others(u"^(?:go|process|scrape|prometheus|jvm|etcd|node|kubelet|kube|rest_client|apiserver|workqueue|alertmanager|container|certmanager)_|"
                                           u"_(?:cpu|uptime|start|expir\\w*|age|timeout)_"_s);
    if (!name.match(s.metric).hasMatch() || notTime.match(s.metric).hasMatch() || others.match(s.metric).hasMatch())
        return false;
    // The share of requests below a bound: an alert on it fires as it falls.
    const bool share = s.metric.endsWith(u"_bucket") && !s.quantile
        && std::ranges::any_of(s.matchers, [](const LabelMatcher &m) { return m.name == u"le"; });
    return share == s.falling;
}

bool isBatch(const QString &metric)
{
    static const QRegularExpression name(u"(?:^|_)(?:batch|cron_?jobs?|jobs?|etl|backup)(?:_|$)|_last_(?:success|successful|completion|completed|run)(?:_|$)"_s);
    return name.match(metric).hasMatch();
}

bool isErrors(const QString &metric)
{
    static const QRegularExpression name(u"(?:^|[_:])(?:errors?|errored|failures?|failed|exceptions?)(?:[_:]|$)"_s);
    static const QRegularExpression others(u"^(?:node|container_network|prometheus|alertmanager|go|kubelet|kube|coredns|apiserver|etcd|rest_client|net_conntrack)_"_s);
    return name.match(metric).hasMatch() && !others.match(metric).hasMatch();
}

bool isLoad(const PromSelector &s)
{
    static const QRegularExpression rising(
        u"^kube_(?:hpa|horizontalpodautoscaler)_status_(?:current|desired)_replicas$|^container_(?:cpu|memory|spec)|^node_(?:load|pressure)|"
        u"^process_(?:cpu|resident|open_fds)|^jvm_(?:memory|threads)|(?:^|_)requests?(?:_total|_count)?$|_duration_\\w*_count$|"
        u"throttled|in_?flight|active_connections|queue_(?:length|size|depth)|cpu_?usage|cpu_?utili[sz]ation|memory_(?:usage|used|working_set)"_s);
    static const QRegularExpression leftOver(u"^node_memory_Mem(?:Available|Free)|^node_cpu_seconds_total$|_(?:idle|available|free|remaining)(?:_|$)"_s);
    const bool idle = std::ranges::any_of(s.matchers, [](const LabelMatcher &m) { return m.name == u"mode" && m.value == u"idle" && !m.negative(); });
    if (idle || (leftOver.match(s.metric).hasMatch() && s.metric != u"node_cpu_seconds_total"))
        return s.falling;
    return !s.falling && (rising.match(s.metric).hasMatch() || s.metric == u"node_cpu_seconds_total");
}

} // namespace

QueryPart::Counts countsOf(const PromSelector &selector)
{
    const QString &metric = selector.metric;
    // It fires when the metric is gone, whatever the metric says.
    if (selector.calls("absent") || selector.calls("absent_over_time"))
        return isBatch(metric) ? Counts::Batch : Counts::Nothing;
    static const QRegularExpression named(u"(?:^|[_:])5_?xx(?:[_:.]|$)"_s);
    const Answers answers = answersOf(selector);
    if (isLatency(selector))
        return isBatch(metric) ? Counts::Batch : Counts::Latency;
    if (isBatch(metric))
        return Counts::Batch;
    if (selector.falling && answers != Answers::Any)
        return answers == Answers::NoServerErrors ? Counts::ServerErrors : answers == Answers::Successes ? Counts::Errors : Counts::Other;
    if (answers == Answers::ServerErrors || (named.match(metric).hasMatch() && !selector.falling))
        return Counts::ServerErrors;
    if (answers == Answers::AllErrors || (isErrors(metric) && !selector.falling && answers == Answers::Any))
        return Counts::Errors;
    if (answers == Answers::ClientErrors || answers == Answers::Successes || answers == Answers::NoServerErrors)
        return Counts::Other;
    return isLoad(selector) ? Counts::Load : Counts::Other;
}

} // namespace tenken
