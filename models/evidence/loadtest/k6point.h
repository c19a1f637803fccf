// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/fields.h>

#include <QtTypes>

#include <memory>
#include <string>
#include <string_view>

namespace tenken
{

/// What a line of k6's JSON output says of one measurement. The views are good until the next line.
struct K6Point {
    qint64 timeUs = 0;
    double value = 0;
    std::string_view time; ///< as written
    std::string_view expected, status, error, name, url; ///< tags; empty where there are none
};

/// Reads points: at sight where a line is written as k6 writes nearly all of them, else with a JSON parser. Both
/// give the same answer.
class K6PointReader
{
public:
    K6PointReader();
    K6PointReader(const K6PointReader &) : K6PointReader() {}
    ~K6PointReader();
    K6PointReader &operator=(const K6PointReader &) = delete;

    /// At least 64 readable bytes have to follow the line.
    bool read(std::string_view line, bool wantTags, K6Point &point)
    {
        return readAtSight(line, wantTags, point) || readStrictly(line, wantTags, point);
    }
    bool readAtSight(std::string_view line, bool wantTags, K6Point &point); ///< false: not written plainly
    bool readStrictly(std::string_view line, bool wantTags, K6Point &point); ///< false: not a point

private:
    struct Parser;
    bool time(std::string_view text, qint64 &us);

    std::unique_ptr<Parser> m_parser;
    QuotePlaces m_quotes; ///< of the line at hand
    std::string m_second, m_zone; ///< of the last time: many follow that differ in the fraction only
    qint64 m_secondUs = 0;
};

} // namespace tenken
