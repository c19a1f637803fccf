// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/parse.h>

#include <array>
#include <charconv>

namespace tenken
{

namespace
{

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Days since 1970-01-01 of a proleptic Gregorian date; months beyond 12 roll over into the next year.
qint64 daysFromCivil(qint64 year, qint64 month, qint64 day)
{
    year += (month - 1) / 12;
    month = (month - 1) % 12 + 1;
    year -= month <= 2 ? 1 : 0;
    const qint64 era = (year >= 0 ? year : year - 399) / 400;
    const qint64 yearOfEra = year - era * 400;
    const qint64 dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

qint64 microseconds(const std::array<qint64, 6> &t, qint64 fraction)
{
    return (((daysFromCivil(t[0], t[1], t[2]) * 24 + t[3]) * 60 + t[4]) * 60 + t[5]) * 1'000'000 + fraction;
}

/// Digits after the decimal sign as microseconds; further digits are dropped.
qint64 takeFraction(std::string_view &text)
{
    qint64 value = 0;
    int digits = 0;
    while (!text.empty() && isDigit(text.front())) {
        if (digits++ < 6)
            value = value * 10 + (text.front() - '0');
        text.remove_prefix(1);
    }
    for (; digits < 6; ++digits)
        value *= 10;
    return value;
}

bool takeNumber(std::string_view &text, int most, qint64 &value, int *digits = nullptr)
{
    value = 0;
    int count = 0;
    while (count < most && !text.empty() && isDigit(text.front())) {
        value = value * 10 + (text.front() - '0');
        text.remove_prefix(1);
        ++count;
    }
    if (digits)
        *digits = count;
    return count > 0;
}

bool takeOneOf(std::string_view &text, std::string_view signs)
{
    if (text.empty() || signs.find(text.front()) == std::string_view::npos)
        return false;
    text.remove_prefix(1);
    return true;
}

/// Six numbers with a sign between each two; `yearDigits` tells which order the date has.
bool takeDateTime(std::string_view &text, std::array<qint64, 6> &fields, int &yearDigits)
{
    constexpr std::array<std::string_view, 5> between = {"-/.", "-/.", "T ", ":", ":"};
    for (size_t i = 0; i < fields.size(); ++i) {
        if (i > 0 && !takeOneOf(text, between[i - 1]))
            return false;
        int digits = 0;
        if (!takeNumber(text, i < 3 ? 4 : 2, fields[i], &digits))
            return false;
        if (i == 0)
            yearDigits = digits;
    }
    return true;
}

} // namespace

bool parseLongInteger(std::string_view text, qint64 &value)
{
    quint64 many = 0;
    if (text.size() > 16 || !parseManyDigits(text, many))
        return parseUnusualInteger(text, value);
    value = qint64(many);
    return true;
}

bool parseUnusualInteger(std::string_view text, qint64 &value)
{
    const char *const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && stop == end;
}

std::optional<qint64> parseRfc3339(std::string_view text)
{
    std::array<qint64, 6> fields{};
    int yearDigits = 0;
    if (!takeDateTime(text, fields, yearDigits) || yearDigits != 4)
        return {};
    if (fields[1] < 1 || fields[1] > 12 || fields[2] < 1 || fields[2] > 31)
        return {};
    const qint64 fraction = takeOneOf(text, ".") ? takeFraction(text) : 0;
    if (text == "Z" || text == "z")
        return microseconds(fields, fraction);
    const bool west = !text.empty() && text.front() == '-';
    qint64 hours = 0, minutes = 0;
    if (!takeOneOf(text, "+-") || !takeNumber(text, 2, hours) || !takeOneOf(text, ":")
        || !takeNumber(text, 2, minutes) || !text.empty())
        return {};
    const qint64 offset = (hours * 60 + minutes) * 60'000'000;
    return microseconds(fields, fraction) + (west ? offset : -offset);
}

std::optional<qint64> parseLocalTime(std::string_view text)
{
    std::array<qint64, 6> fields{};
    int yearDigits = 0;
    if (!takeDateTime(text, fields, yearDigits))
        return {};
    if (yearDigits <= 2) { // month, day, year; the day first where the first cannot be a month
        fields = {fields[2], fields[0], fields[1], fields[3], fields[4], fields[5]};
        if (fields[1] > 12)
            std::swap(fields[1], fields[2]);
        if (fields[0] < 100)
            fields[0] += 2000;
    } else if (yearDigits != 4) {
        return {};
    }
    if (fields[1] < 1 || fields[2] < 1 || fields[1] > 31 || fields[2] > 31)
        return {};
    const qint64 fraction = takeOneOf(text, ".,") ? takeFraction(text) : 0;
    return text.empty() ? std::optional(microseconds(fields, fraction)) : std::nullopt;
}

} // namespace tenken
