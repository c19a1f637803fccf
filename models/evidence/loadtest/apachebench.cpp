// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/fields.h>
#include <evidence/loadtest/parse.h>
#include <evidence/loadtest/requestformats.h>
#include <evidence/loadtest/rows.h>

#include <array>

// ab -g: starttime, seconds, ctime, dtime, ttime, wait, between tabs; the start in whole seconds, times in
// ms. Rows are sorted by ttime, not by time. There is no status.

namespace tenken
{

namespace
{

constexpr std::string_view header = "starttime\tseconds\t";
constexpr size_t columns = 6, secondsColumn = 1, totalColumn = 4;

bool takeRow(std::string_view line, RunBuilder &run)
{
    std::array<std::string_view, columns + 1> fields;
    qint64 start = 0, total = 0;
    if (splitFields(line, '\t', fields) != columns || !parseInteger(fields[secondsColumn], start)
        || !parseInteger(fields[totalColumn], total))
        return line.starts_with(header);
    constexpr qint64 farFuture = 100'000'000'000, longest = 1'000'000'000;
    if (start < 0 || start > farFuture || total < 0 || total > longest)
        return false;
    return run.request(start * 1'000'000, start * 1'000'000 + total * 1000, total * 1000, false);
}

} // namespace

bool isApacheBenchTable(std::string_view head)
{
    return head.starts_with(header);
}

Result<LoadTestRun> readApacheBenchTable(LineReader &lines)
{
    RunBuilder builder;
    const bool cut = readRows(lines, builder, [&](std::string_view line) { return takeRow(line, builder); });
    LoadTestRun run = finishTable(builder,
                                  {.name = "ab",
                                   .latencyMeaning = "connecting to last byte of the answer (ttime)",
                                   .model = LoadModel::Closed},
                                  cut);
    run.knowsErrors = false;
    run.missing.push_back({QStringLiteral("失敗した件数（ab -g には状態コードがありません）"),
                           QStringLiteral("how many requests failed (ab -g keeps no status)")});
    run.remarks.push_back(
        {QStringLiteral("ab -g の開始時刻は秒単位です。毎秒の完了数は最大 1 秒ずれます。"),
         QStringLiteral("ab -g gives starts in whole seconds: completions may stand one second "
                        "too early.")});
    return run;
}

} // namespace tenken
