// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/jsonresults.h>
#include <evidence/loadtest/outputs.h>
#include <evidence/loadtest/parse.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

// autocannon --json. With -R it "corrects" each latency by an interval that is wrong by a factor of thousand:
// more latencies than requests show it, and none of them is used then.

namespace tenken
{

namespace
{

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
    if (answered == 0) { // its zeros are no latencies
        part.timed = 0;
        return;
    }
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

qint64 startOf(const QJsonObject &result) ///< 0: it names none
{
    return std::max<qint64>(0, parseRfc3339(result[QStringLiteral("start")].toString().toStdString()).value_or(0));
}

Output outputOf(LoadTestRun &run, const QJsonObject &result)
{
    Output output;
    LoadAggregate &part = output.figures;
    const qint64 answered = countIn(result[QStringLiteral("requests")].toObject(), QStringLiteral("total"));
    const qint64 badStatus = countIn(result, QStringLiteral("non2xx"));
    const qint64 errors = std::max(countIn(result, QStringLiteral("errors")), countIn(result, QStringLiteral("timeouts")));
    const qint64 timeouts = countIn(result, QStringLiteral("timeouts"));
    part.completed = answered + errors;
    part.failed = badStatus + errors;
    part.users = numberIn(result, QStringLiteral("connections")).value_or(-1);
    const double seconds = std::clamp(numberIn(result, QStringLiteral("duration")).value_or(0), 0.0, 1e7);
    part.start = double(startOf(result)) / 1e6;
    part.end = part.start + seconds;
    output.errors = {{QStringLiteral("timeout"), timeouts},
                     {QStringLiteral("connection"), errors - timeouts},
                     {QStringLiteral("non-2xx"), badStatus}};
    takeLatency(run, part, result[QStringLiteral("latency")].toObject(), answered);
    output.usersAreLoad = run.model != LoadModel::Open; // with -R the connections are no load
    return output;
}

} // namespace

bool isAutocannon(std::string_view head)
{
    const std::string_view begin = trimmed(head.substr(0, 64));
    return (begin.starts_with('{') || begin.starts_with('[')) && hasKeys(head, {"connections", "latency", "p97_5"});
}

Result<LoadTestRun> readAutocannon(LineReader &lines)
{
    const Result<JsonResults> results = readJsonResults(lines);
    if (!results)
        return failure(results.error());
    LoadTestRun run;
    run.tool = QStringLiteral("autocannon");
    run.latencyMeaning = QStringLiteral("request sent to the end of the answer, of 2xx answers only");
    run.percentileMeaning = {QStringLiteral("autocannon の HdrHistogram（整数 ms）"),
                             QStringLiteral("autocannon's HdrHistogram, whole milliseconds")};
    std::vector<Output> all;
    for (const QJsonObject &result : results->results)
        all.push_back(outputOf(run, result));
    settleClock(run, all);
    Outputs outputs;
    for (Output &output : all)
        outputs.add(run, std::move(output));
    remarkOnBroken(run, *results);
    outputs.settle(run);
    return run;
}

} // namespace tenken
