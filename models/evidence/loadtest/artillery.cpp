// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/jsonresults.h>
#include <evidence/loadtest/parse.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <QJsonArray>

#include <algorithm>
#include <map>

// artillery's --output: figures of every ten seconds, aligned to the clock, not to the phases. Version 2 keeps
// counters and summaries by name; version 1 has fields of its own. Virtual users are arrivals: each of them may
// make several requests.

namespace tenken
{

namespace
{

constexpr double windowSeconds = 10;
constexpr size_t mostLabels = 100;
constexpr qint64 longestRun = 4 * 24 * 3600;

LoadTestRun artilleryRun()
{
    LoadTestRun run;
    run.tool = QStringLiteral("artillery");
    run.model = LoadModel::Open;
    run.latencyMeaning = QStringLiteral("request sent to first byte of the answer");
    run.percentileMeaning = {QStringLiteral("artillery の定義: DDSketch（相対誤差 1 %）、10 s ごと"),
                             QStringLiteral("artillery's own: DDSketch, relative error 1 %, every 10 s")};
    return run;
}

bool isFailure(const QString &code)
{
    return code.toInt() >= 400;
}

std::optional<double> percentileKey(const QString &key)
{
    static const std::map<QString, double> known = {
        {QStringLiteral("p50"), 0.5},   {QStringLiteral("median"), 0.5}, {QStringLiteral("p75"), 0.75},
        {QStringLiteral("p90"), 0.9},   {QStringLiteral("p95"), 0.95},   {QStringLiteral("p99"), 0.99},
        {QStringLiteral("p999"), 0.999},
    };
    const auto at = known.find(key);
    return at != known.end() ? std::optional(at->second) : std::nullopt;
}

void takeLatency(LoadAggregate &part, const QJsonObject &summary)
{
    part.minMs = numberIn(summary, QStringLiteral("min")).value_or(-1);
    part.meanMs = numberIn(summary, QStringLiteral("mean")).value_or(-1);
    part.maxMs = numberIn(summary, QStringLiteral("max")).value_or(-1);
    if (summary.contains(QStringLiteral("count")))
        part.timed = countIn(summary, QStringLiteral("count"));
    for (const QString &key : summary.keys()) {
        if (const auto q = percentileKey(key))
            addPercentile(part, *q, numberIn(summary, key));
    }
}

double secondsIn(const QJsonObject &object, const char *key)
{
    const double ms = numberIn(object, QString::fromLatin1(key)).value_or(-1);
    return ms > 0 && ms < 1e14 ? ms / 1000 : -1;
}

/// Counters of a stretch: answers and errors make the requests that ended. What failed is told to `kinds`, or nobody.
LoadAggregate counted(const QJsonObject &counters, LoadTestRun *kinds)
{
    LoadAggregate part;
    part.arrivals = counters.contains(QStringLiteral("vusers.created")) ? countIn(counters, QStringLiteral("vusers.created")) : -1;
    qint64 answered = 0, unanswered = 0;
    for (const QString &key : counters.keys()) {
        const qint64 count = countIn(counters, key);
        if (key.startsWith(u"http.codes.")) {
            const QString code = key.sliced(11);
            answered += count;
            part.failed += isFailure(code) ? count : 0;
            if (kinds && isFailure(code))
                countError(*kinds, QStringLiteral("HTTP ") + code, count);
        } else if (key.startsWith(u"errors.")) {
            unanswered += count;
            if (kinds)
                countError(*kinds, key.sliced(7), count);
        }
    }
    part.completed = std::max(answered, countIn(counters, QStringLiteral("http.responses"))) + unanswered;
    part.failed += unanswered;
    return part;
}

LoadAggregate windowOf(const QJsonObject &window)
{
    LoadAggregate part = counted(window.value(QStringLiteral("counters")).toObject(), nullptr);
    const double period = secondsIn(window, "period");
    const double first = secondsIn(window, "firstMetricAt"), last = secondsIn(window, "lastMetricAt");
    part.start = std::max(period, first);
    part.end = period > 0 ? period + windowSeconds : last;
    if (last > 0 && last < part.end - 1) // the run ended within it
        part.end = last;
    takeLatency(part, window.value(QStringLiteral("summaries"))[QStringLiteral("http.response_time")].toObject());
    return part;
}

void takeLabels(LoadTestRun &run, const QJsonObject &aggregate)
{
    const QString times = QStringLiteral("plugins.metrics-by-endpoint.response_time.");
    const QJsonObject summaries = aggregate.value(QStringLiteral("summaries")).toObject();
    const QJsonObject counters = aggregate.value(QStringLiteral("counters")).toObject();
    for (const QString &key : summaries.keys()) {
        if (!key.startsWith(times) || run.labels.size() >= mostLabels)
            continue;
        LoadLabel label;
        label.name = key.sliced(times.size());
        label.samples = countIn(summaries.value(key).toObject(), QStringLiteral("count"));
        const QString codes = QStringLiteral("plugins.metrics-by-endpoint.%1.codes.").arg(label.name);
        for (const QString &counter : counters.keys()) {
            if (counter.startsWith(codes) && isFailure(counter.sliced(codes.size())))
                label.errors += countIn(counters, counter);
        }
        run.labels.push_back(std::move(label));
    }
    std::ranges::stable_sort(run.labels, std::greater(), &LoadLabel::samples);
}

void readSecond(LoadTestRun &run, const QJsonObject &root)
{
    for (const QJsonValue &window : root.value(QStringLiteral("intermediate")).toArray()) {
        LoadAggregate part = windowOf(window.toObject());
        if (part.end > part.start && part.start > 0 && part.end - part.start <= 600)
            run.aggregates.push_back(std::move(part));
        else
            ++run.skippedLines;
    }
    const QJsonObject aggregate = root.value(QStringLiteral("aggregate")).toObject();
    LoadAggregate whole = counted(aggregate.value(QStringLiteral("counters")).toObject(), &run);
    takeLatency(whole, aggregate.value(QStringLiteral("summaries"))[QStringLiteral("http.response_time")].toObject());
    whole.start = std::max(0.0, secondsIn(aggregate, "firstMetricAt"));
    whole.end = std::max(whole.start, secondsIn(aggregate, "lastMetricAt"));
    run.whole = std::move(whole);
    takeLabels(run, aggregate);
}

LoadAggregate oldPart(const QJsonObject &report, LoadTestRun *kinds)
{
    LoadAggregate part;
    const QJsonObject codes = report.value(QStringLiteral("codes")).toObject();
    const QJsonObject errors = report.value(QStringLiteral("errors")).toObject();
    for (const QString &code : codes.keys()) {
        part.failed += isFailure(code) ? countIn(codes, code) : 0;
        if (kinds && isFailure(code))
            countError(*kinds, QStringLiteral("HTTP ") + code, countIn(codes, code));
    }
    qint64 unanswered = 0;
    for (const QString &error : errors.keys()) {
        unanswered += countIn(errors, error);
        if (kinds)
            countError(*kinds, error, countIn(errors, error));
    }
    part.arrivals = report.contains(QStringLiteral("scenariosCreated")) ? countIn(report, QStringLiteral("scenariosCreated")) : -1;
    part.completed = countIn(report, QStringLiteral("requestsCompleted")) + unanswered;
    part.failed += unanswered;
    takeLatency(part, report.value(QStringLiteral("latency")).toObject());
    const auto time = parseRfc3339(report.value(QStringLiteral("timestamp")).toString().toStdString());
    part.start = part.end = time && *time > 0 ? double(*time) / 1e6 : 0;
    return part;
}

/// A report's time is the end of its window. A last, shorter window has a rate that tells its length.
void readFirst(LoadTestRun &run, const QJsonObject &root)
{
    for (const QJsonValue &report : root.value(QStringLiteral("intermediate")).toArray()) {
        LoadAggregate part = oldPart(report.toObject(), nullptr);
        if (part.end <= 0)
            continue;
        const double before = run.aggregates.empty() ? part.end - windowSeconds : run.aggregates.back().end;
        part.start = std::max(part.end - windowSeconds, before);
        if (part.end - part.start > 0.5)
            run.aggregates.push_back(std::move(part));
    }
    LoadAggregate whole = oldPart(root.value(QStringLiteral("aggregate")).toObject(), &run);
    if (!run.aggregates.empty()) {
        whole.start = run.aggregates.front().start;
        whole.end = run.aggregates.back().end;
    } else { // its windows were taken out: the mean rate tells how long it ran
        const QJsonObject rps = root.value(QStringLiteral("aggregate"))[QStringLiteral("rps")].toObject();
        const double rate = numberIn(rps, QStringLiteral("mean")).value_or(0);
        const double seconds = rate > 0 ? double(countIn(rps, QStringLiteral("count"))) / rate : 0;
        whole.start = whole.end - (seconds <= longestRun ? seconds : 0);
    }
    run.hasClock = whole.end > 0;
    run.whole = std::move(whole);
}

} // namespace

bool isArtillery(std::string_view head)
{
    return trimmed(head.substr(0, 64)).starts_with('{') && hasKeys(head, {"aggregate"})
        && (hasKeys(head, {"counters"}) || hasKeys(head, {"scenariosCreated"}));
}

Result<LoadTestRun> readArtillery(LineReader &lines)
{
    LoadTestRun run = artilleryRun();
    const Result<QJsonDocument> document = readFirstJson(lines, run);
    if (!document)
        return failure(document.error());
    const QJsonObject root = document->object();
    // The last of version 1 have `counters` too, of the test's own.
    if (root.value(QStringLiteral("aggregate"))[QStringLiteral("requestsCompleted")].isUndefined())
        readSecond(run, root);
    else
        readFirst(run, root);
    run.remarks.push_back({QStringLiteral("artillery の 10 s ごとの値は時計に合わせてあり、20 s より短いフェーズは分けられません。"),
                           QStringLiteral("artillery's windows of 10 s follow the clock: phases under 20 s cannot be "
                                          "told apart.")});
    if (run.aggregates.empty()) {
        run.missing.push_back({QStringLiteral("負荷の段階と時間変化（`intermediate` が空です）"),
                               QStringLiteral("steps of load and the course over time (`intermediate` is empty)")});
    }
    settleSummary(run);
    return run;
}

bool isArtilleryBuckets(std::string_view head)
{
    return trimmed(head.substr(0, 64)).starts_with('{') && hasKeys(head, {"counters"})
        && (head.contains("\"vusers.created") || head.contains("\"http.requests\""));
}

/// Single metrics as artillery hands them on: time, name, value. No latency is among them.
Result<LoadTestRun> readArtilleryBuckets(LineReader &lines)
{
    const Result<QJsonDocument> document = readJson(lines);
    if (!document)
        return failure(document.error());
    const QJsonArray counters = document->object().value(QStringLiteral("counters")).toArray();
    LoadTestRun run = artilleryRun();
    std::map<qint64, LoadSecond> seconds;
    qint64 first = 0;
    for (qsizetype i = 0; i + 2 < counters.size(); i += 3) {
        const double ms = counters[i].toDouble(-1);
        const QString name = counters[i + 1].toString();
        const auto count = countFrom(counters[i + 2].toDouble(-1));
        if (!(ms > 0) || ms > 1e14 || !count)
            continue;
        const auto at = qint64(ms / 1000);
        first = first > 0 ? first : at;
        if (std::abs(at - first) > longestRun)
            continue;
        LoadSecond &second = seconds[at];
        const bool code = name.startsWith(u"http.codes.");
        second.arrivals = std::max<qint64>(0, second.arrivals) + (name == u"vusers.created" ? *count : 0);
        second.started += name == u"http.requests" ? *count : 0;
        second.completed += code ? *count : 0;
        if (code && isFailure(name.sliced(11))) {
            second.failed += *count;
            countError(run, QStringLiteral("HTTP ") + name.sliced(11), *count);
        } else if (name.startsWith(u"errors.")) {
            second.completed += *count;
            second.failed += *count;
            countError(run, name.sliced(7), *count);
        }
    }
    takeSeconds(run, std::move(seconds), {.arrivals = 0, .latency = {}});
    run.missing.push_back({QStringLiteral("遅延はこのファイルにありません。artillery run --output report.json の結果を指定してください。"),
                           QStringLiteral("Latencies are not in this file: name the output of artillery run --output "
                                          "report.json.")});
    return run;
}

} // namespace tenken
