// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/prometheus.h>

#include <evidence/datadog/json.h>

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <limits>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype mostSeries = 5'000, mostPoints = 5'000'000;

/// Labels as a scope is written: "code:500,job:api".
QString scopeOf(const QJsonObject &labels)
{
    QStringList terms;
    for (auto it = labels.begin(); it != labels.end(); ++it) {
        if (it.key() != u"__name__")
            terms << it.key() + u':' + it.value().toString();
    }
    return terms.join(u',');
}

/// Samples are texts: "0.25", "NaN", "+Inf". Gives how many of them were infinite.
int readSamples(const QJsonArray &list, MetricSeries &series)
{
    int infinite = 0;
    series.points.reserve(size_t(list.size()));
    for (const QJsonValue &entry : list) {
        const QJsonArray sample = entry.toArray();
        bool fine = false;
        const double value = sample.at(1).toString().toDouble(&fine);
        if (!sample.at(0).isDouble())
            continue;
        const bool finite = fine && std::isfinite(value);
        infinite += fine && std::isinf(value);
        series.points.emplace_back(sample.at(0).toDouble(), finite ? value : std::numeric_limits<double>::quiet_NaN());
    }
    std::ranges::stable_sort(series.points, {}, [](const auto &p) { return p.first; });
    for (size_t i = 1; i < series.points.size(); ++i) {
        const double gap = series.points[i].first - series.points[i - 1].first;
        if (gap > 0 && (series.intervalSeconds <= 0 || gap < series.intervalSeconds))
            series.intervalSeconds = gap;
    }
    if (!series.points.empty()) {
        series.from = series.points.front().first;
        series.to = series.points.back().first;
    }
    return infinite;
}

Problem problemIn(const QString &file, const Text &message, const Text &hint = {})
{
    return {file, {}, message, hint};
}

void tellWarnings(const QJsonObject &body, const QString &file, std::vector<Problem> &remarks)
{
    constexpr qsizetype shown = 3, longest = 200;
    const QJsonArray warnings = body.value(u"warnings").toArray();
    for (qsizetype i = 0; i < std::min(shown, warnings.size()); ++i)
        remarks.push_back(problemIn(file, Text{"Prometheus の警告: %1", "Prometheus warns: %1"}.arg(warnings.at(i).toString().left(longest)),
                                    {"結果は一部かもしれません", "The result may be a part only"}));
}

} // namespace

Result<std::vector<MetricSeries>> seriesOf(const PrometheusAnswer &answer, std::vector<Problem> &remarks)
{
    const auto json = parseJson(answer.file, answer.bytes);
    if (!json)
        return failure(json.error());
    const QJsonObject body = json->document.object();
    const QJsonObject data = body.value(u"data").toObject();
    if (body.value(u"status").toString() == u"error")
        return failure(problemIn(answer.file,
                                 Text{"Prometheus の誤り (%1): %2", "Prometheus answered with an error (%1): %2"}.arg(
                                     body.value(u"errorType").toString().left(60), body.value(u"error").toString().left(300)),
                                 {"期間か step を変えて取り直してください", "ask again for a shorter time, or with a larger step"}));
    const QString type = data.value(u"resultType").toString();
    if (body.value(u"status").toString() != u"success" || type != u"matrix")
        return failure(problemIn(answer.file,
                                 Text{"query_range の応答ではありません (resultType: %1)", "this is no answer of query_range (resultType: %1)"}.arg(
                                     type.isEmpty() ? u"–"_s : type.left(40)),
                                 {"`GET /api/v1/query_range` の応答をそのまま置いてください", "put the answer of `GET /api/v1/query_range` there, unmodified"}));
    tellWarnings(body, answer.file, remarks);
    MetricSeries common;
    common.file = answer.file;
    common.query = answer.query;
    common.unit = answer.unit;
    std::vector<MetricSeries> all;
    const QJsonArray result = data.value(u"result").toArray();
    qsizetype points = 0;
    int infinite = 0;
    for (const QJsonValue &entry : result) {
        const QJsonObject labels = entry[u"metric"].toObject();
        const QJsonArray values = entry[u"values"].toArray();
        points += values.size();
        if (qsizetype(all.size()) >= mostSeries || points > mostPoints)
            return failure(problemIn(answer.file, {"系列か点が多すぎます", "there are too many series or points"},
                                     {"`sum by (…)` でまとめてください", "aggregate them with `sum by (…)`"}));
        MetricSeries series = common;
        series.metric = labels.value(u"__name__").toString();
        series.scope = scopeOf(labels);
        infinite += readSamples(values, series);
        all.push_back(std::move(series));
    }
    if (infinite > 0)
        remarks.push_back(problemIn(answer.file, Text{"無限大の値が %1 個あり、欠けとして扱います", "%1 samples are infinite and count as gaps"}.arg(infinite)));
    if (all.empty())
        all.push_back(common); // asked, and no data
    return all;
}

} // namespace tenken
