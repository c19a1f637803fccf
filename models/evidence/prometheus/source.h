// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/prometheus/labels.h>
#include <evidence/yaml.h>

namespace tenken
{

/// Answers of Prometheus' API, or Grafana's dashboards.
struct PrometheusSnapshot {
    QString path; ///< file, folder or glob
    QString query; ///< what was asked: the answer itself does not say
    QString unit; ///< "req/s"; empty: not said
};

/// `evidence.prometheus` of service.yaml.
struct PrometheusSource {
    bool declared = false;
    QStringList rules, alertmanager;
    std::vector<PrometheusSnapshot> snapshots;
    QStringList runbookAnnotations = {QStringLiteral("runbook_url")};
    std::optional<Labels> externalLabels; ///< that Prometheus adds to every alert; {} says that there are none
    Span span;
};

} // namespace tenken
