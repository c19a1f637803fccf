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

bool isOver(const QJsonValue &end, const QDateTime &captured)
{
    const double seconds = end.isString() ? end.toString().toDouble() : end.toDouble();
    return captured.isValid() && seconds > 0 && seconds < double(captured.toSecsSinceEpoch());
}

void readSilences(Monitor &monitor, const QJsonObject &object, const QDateTime &captured)
{
    const QJsonObject silenced = monitor.options.value(u"silenced").toObject();
    for (auto it = silenced.begin(); it != silenced.end(); ++it) {
        if (!isOver(it.value(), captured))
            addSilence(monitor, {Silence::Kind::Muted, {}, it.key(), timeOf(it.value()), false, monitor.file,
                              monitor.placeOf(QStringLiteral("options.silenced"))});
    }
    for (const QJsonValue &entry : object.value(u"matching_downtimes").toArray()) {
        const QJsonObject downtime = entry.toObject();
        if (downtime.value(u"active").toBool() && !isOver(downtime.value(u"end"), captured))
            addSilence(monitor, {Silence::Kind::Downtime, idText(downtime.value(u"id")), scopeText(downtime.value(u"scope")),
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

void addSilence(Monitor &monitor, Silence silence)
{
    (silence.everything() && silence.forEver() ? monitor.silencedForever : monitor.silencedPartly) = true;
    // The monitor's own answer and the list of downtimes may both tell of one.
    const bool known = !silence.id.isEmpty() && std::ranges::contains(monitor.silences, silence.id, &Silence::id);
    if (!known)
        monitor.silences.push_back(std::move(silence));
}

std::vector<MonitorRow> monitorRows(const QJsonObject &body)
{
    std::vector<MonitorRow> rows;
    for (const QJsonValue &v : body.value(u"monitors").toArray()) {
        const QJsonObject row = v.toObject();
        rows.push_back({idText(row.value(u"id")), stringsOf(row.value(u"quality_issues"))});
    }
    return rows;
}

} // namespace tenken
