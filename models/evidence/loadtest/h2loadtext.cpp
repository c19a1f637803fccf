// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/consoletext.h>
#include <evidence/loadtest/outputs.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <evidence/numbers.h>

#include <utility>

// h2load's text, one output or several. Its columns are named in a line of their own: newer versions have a median and percentiles.

namespace tenken
{

namespace
{

class H2loadReader
{
public:
    H2loadReader() { m_run.hasClock = false; }
    void line(std::string_view line);
    Result<LoadTestRun> finish();

private:
    void requests(std::string_view text);
    void latency(std::string_view text);
    void statusCodes(std::string_view text);

    void endOutput();
    void remarkOnClients();

    LoadTestRun m_run;
    Outputs m_outputs;
    std::optional<Output> m_output;
    std::vector<std::string> m_columns;
    double m_clients = -1; ///< of the run whose figures come next
    QStringList m_clientsOfAll;
    bool m_allHavePercentiles = true;
};

/// "600 total, 603 started, 600 done, 600 succeeded, 0 failed, 0 errored, 0 timeout"
void H2loadReader::requests(std::string_view text)
{
    LoadAggregate &figures = m_output->figures;
    qint64 errored = 0, timeout = 0;
    for (const std::string_view part : parts(text, ',', 10)) {
        const std::vector<std::string_view> word = words(part, 2);
        const qint64 count = word.size() == 2 ? parseCount(word[0]).value_or(0) : 0;
        if (word.size() != 2)
            continue;
        if (word[1] == "done")
            figures.completed = count;
        else if (word[1] == "failed")
            figures.failed = count; // errored and timed out ones are among them
        else if (word[1] == "errored")
            errored = count;
        else if (word[1] == "timeout")
            timeout = count;
    }
    figures.timed = figures.completed > 0 ? -1 : 0;
    figures.completed = std::max(figures.completed, figures.failed);
    m_output->errors.emplace_back(QStringLiteral("timeout"), timeout);
    m_output->errors.emplace_back(QStringLiteral("errored"), errored - timeout);
}

void H2loadReader::statusCodes(std::string_view text)
{
    for (const std::string_view part : parts(text, ',', 10)) {
        const std::vector<std::string_view> word = words(part, 2);
        if (word.size() == 2 && (word[1] == "4xx" || word[1] == "5xx"))
            m_output->errors.emplace_back(QString::fromLatin1(word[1].data(), 3), parseCount(word[0]).value_or(0));
    }
}

void H2loadReader::latency(std::string_view text)
{
    LoadAggregate &figures = m_output->figures;
    const std::vector<std::string_view> word = words(text, 16);
    for (size_t i = 0; i < word.size() && i < m_columns.size(); ++i) {
        const auto ms = parseDurationMs(word[i]);
        const std::string &column = m_columns[i];
        if (column == "min")
            figures.minMs = ms.value_or(-1);
        else if (column == "max")
            figures.maxMs = ms.value_or(-1);
        else if (column == "mean")
            figures.meanMs = ms.value_or(-1);
        else if (column == "median")
            addPercentile(figures, 0.5, ms);
        else if (const auto percent = column.starts_with('p') ? parseNumber(column.substr(1)) : std::nullopt)
            addPercentile(figures, *percent / 100, ms);
    }
}

void H2loadReader::line(std::string_view line)
{
    if (const size_t at = line.find(" total client(s)"); at != std::string_view::npos) {
        const std::string_view before = line.substr(0, at);
        const auto clients = parseCount(before.substr(std::min(before.rfind(' ') + 1, before.size())));
        const bool first = before.contains("thread #0:"); // one before may have been stopped
        m_clients = std::max(0.0, first ? 0.0 : m_clients) + double(clients.value_or(0));
    } else if (const auto finished = after(line, "finished in")) {
        endOutput();
        m_output.emplace();
        m_output->figures.end = parseDurationMs(finished->substr(0, finished->find(','))).value_or(0) / 1000;
        m_output->figures.users = std::exchange(m_clients, -1);
        m_output->usersAreLoad = false; // with --rps they are none: the file's name has the word
    } else if (!m_output) {
        return;
    } else if (const auto counts = after(line, "requests:")) {
        requests(*counts);
    } else if (const auto codes = after(line, "status codes:")) {
        statusCodes(*codes);
    } else if (const auto times = after(line, "time for request:")) {
        latency(*times);
    } else if (trimmed(line).starts_with("min ") && line.contains(" mean ")) {
        m_columns.clear();
        for (const std::string_view word : words(line, 16))
            m_columns.emplace_back(word);
    }
}

void H2loadReader::endOutput()
{
    if (!m_output)
        return;
    const LoadAggregate figures = m_output->figures;
    if (m_outputs.add(m_run, *std::move(m_output))) {
        m_allHavePercentiles = m_allHavePercentiles && !figures.percentiles.empty();
        if (figures.users > 0)
            m_clientsOfAll += formatNumber(figures.users);
    }
    m_output.reset();
    m_columns.clear();
}

void H2loadReader::remarkOnClients()
{
    if (m_clientsOfAll.isEmpty())
        return;
    m_run.remarks.push_back(Text{"クライアントは %1 でした。率を決めた (--rps) かどうかは出力にありません。",
                                 "There were %1 clients; whether their rate was set (--rps) the output does not say."}
                                .arg(m_clientsOfAll.join(QStringLiteral(", "))));
}

Result<LoadTestRun> H2loadReader::finish()
{
    endOutput();
    m_run.tool = QStringLiteral("h2load");
    m_run.latencyMeaning = QStringLiteral("request sent to the end of the answer");
    m_run.percentileMeaning = {QStringLiteral("h2load の定義"), QStringLiteral("h2load's own")};
    if (!m_allHavePercentiles) {
        m_run.missing.push_back({QStringLiteral("百分位はこの出力にありません。h2load --log-file=FILE の結果を指定してください。"),
                                 QStringLiteral("Percentiles are not in this output: name what h2load --log-file=FILE "
                                                "writes.")});
    }
    remarkOnClients();
    m_outputs.settle(m_run);
    return std::move(m_run);
}

} // namespace

bool isH2loadText(std::string_view head)
{
    return head.contains("finished in ") && head.contains("time for request:") && head.contains("status codes:");
}

Result<LoadTestRun> readH2loadText(LineReader &lines)
{
    ConsoleReader console(lines);
    H2loadReader reader;
    std::string_view line;
    while (console.next(line))
        reader.line(line);
    return reader.finish();
}

} // namespace tenken
