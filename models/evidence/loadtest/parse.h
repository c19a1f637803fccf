// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <charconv>
#include <optional>
#include <span>
#include <string_view>

namespace tenken
{

/// A whole decimal number and nothing else; false on overflow too.
inline bool parseInteger(std::string_view text, qint64 &value)
{
    constexpr size_t neverTooLarge = 18; // digits; most numbers of a log, read here without checks for overflow
    size_t at = 0;
    qint64 sum = 0;
    for (; at < text.size() && at < neverTooLarge; ++at) {
        const unsigned digit = unsigned(text[at]) - '0';
        if (digit > 9)
            break;
        sum = sum * 10 + qint64(digit);
    }
    if (at > 0 && at == text.size()) {
        value = sum;
        return true;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

/// Splits at every delimiter, a machine word at a time, until `fields` is full: what is behind its last field is
/// dropped. Answers how many fields there are.
size_t splitFields(std::string_view text, char delimiter, std::span<std::string_view> fields);

/// "2026-11-12T20:03:04.123456789+09:00" or "…Z" as microseconds since the epoch.
std::optional<qint64> parseRfc3339(std::string_view text);

/// A date and time as log files print them: year first ("2026/11/22 20:18:53.036", "2026-11-22T20:18:53,036")
/// or month first ("11/22/26 20:18:53"), without a zone: taken as UTC. Fields beyond their range roll over.
std::optional<qint64> parseLocalTime(std::string_view text);

} // namespace tenken
