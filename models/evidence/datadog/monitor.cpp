// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>

#include <QJsonArray>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

// A number above 2^53 must not lose its digits.
QString idText(const QJsonValue &v)
{
    return v.isDouble() ? QString::number(v.toInteger()) : v.toString();
}

// Lists of tags come with nulls, and from some tools as a map.
QStringList tagsFrom(const QJsonValue &v)
{
    QStringList tags;
    for (const QJsonValue &tag : v.toArray()) {
        if (tag.isString())
            tags << tag.toString();
    }
    const QJsonObject map = v.toObject();
    for (auto it = map.begin(); it != map.end(); ++it)
        tags << it.key() + u':' + it.value().toVariant().toString();
    return tags;
}

bool isOver(const QJsonValue &end, const QDateTime &captured)
{
    const double seconds = end.isString() ? end.toString().toDouble() : end.toDouble();
    return captured.isValid() && seconds > 0 && seconds < double(captured.toSecsSinceEpoch());
}

QString scopeText(const QJsonValue &scope)
{
    if (!scope.isArray())
        return scope.toString();
    const QStringList terms = tagsFrom(scope);
    return std::ranges::all_of(terms, [](const QString &t) { return t == u"*"; }) ? QStringLiteral("*")
                                                                                  : terms.join(u',');
}

void silence(Monitor &monitor, Silence silence)
{
    (silence.everything() && silence.forEver() ? monitor.silencedForever : monitor.silencedPartly) = true;
    monitor.silences.push_back(std::move(silence));
}

// Epoch seconds, or ISO; from some tools as text.
QDateTime timeOf(const QJsonValue &v)
{
    const double seconds = v.isString() ? v.toString().toDouble() : v.toDouble();
    if (seconds > 0 && seconds < 1e11)
        return QDateTime::fromSecsSinceEpoch(qint64(seconds), QTimeZone::UTC);
    return v.isString() ? QDateTime::fromString(v.toString(), Qt::ISODateWithMs) : QDateTime();
}

std::optional<double> numberOf(const QJsonValue &v)
{
    bool ok = v.isDouble();
    const double number = ok ? v.toDouble() : v.toString().toDouble(&ok);
    return ok && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

void readSilences(Monitor &monitor, const QJsonObject &object, const QDateTime &captured)
{
    const QJsonObject silenced = monitor.options.value(u"silenced").toObject();
    for (auto it = silenced.begin(); it != silenced.end(); ++it) {
        if (!isOver(it.value(), captured))
            silence(monitor, {Silence::Kind::Muted, {}, it.key(), timeOf(it.value()), false, monitor.file,
                              monitor.placeOf(QStringLiteral("options.silenced"))});
    }
    for (const QJsonValue &entry : object.value(u"matching_downtimes").toArray()) {
        const QJsonObject downtime = entry.toObject();
        if (downtime.value(u"active").toBool() && !isOver(downtime.value(u"end"), captured))
            silence(monitor, {Silence::Kind::Downtime, idText(downtime.value(u"id")), scopeText(downtime.value(u"scope")),
                              timeOf(downtime.value(u"end")), false, monitor.file,
                              monitor.placeOf(QStringLiteral("matching_downtimes"))});
    }
}

void readBounds(Monitor &monitor)
{
    const QJsonObject &options = monitor.options;
    const QJsonObject bounds = options.value(u"thresholds").toObject();
    monitor.thresholds = {numberOf(bounds.value(u"critical")), numberOf(bounds.value(u"critical_recovery")),
                          numberOf(bounds.value(u"warning")), numberOf(bounds.value(u"warning_recovery"))};
    // The newer option replaces the older ones.
    const QString missing = options.value(u"on_missing_data").toString();
    monitor.noData.notifies = missing.isEmpty() || missing == u"default"
        ? options.value(u"notify_no_data").toBool()
        : missing == u"show_and_notify_no_data";
    monitor.noData.resolves = missing == u"resolve";
    monitor.noData.afterMinutes = numberOf(options.value(u"no_data_timeframe")).value_or(0);
    monitor.testId = options.value(u"synthetics_check_id").toString();
}

void readPlaces(Monitor &monitor, const JsonPlace &place)
{
    monitor.span = place.span;
    for (const JsonPlace &field : place.children) {
        monitor.fields.insert(field.key, field.span);
        for (const JsonPlace &inner : field.children) {
            if (!inner.key.isEmpty())
                monitor.fields.insert(field.key + u'.' + inner.key, inner.span);
        }
    }
}

// Whether a downtime of many monitors, limited to a scope such as "env:prod AND service:x", may touch this
// one.
bool mayTouch(const QString &scope, const Monitor &m)
{
    static const QRegularExpression word(QStringLiteral(R"([^\s():,]+:[^\s(),]+)"));
    for (auto it = word.globalMatch(scope); it.hasNext();) {
        const QString tag = it.next().captured();
        if (m.tags.contains(tag) || m.query.contains(tag))
            return true;
    }
    return false;
}

QStringList alertReceivers(const QJsonObject &attributes)
{
    QStringList receivers = tagsFrom(attributes.value(u"recipients"));
    const QJsonObject conditional = attributes.value(u"conditional_recipients").toObject();
    bool decided = false;
    for (const QJsonValue &entry : conditional.value(u"conditions").toArray()) {
        const QString scope = entry.toObject().value(u"scope").toString();
        if (scope == u"transition_type:is_alert" || scope == u"transition_type:alert") {
            receivers += tagsFrom(entry.toObject().value(u"recipients"));
            decided = true;
        }
    }
    if (!decided)
        receivers += tagsFrom(conditional.value(u"fallback_recipients"));
    return receivers;
}

QJsonArray dataOf(const QJsonObject &body)
{
    const QJsonValue data = body.value(u"data");
    return data.isArray() ? data.toArray() : QJsonArray{data};
}

} // namespace

Monitor monitorFrom(const QJsonObject &object, const QString &file, const JsonPlace *place,
                    const QDateTime &captured)
{
    Monitor m;
    m.file = file;
    m.id = idText(object.value(u"id"));
    m.name = object.value(u"name").toString();
    m.type = object.value(u"type").toString();
    m.query = object.value(u"query").toString();
    m.message = object.value(u"message").toString();
    m.tags = tagsFrom(object.value(u"tags"));
    m.overallState = object.value(u"overall_state").toString();
    m.priority = object.value(u"priority").toVariant().toInt();
    m.draft = object.value(u"draft_status").toString() == u"draft";
    m.options = object.value(u"options").toObject();
    readBounds(m);
    for (const QJsonValue &entry : object.value(u"assets").toArray()) {
        const QJsonObject asset = entry.toObject();
        if (asset.value(u"category").toString() == u"runbook" && asset.value(u"url").isString())
            m.runbookAssets << asset.value(u"url").toString();
    }
    if (m.type == u"composite") {
        static const QRegularExpression number(QStringLiteral(R"(\d+)"));
        for (auto it = number.globalMatch(m.query); it.hasNext();)
            m.constituents << it.next().captured();
        m.constituents.removeDuplicates();
    }
    if (place)
        readPlaces(m, *place);
    readSilences(m, object, captured);
    return m;
}

std::vector<NotificationRule> notificationRules(const QJsonObject &body)
{
    std::vector<NotificationRule> rules;
    for (const QJsonValue &entry : dataOf(body)) {
        const QJsonObject attributes = entry.toObject().value(u"attributes").toObject();
        const QJsonObject filter = attributes.value(u"filter").toObject();
        NotificationRule rule;
        rule.name = attributes.value(u"name").toString();
        rule.tags = tagsFrom(filter.value(u"tags"));
        rule.onAlert = alertReceivers(attributes);
        rule.understood = !rule.tags.isEmpty() && !filter.contains(u"scope");
        rules.push_back(std::move(rule));
    }
    return rules;
}

void applyDowntimes(const QJsonObject &body, const QString &file, std::vector<Monitor> &monitors)
{
    for (const QJsonValue &entry : dataOf(body)) {
        const QJsonObject downtime = entry.toObject().value(u"attributes").toObject();
        if (downtime.value(u"status").toString() != u"active")
            continue;
        const QJsonObject target = downtime.value(u"monitor_identifier").toObject();
        const QStringList tags = tagsFrom(target.value(u"monitor_tags"));
        const QJsonObject schedule = downtime.value(u"schedule").toObject();
        const QString id = idText(target.value(u"monitor_id"));
        const Silence found{Silence::Kind::Downtime, entry.toObject().value(u"id").toString(),
                            scopeText(downtime.value(u"scope")), timeOf(schedule.value(u"end")),
                            schedule.contains(u"recurrences"), file, {}};
        for (Monitor &m : monitors) {
            const bool byTags = !tags.isEmpty() && std::ranges::all_of(tags, [&](const QString &t) {
                return t == u"*" || m.tags.contains(t);
            }) && (found.everything() || mayTouch(found.scope, m));
            if (byTags || (!id.isEmpty() && id == m.id))
                silence(m, found);
        }
    }
}

} // namespace tenken
