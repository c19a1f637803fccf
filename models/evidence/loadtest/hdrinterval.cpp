// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/hdrinterval.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

bool meets(double end, double next, double length)
{
    return std::abs(end - next) <= 0.1 * std::abs(length) + 0.01;
}

const HdrInterval *nextOf(std::span<const HdrInterval> rows, size_t i)
{
    const auto rest = rows.subspan(i + 1);
    const auto next = std::ranges::find_if(
        rest, [&](const HdrInterval &r) { return r.tag == rows[i].tag && r.part == rows[i].part && r.start > rows[i].start; });
    return next != rest.end() ? &*next : nullptr;
}

} // namespace

bool secondIsEnd(std::span<const HdrInterval> first, bool headSaysEnd)
{
    constexpr double longestInterval = 86400;
    if (first.empty() || !std::ranges::all_of(first, [](const HdrInterval &r) { return r.second >= r.start; }))
        return false;
    if (first.front().second > longestInterval)
        return true; // a date
    int ends = 0, lengths = 0;
    for (size_t i = 0; i < first.size(); ++i) {
        const HdrInterval &row = first[i];
        if (const HdrInterval *next = nextOf(first, i)) {
            ends += meets(row.second, next->start, row.second - row.start);
            lengths += meets(row.start + row.second, next->start, row.second);
        }
    }
    return ends > lengths || (ends > 0 && ends == lengths && headSaysEnd);
}

HdrUnit hdrUnitOf(std::span<const HdrInterval> first)
{
    const HdrInterval *clearest = nullptr; // a small maximum is rounded
    for (const HdrInterval &row : first) {
        if (!row.buckets.empty() && row.max > 0 && (!clearest || row.max > clearest->max))
            clearest = &row;
    }
    constexpr double microseconds = 500, nanoseconds = 2000;
    constexpr qint64 shortestRequest = 100'000; // ns: a load whose longest request takes less is none
    if (!clearest)
        return HdrUnit::Open;
    const qint64 longest = clearest->buckets.back().highest;
    const double ratio = double(longest) / clearest->max;
    if (ratio >= nanoseconds)
        return longest >= shortestRequest ? HdrUnit::Nanoseconds : HdrUnit::Open;
    return ratio > microseconds ? HdrUnit::Microseconds : HdrUnit::Open;
}

} // namespace tenken
