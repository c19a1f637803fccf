// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtEndian>

#include <cstring>
#include <optional>
#include <string_view>

namespace tenken
{

/// text == word, where that is asked for every field of millions of lines: of a known length, it needs no call.
template <size_t Size>
bool isWord(std::string_view text, const char (&word)[Size])
{
    return text.size() == Size - 1 && std::memcmp(text.data(), word, Size - 1) == 0;
}

/// Eight decimal digits at once, the first in the lowest byte; false where one of them is none.
inline bool parseEightDigits(quint64 text, quint64 &value)
{
    constexpr quint64 each = 0x0101'0101'0101'0101, everyFourth = 0x0000'00FF'0000'00FF;
    const quint64 digits = text ^ each * '0';
    if (((digits + each * (0x7F - 9)) | digits) & each * 0x80)
        return false;
    const quint64 pairs = digits * 10 + (digits >> 8); // in every other byte
    value = ((pairs & everyFourth) * (100 + (quint64(1'000'000) << 32))
             + (pairs >> 16 & everyFourth) * (1 + (quint64(10'000) << 32)))
        >> 32;
    return true;
}

inline bool parseEightDigits(const char *text, quint64 &value)
{
    return parseEightDigits(qFromLittleEndian<quint64>(text), value);
}

/// Nine to sixteen decimal digits, such as a time stamp's; false where there are others.
inline bool parseManyDigits(std::string_view text, quint64 &value)
{
    constexpr quint64 zeros = 0x3030'3030'3030'3030;
    constexpr quint64 powers[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};
    const size_t behind = text.size() - 8, known = 8 * (8 - behind); // digits, and bits of those before them
    quint64 last = qFromLittleEndian<quint64>(text.data() + behind), high = 0, low = 0;
    if (behind < 8)
        last = (last >> known << known) | (zeros & ((quint64(1) << known) - 1));
    if (!parseEightDigits(text.data(), high) || !parseEightDigits(last, low))
        return false;
    value = high * powers[behind] + low;
    return true;
}

bool parseUnusualInteger(std::string_view text, qint64 &value); ///< with a sign, or very long

bool parseLongInteger(std::string_view text, qint64 &value); ///< of more than eight characters

/// One to three digits, which take turns from row to row: no branch asks how many they are.
inline bool parseFewDigits(std::string_view text, qint64 &value)
{
    static constexpr quint8 weights[][3] = {{1, 0, 0}, {10, 1, 0}, {100, 10, 1}};
    const quint8 *weight = weights[text.size() - 1];
    const unsigned first = unsigned(text.front()) - '0', middle = unsigned(text[text.size() / 2]) - '0',
                   last = unsigned(text.back()) - '0';
    value = first * weight[0] + middle * weight[1] + last * weight[2];
    return (first <= 9) & (middle <= 9) & (last <= 9);
}

/// A whole decimal number and nothing else; false on overflow too.
inline bool parseInteger(std::string_view text, qint64 &value)
{
    if (qint64 few = 0; text.size() - 1 < 3 && parseFewDigits(text, few)) {
        value = few;
        return true;
    }
    if (text.size() > 8)
        return parseLongInteger(text, value);
    const char *at = text.data(), *const end = at + text.size();
    quint32 sum = 0;
    for (; at < end && unsigned(*at) - '0' <= 9; ++at)
        sum = sum * 10 + (unsigned(*at) - '0');
    if (at < end || text.empty())
        return parseUnusualInteger(text, value);
    value = sum;
    return true;
}

/// "2026-11-12T20:03:04.123456789+09:00" or "…Z" as microseconds since the epoch.
std::optional<qint64> parseRfc3339(std::string_view text);

/// A date and time as log files print them: year first ("2026/11/22 20:18:53.036", "2026-11-22T20:18:53,036")
/// or month first ("11/22/26 20:18:53"), without a zone: taken as UTC. Fields beyond their range roll over.
std::optional<qint64> parseLocalTime(std::string_view text);

} // namespace tenken
