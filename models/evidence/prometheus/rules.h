// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/prometheus/labels.h>
#include <evidence/yaml.h>

namespace tenken
{

/// An alerting rule of Prometheus, its templates as written.
struct AlertRule {
    QString file;
    QString group;
    QString name;
    QString expression;
    QString forDuration, keepFiringFor; ///< "10m"; empty where nothing is said
    Labels labels; ///< the group's too
    std::vector<std::pair<QString, QString>> annotations; ///< in file order
    Span span;
    QMap<QString, Span> fields; ///< "name", "query", "message"
};

struct PrometheusRules {
    std::vector<AlertRule> alerts;
    QMap<QString, QString> recorded; ///< expressions by the name they are recorded under
    std::vector<Problem> problems; ///< a rule that Prometheus would not load is left out
};

/// A rule file (`groups`), or the answer of /api/v1/rules.
bool isPrometheusRules(Yaml document);

/// Reads the groups of a rule file, of that answer, or of a PrometheusRule's spec into `rules`.
void readPrometheusRules(Yaml document, const QString &file, PrometheusRules &rules);

} // namespace tenken
