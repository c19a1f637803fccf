// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/parse.h>
#include <evidence/problem.h>

#include <string>

namespace tenken
{

/// The time stamps of a JTL: epoch milliseconds by default, else what
/// jmeter.save.saveservice.timestamp_format says, of which the file keeps nothing but the stamps themselves.
class JtlTimes
{
public:
    /// Of dates that do not begin with the year. Unknown: read as month first.
    enum class Order { Unknown, MonthFirst, DayFirst };
    static Order orderIn(std::string_view stamp);

    explicit JtlTimes(Order order = Order::Unknown) : m_order(order) {}
    bool read(std::string_view stamp, qint64 &us)
    {
        constexpr quint64 earliest = 900'000'000'000; // ms: 1998, when JMeter began
        const bool isUsual = stamp.size() == 13 || stamp.size() == 12; // digits: until 2286
        if (quint64 ms = 0; isUsual && parseManyDigits(stamp, ms) && ms >= earliest) {
            us = qint64(ms) * 1000;
            return true;
        }
        return readUnusual(stamp, us);
    }
    void refuse(std::string_view stamp, qint64 line); ///< one that could not be read
    void add(JtlTimes &later, qint64 linesBefore); ///< from the rows behind; empties it

    bool hasNoZone() const { return m_local; }
    bool isGuessed() const { return m_guessed; } ///< the day may be the month
    qint64 refused() const { return m_refused; }
    /// Where dates were guessed to begin with the month and later ones cannot.
    bool contradictsItself() const { return m_order == Order::Unknown && m_contradicted; }
    Problem unreadable() const; ///< for the first that was refused

private:
    bool readUnusual(std::string_view stamp, qint64 &us);
    bool readDate(std::string_view stamp, qint64 &us);

    Order m_order;
    bool m_local = false, m_guessed = false, m_contradicted = false;
    qint64 m_refused = 0, m_line = 0;
    std::string m_stamp;
};

} // namespace tenken
