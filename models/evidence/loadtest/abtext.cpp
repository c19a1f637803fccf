// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/consoletext.h>
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <evidence/numbers.h>

// ab's text, one output or several, and its -e table. "Failed requests" counts answers of another length than the
// first, which is normal for a dynamic page: only what is an error counts here.

namespace tenken
{

namespace
{

constexpr size_t mostStretches = 1000;

LoadTestRun abRun()
{
    LoadTestRun run;
    run.tool = QStringLiteral("ab");
    run.hasClock = false;
    run.model = LoadModel::Closed;
    run.latencyMeaning = QStringLiteral("connecting begun to the end of the answer; waiting for a free client is left out");
    run.percentileMeaning = {QStringLiteral("ab の定義: 最近順位、ms に丸め"),
                             QStringLiteral("ab's own: nearest rank, rounded to milliseconds")};
    return run;
}

struct AbOutput {
    LoadAggregate stretch;
    qint64 reported = 0, connect = 0, receive = 0, length = 0, exceptions = 0, badStatus = 0;
    bool hasKinds = false;
};

Problem stopped()
{
    return unreadableSummary({QStringLiteral("ab は結果を出す前に止まりました。"),
                              QStringLiteral("ab was stopped before its report.")},
                             {QStringLiteral("最後の行が理由です。-r を付けると、通信エラーでは止まりません。"),
                              QStringLiteral("The last line tells why. With -r it goes on after errors of the network.")});
}

class AbReader
{
public:
    void line(std::string_view line);
    Result<LoadTestRun> finish();

private:
    void endOutput();
    void counted(std::string_view line);
    void kinds(std::string_view text);
    void latency(std::string_view line);

    LoadTestRun m_run = abRun();
    std::optional<AbOutput> m_output;
    qint64 m_lengths = 0;
    bool m_percentages = false;
    bool m_waiting = false; ///< for the report of a run that has begun
    qint64 m_stopped = 0; ///< runs without a report
};

/// "(Connect: 0, Receive: 0, Length: 12, Exceptions: 0)"
void AbReader::kinds(std::string_view text)
{
    m_output->hasKinds = true;
    for (const std::string_view part : parts(text.substr(1, text.find(')') - 1), ',', 8)) {
        const std::vector<std::string_view> both = parts(part, ':', 2);
        const qint64 count = both.size() == 2 ? parseCount(both[1]).value_or(0) : 0;
        if (both[0] == "Connect")
            m_output->connect = count;
        else if (both[0] == "Receive")
            m_output->receive = count;
        else if (both[0] == "Length")
            m_output->length = count;
        else if (both[0] == "Exceptions")
            m_output->exceptions = count;
    }
}

void AbReader::counted(std::string_view line)
{
    AbOutput &output = *m_output;
    if (const auto seconds = after(line, "Time taken for tests:"))
        output.stretch.end = parseDurationMs(*seconds).value_or(0) / 1000;
    else if (const auto complete = after(line, "Complete requests:"))
        output.stretch.completed = parseCount(*complete).value_or(0);
    else if (const auto failed = after(line, "Failed requests:"))
        output.reported = parseCount(*failed).value_or(0);
    else if (const auto bad = after(line, "Non-2xx responses:"))
        output.badStatus = parseCount(*bad).value_or(0);
    else if (trimmed(line).starts_with("(Connect:"))
        kinds(trimmed(line));
}

void AbReader::latency(std::string_view line)
{
    LoadAggregate &stretch = m_output->stretch;
    const std::vector<std::string_view> word = words(line, 8);
    if (const auto perRequest = after(line, "Time per request:"); perRequest && stretch.meanMs < 0) {
        stretch.meanMs = word.size() > 3 ? parseNumber(word[3]).value_or(-1) : -1; // the first of two lines
    } else if (word.size() >= 6 && word[0] == "Total:") {
        stretch.minMs = parseNumber(word[1]).value_or(-1);
        stretch.maxMs = parseNumber(word[5]).value_or(-1);
    } else if (line.contains("Percentage of the requests served")) {
        m_percentages = true;
    } else if (m_percentages && word.size() >= 2 && word[0].ends_with('%')) {
        if (const auto percent = parseNumber(word[0].substr(0, word[0].size() - 1)))
            addPercentile(stretch, *percent / 100, parseNumber(word[1]));
    }
}

void AbReader::line(std::string_view line)
{
    if (line.contains("This is ApacheBench")) {
        endOutput();
        m_stopped += m_waiting ? 1 : 0;
        m_waiting = true;
    } else if (const auto users = after(line, "Concurrency Level:")) {
        endOutput();
        m_waiting = false;
        m_output.emplace();
        m_percentages = false;
        m_output->stretch.users = parseNumber(*users).value_or(-1);
    } else if (m_output) {
        counted(line);
        latency(line);
    }
}

void AbReader::endOutput()
{
    if (!m_output || m_output->stretch.end <= 0 || m_run.aggregates.size() >= mostStretches) {
        m_output.reset();
        return;
    }
    AbOutput &output = *m_output;
    const qint64 unanswered = output.connect + output.receive + output.exceptions;
    output.stretch.failed = output.hasKinds ? output.badStatus + unanswered : std::max(output.badStatus, output.reported);
    m_lengths += output.length;
    countError(m_run, QStringLiteral("non-2xx"), output.badStatus);
    countError(m_run, QStringLiteral("connect"), output.connect);
    countError(m_run, QStringLiteral("receive"), output.receive);
    countError(m_run, QStringLiteral("exception"), output.exceptions);
    addStretch(m_run, std::move(output.stretch));
    m_output.reset();
}

Result<LoadTestRun> AbReader::finish()
{
    endOutput();
    m_stopped += m_waiting ? 1 : 0;
    if (m_run.aggregates.empty() && m_stopped > 0)
        return failure(stopped());
    if (m_stopped > 0) {
        m_run.remarks.push_back(Text{"%1 回の試験は、ab が結果を出す前に止まりました。含まれていません。",
                                     "%1 runs were stopped before ab's report and are not in this."}
                                    .arg(formatNumber(double(m_stopped))));
    }
    if (m_lengths > 0) {
        m_run.remarks.push_back(Text{"ab は長さの違う応答 %1 件を失敗としますが、ここでは誤りに数えません（ab -l で避けられます）。",
                                     "ab calls %1 answers of another length failed; they are not counted as errors here "
                                     "(ab -l avoids it)."}
                                    .arg(formatNumber(double(m_lengths))));
    }
    settleSummary(m_run);
    return std::move(m_run);
}

} // namespace

bool isAbText(std::string_view head)
{
    return head.contains("This is ApacheBench") || (head.contains("Concurrency Level:") && head.contains("Time per request:"));
}

Result<LoadTestRun> readAbText(LineReader &lines)
{
    ConsoleReader console(lines);
    AbReader reader;
    std::string_view line;
    while (console.next(line))
        reader.line(line);
    return reader.finish();
}

bool isAbPercentages(std::string_view head)
{
    return head.starts_with("Percentage served,Time in ms");
}

Result<LoadTestRun> readAbPercentages(LineReader &lines)
{
    LoadTestRun run = abRun();
    run.knowsErrors = false;
    LoadAggregate whole;
    whole.completed = -1;
    std::string_view line;
    while (lines.next(line) && whole.percentiles.size() < 1000) {
        const std::vector<std::string_view> both = parts(line, ',', 2);
        const auto percent = both.size() == 2 ? parseNumber(both[0]) : std::nullopt;
        const auto ms = percent ? parseNumber(both[1]) : std::nullopt;
        if (!ms)
            continue;
        addPercentile(whole, *percent / 100, ms);
        whole.minMs = *percent == 0 ? *ms : whole.minMs;
        whole.maxMs = *percent == 100 ? *ms : whole.maxMs;
    }
    if (whole.maxMs < 0 && !whole.percentiles.empty())
        addCutOff(run); // ab always ends with 100 %
    run.missing = {durationMissing(),
                   {QStringLiteral("件数、接続数、失敗はこの表にありません。ab の画面出力を指定してください。"),
                    QStringLiteral("Counts, connections and failures are not in this table: name what ab printed.")}};
    run.whole = std::move(whole);
    settleSummary(run);
    return run;
}

} // namespace tenken
