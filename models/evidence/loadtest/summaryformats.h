// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

#include <optional>
#include <string_view>

// The readers of tools that keep figures, not samples; each in a file of its own.

namespace tenken
{

class LineReader;

bool isWrk(std::string_view head);
Result<LoadTestRun> readWrk(LineReader &lines);

bool isK6Summary(std::string_view head);
Result<LoadTestRun> readK6Summary(LineReader &lines);

bool isVegetaReport(std::string_view head);
Result<LoadTestRun> readVegetaReport(LineReader &lines);
bool isVegetaText(std::string_view head);
Result<LoadTestRun> readVegetaText(LineReader &lines);
bool isVegetaHdrPlot(std::string_view head);
Result<LoadTestRun> readVegetaHdrPlot(LineReader &lines);

bool isLocustStats(std::string_view head);
Result<LoadTestRun> readLocustStats(LineReader &lines);
bool isLocustHistory(std::string_view head);
Result<LoadTestRun> readLocustHistory(LineReader &lines);

bool isLocustWorkers(std::string_view head);
Result<LoadTestRun> readLocustWorkers(LineReader &lines);

bool isArtillery(std::string_view head);
Result<LoadTestRun> readArtillery(LineReader &lines);
bool isArtilleryBuckets(std::string_view head);
Result<LoadTestRun> readArtilleryBuckets(LineReader &lines);

bool isAutocannon(std::string_view head);
Result<LoadTestRun> readAutocannon(LineReader &lines);

bool isOhaJson(std::string_view head);
Result<LoadTestRun> readOhaJson(LineReader &lines);
bool isOhaText(std::string_view head);
Result<LoadTestRun> readOhaText(LineReader &lines);

bool isHeyText(std::string_view head);
Result<LoadTestRun> readHeyText(LineReader &lines);

bool isAbText(std::string_view head);
Result<LoadTestRun> readAbText(LineReader &lines);
bool isAbPercentages(std::string_view head);
Result<LoadTestRun> readAbPercentages(LineReader &lines);

bool isSiegeJson(std::string_view head);
Result<LoadTestRun> readSiegeJson(LineReader &lines);
bool isSiegeText(std::string_view head);
Result<LoadTestRun> readSiegeText(LineReader &lines);
bool isSiegeLog(std::string_view head);
Result<LoadTestRun> readSiegeLog(LineReader &lines);

bool isH2loadText(std::string_view head);
Result<LoadTestRun> readH2loadText(LineReader &lines);

bool isNpmLoadtest(std::string_view head);
Result<LoadTestRun> readNpmLoadtest(LineReader &lines);

bool isJmeterSummary(std::string_view head);
Result<LoadTestRun> readJmeterSummary(LineReader &lines);

bool isGatlingStats(std::string_view head);
Result<LoadTestRun> readGatlingStats(LineReader &lines);
bool isGatlingStatsJs(std::string_view head);
Result<LoadTestRun> readGatlingStatsJs(LineReader &lines);

bool isIago(std::string_view head);
Result<LoadTestRun> readIago(LineReader &lines);

bool isTaurusXml(std::string_view head);
Result<LoadTestRun> readTaurusXml(LineReader &lines);
bool isTaurusCsv(std::string_view head);
Result<LoadTestRun> readTaurusCsv(LineReader &lines);

/// What tools print or write beside their results: which it is, and the file or option that Tenken reads.
std::optional<Problem> beyondResults(const QString &path, std::string_view head);

} // namespace tenken
