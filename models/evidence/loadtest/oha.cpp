// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/fields.h>
#include <evidence/loadtest/parse.h>
#include <evidence/loadtest/requestformats.h>
#include <evidence/loadtest/rows.h>

#include <array>

// oha --output-format csv: request-start,DNS,DNS+dialup,Response-delay,request-duration,bytes,status, seconds
// from the beginning. Only requests that were answered are in it.

namespace tenken
{

namespace
{

constexpr std::string_view header = "request-start,DNS,DNS+dialup";
constexpr size_t columns = 7, durationColumn = 4, statusColumn = 6;

bool takeRow(std::string_view line, RunBuilder &run)
{
    std::array<std::string_view, columns + 1> fields;
    qint64 start = 0, duration = 0, status = 0;
    if (splitFields(line, ',', fields) != columns || !parseSeconds(fields[0], start)
        || !parseSeconds(fields[durationColumn], duration) || !parseInteger(fields[statusColumn], status))
        return line.starts_with(header);
    if (!run.request(start, start + duration, duration, isFailure(status)))
        return false;
    if (isFailure(status))
        run.error(statusKind(status));
    return true;
}

} // namespace

bool isOhaCsv(std::string_view head)
{
    return head.starts_with(header);
}

Result<LoadTestRun> readOhaCsv(LineReader &lines)
{
    RunBuilder builder;
    const bool cut = readRows(lines, builder, [&](std::string_view line) { return takeRow(line, builder); });
    LoadTestRun run =
        finishTable(builder,
                    {.name = "oha",
                     .latencyMeaning = "request sent to last byte of the answer (request-duration)",
                     .hasClock = false},
                    cut);
    run.knowsErrors = false;
    run.missing.push_back(
        {QStringLiteral("通信エラーの件数（oha の CSV には残りません）"),
         QStringLiteral("requests that failed on the network (oha's CSV leaves them out)")});
    return run;
}

} // namespace tenken
