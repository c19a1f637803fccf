// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>
#include <evidence/datadog/fields.h>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr qsizetype mostQueries = 50;

// Of "count" (queries beside formulas) and "time_slice" (a query with queries of its own).
void readSpecification(Slo &slo, const QJsonObject &specification)
{
    for (const char *kind : {"count", "time_slice"}) {
        const QJsonObject of = specification.value(QLatin1StringView(kind)).toObject();
        const QJsonValue inner = of.contains(u"queries") ? QJsonValue(of) : of.value(u"query");
        for (const QJsonValue &q : inner.toObject().value(u"queries").toArray()) {
            const QString query = q.toObject().value(u"query").toString();
            if (!query.isEmpty() && slo.queries.size() < mostQueries)
                slo.queries << query;
        }
    }
}

void readTargets(Slo &slo, const QJsonObject &object)
{
    for (const QJsonValue &entry : object.value(u"thresholds").toArray()) {
        const QJsonObject t = entry.toObject();
        slo.targets.push_back({t.value(u"timeframe").toString(), t.value(u"target").toDouble(), numberOf(t.value(u"warning"))});
    }
}

void readStatus(Slo &slo, const QJsonObject &status)
{
    slo.value = numberOf(status.value(u"sli"));
    slo.budgetRemaining = numberOf(status.value(u"error_budget_remaining"));
    slo.state = status.value(u"state").toString();
}

MetricSeries lineOf(const QJsonObject &series, const char *name, const QString &file)
{
    const QJsonObject line = series.value(QLatin1StringView(name)).toObject();
    const QJsonArray times = series.value(u"times").toArray(), values = line.value(u"values").toArray();
    QJsonArray points;
    for (qsizetype i = 0; i < std::min(times.size(), values.size()); ++i)
        points.append(QJsonArray{times.at(i), values.at(i)});
    QJsonObject one = line.value(u"metadata").toObject();
    one.insert(u"pointlist", points);
    one.remove(u"query_index");
    QJsonObject body;
    body.insert(u"query", one.value(u"expression"));
    body.insert(u"from_date", series.value(u"from_date"));
    body.insert(u"to_date", series.value(u"to_date"));
    body.insert(u"series", QJsonArray{one});
    return metricSeries(body, file).front();
}

} // namespace

Slo sloFrom(const QJsonObject &object, const QString &file, const JsonPlace *place)
{
    Slo slo;
    slo.file = file;
    if (place)
        slo.span = place->span;
    slo.id = object.value(u"id").toString();
    slo.name = object.value(u"name").toString();
    slo.type = object.value(u"type").toString();
    readTargets(slo, object);
    for (const QJsonValue &id : object.value(u"monitor_ids").toArray())
        slo.monitorIds << idText(id);
    const QJsonObject query = object.value(u"query").toObject();
    slo.numerator = query.value(u"numerator").toString();
    slo.denominator = query.value(u"denominator").toString();
    readSpecification(slo, object.value(u"sli_specification").toObject());
    slo.tags = tagsFrom(object.value(u"tags"));
    return slo;
}

Slo sloFromSearch(const QJsonObject &row, const QString &file, const JsonPlace *place)
{
    const QJsonObject data = row.value(u"data").toObject();
    QJsonObject object = attributesOf(data);
    object.insert(u"id", data.value(u"id"));
    object.insert(u"type", object.value(u"slo_type"));
    object.insert(u"tags", object.value(u"all_tags"));
    Slo slo = sloFrom(object, file, place);
    readStatus(slo, object.value(u"status").toObject());
    return slo;
}

SloHistory sloHistoryFrom(const QJsonObject &body, const QString &file)
{
    const QJsonObject data = body.value(u"data").toObject();
    SloHistory history;
    history.file = file;
    history.sloId = data.value(u"slo").toObject().value(u"id").toString();
    history.name = data.value(u"slo").toObject().value(u"name").toString();
    history.from = data.value(u"from_ts").toDouble();
    history.to = data.value(u"to_ts").toDouble();
    const QJsonObject overall = data.value(u"overall").toObject();
    history.value = numberOf(overall.value(u"sli_value"));
    for (const QJsonValue &e : overall.value(u"errors").toArray())
        history.errors << e.toObject().value(u"error_type").toString();
    const QJsonObject series = data.value(u"series").toObject();
    if (series.value(u"numerator").isObject())
        history.series = {lineOf(series, "numerator", file), lineOf(series, "denominator", file)};
    for (const QJsonValue &entry : overall.value(u"history").toArray()) {
        const QJsonArray change = entry.toArray();
        if (change.at(0).isDouble())
            history.kept.emplace_back(change.at(0).toDouble(), change.at(1).toDouble() > 0);
    }
    return history;
}

} // namespace tenken
