// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

#include <QJsonDocument>
#include <QJsonObject>

namespace tenken
{

class LineReader;

/// The results of several runs in one file: documents that were appended to each other, with prompts and other text
/// between them, or an array.
struct JsonResults {
    std::vector<QJsonObject> results;
    qint64 broken = 0; ///< documents left out
};

/// A problem where there is no document that can be read.
Result<JsonResults> readJsonResults(LineReader &lines);
void remarkOnBroken(LoadTestRun &run, const JsonResults &results);

/// As readJson(); remarks on the documents behind it, which are not read, go to `run`.
Result<QJsonDocument> readFirstJson(LineReader &lines, LoadTestRun &run);

} // namespace tenken
