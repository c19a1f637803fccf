// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>

#include <QJsonArray>

#include <algorithm>

namespace tenken
{

namespace
{

using Kind = DatadogBody::Kind;

bool isFilled(const QJsonValue &v)
{
    return (v.isArray() && !v.toArray().isEmpty()) || (v.isObject() && !v.toObject().isEmpty())
        || (v.isString() && !v.toString().isEmpty());
}

QString errorText(const QJsonValue &v)
{
    if (v.isArray()) {
        QStringList texts;
        const QJsonArray errors = v.toArray();
        for (qsizetype i = 0; i < std::min<qsizetype>(errors.size(), 3); ++i)
            texts << errorText(errors.at(i));
        return texts.join(QStringLiteral("; "));
    }
    if (!v.isObject())
        return v.toVariant().toString().left(300);
    const QJsonObject o = v.toObject();
    for (const char *key : {"detail", "message", "title", "code", "status"}) {
        if (o.value(QLatin1StringView(key)).isString())
            return o.value(QLatin1StringView(key)).toString().left(300);
    }
    return o.isEmpty() ? QString() : errorText(o.begin().value());
}

bool isError(const QJsonObject &o, QString *text)
{
    if (isFilled(o.value(u"errors"))) {
        *text = errorText(o.value(u"errors"));
        return true;
    }
    if (isFilled(o.value(u"error")) || o.value(u"status").toString() == u"error") {
        *text = errorText(isFilled(o.value(u"error")) ? o.value(u"error") : o.value(u"message"));
        return true;
    }
    return false;
}

bool isMonitor(const QJsonValue &v)
{
    const QJsonObject o = v.toObject();
    return o.value(u"query").isString() && o.value(u"name").isString()
        && (o.value(u"type").isString() || o.value(u"message").isString()) && !o.contains(u"widgets")
        && !o.contains(u"public_id") && !o.contains(u"series");
}

template <typename Container>
bool allMonitors(const Container &c)
{
    return !c.isEmpty() && std::all_of(c.begin(), c.end(), [](const auto &v) { return isMonitor(v); });
}

// {"a": {"calls": ["b"]}, "b": {}}: a service that calls nobody may be empty, yet not all of them.
bool allCalls(const QJsonObject &o)
{
    bool any = false;
    for (const QJsonValue &v : o) {
        const QJsonObject entry = v.toObject();
        const bool calls = entry.size() == 1 && entry.value(u"calls").isArray();
        if (!v.isObject() || (!calls && !entry.isEmpty()))
            return false;
        any = any || calls;
    }
    return any;
}

bool isSlo(const QJsonValue &v)
{
    static const QStringList types = {"metric", "monitor", "time_slice"};
    const QJsonObject o = v.toObject();
    return o.value(u"thresholds").isArray() && o.value(u"name").isString() && types.contains(o.value(u"type").toString());
}

bool isDashboard(const QJsonValue &v)
{
    const QJsonObject o = v.toObject();
    return o.value(u"widgets").isArray() && (o.contains(u"title") || o.contains(u"layout_type"));
}

bool isOldDowntime(const QJsonValue &v)
{
    const QJsonObject o = v.toObject();
    return o.contains(u"downtime_type") || (o.contains(u"monitor_tags") && o.contains(u"scope") && o.contains(u"start"));
}

template <typename Container, typename Is>
bool allAre(const Container &c, Is is)
{
    return !c.isEmpty() && std::all_of(c.begin(), c.end(), [&](const auto &v) { return is(v); });
}

/// The types of JSON:API that are read into values.
std::optional<Kind> kindOfType(const QString &type)
{
    static const QHash<QString, Kind> kinds = {
        {QStringLiteral("downtime"), Kind::Downtimes},
        {QStringLiteral("downtime_match"), Kind::DowntimeMatches},
        {QStringLiteral("monitor-notification-rule"), Kind::NotificationRules},
        {QStringLiteral("timeseries_response"), Kind::Timeseries},
        {QStringLiteral("scalar_response"), Kind::Scalar},
        {QStringLiteral("service_level_objective_search_results"), Kind::SloSearch},
        {QStringLiteral("service-definition"), Kind::Catalogue},
        {QStringLiteral("entity"), Kind::Catalogue},
        {QStringLiteral("relation"), Kind::CatalogueRelations},
        {QStringLiteral("team"), Kind::Teams},
        {QStringLiteral("team_notification_rules"), Kind::TeamRules},
        {QStringLiteral("schedules"), Kind::OnCall},
        {QStringLiteral("policies"), Kind::OnCall},
        {QStringLiteral("team_routing_rules"), Kind::OnCall},
        {QStringLiteral("team_oncall_responders"), Kind::OnCall}};
    const auto it = kinds.constFind(type);
    return it == kinds.constEnd() ? std::nullopt : std::optional(*it);
}

QString otherName(const QString &type)
{
    static const QHash<QString, QString> names = {
        {QStringLiteral("monitor-config-policy"), QStringLiteral("monitor policy")},
        {QStringLiteral("raw-service-definition"), QStringLiteral("raw service definition")},
        {QStringLiteral("team_memberships"), QStringLiteral("team members")},
        {QStringLiteral("correction"), QStringLiteral("SLO corrections")},
        {QStringLiteral("manage_tags"), QStringLiteral("metric names")},
        {QStringLiteral("metrics"), QStringLiteral("metric names")},
        {QStringLiteral("bucket"), QStringLiteral("aggregated spans")},
        {QStringLiteral("rule"), QStringLiteral("scorecard rules")},
        {QStringLiteral("outcome"), QStringLiteral("scorecard outcomes")}};
    return names.value(type, type.isEmpty() ? QStringLiteral("data") : type);
}

DatadogBody ofData(const QJsonValue &data)
{
    if (data.isArray() && data.toArray().isEmpty())
        return {Kind::Empty, {}};
    if (data.isArray() ? allAre(data.toArray(), isSlo) : isSlo(data))
        return {Kind::Slos, {}};
    const QJsonObject first = data.isArray() ? data.toArray().first().toObject() : data.toObject();
    const QJsonObject attributes = first.value(u"attributes").toObject();
    if (first.contains(u"from_ts") && (first.contains(u"overall") || first.contains(u"series")))
        return {Kind::SloHistory, {}};
    if (attributes.value(u"services").isArray() || first.value(u"services").isArray())
        return {Kind::ApmServices, {}};
    const QString type = first.value(u"type").toString();
    const auto kind = kindOfType(type);
    return kind ? DatadogBody{*kind, {}} : DatadogBody{Kind::Other, otherName(type)};
}

/// Objects that are told by one key, and that nothing is read from.
DatadogBody otherByKey(const QJsonObject &o)
{
    static const std::pair<const char *, const char *> known[] = {
        {"dashboards", "dashboard list"}, {"groups", "monitor groups"},       {"public_id", "Synthetics test"},
        {"results", "results"},           {"host_list", "hosts"},             {"metrics", "metric names"},
        {"valid", "key check"},           {"monitor_identifier", "downtime"}, {"display", "Slack channel"},
        {"service_name", "PagerDuty service"}, {"graph", "service definition"}, {"cancelled_ids", "cancelled downtimes"},
        {"result_id", "Synthetics result"}, {"total_matching", "hosts"},      {"facets", "facets"}};
    for (const auto &[key, name] : known) {
        if (o.contains(QLatin1StringView(key)))
            return {Kind::Other, QLatin1StringView(name)};
    }
    return {};
}

DatadogBody ofObject(const QJsonObject &o)
{
    QString error;
    if (isError(o, &error))
        return {Kind::Error, error};
    if (o.value(u"series").isArray() && (o.value(u"query").isString() || o.contains(u"from_date")))
        return {Kind::MetricQuery, {}};
    if (isMonitor(o))
        return {Kind::Monitor, {}};
    if (isMonitor(o.value(u"definition")))
        return {Kind::MonitorAsset, {}};
    if (isDashboard(o.value(u"definition")))
        return {Kind::DashboardAsset, {}};
    if (o.value(u"monitors").isArray() && (o.contains(u"metadata") || o.contains(u"counts")))
        return {Kind::MonitorSearch, {}};
    if (o.contains(u"data"))
        return ofData(o.value(u"data"));
    if (allMonitors(o))
        return {Kind::MonitorMap, {}};
    if (o.value(u"widgets").isArray())
        return {Kind::Dashboard, {}};
    if (allAre(o, isDashboard))
        return {Kind::DashboardMap, {}};
    if (o.value(u"tests").isArray())
        return {Kind::SyntheticsList, {}};
    if (o.value(u"public_id").isString() && o.value(u"config").isObject())
        return {Kind::SyntheticsTest, {}};
    if (isOldDowntime(o))
        return {Kind::OldDowntimes, {}};
    if (allCalls(o))
        return {Kind::ServiceCalls, {}};
    return otherByKey(o);
}

} // namespace

DatadogBody recogniseBody(const QJsonDocument &document)
{
    if (document.isObject())
        return ofObject(document.object());
    const QJsonArray array = document.array();
    if (array.isEmpty())
        return {document.isArray() ? Kind::Empty : Kind::Unknown, {}};
    if (allMonitors(array))
        return {Kind::MonitorList, {}};
    if (allAre(array, isDashboard))
        return {Kind::DashboardArray, {}};
    if (allAre(array, isOldDowntime))
        return {Kind::OldDowntimes, {}};
    return {};
}

} // namespace tenken
