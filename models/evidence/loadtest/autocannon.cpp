// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/parse.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <evidence/numbers.h>

#include <QJsonArray>

#include <algorithm>
#include <cmath>

// autocannon --json. With -R it "corrects" each latency by an interval that is wrong by a factor of thousand:
// more latencies than requests show it, and none of them is used then.

namespace tenken
{

namespace
{

constexpr qsizetype mostResults = 1000;

/// "p97_5" → 0.975
std::optional<double> percentileKey(QString key)
{
    if (!key.startsWith(u'p'))
        return {};
    const auto percent = parseNumber(key.sliced(1).replace(u'_', u'.').toStdString());
    return percent ? std::optional(*percent / 100) : std::nullopt;
}

void takeLatency(LoadTestRun &run, LoadAggregate &part, const QJsonObject &latency, qint64 answered)
{
    const qint64 timed = countIn(latency, QStringLiteral("totalCount"));
    if (timed > answered + answered / 100 + 1) {
        run.remarks.push_back(
            Text{"%2 要求に対して遅延が %1 件あります。autocannon の補正 (-R) は誤りで、遅延は使いません。",
                 "%1 latencies for %2 requests: this tool's correction (-R) is wrong, its latencies are not used."}
                .arg(formatNumber(double(timed)), formatNumber(double(answered))));
        run.model = LoadModel::Open; // only -R corrects
        part.timed = timed; // by which it is seen that no latency can be believed
        return;
    }
    part.timed = latency.contains(QStringLiteral("totalCount")) ? timed : -1;
    part.minMs = numberIn(latency, QStringLiteral("min")).value_or(-1);
    part.meanMs = numberIn(latency, QStringLiteral("average")).value_or(-1);
    part.maxMs = numberIn(latency, QStringLiteral("max")).value_or(-1);
    for (const QString &key : latency.keys()) {
        if (const auto q = percentileKey(key))
            addPercentile(part, *q, numberIn(latency, key));
    }
}

void takeResult(LoadTestRun &run, const QJsonObject &result)
{
    LoadAggregate part;
    const qint64 answered = countIn(result[QStringLiteral("requests")].toObject(), QStringLiteral("total"));
    const qint64 badStatus = countIn(result, QStringLiteral("non2xx"));
    const qint64 errors = std::max(countIn(result, QStringLiteral("errors")), countIn(result, QStringLiteral("timeouts")));
    const qint64 timeouts = countIn(result, QStringLiteral("timeouts"));
    part.completed = answered + errors;
    part.failed = badStatus + errors;
    part.users = numberIn(result, QStringLiteral("connections")).value_or(-1);
    const auto start = parseRfc3339(result[QStringLiteral("start")].toString().toStdString());
    const double seconds = std::clamp(numberIn(result, QStringLiteral("duration")).value_or(0), 0.0, 1e7);
    run.hasClock = start && *start > 0;
    part.start = run.hasClock ? double(*start) / 1e6 : 0;
    part.end = part.start + seconds;
    countError(run, QStringLiteral("timeout"), timeouts);
    countError(run, QStringLiteral("connection"), errors - timeouts);
    countError(run, QStringLiteral("non-2xx"), badStatus);
    takeLatency(run, part, result[QStringLiteral("latency")].toObject(), answered);
    const bool paced = run.model == LoadModel::Open;
    if (seconds > 0)
        addStretch(run, std::move(part));
    if (paced && !run.levels.empty())
        run.levels.back().users = -1; // with -R the connections are no load
}

} // namespace

bool isAutocannon(std::string_view head)
{
    const std::string_view begin = trimmed(head.substr(0, 64));
    return (begin.starts_with('{') || begin.starts_with('[')) && hasKeys(head, {"connections", "latency", "p97_5"});
}

Result<LoadTestRun> readAutocannon(LineReader &lines)
{
    const Result<QJsonDocument> document = readJson(lines);
    if (!document)
        return failure(document.error());
    LoadTestRun run;
    run.tool = QStringLiteral("autocannon");
    run.latencyMeaning = QStringLiteral("request sent to the end of the answer, of 2xx answers only");
    run.percentileMeaning = {QStringLiteral("autocannon の HdrHistogram（整数 ms）"),
                             QStringLiteral("autocannon's HdrHistogram, whole milliseconds")};
    const QJsonArray results = document->isArray() ? document->array() : QJsonArray{document->object()};
    for (qsizetype i = 0; i < std::min(results.size(), mostResults); ++i)
        takeResult(run, results[i].toObject());
    settleSummary(run);
    return run;
}

} // namespace tenken
