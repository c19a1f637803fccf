// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/input.h>
#include <evidence/loadtest/run.h>

#include <QJsonDocument>
#include <QJsonObject>

#include <map>
#include <optional>
#include <string_view>
#include <vector>

// What the readers of summaries share: tools that keep figures, not samples.

namespace tenken
{

std::string_view trimmed(std::string_view text);
std::vector<std::string_view> words(std::string_view text, size_t most = 64); ///< between blanks and tabs
std::vector<std::string_view> parts(std::string_view text, char delimiter, size_t most = 64); ///< trimmed
/// What follows `key` in a line that begins with it (blanks before it do not count), trimmed.
std::optional<std::string_view> after(std::string_view line, std::string_view key);

/// A finite number with nothing but blanks around it, "1,234.5" too: "-nan", "N/A", "-" and "" are none.
std::optional<double> parseNumber(std::string_view text);
/// A count: not negative, small enough that a million of them can be added.
std::optional<qint64> parseCount(std::string_view text);
std::optional<qint64> countFrom(double value);
/// "19.42ms", "473.974µs", "1m2.5s", "0.02 secs" in milliseconds; a number without a unit is none.
std::optional<double> parseDurationMs(std::string_view text);

std::optional<double> numberIn(const QJsonObject &object, const QString &key); ///< strings of digits too
qint64 countIn(const QJsonObject &object, const QString &key); ///< 0 where there is none
/// The rest of the file as one JSON document; what stands before the first bracket is left out.
Result<QJsonDocument> readJson(LineReader &lines);
/// Whether all keys stand in the text, each in quotes and before a colon.
bool hasKeys(std::string_view head, std::initializer_list<std::string_view> keys);

/// Sorted, one for each q; values that are not stated or not positive numbers are left out.
void addPercentile(LoadAggregate &aggregate, double q, std::optional<double> ms);
/// A stretch that is a level of its own: laid behind the ones before where the file knows no clock.
void addStretch(LoadTestRun &run, LoadAggregate stretch, double offered = -1, const QString &name = {});
/// Samples, errors, beginning and end from the aggregates; a single stretch is the whole. Where no request, or none
/// that was timed, is counted, the zeros that tools print for latencies are taken away. A reader says of a count that
/// the file does not state that it is -1, which becomes 0 here.
void settleSummary(LoadTestRun &run);
/// Counts of seconds as a run's seconds; the holes between them are filled with `empty`.
void takeSeconds(LoadTestRun &run, std::map<qint64, LoadSecond> seconds, const LoadSecond &empty);
void countError(LoadTestRun &run, const QString &kind, qint64 count);

Text durationMissing();
Problem unreadableSummary(const Text &message, const Text &hint = {});

} // namespace tenken
