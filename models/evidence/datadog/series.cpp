// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <limits>

namespace tenken
{

namespace
{

struct Unit {
    QString name;
    double factor = 1;
};

double scaleOf(const QJsonObject &unit)
{
    const double factor = unit.value(u"scale_factor").toDouble(1);
    return factor > 0 ? factor : 1;
}

// Into the one unit of its family that people compare in: ms, B, cores, %.
Unit primary(const QJsonObject &unit)
{
    const QString family = unit.value(u"family").toString();
    const QString name = unit.value(u"name").toString();
    const double scale = scaleOf(unit);
    if (family == u"time")
        return {QStringLiteral("ms"), scale * 1'000};
    if (family == u"bytes")
        return {QStringLiteral("B"), scale};
    if (family == u"cpu")
        return {QStringLiteral("core"), scale};
    if (family == u"percentage")
        return {QStringLiteral("%"), name == u"fraction" ? 100 : 1.0};
    if (name == u"request")
        return {QStringLiteral("req"), 1};
    const QString shortName = unit.value(u"short_name").toString();
    return {shortName.isEmpty() ? name : shortName, 1};
}

Unit unitOf(const QJsonValue &value)
{
    const QJsonArray pair = value.toArray();
    if (!pair.at(0).isObject())
        return {};
    Unit unit = primary(pair.at(0).toObject());
    if (!pair.at(1).isObject())
        return unit;
    const QJsonObject per = pair.at(1).toObject();
    if (per.value(u"family").toString() == u"time") {
        unit.factor /= scaleOf(per);
        unit.name += QStringLiteral("/s");
    } else {
        const Unit other = primary(per);
        unit.factor /= other.factor;
        unit.name += u'/' + other.name;
    }
    return unit;
}

void readPoints(MetricSeries &series, const QJsonArray &list, double factor)
{
    series.points.reserve(size_t(list.size()));
    for (const QJsonValue &entry : list) {
        const QJsonArray point = entry.toArray();
        if (!point.at(0).isDouble())
            continue;
        // A null is a gap in the data, never a zero.
        const double value = point.at(1).isDouble() ? point.at(1).toDouble() * factor
                                                    : std::numeric_limits<double>::quiet_NaN();
        series.points.emplace_back(point.at(0).toDouble() / 1'000, value);
    }
    std::ranges::stable_sort(series.points, {}, [](const auto &p) { return p.first; });
    // The answer's own "interval" is in seconds, whatever the documentation says, and wrong for sparse
    // series.
    for (size_t i = 1; i < series.points.size(); ++i) {
        const double gap = series.points[i].first - series.points[i - 1].first;
        if (gap > 0 && (series.intervalSeconds <= 0 || gap < series.intervalSeconds))
            series.intervalSeconds = gap;
    }
}

} // namespace

std::vector<MetricSeries> metricSeries(const QJsonObject &body, const QString &file)
{
    MetricSeries common;
    common.file = file;
    common.query = body.value(u"query").toString();
    common.from = body.value(u"from_date").toDouble() / 1'000;
    common.to = body.value(u"to_date").toDouble() / 1'000;
    const QJsonArray list = body.value(u"series").toArray();
    if (list.isEmpty())
        return {common};
    const bool several = std::ranges::any_of(
        list, [](const QJsonValue &s) { return s.toObject().value(u"query_index").toInt() > 0; });
    std::vector<MetricSeries> result;
    for (const QJsonValue &entry : list) {
        const QJsonObject object = entry.toObject();
        MetricSeries series = common;
        if (several && object.value(u"expression").isString())
            series.query = object.value(u"expression").toString();
        series.metric = object.value(u"metric").toString();
        series.scope = object.value(u"scope").toString();
        Unit unit = unitOf(object.value(u"unit"));
        // Always nanocores; older answers do not say so.
        if (unit.name.isEmpty() && series.metric == u"kubernetes.cpu.usage.total")
            unit = {QStringLiteral("core"), 1e-9};
        series.unit = unit.name;
        series.scale = unit.factor;
        readPoints(series, object.value(u"pointlist").toArray(), unit.factor);
        result.push_back(std::move(series));
    }
    return result;
}

} // namespace tenken
