// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/jtltime.h>
#include <evidence/loadtest/summary.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tenken
{

namespace
{

constexpr qint64 usPerHour = 3'600'000'000;
constexpr size_t longestStamp = 48;

bool areDigits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// yyyyMMddHHmmss, with or without milliseconds: as a number it would be a time centuries ahead.
std::optional<qint64> compactDate(std::string_view digits)
{
    qint64 year = 0, month = 0, hour = 0, minute = 0, second = 0;
    const bool numbers = parseInteger(digits.substr(0, 4), year) && parseInteger(digits.substr(4, 2), month)
        && parseInteger(digits.substr(8, 2), hour) && parseInteger(digits.substr(10, 2), minute)
        && parseInteger(digits.substr(12, 2), second);
    if (!numbers || year < 1998 || year > 2199 || month > 12 || hour > 23 || minute > 59 || second > 60)
        return {};
    std::string text(digits.substr(0, 14));
    for (const auto &[at, sign] : {std::pair(12, ":"), {10, ":"}, {8, " "}, {6, "-"}, {4, "-"}})
        text.insert(size_t(at), sign);
    if (digits.size() > 14)
        text.append(".").append(digits.substr(14));
    return parseLocalTime(text);
}

/// "1700000000.25" seconds, "1700000000250.5" milliseconds.
std::optional<qint64> fractionalEpoch(std::string_view stamp)
{
    const size_t dot = stamp.find_first_of(".,");
    qint64 whole = 0;
    if ((dot != 10 && dot != 13) || !areDigits(stamp.substr(dot + 1))
        || !parseInteger(stamp.substr(0, dot), whole) || whole < 0)
        return {};
    const double unit = dot == 10 ? 1e6 : 1e3;
    const auto fraction = parseNumber("0." + std::string(stamp.substr(dot + 1)));
    return whole * qint64(unit) + std::llround(fraction.value_or(0) * unit);
}

/// A date with its zone: "Z", "+0900", "+09:00", "+09", " UTC", as SimpleDateFormat writes them.
std::optional<qint64> zonedDate(std::string_view stamp)
{
    std::string_view body = stamp, zone;
    if (stamp.ends_with('Z') || stamp.ends_with('z')) {
        body.remove_suffix(1);
    } else if (stamp.ends_with("UTC") || stamp.ends_with("GMT")) {
        body.remove_suffix(3);
    } else {
        const size_t sign = stamp.find_last_of("+-");
        if (sign == std::string_view::npos || sign < 16) // before that it belongs to the date
            return {};
        zone = stamp.substr(sign);
        body = stamp.substr(0, sign);
    }
    std::string text(trimmed(body));
    std::ranges::replace(text, ',', '.');
    text += zone.empty() ? std::string_view("Z") : zone;
    if (zone.size() == 5 && areDigits(zone.substr(1)))
        text.insert(text.size() - 2, ":");
    else if (zone.size() == 3)
        text += ":00";
    return parseRfc3339(text);
}

/// A local date, of which "AM" and "PM" may tell the half of the day.
std::optional<qint64> localDate(std::string_view stamp)
{
    const auto lower = [](char c) { return char(c | 0x20); };
    const bool halves = stamp.size() > 2 && lower(stamp.back()) == 'm'
        && (lower(stamp[stamp.size() - 2]) == 'a' || lower(stamp[stamp.size() - 2]) == 'p');
    if (!halves)
        return parseLocalTime(stamp);
    const auto time = parseLocalTime(trimmed(stamp.substr(0, stamp.size() - 2)));
    if (!time || *time < 0)
        return {};
    const qint64 hour = *time / usPerHour % 24;
    if (hour < 1 || hour > 12)
        return {};
    const bool afternoon = lower(stamp[stamp.size() - 2]) == 'p';
    return *time + ((afternoon ? 12 : 0) - (hour == 12 ? 12 : 0)) * usPerHour;
}

/// The two numbers that a date begins with, where neither is a year.
struct ShortDate {
    qint64 first = 0, second = 0;
    size_t firstEnd = 0, secondEnd = 0;
    char separator = 0;
};

std::optional<ShortDate> shortDate(std::string_view stamp)
{
    ShortDate date;
    date.firstEnd = stamp.substr(0, 3).find_first_of("/.-");
    if (date.firstEnd == std::string_view::npos || date.firstEnd == 0)
        return {};
    date.separator = stamp[date.firstEnd];
    date.secondEnd = stamp.find(date.separator, date.firstEnd + 1);
    if (date.secondEnd == std::string_view::npos || date.secondEnd > date.firstEnd + 3
        || !parseInteger(stamp.substr(0, date.firstEnd), date.first)
        || !parseInteger(stamp.substr(date.firstEnd + 1, date.secondEnd - date.firstEnd - 1), date.second))
        return {};
    return date;
}

} // namespace

JtlTimes::Order JtlTimes::orderIn(std::string_view stamp)
{
    const auto date = shortDate(stamp);
    if (!date)
        return Order::Unknown;
    if (date->separator == '.' || date->first > 12) // with dots the day stands first wherever they are used
        return Order::DayFirst;
    return date->second > 12 ? Order::MonthFirst : Order::Unknown;
}

bool JtlTimes::readDate(std::string_view stamp, qint64 &us)
{
    if (const auto zoned = zonedDate(stamp)) {
        us = *zoned;
        return true;
    }
    std::string swapped;
    if (const auto date = shortDate(stamp)) {
        const bool dayFirst = m_order == Order::DayFirst;
        if ((dayFirst ? date->second : date->first) > 12) {
            m_contradicted = true;
            return false;
        }
        m_guessed = m_guessed || (m_order == Order::Unknown && date->first != date->second);
        if (dayFirst) { // as parseLocalTime() has it
            const size_t month = date->firstEnd + 1;
            swapped.append(stamp.substr(month, date->secondEnd + 1 - month))
                .append(stamp.substr(0, month))
                .append(stamp.substr(date->secondEnd + 1));
            stamp = swapped;
        }
    }
    const auto local = localDate(stamp);
    m_local = m_local || local;
    us = local.value_or(0);
    return local.has_value();
}

bool JtlTimes::readUnusual(std::string_view stamp, qint64 &us)
{
    if (stamp.empty() || stamp.size() > longestStamp)
        return false;
    if (!parseInteger(stamp, us)) {
        const auto fractional = fractionalEpoch(stamp);
        us = fractional.value_or(0);
        return fractional || readDate(stamp, us);
    }
    if (stamp.size() == 14 || stamp.size() == 17) {
        const auto date = compactDate(stamp);
        m_local = m_local || date;
        us = date.value_or(0);
        return date.has_value();
    }
    constexpr qint64 firstSeconds = 1'000'000'000, endSeconds = 10'000'000'000; // 2001 to 2286
    if (us < 0 || us >= endSeconds)
        return false;
    us *= us >= firstSeconds ? 1'000'000
                             : 1000; // small ones are milliseconds of a clock that began with the test
    return true;
}

void JtlTimes::refuse(std::string_view stamp, qint64 line)
{
    if (m_refused++ > 0)
        return;
    m_stamp = stamp.substr(0, longestStamp);
    m_line = line;
}

void JtlTimes::add(JtlTimes &later, qint64 linesBefore)
{
    m_local = std::exchange(later.m_local, false) || m_local;
    m_guessed = std::exchange(later.m_guessed, false) || m_guessed;
    m_contradicted = std::exchange(later.m_contradicted, false) || m_contradicted;
    if (m_refused == 0 && later.m_refused > 0) {
        m_stamp = std::move(later.m_stamp);
        m_line = later.m_line + linesBefore;
    }
    m_refused += std::exchange(later.m_refused, 0);
}

Problem JtlTimes::unreadable() const
{
    Text message = Text{"列 timeStamp の時刻 `%1` の書式は読めません。",
                        "The time stamp `%1` (column timeStamp) has a format that is not read."};
    if (contradictsItself())
        message = Text{
            "時刻 `%1` "
            "から日が月より前にあると分かりますが、それより前の行からは分からず、月を先として読みました。",
            "By the time stamp `%1` the day stands before the month; the rows before it did not show that "
            "and were read as "
            "month first."};
    return {{},
            {int(std::min<qint64>(m_line, 1'000'000'000)), 1, 0, 0},
            message.arg(QString::fromUtf8(m_stamp.data(), qsizetype(m_stamp.size()))),
            {QStringLiteral("jmeter.save.saveservice.timestamp_format=ms（既定）で取り直すか、列を "
                            "yyyy/MM/dd HH:mm:ss.SSS に直してください。"),
             QStringLiteral("Test again with jmeter.save.saveservice.timestamp_format=ms (the default), or "
                            "turn the column into yyyy/MM/dd "
                            "HH:mm:ss.SSS.")}};
}

} // namespace tenken
