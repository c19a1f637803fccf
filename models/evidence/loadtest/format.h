// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/builder.h>
#include <evidence/loadtest/input.h>

#include <memory>

namespace tenken
{

class RecordParser;

/// A result format: how it is recognised, and who reads it. One file each, one line in the list of
/// formats.cpp.
struct LoadTestFormat {
    const char *name; ///< for help texts
    bool (*recognises)(std::string_view head); ///< by the first 64 KiB, byte order mark removed
    Result<LoadTestRun> (*read)(LineReader &lines); ///< fills everything but `file`
    /// For text formats, which are read by all cores and followed while they grow: see blocks.h.
    std::unique_ptr<RecordParser> (*parser)(std::string_view head) = nullptr;
    bool console = false; ///< what a tool prints: logs may have put something before its lines (consoletext.h)
};

bool isGatlingText(std::string_view head);
Result<LoadTestRun> readGatlingText(LineReader &lines);
std::unique_ptr<RecordParser> gatlingTextParser(std::string_view head);

bool isK6Json(std::string_view head);
Result<LoadTestRun> readK6Json(LineReader &lines);
std::unique_ptr<RecordParser> k6JsonParser(std::string_view head);

bool isJmeterCsv(std::string_view head);
Result<LoadTestRun> readJmeterCsv(LineReader &lines);
std::unique_ptr<RecordParser> jmeterCsvParser(std::string_view head);

const LoadTestFormat *loadTestFormatOf(std::string_view head); ///< null: none recognises it

/// Why nothing reads it, with the way out for what is known.
Problem unrecognisedLoadTest(const QString &path, std::string_view head);

/// What holds for every run: there are requests in it, more lines were read than not. Names its file and level.
Result<LoadTestRun> checkedRun(const QString &path, Result<LoadTestRun> run, qint64 tooLongLines);

/// What every reader says of a record that the file's end cuts off.
void addCutOff(LoadTestRun &run);

/// What every reader says of dates without a time zone.
void addNoZone(LoadTestRun &run);

/// What every reader says of failures that the test declared as expected; nothing of none.
void addExcused(LoadTestRun &run, qint64 count);

} // namespace tenken
