// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/builder.h>
#include <evidence/loadtest/input.h>

namespace tenken
{

/// A result format: how it is recognised, and who reads it. One file each, one line in the list of
/// formats.cpp.
struct LoadTestFormat {
    const char *name; ///< for help texts
    bool (*recognises)(std::string_view head); ///< by the first 64 KiB, byte order mark removed
    Result<LoadTestRun> (*read)(LineReader &lines); ///< fills everything but `file`
};

bool isGatlingText(std::string_view head);
Result<LoadTestRun> readGatlingText(LineReader &lines);

bool isK6Json(std::string_view head);
Result<LoadTestRun> readK6Json(LineReader &lines);

bool isJmeterCsv(std::string_view head);
Result<LoadTestRun> readJmeterCsv(LineReader &lines);

const LoadTestFormat *loadTestFormatOf(std::string_view head); ///< null: none recognises it

/// Why nothing reads it, with the way out for what is known.
Problem unrecognisedLoadTest(const QString &path, std::string_view head);

/// The remark that every reader makes on a record that the file's end cuts off.
Text lastRecordCutOff();

} // namespace tenken
