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
        MonitorList,
        MonitorMap, ///< id → monitor, as sync tools keep them
        Monitor,
        MonitorAsset, ///< {"definition": monitor}
        Downtimes, ///< v2
        NotificationRules, ///< v2
        Dashboard,
        SyntheticsList,
        SyntheticsTest,
        ServiceCalls, ///< APM dependencies
        Error,
        Empty, ///< [] or {"data":[]}: of which list cannot be told
        Other, ///< an answer that no rule uses yet
        Unknown,
    };
    Kind kind = Kind::Unknown;
    QString what; ///< Error: its message; Other: a name for it
};

DatadogBody recogniseBody(const QJsonDocument &document);

/// One series per line of the answer; an answer without data gives one series without points.
std::vector<MetricSeries> metricSeries(const QJsonObject &body, const QString &file);

/// `captured` decides whether a silence with an end is over; invalid: it counts as not over.
Monitor monitorFrom(const QJsonObject &object, const QString &file, const JsonPlace *place,
                    const QDateTime &captured);

std::vector<NotificationRule> notificationRules(const QJsonObject &body);

Dashboard dashboardFrom(const QJsonObject &object, const QString &file, const JsonPlace *place);
SyntheticsTest syntheticsFrom(const QJsonObject &object, const QString &file, const JsonPlace *place);
ServiceCalls serviceCallsFrom(const QJsonObject &object, const QString &file);

/// Marks the monitors that active downtimes silence.
void applyDowntimes(const QJsonObject &body, const QString &file, std::vector<Monitor> &monitors);

} // namespace tenken
