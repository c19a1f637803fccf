// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

#include <string_view>

namespace tenken
{

class LineReader;

// Formats that keep every request, beside the three of format.h; and histograms of them.

bool isGatlingBinary(std::string_view head);
Result<LoadTestRun> readGatlingBinary(LineReader &lines);

bool isVegetaGob(std::string_view head);
Result<LoadTestRun> readVegetaGob(LineReader &lines);
bool isDamagedGob(std::string_view head); ///< what PowerShell's ">" makes of it
bool isVegetaJson(std::string_view head);
Result<LoadTestRun> readVegetaJson(LineReader &lines);
bool isVegetaCsv(std::string_view head);
Result<LoadTestRun> readVegetaCsv(LineReader &lines);

bool isJmeterXml(std::string_view head);
Result<LoadTestRun> readJmeterXml(LineReader &lines);
bool isJmeterStatistics(std::string_view head);
Result<LoadTestRun> readJmeterStatistics(LineReader &lines);
bool isJmeterAggregate(std::string_view head);
Result<LoadTestRun> readJmeterAggregate(LineReader &lines);

bool isHdrLog(std::string_view head);
Result<LoadTestRun> readHdrLog(LineReader &lines);
bool isHdrPercentiles(std::string_view head);
Result<LoadTestRun> readHdrPercentiles(LineReader &lines);

bool isHeyCsv(std::string_view head);
Result<LoadTestRun> readHeyCsv(LineReader &lines);
bool isOhaCsv(std::string_view head);
Result<LoadTestRun> readOhaCsv(LineReader &lines);
bool isApacheBenchTable(std::string_view head);
Result<LoadTestRun> readApacheBenchTable(LineReader &lines);
bool isH2load(std::string_view head);
Result<LoadTestRun> readH2load(LineReader &lines);

} // namespace tenken
