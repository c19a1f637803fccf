// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/prometheus.h>

#include <evidence/datadog/json.h>
#include <evidence/manifests.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

class Reader
{
public:
    explicit Reader(const PrometheusSource &source)
        : m_source(source)
    {
    }

    void read(const std::vector<std::shared_ptr<const YamlFile>> &files);
    void read(const PrometheusAnswer &answer);
    void readObject(Yaml object, const QString &file);
    PrometheusReading finish();

private:
    bool readDocument(Yaml document, const QString &file);
    bool readEmbedded(Yaml object, const QString &file);
    void takeAlertmanager(Yaml document, const QString &file);
    void takePart(Yaml object, const QString &file);
    void refuse(const QString &file);

    const PrometheusSource &m_source;
    PrometheusReading m_reading;
    PrometheusRules m_rules;
    AlertRouting m_routing;
    std::vector<AlertRoute> m_parts; ///< of AlertmanagerConfig objects
    Alertmanager m_partsReceivers;
    bool m_misunderstood = false;
    bool m_anyRules = false;
    bool m_anyMain = false;
};

void Reader::takeAlertmanager(Yaml document, const QString &file)
{
    Result<Alertmanager> read = readAlertmanager(document, file);
    m_anyMain = true;
    if (read) {
        m_routing.alertmanagers.push_back(*std::move(read));
    } else {
        m_misunderstood = true;
        m_reading.problems.push_back(read.error());
    }
}

/// The operator puts it below the root, for the alerts of its own namespace, and goes on behind it.
void Reader::takePart(Yaml object, const QString &file)
{
    Result<Alertmanager> read = readAlertmanager(object["spec"], file, true);
    if (!read) {
        m_misunderstood = true;
        m_reading.problems.push_back(read.error());
        return;
    }
    const QString nameSpace = object["metadata"]["namespace"].string();
    const QString prefix = nameSpace + u'/' + object["metadata"]["name"].string() + u'/';
    const auto rename = [&](auto &&self, AlertRoute &route) -> void {
        route.receiver = prefix + route.receiver;
        for (AlertRoute &child : route.routes)
            self(self, child);
    };
    rename(rename, read->root);
    for (auto it = read->receivers.begin(); it != read->receivers.end(); ++it)
        m_partsReceivers.receivers.insert(prefix + it.key(), it.value());
    if (!nameSpace.isEmpty())
        read->root.matchers.push_back({u"namespace"_s, LabelMatcher::Kind::Equal, nameSpace});
    read->root.continues = true;
    m_parts.push_back(std::move(read->root));
}

/// kube-prometheus keeps alertmanager.yaml in a Secret; others keep it and their rules in ConfigMaps.
bool Reader::readEmbedded(Yaml object, const QString &file)
{
    bool found = false;
    for (const char *section : {"stringData", "data"}) {
        const bool encoded = object["kind"].text() == "Secret" && std::string_view(section) == "data";
        for (const auto &[key, value] : object[section].entries()) {
            const QByteArray text = value.string().toUtf8();
            const auto inner = YamlFile::parse(encoded ? QByteArray::fromBase64(text) : text, file);
            for (const Yaml document : inner->errors().empty() ? inner->documents() : std::vector<Yaml>()) {
                const bool known = isAlertmanager(document) || isPrometheusRules(document);
                found = found || (known && readDocument(document, file));
            }
        }
    }
    return found;
}

void Reader::readObject(Yaml object, const QString &file)
{
    const QString kind = object["kind"].string();
    if (kind == u"PrometheusRule") {
        m_anyRules = true;
        readPrometheusRules(object["spec"], file, m_rules);
    } else if (kind == u"AlertmanagerConfig") {
        takePart(object, file);
    } else if (kind == u"Secret" || kind == u"ConfigMap") {
        (void)readEmbedded(object, file);
    }
}

bool Reader::readDocument(Yaml document, const QString &file)
{
    const QString kind = document["kind"].string();
    if (kind.endsWith(u"List") && document["items"].isSequence()) {
        bool any = false;
        for (const Yaml item : document["items"].items())
            any = readDocument(item, file) || any;
        return any;
    }
    if (kind == u"PrometheusRule" || kind == u"AlertmanagerConfig") {
        readObject(document, file);
    } else if (kind == u"Secret" || kind == u"ConfigMap") {
        return readEmbedded(document, file);
    } else if (isPrometheusRules(document)) {
        m_anyRules = true;
        readPrometheusRules(document, file, m_rules);
    } else if (isAlertmanager(document)) {
        takeAlertmanager(document, file);
    } else {
        return false;
    }
    return true;
}

void Reader::refuse(const QString &file)
{
    m_reading.problems.push_back({file, {1, 1, 1, 2},
                                  {"Prometheus の規則でも Alertmanager の設定でもありません", "holds neither rules of Prometheus nor a configuration of Alertmanager"},
                                  {"`groups:` のある規則、`route:` と `receivers:` のある設定、query_range の応答、Grafana のダッシュボードを置いてください",
                                   "name rules (`groups:`), a configuration (`route:` and `receivers:`), answers of query_range or Grafana's dashboards"}});
}

/// Other manifests, promtool's tests and prometheus.yml itself may lie in the same folder.
bool isNeighbour(Yaml document)
{
    return (document["apiVersion"] && document["kind"]) || (document["tests"] && document["rule_files"]) || document["scrape_configs"];
}

void Reader::read(const std::vector<std::shared_ptr<const YamlFile>> &files)
{
    for (const auto &file : files) {
        bool known = std::ranges::all_of(file->documents(), isNeighbour);
        for (const Yaml document : file->documents())
            known = readDocument(document, file->name()) || known;
        m_misunderstood = m_misunderstood || !file->errors().empty();
        if (!known && file->errors().empty())
            refuse(file->name());
        m_reading.exists = true;
    }
}

void Reader::read(const PrometheusAnswer &answer)
{
    const auto json = parseJson(answer.file, answer.bytes);
    if (!json) {
        m_reading.problems.push_back(json.error());
        return;
    }
    m_reading.exists = true;
    const QJsonObject object = json->document.object();
    if (auto dashboard = grafanaDashboard(object, answer.file))
        return m_reading.dashboards.push_back(*std::move(dashboard));
    auto series = seriesOf(answer, m_reading.remarks);
    if (series)
        std::ranges::move(*series, std::back_inserter(m_reading.series));
    else if (object.value(u"status").toString() == u"error")
        m_reading.notReadable.push_back(series.error());
    else
        m_reading.problems.push_back(series.error());
}

PrometheusReading Reader::finish()
{
    m_routing.whole = m_anyMain && !m_misunderstood;
    if (m_routing.alertmanagers.empty() && !m_parts.empty())
        m_routing.alertmanagers.emplace_back();
    for (Alertmanager &alertmanager : m_routing.alertmanagers) {
        alertmanager.root.routes.insert(alertmanager.root.routes.begin(), m_parts.begin(), m_parts.end());
        alertmanager.receivers.insert(m_partsReceivers.receivers);
    }
    m_reading.monitors = monitorsOf(m_rules, m_routing, m_source);
    m_reading.exists = m_reading.exists || !m_reading.monitors.empty();
    m_reading.complete = m_anyRules && !m_source.rules.isEmpty() && m_rules.problems.empty() && !m_misunderstood
        && m_reading.problems.empty();
    std::ranges::move(m_rules.problems, std::back_inserter(m_reading.problems));
    return std::move(m_reading);
}

} // namespace

PrometheusReading readPrometheus(const PrometheusSource &source, const std::vector<std::shared_ptr<const YamlFile>> &files,
                                 const std::vector<PrometheusAnswer> &answers, const Manifests &manifests)
{
    Reader reader(source);
    reader.read(files);
    for (const PrometheusAnswer &answer : answers)
        reader.read(answer);
    for (const KubeObject &object : manifests.objects) {
        const bool again = std::ranges::any_of(files, [&](const auto &f) { return f->name() == object.file; });
        if (!again)
            reader.readObject(object.node, object.file);
    }
    return reader.finish();
}

} // namespace tenken
