// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/fetchkeys.h>
#include <network/fetchplan.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>
#include <QUrl>

namespace tenken
{

namespace
{

// "abc-def-ghi", from the id or from a URL like https://app.datadoghq.com/dashboard/abc-def-ghi/name.
QString dashboardId(const QString &declared)
{
    const QStringList steps = QUrl(declared).path().split(u'/', Qt::SkipEmptyParts);
    const qsizetype at = steps.indexOf(QStringLiteral("dashboard"));
    const QString id = at >= 0 ? steps.value(at + 1) : declared.trimmed();
    static const QRegularExpression shape(QStringLiteral("^[A-Za-z0-9-]{3,64}$"));
    return shape.match(id).hasMatch() ? id : QString();
}

FetchRequest listing(const char *purpose, const Text &label, const char *path, FetchQuery query,
                     Paging paging, FetchFollow follow = FetchFollow::None)
{
    FetchRequest r;
    r.purpose = r.kind = QString::fromLatin1(purpose);
    r.label = label;
    r.path = QString::fromLatin1(path);
    r.query = std::move(query);
    r.paging = paging;
    r.follow = follow;
    return r;
}

void addMetrics(FetchPlan &plan)
{
    const QString id = plan.service, env = plan.wishes.environment, span = plan.wishes.span;
    const QString scope = QStringLiteral("env:%1,service:%2").arg(env, id);
    const QString pods = QStringLiteral("kube_deployment:%1").arg(id);
    const QString seconds = QString::number(rollupSeconds(plan.wishes.window));
    const auto add = [&](const char *purpose, const Text &label, const char *query) {
        plan.requests.push_back(metricRequest(plan, QString::fromLatin1(purpose), label,
                                              QString::fromLatin1(query)
                                                  .replace(QLatin1StringView("SPAN"), span)
                                                  .replace(QLatin1StringView("PODS"), pods)
                                                  .replace(QLatin1StringView("SCOPE"), scope)
                                                  .replace(QLatin1StringView("SECONDS"), seconds)));
    };
    add("request_rate", {"要求数", "Requests"}, "sum:trace.SPAN.hits{SCOPE}.as_rate().rollup(avg, SECONDS)");
    add("errors_5xx", {"5xx", "5xx"},
        "sum:trace.SPAN.hits.by_http_status{SCOPE,http.status_class:5xx}.as_rate().rollup(avg, SECONDS)");
    add("errors", {"失敗したスパン", "Failed spans"},
        "sum:trace.SPAN.errors{SCOPE}.as_rate().rollup(avg, SECONDS)");
    add("latency_p50", {"応答時間 p50", "Latency p50"}, "p50:trace.SPAN{SCOPE}.rollup(SECONDS)");
    add("latency_p95", {"応答時間 p95", "Latency p95"}, "p95:trace.SPAN{SCOPE}.rollup(SECONDS)");
    add("latency_p99", {"応答時間 p99", "Latency p99"}, "p99:trace.SPAN{SCOPE}.rollup(SECONDS)");
    add("cpu", {"CPU", "CPU"}, "avg:kubernetes.cpu.usage.total{PODS}.rollup(avg, SECONDS)");
    add("cpu_max", {"CPU（最大）", "CPU (highest)"},
        "max:kubernetes.cpu.usage.total{PODS} by {kube_container_name}.rollup(max, SECONDS)");
    add("memory", {"メモリ", "Memory"}, "avg:kubernetes.memory.usage{PODS}.rollup(avg, SECONDS)");
    add("memory_max", {"メモリ（最大）", "Memory (highest)"},
        "max:kubernetes.memory.usage{PODS} by {kube_container_name}.rollup(max, SECONDS)");
    add("throttling", {"CPU スロットリング", "CPU throttling"},
        "max:kubernetes.cpu.cfs.throttled.seconds{PODS} by {kube_container_name}.rollup(max, SECONDS)");
    add("pods", {"Pod 数", "Pods"},
        "max:kubernetes_state.deployment.replicas_available{PODS}.rollup(max, SECONDS)");
    add("pods_desired", {"望む Pod 数", "Desired pods"},
        "max:kubernetes_state.deployment.replicas_desired{PODS}.rollup(max, SECONDS)");
    add("restarts", {"再起動", "Restarts"}, "max:kubernetes.containers.restarts{PODS}.rollup(max, SECONDS)");
}

// Statistics of APM by service: they need no name of a span. One question in milliseconds, as this API wants
// it.
FetchRequest apmRequest(const FetchPlan &plan)
{
    const FetchWindow &w = plan.wishes.window;
    QJsonArray queries;
    for (const char *stat : {"hits", "errors", "latency_p99"})
        queries.append(QJsonObject{{"data_source", "apm_metrics"},
                                   {"name", QLatin1StringView(stat)},
                                   {"stat", QLatin1StringView(stat)},
                                   {"service", plan.service},
                                   {"query_filter", "env:" + plan.wishes.environment}});
    const QJsonObject attributes{{"from", w.from.toMSecsSinceEpoch()},
                                 {"to", w.to.toMSecsSinceEpoch()},
                                 {"interval", qint64(rollupSeconds(w)) * 1000},
                                 {"queries", queries}};
    FetchRequest r =
        listing("apm", {"APM の統計", "APM statistics"}, "/api/v2/query/timeseries", {}, Paging::None);
    r.kind = QStringLiteral("timeseries_v2");
    r.method = "POST";
    r.body =
        QJsonDocument(
            QJsonObject{{"data", QJsonObject{{"type", "timeseries_request"}, {"attributes", attributes}}}})
            .toJson(QJsonDocument::Compact);
    return r;
}

void addTraces(FetchPlan &plan)
{
    plan.requests.push_back(apmRequest(plan));
    const QString env = plan.wishes.environment;
    const FetchWindow &w = plan.wishes.window;
    plan.requests.push_back(listing("apm_services", {"APM のサービス", "APM services"},
                                    "/api/v2/apm/services", {{"filter[env]", env}}, Paging::None));
    plan.requests.push_back(listing("service_dependencies", {"サービスの依存関係", "Dependency map"},
                                    "/api/v1/service_dependencies",
                                    {{"env", env},
                                     {"start", QString::number(w.from.toSecsSinceEpoch())},
                                     {"end", QString::number(w.to.toSecsSinceEpoch())}},
                                    Paging::None));
}

void addWatching(FetchPlan &plan, const Service &service)
{
    const auto add = [&](FetchRequest request) { plan.requests.push_back(std::move(request)); };
    add(listing("monitors", {"モニター", "Monitors"}, "/api/v1/monitor",
                {{"page", "0"}, {"page_size", "1000"}, {"with_downtimes", "true"}}, Paging::Page,
                FetchFollow::Monitors));
    const QString dashboard = dashboardId(service.dashboard.value.value_or(QString()));
    if (dashboard.isEmpty())
        add(listing("dashboards", {"ダッシュボードの一覧", "List of dashboards"}, "/api/v1/dashboard",
                    {{"count", "100"}, {"start", "0"}}, Paging::CountStart, FetchFollow::Dashboards));
    else
        add(listing("dashboard", {"ダッシュボード", "Dashboard"},
                    qPrintable("/api/v1/dashboard/" + dashboard), {}, Paging::None));
    add(listing("slo", {"SLO", "SLOs"}, "/api/v1/slo",
                {{"tags_query", "service:" + plan.service}, {"limit", "1000"}, {"offset", "0"}},
                Paging::LimitOffset));
    add(listing("synthetics", {"外形監視", "Synthetic tests"}, "/api/v1/synthetics/tests",
                {{"page_size", "100"}, {"page_number", "0"}}, Paging::PageNumber));
    add(listing("downtimes", {"ダウンタイム", "Downtimes"}, "/api/v2/downtime",
                {{"current_only", "true"}, {"page[limit]", "100"}, {"page[offset]", "0"}},
                Paging::BracketOffset));
    add(listing("notification_rules", {"通知ルール", "Notification rules"},
                "/api/v2/monitor/notification_rule", {}, Paging::None));
    add(listing("catalog", {"サービスカタログ", "Service catalogue"}, "/api/v2/catalog/entity",
                {{"filter[name]", plan.service}, {"page[limit]", "100"}, {"page[offset]", "0"}},
                Paging::Link));
    add(listing("teams", {"チームの通知先", "Teams' notification rules"}, "/api/v2/team",
                {{"page[size]", "100"}, {"page[number]", "0"}}, Paging::BracketNumber, FetchFollow::Teams));
}

} // namespace

int rollupSeconds(const FetchWindow &window)
{
    constexpr double points = 1'200; // Datadog widens what would give more than 1,500
    const double seconds = double(window.from.secsTo(window.to));
    for (const int step : {20, 60, 120, 300, 600, 900, 1'800, 3'600, 7'200, 14'400}) {
        if (seconds / step <= points)
            return step;
    }
    return 86'400;
}

FetchRequest metricRequest(const FetchPlan &plan, const QString &purpose, const Text &label,
                           const QString &query)
{
    FetchRequest r;
    r.purpose = purpose;
    r.label = label;
    r.kind = QStringLiteral("query_v1");
    r.path = metricQueryPath;
    r.query = {{"from", QString::number(plan.wishes.window.from.toSecsSinceEpoch())},
               {"to", QString::number(plan.wishes.window.to.toSecsSinceEpoch())},
               {"query", query}};
    return r;
}

QString productionOf(const Service &service)
{
    for (const ServiceEnvironment &e :
         service.environments.value.value_or(std::vector<ServiceEnvironment>())) {
        if (e.id.startsWith(u"pr", Qt::CaseInsensitive))
            return e.id;
    }
    return QStringLiteral("production");
}

FetchPlan fetchPlan(const Service &service, const FetchWishes &wishes)
{
    FetchPlan plan{wishes, service.id, QStringList{service.id} + service.aliases, {}, {}};
    if (plan.wishes.environment.isEmpty())
        plan.wishes.environment = productionOf(service);
    plan.teams << service.team;
    for (const QString &owner : service.owners.value.value_or(QStringList()))
        plan.teams << owner.section(u'/', -1).remove(u'@');
    plan.teams.removeAll(QString());
    addMetrics(plan);
    for (const Dependency &d : service.dependencies.value.value_or(std::vector<Dependency>()))
        std::ranges::move(dependencyRequests(d, plan), std::back_inserter(plan.requests));
    addTraces(plan);
    addWatching(plan, service);
    return plan;
}

FetchWindow defaultWindow(const QDateTime &now)
{
    QDateTime to = now;
    to.setTime(QTime(now.time().hour(), 0));
    return {to.addDays(-7), to};
}

Text wrongWindow(const FetchWindow &w)
{
    constexpr qint64 retainedDays = 460; // fifteen months
    if (!w.from.isValid() || !w.to.isValid())
        return {"期間の日時が読めません。2026-11-12 か 2026-11-12T09:00 のように書いてください。",
                "The window is no date. Write it like 2026-11-12 or 2026-11-12T09:00."};
    if (w.from.secsTo(w.to) < 60)
        return {"期間の始まりは、終わりより 1 分以上前にしてください。",
                "The window has to begin at least a minute before its end."};
    if (w.from.daysTo(w.to) > retainedDays)
        return {"期間が長すぎます。Datadog がメトリクスを残すのは 15 か月です。",
                "The window is too long: Datadog keeps metrics for 15 months."};
    return {};
}

std::vector<AllowedRequest> datadogRequests()
{
    return {{"GET", QStringLiteral("/api/v1/*")},
            {"GET", QStringLiteral("/api/v2/*")},
            {"POST", QStringLiteral("/api/v2/query/timeseries")},
            {"POST", QStringLiteral("/api/v2/query/scalar")}};
}

} // namespace tenken
