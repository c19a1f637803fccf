// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

// hey's text: seconds with four decimals. Some versions print "10%% in" for "10% in".

namespace tenken
{

namespace
{

class HeyReader
{
public:
    void line(std::string_view line);
    Result<LoadTestRun> finish();

private:
    enum class Part { Other, Summary, Latencies, Status, Errors };
    void summary(std::string_view line);
    void latency(std::string_view line);
    void counted(std::string_view line);

    LoadTestRun m_run;
    LoadAggregate m_whole{.timed = 0, .percentiles = {}};
    Part m_part = Part::Other;
};

void HeyReader::summary(std::string_view line)
{
    const auto ms = [](std::string_view text) { return parseDurationMs(text).value_or(-1); };
    if (const auto total = after(line, "Total:"))
        m_whole.end = std::max(0.0, ms(*total) / 1000);
    else if (const auto slowest = after(line, "Slowest:"))
        m_whole.maxMs = ms(*slowest);
    else if (const auto fastest = after(line, "Fastest:"))
        m_whole.minMs = ms(*fastest);
    else if (const auto average = after(line, "Average:"))
        m_whole.meanMs = ms(*average);
}

void HeyReader::latency(std::string_view line)
{
    const size_t percent = line.find('%'), in = line.find(" in ");
    if (percent == std::string_view::npos || in == std::string_view::npos || percent > in)
        return;
    if (const auto value = parseNumber(line.substr(0, percent)))
        addPercentile(m_whole, *value / 100, parseDurationMs(line.substr(in + 4)));
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
        m_whole.completed += *number;
        m_whole.failed += *number;
        countError(m_run, QString::fromUtf8(rest.data(), qsizetype(std::min<size_t>(rest.size(), 160))), *number);
        return;
    }
    const std::vector<std::string_view> word = words(rest, 2);
    const qint64 count = word.empty() ? 0 : parseCount(word[0]).value_or(0);
    m_whole.completed += count;
    m_whole.timed += count;
    if (*number >= 400) {
        m_whole.failed += count;
        countError(m_run, QStringLiteral("HTTP %1").arg(*number), count);
    }
}

void HeyReader::line(std::string_view line)
{
    if (line.contains("Summary:"))
        m_part = Part::Summary;
    else if (line.contains("Latency distribution:"))
        m_part = Part::Latencies;
    else if (line.contains("Status code distribution:"))
        m_part = Part::Status;
    else if (line.contains("Error distribution:"))
        m_part = Part::Errors;
    else if (line.contains("histogram:") || line.starts_with("Details"))
        m_part = Part::Other;
    else if (m_part == Part::Summary)
        summary(line);
    else if (m_part == Part::Latencies)
        latency(line);
    else if (m_part != Part::Other)
        counted(line);
}

Result<LoadTestRun> HeyReader::finish()
{
    m_run.tool = QStringLiteral("hey");
    m_run.hasClock = false;
    m_run.model = LoadModel::Closed;
    m_run.latencyMeaning = QStringLiteral("request begun, connecting included, to the end of the answer");
    m_run.percentileMeaning = {QStringLiteral("hey の定義: 最近順位、0.1 ms 刻み"),
                               QStringLiteral("hey's own: nearest rank in steps of 0.1 ms")};
    if (m_whole.end > 0)
        addStretch(m_run, m_whole);
    m_run.whole = std::move(m_whole);
    settleSummary(m_run);
    return std::move(m_run);
}

} // namespace

bool isHeyText(std::string_view head)
{
    return head.contains("Summary:") && head.contains("Slowest:") && head.contains("Fastest:")
        && !head.contains("Success rate:"); // oha
}

Result<LoadTestRun> readHeyText(LineReader &lines)
{
    HeyReader reader;
    std::string_view line;
    while (lines.next(line))
        reader.line(line);
    return reader.finish();
}

} // namespace tenken
