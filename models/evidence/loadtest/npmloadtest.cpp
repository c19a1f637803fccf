// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

// The text of `loadtest` from npm. With --rps it paces its requests; older versions print a log prefix before
// each line.

namespace tenken
{

namespace
{

/// What follows the key, wherever in the line it stands.
std::optional<std::string_view> valueOf(std::string_view line, std::string_view key)
{
    const size_t at = line.find(key);
    return at == std::string_view::npos ? std::nullopt : std::optional(trimmed(line.substr(at + key.size())));
}

/// "95%      40 ms", "100%      58 ms (longest request)"
void takePercentage(LoadAggregate &whole, std::string_view line)
{
    const std::vector<std::string_view> word = words(line, 16);
    for (size_t i = 0; i + 2 < word.size(); ++i) {
        if (!word[i].ends_with('%') || word[i + 2] != "ms")
            continue;
        if (const auto percent = parseNumber(word[i].substr(0, word[i].size() - 1))) {
            const auto ms = parseNumber(word[i + 1]);
            addPercentile(whole, *percent / 100, ms);
            if (*percent == 100)
                whole.maxMs = ms.value_or(-1);
        }
    }
}

} // namespace

bool isNpmLoadtest(std::string_view head)
{
    return head.contains("Target URL:") && head.contains("Completed requests:") && head.contains("Mean latency:");
}

Result<LoadTestRun> readNpmLoadtest(LineReader &lines)
{
    LoadTestRun run;
    run.tool = QStringLiteral("loadtest");
    run.hasClock = false;
    run.model = LoadModel::Closed;
    run.latencyMeaning = QStringLiteral("request sent to the end of the answer");
    run.percentileMeaning = {QStringLiteral("loadtest の定義: 整数 ms"), QStringLiteral("loadtest's own, whole milliseconds")};
    LoadAggregate whole;
    double target = -1;
    std::string_view line;
    while (lines.next(line)) {
        if (const auto rps = valueOf(line, "Target rps:")) {
            target = parseNumber(*rps).value_or(-1);
        } else if (const auto clients = valueOf(line, "Concurrent clients:")) {
            whole.users = parseNumber(words(*clients, 1).empty() ? "" : words(*clients, 1)[0]).value_or(-1);
        } else if (const auto level = valueOf(line, "Concurrency level:")) {
            whole.users = parseNumber(*level).value_or(-1);
        } else if (const auto completed = valueOf(line, "Completed requests:")) {
            whole.completed = parseCount(*completed).value_or(0);
        } else if (const auto errors = valueOf(line, "Total errors:")) {
            whole.failed = parseCount(*errors).value_or(0);
        } else if (const auto time = valueOf(line, "Total time:")) {
            whole.end = parseDurationMs(*time).value_or(0) / 1000;
        } else if (const auto mean = valueOf(line, "Mean latency:")) {
            whole.meanMs = parseDurationMs(*mean).value_or(-1);
        } else {
            takePercentage(whole, line);
        }
    }
    countError(run, QStringLiteral("error"), whole.failed);
    if (target > 0) {
        run.model = LoadModel::Open;
        whole.users = -1;
    }
    if (whole.end > 0)
        addStretch(run, whole, target);
    run.whole = std::move(whole);
    settleSummary(run);
    return run;
}

} // namespace tenken
