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

DatadogBody ofData(const QJsonValue &data)
{
    if (data.isArray() && data.toArray().isEmpty())
        return {Kind::Empty, {}};
    const QJsonObject first = data.isArray() ? data.toArray().first().toObject() : data.toObject();
    const QString type = first.value(u"type").toString();
    if (type == u"downtime")
        return {Kind::Downtimes, {}};
    if (type == u"monitor-notification-rule")
        return {Kind::NotificationRules, {}};
    return {Kind::Other, type.isEmpty() ? QStringLiteral("data") : type};
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
    if (o.contains(u"data"))
        return ofData(o.value(u"data"));
    if (allMonitors(o))
        return {Kind::MonitorMap, {}};
    if (o.value(u"widgets").isArray())
        return {Kind::Dashboard, {}};
    if (o.value(u"tests").isArray())
        return {Kind::SyntheticsList, {}};
    if (o.value(u"public_id").isString() && o.value(u"config").isObject())
        return {Kind::SyntheticsTest, {}};
    if (allCalls(o))
        return {Kind::ServiceCalls, {}};
    static const std::pair<const char *, const char *> known[] = {{"dashboards", "dashboard list"},
                                                                  {"monitors", "monitor search"},
                                                                  {"groups", "monitor groups"},
                                                                  {"public_id", "Synthetics test"},
                                                                  {"results", "results"},
                                                                  {"host_list", "hosts"},
                                                                  {"metrics", "metric names"},
                                                                  {"valid", "key check"},
                                                                  {"monitor_identifier", "downtime"},
                                                                  {"display", "Slack channel"},
                                                                  {"service_name", "PagerDuty service"},
                                                                  {"graph", "service definition"},
                                                                  {"cancelled_ids", "cancelled downtimes"},
                                                                  {"downtime_type", "downtime"},
                                                                  {"result_id", "Synthetics result"},
                                                                  {"total_matching", "hosts"},
                                                                  {"facets", "facets"}};
    for (const auto &[key, name] : known) {
        if (o.contains(QLatin1StringView(key)))
            return {Kind::Other, QLatin1StringView(name)};
    }
    return {};
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
    return {};
}

} // namespace tenken
