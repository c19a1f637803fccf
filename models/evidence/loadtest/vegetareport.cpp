// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/parse.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

// `vegeta report` as JSON, text and hdrplot. `rate` is what was offered, `throughput` what succeeded.

namespace tenken
{

namespace
{

LoadTestRun vegetaRun()
{
    LoadTestRun run;
    run.tool = QStringLiteral("vegeta");
    run.model = LoadModel::Open;
    run.latencyMeaning = QStringLiteral("request sent to last byte of the answer");
    run.percentileMeaning = {QStringLiteral("vegeta の定義: t-digest（近似）"),
                             QStringLiteral("vegeta's own: t-digest, an approximation")};
    return run;
}

bool isSuccess(int code)
{
    return code >= 200 && code < 400;
}

void takeStatus(LoadTestRun &run, LoadAggregate &whole, int code, qint64 count)
{
    if (isSuccess(code))
        return;
    whole.failed += count;
    countError(run, code == 0 ? QStringLiteral("no answer") : QStringLiteral("HTTP %1").arg(code), count);
}

/// Without codes the ratio of successes says how many failed, and without that nothing does.
void settleFailures(LoadTestRun &run, LoadAggregate &whole, bool hasCodes, std::optional<double> success)
{
    if (!hasCodes && success)
        whole.failed = countFrom(double(whole.completed) * (1 - *success)).value_or(0);
    run.knowsErrors = hasCodes || success;
}

/// "Latencies [min, mean, 50, 95, 99, max] 1ms, 2ms, …": the names differ by age.
struct Row {
    std::string_view title;
    std::vector<std::string_view> names, values;
    std::string_view value(std::string_view name) const
    {
        for (size_t i = 0; i < names.size() && i < values.size(); ++i) {
            if (names[i] == name)
                return values[i];
        }
        return {};
    }
};

std::optional<Row> rowOf(std::string_view line)
{
    const size_t open = line.find('['), close = line.find(']');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        return {};
    return Row{trimmed(line.substr(0, open)), parts(line.substr(open + 1, close - open - 1), ',', 16),
               parts(line.substr(close + 1), ',', 16)};
}

void takeStatusCodes(LoadTestRun &run, LoadAggregate &whole, std::string_view text)
{
    for (const std::string_view pair : words(text, 100)) {
        const std::vector<std::string_view> both = parts(pair, ':', 2);
        const auto code = both.size() == 2 ? parseCount(both[0]) : std::nullopt;
        if (code && *code < 1000)
            takeStatus(run, whole, int(*code), parseCount(both[1]).value_or(0));
    }
}

void takeLatencies(LoadAggregate &whole, const Row &row)
{
    for (size_t i = 0; i < row.names.size() && i < row.values.size(); ++i) {
        const std::optional<double> ms = parseDurationMs(row.values[i]);
        double *named = row.names[i] == "min" ? &whole.minMs
            : row.names[i] == "mean"          ? &whole.meanMs
            : row.names[i] == "max"           ? &whole.maxMs
                                              : nullptr;
        if (named)
            *named = ms.value_or(-1);
        else if (const auto percent = parseNumber(row.names[i]))
            addPercentile(whole, *percent / 100, ms);
    }
}

} // namespace

bool isVegetaReport(std::string_view head)
{
    return trimmed(head.substr(0, 64)).starts_with('{') && hasKeys(head, {"latencies", "50th", "requests"});
}

Result<LoadTestRun> readVegetaReport(LineReader &lines)
{
    const Result<QJsonDocument> document = readJson(lines);
    if (!document)
        return failure(document.error());
    const QJsonObject root = document->object();
    LoadTestRun run = vegetaRun();
    LoadAggregate whole;
    const auto earliest = parseRfc3339(root.value(QStringLiteral("earliest")).toString().toStdString());
    const auto seconds = [&](const char *key) {
        return std::clamp(numberIn(root, QString::fromLatin1(key)).value_or(0) / 1e9, 0.0, 1e7);
    };
    run.hasClock = earliest && *earliest > 0;
    whole.start = run.hasClock ? double(*earliest) / 1e6 : 0;
    whole.end = whole.start + seconds("duration") + seconds("wait");
    whole.completed = countIn(root, QStringLiteral("requests"));
    const QJsonObject codes = root.value(QStringLiteral("status_codes")).toObject();
    for (const QString &code : codes.keys())
        takeStatus(run, whole, code.toInt(), countIn(codes, code));
    settleFailures(run, whole, !codes.isEmpty(), numberIn(root, QStringLiteral("success")));
    const QJsonObject latencies = root.value(QStringLiteral("latencies")).toObject();
    const auto ms = [&](const QString &key) -> std::optional<double> {
        const auto ns = numberIn(latencies, key);
        return ns ? std::optional(*ns / 1e6) : std::nullopt;
    };
    whole.minMs = ms(QStringLiteral("min")).value_or(-1);
    whole.meanMs = ms(QStringLiteral("mean")).value_or(-1);
    whole.maxMs = ms(QStringLiteral("max")).value_or(-1);
    for (const QString &key : latencies.keys()) {
        if (const auto percent = key.endsWith(u"th") ? parseNumber(key.chopped(2).toStdString()) : std::nullopt)
            addPercentile(whole, *percent / 100, ms(key));
    }
    const double rate = numberIn(root, QStringLiteral("rate")).value_or(-1);
    whole.arrivals = whole.completed;
    if (whole.end > whole.start)
        addStretch(run, whole, rate > 0 ? rate : -1);
    run.whole = std::move(whole);
    settleSummary(run);
    return run;
}

bool isVegetaText(std::string_view head)
{
    return trimmed(head.substr(0, 256)).starts_with("Requests") && head.contains("[total, rate");
}

Result<LoadTestRun> readVegetaText(LineReader &lines)
{
    LoadTestRun run = vegetaRun();
    run.hasClock = false;
    LoadAggregate whole;
    double rate = -1;
    std::optional<double> success;
    bool hasCodes = false;
    std::string_view line;
    while (lines.next(line)) {
        const std::optional<Row> row = rowOf(line);
        if (!row)
            continue;
        if (row->title == "Requests") {
            whole.completed = parseCount(row->value("total")).value_or(0);
            rate = parseNumber(row->value("rate")).value_or(-1);
        } else if (row->title == "Duration") {
            whole.end = parseDurationMs(row->value("total")).value_or(0) / 1000;
        } else if (row->title == "Latencies") {
            takeLatencies(whole, *row);
        } else if (row->title == "Success") {
            const std::string_view ratio = row->value("ratio");
            success = parseNumber(ratio.substr(0, ratio.find('%')));
            success = success ? std::optional(*success / 100) : success;
        } else if (row->title == "Status Codes") {
            hasCodes = true;
            takeStatusCodes(run, whole, line.substr(line.find(']') + 1));
        }
    }
    settleFailures(run, whole, hasCodes, success);
    whole.arrivals = whole.completed;
    if (whole.end > 0)
        addStretch(run, whole, rate > 0 ? rate : -1);
    run.whole = std::move(whole);
    settleSummary(run);
    return run;
}

bool isVegetaHdrPlot(std::string_view head)
{
    return trimmed(head.substr(0, 256)).starts_with("Value(ms)");
}

Result<LoadTestRun> readVegetaHdrPlot(LineReader &lines)
{
    LoadTestRun run = vegetaRun();
    run.hasClock = false;
    run.knowsErrors = false;
    LoadAggregate whole;
    std::string_view line;
    while (lines.next(line) && whole.percentiles.size() < 1000) {
        const std::vector<std::string_view> word = words(line, 5);
        const auto ms = word.size() == 4 ? parseNumber(word[0]) : std::nullopt;
        const auto q = ms ? parseNumber(word[1]) : std::nullopt;
        if (!q)
            continue;
        addPercentile(whole, *q, ms);
        whole.minMs = *q == 0 ? *ms : whole.minMs;
        whole.maxMs = *q == 1 ? *ms : whole.maxMs;
        whole.completed = std::max(whole.completed, parseCount(word[2]).value_or(0));
    }
    run.missing.push_back(durationMissing());
    run.missing.push_back({QStringLiteral("率と失敗はこのファイルにありません。vegeta report -type=json の結果を指定してください。"),
                           QStringLiteral("Rate and failures are not in this file: name the output of vegeta report "
                                          "-type=json.")});
    run.whole = std::move(whole);
    settleSummary(run);
    return run;
}

} // namespace tenken
