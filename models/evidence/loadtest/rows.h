// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/builder.h>
#include <evidence/loadtest/format.h>

namespace tenken
{

class AppendedRuns;

/// Gives every line to `row`, which answers whether it could be read; the others are skipped in `run`. True
/// when the last line is cut off.
template <typename Run, typename Row>
bool readRows(LineReader &lines, Run &run, Row row)
{
    std::string_view line;
    bool cut = false;
    while (lines.next(line)) {
        const qint64 number = lines.lineNumber();
        if (line.empty() || row(line))
            continue;
        cut = lines.lastLineCut();
        if (!cut)
            run.skip(number);
    }
    return cut;
}

/// "0.0023" seconds as microseconds; nothing else may stand there, and nothing below 0.
bool parseSeconds(std::string_view text, qint64 &microseconds);

/// Is an HTTP status no success or redirection?
inline bool isFailure(qint64 status)
{
    return status < 200 || status > 399;
}
std::string statusKind(qint64 status); ///< "HTTP 503"
/// A row of a file that may hold several runs, its start as it stands there. False when its times make no sense.
bool addAppendedRow(RunBuilder &run, AppendedRuns &appended, qint64 startUs, qint64 latencyUs, qint64 status);

/// What the tables of small tools have in common: no levels inside, one load from beginning to end or to a pause.
struct TableTool {
    const char *name;
    const char *latencyMeaning;
    LoadModel model = LoadModel::Unknown;
    bool hasClock = true;
    const AppendedRuns *appended = nullptr; ///< for those that may hold several
};
LoadTestRun finishTable(RunBuilder &run, const TableTool &tool, bool cut);

} // namespace tenken
