// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/datadog/snapshot.h>
#include <evidence/prometheus/alertmanager.h>
#include <evidence/prometheus/rules.h>
#include <evidence/prometheus/source.h>

namespace tenken
{

struct Manifests;

/// A file that is no YAML to be walked through: an answer of the API, or a dashboard.
struct PrometheusAnswer {
    QString file;
    QByteArray bytes;
    QString query; ///< what was asked, where service.yaml says it
    QString unit;
};

/// What Prometheus and Alertmanager say, in the values that the rules about monitors judge.
struct PrometheusReading {
    std::vector<Monitor> monitors;
    std::vector<MetricSeries> series;
    std::vector<Dashboard> dashboards;
    bool exists = false; ///< something of it was read
    bool complete = false; ///< every declared rule was read: what is not among them is not there
    std::vector<Problem> problems; ///< a file or a part of it was not read
    std::vector<Problem> remarks;
    std::vector<Problem> notReadable; ///< answers that were errors
};

/// Recognises each file by what it holds: rules, PrometheusRule objects, alertmanager.yml (also inside a Secret or
/// ConfigMap), AlertmanagerConfig, query_range answers, Grafana's dashboards.
PrometheusReading readPrometheus(const PrometheusSource &source, const std::vector<std::shared_ptr<const YamlFile>> &files,
                                 const std::vector<PrometheusAnswer> &answers, const Manifests &manifests);

// The parts that it is made of.

/// How alerts are sent on, as far as it was read.
struct AlertRouting {
    std::vector<Alertmanager> alertmanagers;
    bool whole = false; ///< an alertmanager.yml is among them, and every one of them was understood
};

/// One monitor per alert, sent where the routing says.
std::vector<Monitor> monitorsOf(const PrometheusRules &rules, const AlertRouting &routing, const PrometheusSource &source);

/// The series of an answer of /api/v1/query_range. A sample that is not finite is a gap.
Result<std::vector<MetricSeries>> seriesOf(const PrometheusAnswer &answer, std::vector<Problem> &remarks);

/// Grafana's JSON: as exported, or as its API wraps it. Nothing: it is none.
std::optional<Dashboard> grafanaDashboard(const QJsonObject &object, const QString &file);

} // namespace tenken
