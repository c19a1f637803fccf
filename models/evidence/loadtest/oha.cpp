// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/appended.h>
#include <evidence/loadtest/fields.h>
#include <evidence/loadtest/parse.h>
#include <evidence/loadtest/requestformats.h>
#include <evidence/loadtest/rows.h>

#include <array>

// oha --output-format csv: request-start,DNS,DNS+dialup,Response-delay,request-duration,bytes,status, seconds
// from the beginning. Only requests that were answered are in it. Older ones have no Response-delay.

namespace tenken
{

namespace
{

constexpr std::string_view header = "request-start,DNS,DNS+dialup";
constexpr size_t mostColumns = 7;

class OhaReader
{
public:
    bool line(std::string_view line);
    LoadTestRun finish(bool cut);
    RunBuilder &builder() { return m_run; }

private:
    bool row(std::string_view line);

    RunBuilder m_run;
    AppendedRuns m_appended;
    size_t m_columns = mostColumns; ///< duration, bytes and status are the last
};

bool OhaReader::line(std::string_view line)
{
    if (!line.starts_with(header))
        return m_appended.isFull() || row(line);
    m_columns = line.contains("Response-delay") ? mostColumns : mostColumns - 1;
    m_appended.header();
    return true;
}

bool OhaReader::row(std::string_view line)
{
    std::array<std::string_view, mostColumns + 1> fields;
    qint64 start = 0, duration = 0, status = 0;
    if (splitFields(line, ',', fields) != m_columns || !parseSeconds(fields[0], start)
        || !parseSeconds(fields[m_columns - 3], duration) || !parseInteger(fields[m_columns - 1], status)) {
        if (line.contains(header)) // glued to a row that was cut off
            m_appended.header();
        return false;
    }
    return addAppendedRow(m_run, m_appended, start, duration, status);
}

LoadTestRun OhaReader::finish(bool cut)
{
    LoadTestRun run =
        finishTable(m_run,
                    {.name = "oha",
                     .latencyMeaning = "request sent to last byte of the answer (request-duration)",
                     .hasClock = false,
                     .appended = &m_appended},
                    cut);
    run.knowsErrors = false;
    run.missing.push_back(
        {QStringLiteral("通信エラーの件数（oha の CSV には残りません）"),
         QStringLiteral("requests that failed on the network (oha's CSV leaves them out)")});
    return run;
}

} // namespace

bool isOhaCsv(std::string_view head)
{
    return head.starts_with(header);
}

Result<LoadTestRun> readOhaCsv(LineReader &lines)
{
    OhaReader reader;
    const bool cut =
        readRows(lines, reader.builder(), [&](std::string_view line) { return reader.line(line); });
    return reader.finish(cut);
}

} // namespace tenken
