// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/consoletext.h>
#include <evidence/loadtest/outputs.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <evidence/numbers.h>

// hey's text, and that of oha, which took over its form: seconds with four decimals, oha's also in other units. Some
// versions of hey print "10%% in" for "10% in". A file may hold several outputs, one after the other.

namespace tenken
{

namespace
{

class HeyReader
{
public:
    explicit HeyReader(LoadModel model)
    {
        m_run.model = model;
        m_run.hasClock = false;
    }
    void line(std::string_view line);
    LoadTestRun finish();

private:
    enum class Part { Other, Summary, Latencies, Status, Errors };
    void endOutput();
    bool heading(std::string_view line);
    void summary(std::string_view line);
    void latency(std::string_view line);
    void counted(std::string_view line);
    void failed(qint64 count, std::string_view why);

    LoadTestRun m_run;
    Outputs m_outputs;
    std::optional<Output> m_output;
    qint64 m_aborted = 0;
    Part m_part = Part::Other;
    bool m_counted = false; ///< a list of codes or errors was there, be it empty
};

void HeyReader::summary(std::string_view line)
{
    LoadAggregate &figures = m_output->figures;
    const auto ms = [](std::string_view text) { return parseDurationMs(text).value_or(-1); };
    if (const auto total = after(line, "Total:"))
        figures.end = std::max(0.0, ms(*total) / 1000);
    else if (const auto slowest = after(line, "Slowest:"))
        figures.maxMs = ms(*slowest);
    else if (const auto fastest = after(line, "Fastest:"))
        figures.minMs = ms(*fastest);
    else if (const auto average = after(line, "Average:"))
        figures.meanMs = ms(*average);
}

void HeyReader::latency(std::string_view line)
{
    const size_t percent = line.find('%'), in = line.find(" in ");
    if (percent == std::string_view::npos || in == std::string_view::npos || percent > in)
        return;
    if (const auto value = parseNumber(line.substr(0, percent)))
        addPercentile(m_output->figures, *value / 100, parseDurationMs(line.substr(in + 4)));
}

void HeyReader::failed(qint64 count, std::string_view why)
{
    if (why.contains("aborted due to deadline")) { // oha's own end, no failure of the service
        m_aborted += count;
        return;
    }
    m_output->figures.completed += count;
    m_output->figures.failed += count;
    m_output->errors.emplace_back(QString::fromUtf8(why.data(), qsizetype(std::min<size_t>(why.size(), 160))), count);
}

/// "[200] 2295 responses", "[12] Get "http://…": context deadline exceeded"
void HeyReader::counted(std::string_view line)
{
    const std::string_view text = trimmed(line);
    const size_t close = text.find(']');
    if (!text.starts_with('[') || close == std::string_view::npos)
        return;
    const auto number = parseCount(text.substr(1, close - 1));
    const std::string_view rest = trimmed(text.substr(close + 1));
    if (!number)
        return;
    if (m_part == Part::Errors) {
        failed(*number, rest);
        return;
    }
    LoadAggregate &figures = m_output->figures;
    const std::vector<std::string_view> word = words(rest, 2);
    const qint64 count = word.empty() ? 0 : parseCount(word[0]).value_or(0);
    figures.completed += count;
    figures.timed += count;
    if (*number >= 400) {
        figures.failed += count;
        m_output->errors.emplace_back(QStringLiteral("HTTP %1").arg(*number), count);
    }
}

bool HeyReader::heading(std::string_view line)
{
    if (line.contains("Latency distribution:") || line.contains("Response time distribution:"))
        m_part = Part::Latencies;
    else if (line.contains("Status code distribution:"))
        m_part = Part::Status;
    else if (line.contains("Error distribution:"))
        m_part = Part::Errors;
    else if (line.contains("histogram") || line.contains("time distribution") || trimmed(line).starts_with("Details"))
        m_part = Part::Other;
    else
        return false;
    m_counted = m_counted || m_part == Part::Status || m_part == Part::Errors;
    return true;
}

void HeyReader::line(std::string_view line)
{
    if (line.contains("Summary:")) {
        endOutput();
        m_output.emplace().figures.timed = 0;
        m_part = Part::Summary;
    } else if (!m_output || (m_part != Part::Errors && heading(line))) {
        return;
    } else if (m_part == Part::Summary) {
        summary(line);
    } else if (m_part == Part::Latencies) {
        latency(line);
    } else if (m_part != Part::Other) {
        counted(line);
    }
}

void HeyReader::endOutput()
{
    if (m_output && !m_counted)
        m_output->figures.completed = -1;
    if (m_output)
        m_outputs.add(m_run, *std::move(m_output));
    m_output.reset();
    m_counted = false;
}

LoadTestRun HeyReader::finish()
{
    endOutput();
    if (m_aborted > 0) {
        m_run.remarks.push_back(Text{"終了時に %1 要求が打ち切られました。誤りには数えません。",
                                     "%1 requests were cut off by the end of the test; they are not counted as failed."}
                                    .arg(formatNumber(double(m_aborted))));
    }
    m_run.latencyMeaning = QStringLiteral("request begun, connecting included, to the end of the answer");
    m_outputs.settle(m_run);
    return std::move(m_run);
}

LoadTestRun readText(LineReader &lines, LoadModel model)
{
    ConsoleReader console(lines);
    HeyReader reader(model);
    std::string_view line;
    while (console.next(line))
        reader.line(line);
    return reader.finish();
}

bool isEither(std::string_view head)
{
    return head.contains("Summary:") && head.contains("Slowest:") && head.contains("Fastest:");
}

} // namespace

bool isHeyText(std::string_view head)
{
    return isEither(head) && !head.contains("Success rate:");
}

Result<LoadTestRun> readHeyText(LineReader &lines)
{
    LoadTestRun run = readText(lines, LoadModel::Closed);
    run.tool = QStringLiteral("hey");
    run.percentileMeaning = {QStringLiteral("hey の定義: 最近順位、0.1 ms 刻み"),
                             QStringLiteral("hey's own: nearest rank in steps of 0.1 ms")};
    return run;
}

bool isOhaText(std::string_view head)
{
    return isEither(head) && head.contains("Success rate:");
}

Result<LoadTestRun> readOhaText(LineReader &lines)
{
    LoadTestRun run = readText(lines, LoadModel::Unknown); // -q paces it
    run.tool = QStringLiteral("oha");
    run.percentileMeaning = {QStringLiteral("oha の定義: 最近順位"), QStringLiteral("oha's own: nearest rank")};
    return run;
}

} // namespace tenken
