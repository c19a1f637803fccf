// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What it costs to read and judge an organisation's monitors and dashboards, against QJsonDocument on the same bytes.
#include <evidence/evidence.h>
#include <rules/evaluate.h>

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace tenken;

namespace
{

constexpr int monitors = 1'000, dashboards = 50, widgets = 40, services = 40;

/// CPU time of the process, the least of several runs.
double cpuMs(const std::function<void()> &work)
{
    double best = 1e18;
    for (int i = 0; i < 5; ++i) {
        timespec before{}, after{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
        work();
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
        best = std::min(best, double(after.tv_sec - before.tv_sec) * 1e3 + double(after.tv_nsec - before.tv_nsec) / 1e6);
    }
    return best;
}

QByteArray serviceAt(int i)
{
    return i % services == 0 ? QByteArray("shop") : "service-" + QByteArray::number(i % services);
}

QByteArray queryAt(int i)
{
    const QByteArray scope = "env:production,service:" + serviceAt(i / 5);
    switch (i % 5) {
    case 0:
        return "sum(last_5m):sum:trace.http.request.hits.by_http_status{" + scope
            + ",http.status_class:5xx}.as_count() / sum:trace.http.request.hits{" + scope + "}.as_count() > 0.01";
    case 1:
        return "avg(last_10m):p99:trace.http.request{" + scope + "} by {resource_name} > 0.4";
    case 2:
        return "avg(last_15m):avg:aws.rds.cpuutilization{dbclusteridentifier:users-db-" + QByteArray::number(i % 7) + "} > 80";
    case 3:
        return "logs(\\\"service:" + serviceAt(i / 5) + " status:error -@http.path:/healthz\\\").index(\\\"*\\\").rollup(\\\"count\\\").last(\\\"5m\\\") > 50";
    default:
        return "avg(last_10m):anomalies(avg:kubernetes.cpu.usage.total{kube_deployment:" + serviceAt(i / 5)
            + ",env:production} by {pod_name}, 'agile', 2) >= 1";
    }
}

/// As the API answers: what is read, and much that is not.
QByteArray monitorAt(int i)
{
    const QByteArray id = QByteArray::number(18'240'000 + i), service = serviceAt(i / 5);
    return "{\"id\":" + id + ",\"org_id\":481516,\"type\":\"query alert\",\"name\":\"[" + service + "] alert " + QByteArray::number(i)
        + "\",\"message\":\"{{#is_alert}}\\nIt is {{value}} (threshold {{threshold}}). People cannot sign in.\\n"
          "Runbook: https://wiki.example.com/" + service + "/oncall#alert-" + QByteArray::number(i)
        + "\\n@slack-" + service + "-alerts {{#is_match \\\"env.name\\\" \\\"production\\\"}}@pagerduty-" + service
        + "{{/is_match}}\\n{{/is_alert}}\\n{{#is_recovery}} Back to normal. @slack-" + service
        + "-alerts {{/is_recovery}}\",\"tags\":[\"service:" + service + "\",\"team:shops\",\"env:production\"],\"query\":\"" + queryAt(i)
        + "\",\"options\":{\"thresholds\":{\"critical\":0.01,\"critical_recovery\":0.005,\"warning\":0.008},\"notify_audit\":false,"
          "\"include_tags\":true,\"require_full_window\":false,\"notify_no_data\":false,\"renotify_interval\":0,\"silenced\":{}},"
          "\"multi\":true,\"created_at\":1775557800000,\"created\":\"2026-04-07T10:30:00+00:00\",\"modified\":\"2026-05-07T10:30:00+00:00\","
          "\"deleted\":null,\"priority\":2,\"restricted_roles\":null,\"draft_status\":\"published\",\"overall_state\":\"OK\","
          "\"overall_state_modified\":\"2026-11-17T11:44:00+00:00\",\"creator\":{\"name\":\"Shops\",\"handle\":\"shops@example.com\","
          "\"email\":\"shops@example.com\",\"id\":2305843},\"matching_downtimes\":[],\"restriction_policy\":null}";
}

QByteArray dashboardAt(int d)
{
    QByteArray text = "{\"id\":\"abc-def-" + QByteArray::number(100 + d) + "\",\"title\":\"Dashboard " + QByteArray::number(d)
        + "\",\"layout_type\":\"ordered\",\"template_variables\":[{\"name\":\"service\",\"prefix\":\"service\",\"default\":\"" + serviceAt(d)
        + "\"}],\"widgets\":[";
    for (int w = 0; w < widgets; ++w) {
        text += (w ? "," : "") + QByteArray("{\"id\":") + QByteArray::number(1000 * d + w)
            + ",\"definition\":{\"title\":\"Panel " + QByteArray::number(w)
            + "\",\"type\":\"timeseries\",\"show_legend\":true,\"legend_layout\":\"auto\",\"legend_columns\":[\"avg\",\"min\",\"max\",\"value\",\"sum\"],"
              "\"time\":{},\"requests\":[{\"formulas\":[{\"formula\":\"query1 / query2 * 100\"}],\"response_format\":\"timeseries\",\"queries\":["
              "{\"data_source\":\"metrics\",\"name\":\"query1\",\"query\":\"sum:trace.http.request.errors{$service,env:production}.as_count()\"},"
              "{\"data_source\":\"metrics\",\"name\":\"query2\",\"query\":\"sum:trace.http.request.hits{$service,env:production}.as_count()\"}],"
              "\"style\":{\"palette\":\"dog_classic\",\"line_type\":\"solid\",\"line_width\":\"normal\"},\"display_type\":\"line\"}],"
              "\"yaxis\":{\"include_zero\":true,\"scale\":\"linear\",\"min\":\"auto\",\"max\":\"auto\"},\"markers\":[]},"
              "\"layout\":{\"x\":0,\"y\":0,\"width\":4,\"height\":2}}";
    }
    return text + "]}";
}

void write(const QTemporaryDir &dir, const QString &name, const QByteArray &bytes)
{
    QDir().mkpath(dir.filePath(name).section(u'/', 0, -2));
    QFile file(dir.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write");
}

std::vector<QByteArray> makeService(const QTemporaryDir &dir)
{
    QByteArray list = "[";
    for (int i = 0; i < monitors; ++i)
        list += (i ? "," : "") + monitorAt(i);
    std::vector<QByteArray> bodies{list + "]"};
    QByteArray responses = R"({"id":"m","request":{"method":"GET","path":"/api/v1/monitor"},"status":200,"body_file":"m.json"})";
    write(dir, QStringLiteral("readiness/datadog/m.json"), bodies.front());
    for (int d = 0; d < dashboards; ++d) {
        bodies.push_back(dashboardAt(d));
        write(dir, QStringLiteral("readiness/datadog/d%1.json").arg(d), bodies.back());
    }
    write(dir, QStringLiteral("readiness/datadog/snapshot.json"),
          R"({"format":"tenken-datadog-snapshot","version":1,"captured_at":"2026-11-19T09:00:00Z","responses":[)" + responses + "]}");
    write(dir, QStringLiteral("docs/oncall.md"), "# On call\n\n## Alert 0\n\nCall.\n");
    write(dir, QStringLiteral("readiness/service.yaml"),
          "format: tenken.service/1\nid: shop\nmonitoring:\n  dashboard: abc-def-100\n"
          "evidence:\n  datadog: readiness/datadog\n  documents:\n    - {role: oncall, file: docs/oncall.md, url: https://wiki.example.com/shop/oncall}\n"
          "batch: none\ndependencies:\n  - {id: users-db-2, kind: mysql, host: users-db-2.internal}\n");
    return bodies;
}

} // namespace

int main()
{
    const QTemporaryDir dir;
    const std::vector<QByteArray> bodies = makeService(dir);
    qint64 bytes = 0;
    for (const QByteArray &body : bodies)
        bytes += body.size();
    const double parsing = cpuMs([&] {
        for (const QByteArray &body : bodies) {
            if (QJsonDocument::fromJson(body).isNull())
                qFatal("not JSON");
        }
    });
    const auto checklist = checklistNamed(QStringLiteral("zozotown"));
    if (!checklist)
        qFatal("no checklist");
    QStringList items;
    for (const Section &section : checklist->value.sections) {
        for (const Item &item : section.items) {
            const bool datadog = std::ranges::any_of(item.rules, [](const RuleUse &use) {
                const Rule *rule = findRule(use.rule);
                return rule && rule->needs == Rule::Source::Datadog;
            });
            if (datadog)
                items << item.id;
        }
    }
    size_t findings = 0, read = 0;
    const double reading = cpuMs([&] {
        const auto snapshot = readDatadogSnapshot(Root(dir.path()), QStringLiteral("readiness/datadog"), nullptr);
        read = snapshot.value.monitors.size() + snapshot.value.dashboards.size();
    });
    const double ours = cpuMs([&] {
        const auto evidence = readEvidence(dir.path(), {.progress = {}, .permissions = {}, .today = QDate(2026, 11, 20)});
        if (!evidence)
            qFatal("not read");
        findings = 0;
        for (const ItemResult &result : evaluate(checklist->value, *evidence, items, 1).items)
            findings += result.findings.size();
    });
    std::printf("%zu monitors and dashboards, %.1f MB, %lld items judged, %zu findings\n", read, double(bytes) / 1e6,
                static_cast<long long>(items.size()), findings);
    std::printf("QJsonDocument %.0f ms · read %.0f ms (%.1f ×) · read and judged %.0f ms of CPU (target < 1,000), %.1f × (target 5)\n",
                parsing, reading, reading / parsing, ours, ours / parsing);
    return ours < 1'000 && ours / parsing <= 5 ? 0 : 1;
}
