// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/servicereader.h>

namespace tenken
{

namespace
{

const QString example = QStringLiteral("prometheus: {rules: [monitoring/rules/], alertmanager: monitoring/alertmanager.yml}");

Field part(Yaml node, const char *key, const char *written)
{
    return {node[key], QStringLiteral("evidence.prometheus.") + QLatin1StringView(key), QString::fromUtf8(written)};
}

/// A path, or {file, query, unit}.
void readSnapshots(ServiceFields &fields, Yaml node, PrometheusSource &source)
{
    const char *written = "snapshot: [{file: readiness/prometheus/requests.json, query: \"sum(rate(http_requests_total[5m]))\", unit: req/s}]";
    const Field field = part(node, "snapshot", written);
    if (ServiceFields::isUnset(field.node))
        return;
    const std::vector<Yaml> items = field.node.isScalar() ? std::vector{field.node} : fields.list(field);
    for (const Yaml item : items) {
        PrometheusSnapshot snapshot;
        if (item.isScalar()) {
            snapshot.path = item.string().trimmed();
        } else if (fields.map({item, field.path + QStringLiteral("[]"), field.example},
                              {QStringLiteral("file"), QStringLiteral("query"), QStringLiteral("unit")})) {
            const auto text = [&](const char *key) {
                return fields.text({item[key], field.path + QStringLiteral("[].") + QLatin1StringView(key), field.example});
            };
            snapshot = {text("file"), text("query"), text("unit")};
            if (snapshot.path.isEmpty())
                fields.report(item, {"応答には `file` が要ります", "an answer has a `file`"}, Text{"例: `%1`", "for example `%1`"}.arg(written));
        }
        if (!snapshot.path.isEmpty())
            source.snapshots.push_back(snapshot);
    }
}

void readExternalLabels(ServiceFields &fields, Yaml node, PrometheusSource &source)
{
    const Field field = part(node, "external-labels", "external-labels: {cluster: production}");
    if (ServiceFields::isUnset(field.node))
        return;
    if (!field.node.isMap())
        return fields.wrong(field, {"「名前: 値」の組", "a map of names and values"});
    Labels labels;
    for (const auto &[key, value] : field.node.entries())
        labels.insert(key.string(), value.string());
    source.externalLabels = labels;
}

} // namespace

void readPrometheusSource(ServiceFields &fields, Yaml node, Service &service)
{
    if (!fields.map({node, QStringLiteral("evidence.prometheus"), example},
                    {QStringLiteral("rules"), QStringLiteral("alertmanager"), QStringLiteral("snapshot"), QStringLiteral("runbooks"),
                     QStringLiteral("external-labels")}))
        return;
    PrometheusSource &source = service.prometheus;
    source.declared = true;
    source.span = node.entrySpan();
    source.rules = fields.texts(part(node, "rules", "rules: [monitoring/rules/]"));
    source.alertmanager = fields.texts(part(node, "alertmanager", "alertmanager: monitoring/alertmanager.yml"));
    readSnapshots(fields, node, source);
    if (const QStringList runbooks = fields.texts(part(node, "runbooks", "runbooks: [runbook_url, url]")); !runbooks.isEmpty())
        source.runbookAnnotations = runbooks;
    readExternalLabels(fields, node, source);
}

} // namespace tenken
