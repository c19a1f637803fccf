// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/jsonresults.h>
#include <evidence/loadtest/k6reader.h>
#include <evidence/loadtest/model.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <evidence/numbers.h>

#include <QJsonArray>

// k6's three summaries: --summary-export (figures beside `thresholds`, whose true means CROSSED), handleSummary
// (figures in `values`, thresholds with ok: true = kept) and the machine-readable one (metrics as a list).
// http_req_failed counts under "passes" how often it was true: the failures.

namespace tenken
{

namespace
{

struct Metrics {
    QJsonObject byName;
    bool isList = false;
};

Metrics metricsOf(const QJsonObject &root)
{
    const QJsonValue results = root.value(QStringLiteral("results"));
    if (!results.isObject())
        return {root.value(QStringLiteral("metrics")).toObject(), false};
    Metrics metrics{{}, true};
    for (const QJsonValue &metric : results[QStringLiteral("metrics")].toArray())
        metrics.byName.insert(metric[QStringLiteral("name")].toString(), metric);
    return metrics;
}

QJsonObject figuresOf(const Metrics &metrics, const QString &name)
{
    const QJsonObject metric = metrics.byName.value(name).toObject();
    const QJsonValue values = metric.value(QStringLiteral("values"));
    return values.isObject() ? values.toObject() : metric;
}

/// Whether a threshold was crossed; the two older forms say it in opposite senses.
bool isCrossed(const QJsonValue &threshold)
{
    if (threshold.isObject())
        return threshold[QStringLiteral("ok")].toBool(true) == false;
    return threshold.toBool(false);
}

void remarkOnThresholds(LoadTestRun &run, const Metrics &metrics)
{
    QStringList crossed;
    for (auto metric = metrics.byName.begin(); metric != metrics.byName.end(); ++metric) {
        const QJsonValue thresholds = metric.value()[QStringLiteral("thresholds")];
        const QJsonObject named = thresholds.toObject();
        for (auto it = named.begin(); it != named.end(); ++it) {
            if (isCrossed(it.value()))
                crossed << metric.key() + u' ' + it.key();
        }
        for (const QJsonValue &listed : thresholds.toArray()) {
            if (isCrossed(listed))
                crossed << metric.key() + u' ' + listed[QStringLiteral("source")].toString();
        }
    }
    if (crossed.isEmpty())
        return;
    const QString names = crossed.mid(0, 5).join(QStringLiteral(", "));
    run.remarks.push_back(
        Text{"k6 のしきい値 %1 個を超えました: %2", "%1 of k6's thresholds were crossed: %2."}.arg(crossed.size(), names));
}

void remarkOnDropped(LoadTestRun &run, const Metrics &metrics)
{
    const qint64 dropped = countIn(figuresOf(metrics, QStringLiteral("dropped_iterations")), QStringLiteral("count"));
    if (dropped == 0)
        return;
    run.remarks.push_back(Text{"k6 は VU が足りず、%1 回の反復を始められませんでした。送った負荷は狙いより低く、遅延は実際よりよく見えます。",
                               "k6 ran out of VUs and dropped %1 iterations: less was sent than asked for, and latency "
                               "looks better than it is."}
                              .arg(formatNumber(double(dropped))));
}

/// Users that wait for a schedule are idle part of the time; in a loop they never are.
LoadModel modelOf(const LoadAggregate &whole, const Metrics &metrics)
{
    const bool dropped = countIn(figuresOf(metrics, QStringLiteral("dropped_iterations")), QStringLiteral("count")) > 0;
    const double rate = numberIn(figuresOf(metrics, QStringLiteral("iterations")), QStringLiteral("rate")).value_or(0);
    const double ms = numberIn(figuresOf(metrics, QStringLiteral("iteration_duration")), QStringLiteral("avg")).value_or(0);
    const double busy = rate * ms / 1000;
    return modelFromIterations(dropped, whole.users > 0 && busy > 0 ? busy / whole.users : -1);
}

void takeLatency(LoadAggregate &whole, const QJsonObject &duration)
{
    whole.minMs = numberIn(duration, QStringLiteral("min")).value_or(-1);
    whole.meanMs = numberIn(duration, QStringLiteral("avg")).value_or(-1);
    whole.maxMs = numberIn(duration, QStringLiteral("max")).value_or(-1);
    whole.timed = numberIn(duration, QStringLiteral("count")) ? countIn(duration, QStringLiteral("count")) : -1;
    addPercentile(whole, 0.5, numberIn(duration, QStringLiteral("med")));
    for (const QString &key : duration.keys()) {
        if (!key.startsWith(u"p(") || !key.endsWith(u')'))
            continue;
        if (const auto percent = parseNumber(key.sliced(2).chopped(1).toStdString()))
            addPercentile(whole, *percent / 100, numberIn(duration, key));
    }
}

double secondsOf(const QJsonObject &root, const QJsonObject &requests)
{
    if (const auto ms = numberIn(root.value(QStringLiteral("state")).toObject(), QStringLiteral("testRunDurationMs")))
        return *ms / 1000;
    const QJsonObject config = root.value(QStringLiteral("config")).toObject();
    if (const auto seconds = numberIn(config, QStringLiteral("duration")))
        return *seconds;
    if (const auto ms = parseDurationMs(config.value(QStringLiteral("duration")).toString().toStdString()))
        return *ms / 1000;
    const double rate = numberIn(requests, QStringLiteral("rate")).value_or(0);
    return rate > 0 ? double(countIn(requests, QStringLiteral("count"))) / rate : 0;
}

void takeFailures(LoadTestRun &run, LoadAggregate &whole, const QJsonObject &failed)
{
    if (failed.isEmpty()) {
        run.knowsErrors = false;
        run.missing.push_back({QStringLiteral("http_req_failed がなく、失敗の数が分かりません。"),
                               QStringLiteral("There is no http_req_failed: how many requests failed is not known.")});
    } else if (failed.contains(QStringLiteral("passes"))) {
        whole.failed = countIn(failed, QStringLiteral("passes"));
    } else if (failed.contains(QStringLiteral("matches"))) {
        whole.failed = countIn(failed, QStringLiteral("matches"));
    } else {
        const double rate = numberIn(failed, QStringLiteral("rate")).value_or(numberIn(failed, QStringLiteral("value")).value_or(0));
        whole.failed = countFrom(double(whole.completed) * rate).value_or(0);
    }
    countError(run, QStringLiteral("http_req_failed"), whole.failed);
}

/// Only a constant number of users is a level; ramps are mixed in one set of figures.
void takeUsers(LoadTestRun &run, LoadAggregate &whole, const Metrics &metrics)
{
    const QJsonObject vus = figuresOf(metrics, QStringLiteral("vus"));
    const double least = numberIn(vus, QStringLiteral("min")).value_or(-1);
    const double most = numberIn(vus, QStringLiteral("max")).value_or(-1);
    if (most > 0 && least == most)
        whole.users = most;
    else if (most > 0) {
        run.remarks.push_back(Text{"VU は %1 から %2 の間で変わり、段ごとの値は要約にありません。",
                                   "VUs went from %1 to %2; the summary has no figures for each level."}
                                  .arg(formatNumber(least), formatNumber(most)));
    }
}

} // namespace

bool isK6Summary(std::string_view head)
{
    if (!trimmed(head.substr(0, 64)).starts_with('{'))
        return false;
    const bool older = hasKeys(head, {"metrics"}) && (hasKeys(head, {"root_group"}) || hasKeys(head, {"http_req_duration"}));
    const bool listed = hasKeys(head, {"results"}) && (hasKeys(head, {"k6Version"}) || hasKeys(head, {"checks"}));
    return (older || listed) && !trimmed(head.substr(0, 64)).starts_with(R"({"type":)");
}

Result<LoadTestRun> readK6Summary(LineReader &lines)
{
    LoadTestRun run;
    const Result<QJsonDocument> document = readFirstJson(lines, run);
    if (!document)
        return failure(document.error());
    const QJsonObject root = document->object();
    const Metrics metrics = metricsOf(root);
    const qint64 iterations = countIn(figuresOf(metrics, QStringLiteral("iterations")), QStringLiteral("count"));
    if (iterations > 0 && countIn(figuresOf(metrics, QStringLiteral("http_reqs")), QStringLiteral("count")) == 0)
        return failure(k6WithoutRequests(iterations));
    run.tool = QStringLiteral("k6");
    run.toolVersion = root.value(QStringLiteral("metadata"))[QStringLiteral("k6Version")].toString();
    run.hasClock = false;
    run.latencyMeaning = QStringLiteral("sending + waiting + receiving");
    run.percentileMeaning = {QStringLiteral("k6 の定義: 標本の間を線形に補間"),
                             QStringLiteral("k6's own: linear interpolation between samples")};
    const QJsonObject requests = figuresOf(metrics, QStringLiteral("http_reqs"));
    LoadAggregate whole;
    whole.completed = numberIn(requests, QStringLiteral("count")) ? countIn(requests, QStringLiteral("count")) : -1;
    whole.end = std::clamp(secondsOf(root, requests), 0.0, 1e7);
    takeLatency(whole, figuresOf(metrics, QStringLiteral("http_req_duration")));
    takeFailures(run, whole, figuresOf(metrics, QStringLiteral("http_req_failed")));
    takeUsers(run, whole, metrics);
    remarkOnThresholds(run, metrics);
    remarkOnDropped(run, metrics);
    run.model = modelOf(whole, metrics);
    if (whole.end > 0)
        addStretch(run, whole);
    else
        run.missing.push_back(durationMissing());
    run.whole = std::move(whole);
    settleSummary(run);
    return run;
}

} // namespace tenken
