// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/datadog/snapshot.h>

#include <QStringList>

#include <optional>

namespace tenken
{

/// One condition of a scope: "service:x", "!env:dev".
struct ScopeTerm {
    QString key; ///< lower case, without '@'
    QString value; ///< lower case
    bool negative = false;
    bool prefix = false; ///< whatever begins so
    bool alternative = false; ///< one of several joined by OR: it need not hold

    friend bool operator==(const ScopeTerm &, const ScopeTerm &) = default;
};

/// Something a query counts: a metric in a scope, or the events that a search finds.
struct QueryPart {
    /// What it counts, where its language tells by more than the metric's name (PromQL: functions, labels).
    enum class Counts { ByName, ServerErrors, Errors, Latency, Load, Batch, Other, Nothing };

    QString aggregator; ///< "p99", "sum"; empty where none is written
    QString metric; ///< "trace.http.request.errors"; for a search its source ("logs"); for a check its name
    std::vector<ScopeTerm> scope;
    QStringList groupBy;
    bool either = false; ///< terms of different keys joined by OR: none of them is sure
    bool denominator = false; ///< below a fraction's line: it scales, and does not watch
    bool search = false;
    QString measure; ///< what a search computes its aggregate of: "@duration"; empty where it counts events
    bool falling = false; ///< subtracted, or watched for being too low: the query falls as it rises
    bool eachSeries = false; ///< nothing is aggregated: whatever has the metric is watched for itself
    Counts counts = Counts::ByName;
    bool guard = false; ///< a condition beside what is watched: without it there is no alert
};

struct MonitorQuery {
    std::vector<QueryPart> parts;
    QString comparator; ///< ">", "<=" …; empty when there is none
    std::optional<double> threshold;

    std::vector<QueryPart> watched() const; ///< without the denominators
};

/// Datadog's query languages as far as they are needed to know what is watched: metric queries with functions
/// and arithmetic, searches, service checks, formulas with variables.
MonitorQuery parseMonitorQuery(const Monitor &monitor);

/// An expression of PromQL in the same terms: metrics and labels that Datadog knows too are called as there
/// ("mysql.up", kube_deployment). `recordings`: expressions of recorded metrics by their name.
MonitorQuery parsePromQuery(const QString &expression, const QJsonObject &recordings);

/// What a part counts, whatever its threshold: shared by monitors and dashboards.
bool isDependencyMetric(const QString &metric);
bool countsServerErrors(const QueryPart &part);
bool countsErrors(const QueryPart &part);
bool measuresLatency(const QueryPart &part, const QString &comparator);
/// Whether the alert fires as this part gets larger.
bool firesRising(const QueryPart &part, const QString &comparator);

/// "a:b,!c:d", "a:b AND NOT c:d", "a IN (b,c)", "@http.status_code:[500 TO 599]", "a:(b OR c)".
QueryPart parseScope(const QString &text);

} // namespace tenken
