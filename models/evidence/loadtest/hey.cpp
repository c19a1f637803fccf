// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/appended.h>
#include <evidence/loadtest/fields.h>
#include <evidence/loadtest/parse.h>
#include <evidence/loadtest/requestformats.h>
#include <evidence/loadtest/rows.h>

#include <array>

// hey -o csv: response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset, all
// times in seconds. Rows stand in the order of their ends; the offset is the start. Older ones end after
// Response-read.

namespace tenken
{

namespace
{

constexpr std::string_view header = "response-time,DNS+dialup";
constexpr qint64 mostRows = 1'000'000; // hey keeps no more
constexpr size_t statusColumn = 6, offsetColumn = 7;

Problem tooOld()
{
    return {
        {},
        {},
        {QStringLiteral("古い hey の CSV で、時刻の列（offset）がありません。スループットを計算できません。"),
         QStringLiteral("This CSV of an older hey has no times (offset): its throughput cannot be known.")},
        {QStringLiteral("hey 0.1.2 以降の -o csv で取り直してください。"),
         QStringLiteral("Run it again with -o csv of hey 0.1.2 or later.")}};
}

bool takeRow(std::string_view line, RunBuilder &run, AppendedRuns &appended)
{
    if (line.starts_with(header))
        return appended.header(), true;
    if (appended.isFull())
        return true;
    std::array<std::string_view, offsetColumn + 2> fields;
    qint64 latency = 0, offset = 0, status = 0;
    if (splitFields(line, ',', fields) != offsetColumn + 1 || !parseSeconds(fields[0], latency)
        || !parseSeconds(fields[offsetColumn], offset) || !parseInteger(fields[statusColumn], status)) {
        if (line.contains(header)) // glued to a row that was cut off
            appended.header();
        return false;
    }
    return addAppendedRow(run, appended, offset, latency, status);
}

} // namespace

bool isHeyCsv(std::string_view head)
{
    return head.starts_with(header);
}

Result<LoadTestRun> readHeyCsv(LineReader &lines)
{
    const std::string_view head = lines.head();
    if (head.substr(0, head.find('\n')).find(",status-code,offset") == std::string_view::npos)
        return failure(tooOld());
    RunBuilder builder;
    AppendedRuns appended;
    const bool cut =
        readRows(lines, builder, [&](std::string_view line) { return takeRow(line, builder, appended); });
    LoadTestRun run = finishTable(builder,
                                  {.name = "hey",
                                   .latencyMeaning = "connecting to last byte of the answer (response-time)",
                                   .model = LoadModel::Closed,
                                   .hasClock = false,
                                   .appended = &appended},
                                  cut);
    run.knowsErrors = false;
    run.missing.push_back(
        {QStringLiteral("通信エラーの件数（hey の CSV には残りません）"),
         QStringLiteral("requests that failed on the network (hey's CSV leaves them out)")});
    if (appended.largest() >= mostRows) {
        run.remarks.push_back(
            {QStringLiteral("hey は 100 万件までしか残しません。その先は含まれていません。"),
             QStringLiteral("hey keeps 1,000,000 requests at most; what came later is not in it.")});
    }
    return run;
}

} // namespace tenken
