// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/fields.h>
#include <evidence/loadtest/parse.h>
#include <evidence/loadtest/requestformats.h>
#include <evidence/loadtest/rows.h>

#include <array>

// h2load --log-file: start in µs since the epoch, status (−1: no answer), duration in µs, between tabs and
// without a header. Whether its rate mode was on is not in it.

namespace tenken
{

namespace
{

struct Row {
    qint64 start = 0, status = 0, duration = 0;
};

bool parseRow(std::string_view line, Row &row)
{
    std::array<std::string_view, 4> fields;
    return splitFields(line, '\t', fields) == 3 && parseInteger(fields[0], row.start)
        && parseInteger(fields[1], row.status) && parseInteger(fields[2], row.duration);
}

bool takeRow(std::string_view line, RunBuilder &run)
{
    Row row;
    constexpr qint64 farFuture = 100'000'000'000'000'000, longest = 1'000'000'000'000;
    if (!parseRow(line, row) || row.start < 0 || row.start > farFuture || row.duration > longest
        || !run.request(row.start, row.start + row.duration, row.duration, isFailure(row.status)))
        return false;
    if (isFailure(row.status))
        run.error(row.status < 0 ? "network: no answer" : statusKind(row.status));
    return true;
}

} // namespace

bool isH2load(std::string_view head)
{
    Row row;
    constexpr qint64 year2001 = 1'000'000'000'000'000; // µs: 16 digits since then
    return parseRow(head.substr(0, head.find_first_of("\r\n")), row) && row.start >= year2001
        && row.status >= -1 && row.status < 1000 && row.duration >= 0;
}

Result<LoadTestRun> readH2load(LineReader &lines)
{
    RunBuilder builder;
    const bool cut = readRows(lines, builder, [&](std::string_view line) { return takeRow(line, builder); });
    return finishTable(
        builder,
        {.name = "h2load", .latencyMeaning = "request sent to last byte of the answer, without connecting"},
        cut);
}

} // namespace tenken
