// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>
#include <evidence/datadog/fields.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

namespace
{

/// A monitor that alerts for each service has the alerts of one among them.
bool groupsBy(const QString &key, const Monitor &m)
{
    if (!m.query.contains(key)) // of many monitors and many downtimes nearly all
        return false;
    const QRegularExpression groups(QStringLiteral(R"(\bby\s*[({][^)}]*(?<![\w.-])%1(?![\w.-]))").arg(QRegularExpression::escape(key)));
    return groups.match(m.query).hasMatch();
}

// Whether a downtime of many monitors, limited to a scope such as "env:prod AND service:x", may touch this
// one.
bool mayTouch(const QString &scope, const Monitor &m)
{
    static const QRegularExpression word(QStringLiteral(R"([^\s():,]+:[^\s(),]+)"));
    for (auto it = word.globalMatch(scope); it.hasNext();) {
        const QString tag = it.next().captured();
        if (m.tags.contains(tag) || m.query.contains(tag) || groupsBy(tag.section(u':', 0, 0), m))
            return true;
    }
    return false;
}

bool isEverything(const QString &scope)
{
    return scope.isEmpty() || scope == u"*";
}

} // namespace

Downtime downtimeFrom(const QJsonObject &resource, const QString &file, const JsonPlace *place)
{
    const QJsonObject attributes = attributesOf(resource);
    const QJsonObject target = attributes.value(u"monitor_identifier").toObject();
    const QJsonObject schedule = attributes.value(u"schedule").toObject();
    const QJsonObject now = schedule.value(u"current_downtime").toObject(schedule);
    Downtime d;
    d.file = file;
    if (place)
        d.span = place->span;
    d.id = resource.value(u"id").toString();
    d.status = attributes.value(u"status").toString();
    d.scope = scopeText(attributes.value(u"scope"));
    d.monitorId = idText(target.value(u"monitor_id"));
    d.monitorTags = tagsFrom(target.value(u"monitor_tags"));
    d.recurring = schedule.contains(u"recurrences");
    d.from = timeOf(now.value(u"start"));
    d.until = timeOf(now.value(u"end"));
    d.message = attributes.value(u"message").toString();
    return d;
}

Downtime oldDowntimeFrom(const QJsonObject &object, const QString &file, const JsonPlace *place)
{
    Downtime d;
    d.file = file;
    if (place)
        d.span = place->span;
    d.id = idText(object.value(u"id"));
    d.status = object.value(u"status").toString(object.value(u"active").toBool() ? QStringLiteral("active") : QString());
    if (!object.value(u"canceled").isNull() && !object.value(u"canceled").isUndefined())
        d.status = QStringLiteral("canceled");
    d.scope = scopeText(object.value(u"scope"));
    d.monitorId = idText(object.value(u"monitor_id"));
    d.monitorTags = tagsFrom(object.value(u"monitor_tags"));
    d.recurring = object.value(u"recurrence").isObject();
    d.from = timeOf(object.value(u"start"));
    d.until = timeOf(object.value(u"end"));
    d.message = object.value(u"message").toString();
    return d;
}

bool silences(const Downtime &downtime, const Monitor &monitor)
{
    if (!downtime.isActive())
        return false;
    if (!downtime.monitorId.isEmpty())
        return downtime.monitorId == monitor.id;
    const auto &tags = downtime.monitorTags;
    const bool tagged = !tags.isEmpty() && std::ranges::all_of(tags, [&](const QString &t) {
        return t == u"*" || monitor.tags.contains(t);
    });
    return tagged && (isEverything(downtime.scope) || mayTouch(downtime.scope, monitor));
}

void applyDowntimes(const std::vector<Downtime> &downtimes, std::vector<Monitor> &monitors)
{
    for (const Downtime &d : downtimes) {
        for (Monitor &m : monitors) {
            if (silences(d, m))
                addSilence(m, {Silence::Kind::Downtime, d.id, d.scope, d.until, d.recurring, d.file, d.span});
        }
    }
}

} // namespace tenken
