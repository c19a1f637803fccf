// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/consoletext.h>
#include <evidence/loadtest/outputs.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

// The text of `loadtest` from npm. With --rps it paces its requests; older versions print a log prefix before
// each line. A file may hold several outputs, each of which begins with the target.

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

class NpmReader
{
public:
    NpmReader();
    void line(std::string_view line);
    LoadTestRun finish();

private:
    void figures(std::string_view line);
    void endOutput();

    LoadTestRun m_run;
    Outputs m_outputs;
    std::optional<Output> m_output;
    bool m_paced = true; ///< each of them
};

NpmReader::NpmReader()
{
    m_run.tool = QStringLiteral("loadtest");
    m_run.hasClock = false;
    m_run.latencyMeaning = QStringLiteral("request sent to the end of the answer");
    m_run.percentileMeaning = {QStringLiteral("loadtest の定義: 整数 ms"), QStringLiteral("loadtest's own, whole milliseconds")};
}

void NpmReader::figures(std::string_view line)
{
    LoadAggregate &whole = m_output->figures;
    if (const auto rps = valueOf(line, "Target rps:"))
        m_output->offered = parseNumber(*rps).value_or(-1);
    else if (const auto clients = valueOf(line, "Concurrent clients:"))
        whole.users = parseNumber(words(*clients, 1).empty() ? "" : words(*clients, 1)[0]).value_or(-1);
    else if (const auto level = valueOf(line, "Concurrency level:"))
        whole.users = parseNumber(*level).value_or(-1);
    else if (const auto completed = valueOf(line, "Completed requests:"))
        whole.completed = parseCount(*completed).value_or(0);
    else if (const auto errors = valueOf(line, "Total errors:"))
        whole.failed = parseCount(*errors).value_or(0);
    else if (const auto time = valueOf(line, "Total time:"))
        whole.end = parseDurationMs(*time).value_or(0) / 1000;
    else if (const auto mean = valueOf(line, "Mean latency:"))
        whole.meanMs = parseDurationMs(*mean).value_or(-1);
    else
        takePercentage(whole, line);
}

void NpmReader::line(std::string_view line)
{
    if (line.contains("Target URL:")) {
        endOutput();
        m_output.emplace();
    } else if (m_output) {
        figures(line);
    }
}

void NpmReader::endOutput()
{
    if (!m_output)
        return;
    m_output->errors.emplace_back(QStringLiteral("error"), m_output->figures.failed);
    const bool paced = m_output->offered > 0;
    if (paced)
        m_output->figures.users = -1;
    m_paced = m_outputs.add(m_run, *std::move(m_output)) ? m_paced && paced : m_paced;
    m_output.reset();
}

LoadTestRun NpmReader::finish()
{
    endOutput();
    m_run.model = m_paced && !m_run.levels.empty() ? LoadModel::Open : LoadModel::Closed;
    m_outputs.settle(m_run);
    return std::move(m_run);
}

} // namespace

bool isNpmLoadtest(std::string_view head)
{
    return head.contains("Target URL:") && head.contains("Completed requests:") && head.contains("Mean latency:");
}

Result<LoadTestRun> readNpmLoadtest(LineReader &lines)
{
    ConsoleReader console(lines);
    NpmReader reader;
    std::string_view line;
    while (console.next(line))
        reader.line(line);
    return reader.finish();
}

} // namespace tenken
