// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/levels.h>
#include <evidence/loadtest/parse.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <algorithm>

// Iago's log: once a minute the statistics of that minute as JSON. Iago sends at a set rate, which the log does not
// tell. An answer of any status is a success to it; the counts of the statuses stand beside.

namespace tenken
{

namespace
{

constexpr double minute = 60;
constexpr size_t mostWindows = 100'000;
constexpr std::string_view marker = "] stats: ";

/// "20140611-21:34:01.224"
std::optional<double> secondsOf(std::string_view stamp)
{
    if (stamp.size() < 17 || stamp[8] != '-')
        return {};
    const std::string date = std::string(stamp.substr(0, 4)) + '-' + std::string(stamp.substr(4, 2)) + '-'
        + std::string(stamp.substr(6, 2)) + ' ' + std::string(stamp.substr(9));
    const auto time = parseLocalTime(date);
    return time && *time > 0 ? std::optional(double(*time) / 1e6) : std::nullopt;
}

LoadAggregate windowOf(LoadTestRun &run, const QJsonObject &stats)
{
    LoadAggregate part;
    part.completed = countIn(stats, QStringLiteral("client/requests"));
    part.failed = countIn(stats, QStringLiteral("client/failures"));
    countError(run, QStringLiteral("no answer"), part.failed);
    for (const QString &key : stats.keys()) {
        const int status = key.size() == 3 ? key.toInt() : 0;
        if (status >= 400) {
            part.failed += countIn(stats, key);
            countError(run, QStringLiteral("HTTP %1").arg(status), countIn(stats, key));
        }
    }
    const QString latency = QStringLiteral("client/request_latency_ms_");
    part.timed = countIn(stats, latency + QStringLiteral("count"));
    part.minMs = numberIn(stats, latency + QStringLiteral("minimum")).value_or(-1);
    part.meanMs = numberIn(stats, latency + QStringLiteral("average")).value_or(-1);
    part.maxMs = numberIn(stats, latency + QStringLiteral("maximum")).value_or(-1);
    static constexpr std::pair<const char *, double> known[] = {
        {"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}, {"p999", 0.999}, {"p9999", 0.9999}};
    for (const auto &[key, q] : known)
        addPercentile(part, q, numberIn(stats, latency + QString::fromLatin1(key)));
    return part;
}

} // namespace

bool isIago(std::string_view head)
{
    return head.substr(0, 4096).contains(marker) && head.contains("client\\/");
}

Result<LoadTestRun> readIago(LineReader &lines)
{
    LoadTestRun run;
    run.tool = QStringLiteral("iago");
    run.model = LoadModel::Open;
    run.latencyMeaning = QStringLiteral("request sent to the end of the answer");
    run.percentileMeaning = {QStringLiteral("Iago の定義: 整数 ms、1 分ごと"), QStringLiteral("Iago's own: whole milliseconds, every minute")};
    std::string_view line;
    while (lines.next(line)) {
        const size_t at = line.find(marker), open = line.find('[');
        if (at == std::string_view::npos || open > at)
            continue;
        const std::string_view json = line.substr(at + marker.size());
        const auto document = QJsonDocument::fromJson(QByteArray::fromRawData(json.data(), qsizetype(json.size())));
        const auto end = secondsOf(line.substr(open + 1, at - open - 1));
        if (!document.isObject() || !end || run.aggregates.size() >= mostWindows) {
            ++run.skippedLines;
            continue;
        }
        LoadAggregate part = windowOf(run, document.object());
        const double before = run.aggregates.empty() ? *end - minute : run.aggregates.back().end;
        part.end = *end;
        part.start = std::max(*end - minute, before);
        if (part.completed > 0 && part.end - part.start > 1)
            run.aggregates.push_back(std::move(part));
    }
    run.missing.push_back(missingRate());
    addNoZone(run);
    settleSummary(run);
    return run;
}

} // namespace tenken
