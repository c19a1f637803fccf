// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/consoletext.h>
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/jsonresults.h>
#include <evidence/loadtest/outputs.h>
#include <evidence/loadtest/parse.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <algorithm>

// siege: its text, -j (JSON among other text) and siege.log, a row for each run. Seconds have two decimals, so that
// 20 ms and 24 ms look the same; 4.1 prints milliseconds in the text. It states no percentiles.

namespace tenken
{

namespace
{

constexpr size_t mostStretches = 1000;

struct Figures {
    qint64 transactions = 0, successful = -1, failed = 0;
    double seconds = 0, concurrency = -1;
    double meanMs = -1, longestMs = -1, shortestMs = -1;
};

LoadAggregate aggregateOf(const Figures &figures, double start = 0)
{
    LoadAggregate part;
    part.start = start;
    part.end = start + std::clamp(figures.seconds, 0.0, 1e7);
    part.completed = figures.transactions + figures.failed;
    // An answer from 400 on is a transaction, yet not a successful one.
    const qint64 unsuccessful = figures.successful >= 0 ? std::max<qint64>(0, figures.transactions - figures.successful) : 0;
    part.failed = figures.failed + unsuccessful;
    part.users = figures.concurrency;
    part.meanMs = figures.meanMs;
    part.minMs = figures.shortestMs;
    part.maxMs = figures.longestMs;
    return part;
}

LoadTestRun siegeRun()
{
    LoadTestRun run;
    run.tool = QStringLiteral("siege");
    run.hasClock = false;
    run.model = LoadModel::Closed;
    run.latencyMeaning = QStringLiteral("request begun to the end of the answer");
    run.percentileMeaning = {QStringLiteral("siege は百分位を出しません"), QStringLiteral("siege states no percentiles")};
    run.remarks = {{QStringLiteral("siege の秒は小数 2 桁で、遅延は 10 ms 刻みです。利用者数は実際の平均です。"),
                    QStringLiteral("siege's seconds have two decimals: latencies are in steps of 10 ms. The users are "
                                   "the mean achieved.")}};
    run.missing = {{QStringLiteral("p95、p99 はファイルにありません。"), QStringLiteral("p95 and p99 are not in the file.")}};
    return run;
}

/// "0.02 secs", "21.70 ms", and a bare number of seconds.
double millisecondsOf(std::string_view text)
{
    const auto seconds = parseNumber(text);
    return seconds ? *seconds * 1000 : parseDurationMs(text).value_or(-1);
}

void takeLine(Figures &figures, std::string_view line)
{
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return;
    const std::string_view key = trimmed(line.substr(0, colon)), value = trimmed(line.substr(colon + 1));
    const std::vector<std::string_view> word = words(value, 2);
    const qint64 count = word.empty() ? 0 : parseCount(word[0]).value_or(0);
    if (key == "Transactions")
        figures.transactions = count;
    else if (key == "Successful transactions")
        figures.successful = count;
    else if (key == "Failed transactions")
        figures.failed = count;
    else if (key == "Elapsed time")
        figures.seconds = millisecondsOf(value) / 1000;
    else if (key == "Response time")
        figures.meanMs = millisecondsOf(value);
    else if (key == "Concurrency")
        figures.concurrency = parseNumber(value).value_or(-1);
    else if (key == "Longest transaction")
        figures.longestMs = millisecondsOf(value);
    else if (key == "Shortest transaction")
        figures.shortestMs = millisecondsOf(value);
}

Figures figuresOf(const QJsonObject &result)
{
    const auto ms = [&](const char *key) {
        const auto seconds = numberIn(result, QString::fromLatin1(key));
        return seconds ? *seconds * 1000 : -1;
    };
    Figures figures;
    figures.transactions = countIn(result, QStringLiteral("transactions"));
    if (result.contains(QStringLiteral("successful_transactions")))
        figures.successful = countIn(result, QStringLiteral("successful_transactions"));
    figures.failed = countIn(result, QStringLiteral("failed_transactions"));
    figures.seconds = ms("elapsed_time") / 1000;
    figures.concurrency = numberIn(result, QStringLiteral("concurrency")).value_or(-1);
    figures.meanMs = ms("response_time");
    figures.longestMs = ms("longest_transaction");
    figures.shortestMs = ms("shortest_transaction");
    return figures;
}

} // namespace

bool isSiegeJson(std::string_view head)
{
    return hasKeys(head, {"transactions", "transaction_rate"});
}

Result<LoadTestRun> readSiegeJson(LineReader &lines)
{
    const Result<JsonResults> results = readJsonResults(lines);
    if (!results)
        return failure(results.error());
    LoadTestRun run = siegeRun();
    Outputs outputs;
    for (const QJsonObject &result : results->results)
        outputs.add(run, {.figures = aggregateOf(figuresOf(result)), .errors = {}});
    remarkOnBroken(run, *results);
    outputs.settle(run);
    return run;
}

bool isSiegeText(std::string_view head)
{
    return head.contains("Transactions:") && head.contains("Availability:") && head.contains("Transaction rate:");
}

Result<LoadTestRun> readSiegeText(LineReader &lines)
{
    LoadTestRun run = siegeRun();
    Outputs outputs;
    std::optional<Figures> figures;
    const auto finish = [&] {
        if (figures)
            outputs.add(run, {.figures = aggregateOf(*figures), .errors = {}});
    };
    ConsoleReader console(lines);
    std::string_view line;
    while (console.next(line)) {
        if (after(line, "Transactions:")) {
            finish();
            figures.emplace();
        }
        if (figures)
            takeLine(*figures, line);
    }
    finish();
    outputs.settle(run);
    return run;
}

bool isSiegeLog(std::string_view head)
{
    return head.substr(0, 1024).contains("Date & Time") && head.substr(0, 1024).contains("Trans Rate");
}

/// Local time, Trans, Elap Time, Data Trans, Resp Time, Trans Rate, Throughput, Concurrent, OKAY, Failed.
Result<LoadTestRun> readSiegeLog(LineReader &lines)
{
    LoadTestRun run = siegeRun();
    run.hasClock = true;
    addNoZone(run);
    std::string_view line;
    while (lines.next(line)) {
        const std::vector<std::string_view> field = parts(line, ',', 12);
        if (field.size() < 10 || field[0].contains("Date & Time"))
            continue;
        const auto ended = parseLocalTime(field[0]);
        const auto seconds = parseNumber(field[2]);
        if (!ended || !seconds || *seconds <= 0 || *seconds > 1e7 || run.aggregates.size() >= mostStretches) {
            ++run.skippedLines;
            continue;
        }
        Figures figures;
        figures.transactions = parseCount(field[1]).value_or(0);
        figures.seconds = *seconds;
        figures.meanMs = parseNumber(field[4]).value_or(-0.001) * 1000;
        figures.concurrency = parseNumber(field[7]).value_or(-1);
        figures.successful = parseCount(field[8]).value_or(-1);
        figures.failed = parseCount(field[9]).value_or(0);
        addStretch(run, aggregateOf(figures, double(*ended) / 1e6 - *seconds));
    }
    settleSummary(run);
    return run;
}

} // namespace tenken
