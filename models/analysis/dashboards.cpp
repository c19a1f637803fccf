// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/dashboards.h>
#include <analysis/dependencies.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

bool countsRequests(const QueryPart &part)
{
    static const QRegularExpression metric(
        u"\\.hits(\\.|$)|request_?count|\\.requests?(\\.(count|total|rate|per_s))?$|requests?_total$|request\\w*_seconds_count$|\\.rps$|net\\.request"_s);
    if (part.metric.startsWith(u"trace.") && !part.metric.contains(u".hits"))
        return false; // "trace.http.request" is how long they took
    return !part.search && metric.match(part.metric).hasMatch();
}

bool measuresPods(const QueryPart &part)
{
    static const QRegularExpression metric(
        u"^kubernetes_state\\.(deployment|replicaset|statefulset|hpa|pod|rollout)|^kubernetes\\.pods|replicas"_s);
    return metric.match(part.metric).hasMatch();
}

std::vector<Shows> showsOf(const QueryPart &part)
{
    static const QRegularExpression cpu(u"cpu"_s), memory(u"mem(ory)?([._]|$)|heap|\\.rss"_s);
    if (isDependencyMetric(part.metric))
        return {};
    std::vector<Shows> found;
    const bool errors = countsServerErrors(part) || countsErrors(part);
    if (errors)
        found.push_back(Shows::Errors);
    else if (countsRequests(part))
        found.push_back(Shows::Requests);
    else if (measuresLatency(part, QString()))
        found.push_back(Shows::Latency);
    if (!part.search && cpu.match(part.metric).hasMatch())
        found.push_back(Shows::Cpu);
    if (!part.search && memory.match(part.metric).hasMatch())
        found.push_back(Shows::Memory);
    if (measuresPods(part))
        found.push_back(Shows::Pods);
    return found;
}

enum class About { This, Another, Unsaid };

/// "ida-.*" may be the Pods of "ida-web".
bool mayBegin(const ScopeTerm &term, const ServiceNames &names)
{
    const auto begins = [](const QStringList &list, const QString &start) {
        return std::ranges::any_of(list, [&](const QString &text) { return text.startsWith(start); });
    };
    return term.prefix
        && (begins(names.names, term.value) || begins(names.tags, term.key + u':' + term.value));
}

About aboutOf(const QueryPart &part, const ServiceNames &names)
{
    static const QStringList keys = {
        "service", "kube_deployment",          "kube_stateful_set",   "kube_app_name", "kube_service",
        "app",     "destination_service_name", "destination_workload"};
    About about = About::Unsaid;
    for (const ScopeTerm &term : part.scope) {
        const QString tag = term.key + u':' + term.value;
        const bool own = names.tags.contains(tag) || names.scraped.contains(tag)
            || (keys.contains(term.key) && names.isService(term.value));
        if (own)
            return term.negative ? About::Another : About::This;
        const bool open = term.value.contains(u'*') || term.value.startsWith(u'$') || mayBegin(term, names)
            || term.negative || names.nearby.contains(tag);
        if (keys.contains(term.key) && !open)
            about = About::Another;
    }
    return about;
}

} // namespace

Text label(Shows what)
{
    switch (what) {
    case Shows::Requests:
        return {"要求", "requests"};
    case Shows::Errors:
        return {"誤り", "errors"};
    case Shows::Latency:
        return {"遅延", "latency"};
    case Shows::Cpu:
        return sameText(u"CPU"_s);
    case Shows::Memory:
        return {"メモリ", "memory"};
    case Shows::Pods:
        return {"Pod の数", "pods"};
    }
    return {};
}

namespace
{

/// The only one of its kind, or each for itself: it is among what a query without its name shows.
bool isAmongAll(const QueryPart &part, const Dependency &d, const std::vector<Dependency> &all)
{
    const auto kin =
        std::ranges::count_if(all, [&](const Dependency &o) { return o.id == d.id || isSameKind(o, d); });
    return kin == 1 || looksAtEach(part);
}

void addQuery(DashboardCover &cover, const DashboardWidget &widget, const Monitor &query,
              const ServiceNames &names, const std::vector<Dependency> &dependencies)
{
    const MonitorQuery parsed = parseMonitorQuery(query);
    if (environmentOf(query, parsed) == WatchedEnvironment::Other)
        return;
    for (const QueryPart &part : parsed.parts) {
        const About about = aboutOf(part, names);
        cover.aboutService = cover.aboutService || about == About::This;
        for (const Shows what : about == About::Another ? std::vector<Shows>{} : showsOf(part))
            cover.shown.try_emplace(what, &widget);
        for (const Dependency &d : dependencies) {
            const Watches w = watches(part, d, dependencies);
            if (w == Watches::Named
                || (w == Watches::Kind && about != About::Another && isAmongAll(part, d, dependencies)))
                cover.dependencies.try_emplace(d.id, &widget);
        }
    }
}

} // namespace

DashboardCover coverOf(const Dashboard &dashboard, const ServiceNames &names, const Service &service)
{
    DashboardCover cover;
    cover.dashboard = &dashboard;
    const std::vector<Dependency> none;
    const auto &dependencies = service.dependencies ? *service.dependencies : none;
    for (const DashboardWidget &widget : dashboard.widgets) {
        for (const QString &query : widget.queries) {
            Monitor asMonitor;
            asMonitor.source = widget.promQl ? Monitor::Source::Prometheus : Monitor::Source::Datadog;
            asMonitor.query = query;
            addQuery(cover, widget, asMonitor, names, dependencies);
        }
    }
    return cover;
}

} // namespace tenken
