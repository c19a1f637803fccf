// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/datadog/json.h>
#include <evidence/datadog/snapshot.h>

namespace tenken
{

/// What an answer of Datadog's API is, told by its shape alone.
struct DatadogBody {
    enum class Kind {
        MetricQuery, ///< v1 /query
        Timeseries, ///< v2: carries neither its query nor its window
        Scalar, ///< v2: likewise
        MonitorList,
        MonitorMap, ///< id → monitor, as sync tools keep them
        Monitor,
        MonitorAsset, ///< {"definition": monitor}
        MonitorSearch,
        Downtimes, ///< v2
        OldDowntimes, ///< v1: one or a list
        DowntimeMatches, ///< v2: of the monitor that the request names
        NotificationRules, ///< v2
        Dashboard,
        DashboardMap, ///< id → dashboard
        DashboardAsset, ///< {"definition": dashboard}
        DashboardArray,
        Slos, ///< a list, or one
        SloHistory,
        SloSearch,
        SyntheticsList,
        SyntheticsTest,
        Catalogue, ///< entities, or service definitions
        CatalogueRelations,
        Teams,
        TeamRules,
        OnCall,
        ServiceCalls, ///< APM dependencies
        ApmServices,
        Error,
        Empty, ///< [] or {"data":[]}: of which list cannot be told
        Other, ///< an answer that no rule uses
        Unknown,
    };
    Kind kind = Kind::Unknown;
    QString what; ///< Error: its message; Other: a name for it
};

DatadogBody recogniseBody(const QJsonDocument &document);

/// One series per line of the answer; an answer without data gives one series without points.
std::vector<MetricSeries> metricSeries(const QJsonObject &body, const QString &file);
/// The same of v2, timeseries and scalar; `request` is the body that was sent.
std::vector<MetricSeries> requestedSeries(const QJsonObject &body, const QJsonObject &request, const QString &file);
/// Whether a request says what is needed to read its answer: the queries, and from when to when.
bool saysWhatWasAsked(const QJsonObject &request);
/// A query of any data source, in the language of metrics or as a search; empty when there is none.
QString queryTextOf(const QJsonObject &query);

/// `captured` decides whether a silence with an end is over; invalid: it counts as not over.
Monitor monitorFrom(const QJsonObject &object, const QString &file, const JsonPlace *place,
                    const QDateTime &captured);
void addSilence(Monitor &monitor, Silence silence);

/// A row of a search: what Datadog itself says of a monitor.
struct MonitorRow {
    QString id;
    QStringList qualityIssues;
};
std::vector<MonitorRow> monitorRows(const QJsonObject &body);

std::vector<NotificationRule> notificationRules(const QJsonObject &body);

Dashboard dashboardFrom(const QJsonObject &object, const QString &file, const JsonPlace *place);
SyntheticsTest syntheticsFrom(const QJsonObject &object, const QString &file, const JsonPlace *place);
ServiceCalls serviceCallsFrom(const QJsonObject &object, const QString &file);
ApmServices apmServicesFrom(const QJsonObject &body, const QString &file);

Downtime downtimeFrom(const QJsonObject &resource, const QString &file, const JsonPlace *place); ///< v2
Downtime oldDowntimeFrom(const QJsonObject &object, const QString &file, const JsonPlace *place); ///< v1
/// Marks the monitors that active downtimes silence.
void applyDowntimes(const std::vector<Downtime> &downtimes, std::vector<Monitor> &monitors);

Slo sloFrom(const QJsonObject &object, const QString &file, const JsonPlace *place);
Slo sloFromSearch(const QJsonObject &row, const QString &file, const JsonPlace *place);
SloHistory sloHistoryFrom(const QJsonObject &body, const QString &file);

std::vector<CatalogueEntry> catalogueFrom(const QJsonObject &body, const QString &file, const JsonPlace *root);
std::vector<CatalogueRelation> relationsFrom(const QJsonObject &body);

std::vector<Team> teamsFrom(const QJsonObject &body);
std::vector<TeamRule> teamRulesFrom(const QJsonObject &body, const QString &teamId, const QString &file);
std::vector<OnCall> onCallFrom(const QJsonObject &body, const QString &file);

} // namespace tenken
