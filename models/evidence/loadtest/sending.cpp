// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/sending.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace tenken
{

namespace
{

constexpr qint64 fewRequests = 20; // they tell no pace
constexpr double shortestPause = 5; // seconds
constexpr double pauseInGaps = 20; // how many usual gaps a pause lasts
constexpr double sameRate = 0.15;
constexpr size_t mostPieces = 200; // more are bursts that come again and again

using Seconds = std::span<const LoadSecond>;

Seconds secondsOf(const LoadTestRun &run, const LoadLevel &level)
{
    const auto before = [](double time) { return [=](const LoadSecond &s) { return double(s.second) < time; }; };
    const auto begin = std::ranges::partition_point(run.seconds, before(std::floor(level.start)));
    const auto end = std::ranges::partition_point(run.seconds, before(level.end));
    return begin < end ? Seconds(begin, end) : Seconds();
}

qint64 startedIn(Seconds seconds)
{
    qint64 started = 0;
    for (const LoadSecond &second : seconds)
        started += second.started;
    return started;
}

/// The usual time between two requests. Where most seconds pass without one, that between the seconds that have one.
double usualGap(Seconds seconds)
{
    std::vector<qint64> distances;
    const LoadSecond *last = nullptr;
    for (const LoadSecond &second : seconds) {
        if (second.started == 0)
            continue;
        if (last)
            distances.push_back(second.second - last->second);
        last = &second;
    }
    if (distances.empty())
        return 1;
    const auto middle = distances.begin() + qsizetype(distances.size() / 2);
    std::ranges::nth_element(distances, middle);
    return *middle > 1 ? double(*middle) : double(distances.size() + 1) / double(startedIn(seconds));
}

Seconds untilLastStart(Seconds seconds)
{
    while (!seconds.empty() && seconds.back().started == 0)
        seconds = seconds.first(seconds.size() - 1);
    return seconds;
}

bool holdsOneRate(Seconds piece)
{
    piece = untilLastStart(piece);
    if (piece.size() > 4) // the first and the last second may hold less than a second's load
        piece = piece.subspan(1, piece.size() - 2);
    const size_t half = piece.size() / 2;
    const double first = double(startedIn(piece.first(half))), last = double(startedIn(piece.last(half)));
    return std::abs(first - last) <= sameRate * std::max(first, last);
}

/// How many requests wait for their answers where a level begins, for one level after the other.
class Waiting
{
public:
    explicit Waiting(const LoadTestRun &run) : m_run(run) {}
    qint64 before(const LoadLevel &level)
    {
        const Seconds inside = secondsOf(m_run, level);
        if (inside.empty())
            return 0;
        const size_t place = size_t(inside.data() - m_run.seconds.data());
        if (place < m_place)
            m_place = 0, m_count = 0; // they stand in another order: from the beginning
        for (; m_place < place; ++m_place)
            m_count += m_run.seconds[m_place].started - m_run.seconds[m_place].completed;
        return m_count;
    }

private:
    const LoadTestRun &m_run;
    size_t m_place = 0;
    qint64 m_count = 0;
};

/// Waiting for answers is no pause: a closed loop whose connections all hang sends nothing either.
std::vector<Seconds> piecesOf(const LoadTestRun &run, const LoadLevel &level, qint64 waiting)
{
    const Seconds all = secondsOf(run, level);
    const double pause = std::max(shortestPause, pauseInGaps * usualGap(all));
    std::vector<Seconds> pieces;
    size_t begin = 0, idle = 0; // seconds without anything up to here
    for (size_t i = 0; i < all.size(); ++i) {
        const bool nothing = waiting == 0 && all[i].started == 0 && all[i].completed == 0;
        waiting += all[i].started - all[i].completed;
        if (!nothing && double(idle) > pause && i > begin + idle) {
            pieces.push_back(all.subspan(begin, i - idle - begin));
            begin = i;
        }
        idle = nothing ? idle + 1 : 0;
    }
    pieces.push_back(all.subspan(begin));
    return pieces;
}

} // namespace

LoadLevel whileSending(const LoadTestRun &run, LoadLevel level)
{
    const Seconds seconds = untilLastStart(secondsOf(run, level));
    if (seconds.size() < 2 || startedIn(seconds) < fewRequests)
        return level;
    const double last = double(seconds.back().second);
    const double rate = double(startedIn(seconds.first(seconds.size() - 1))) / (last - level.start);
    // How much of its last second was sent in; a closed loop may send all it has at once, and then wait.
    const double most = run.model == LoadModel::Open ? std::max(1.0, 1 / rate) : HUGE_VAL;
    level.end = std::min(level.end, last + std::min(most, double(seconds.back().started) / rate));
    return level;
}

namespace
{

std::vector<LoadLevel> split(const LoadTestRun &run, const LoadLevel &level, qint64 waiting)
{
    const std::vector<Seconds> pieces = piecesOf(run, level, waiting);
    if (pieces.size() < 2 || pieces.size() > mostPieces
        || (run.model == LoadModel::Open && !std::ranges::all_of(pieces, holdsOneRate)))
        return {level};
    std::vector<LoadLevel> levels;
    for (const Seconds &piece : pieces) {
        LoadLevel part = level;
        part.start = std::max(level.start, double(piece.front().second));
        part.end = std::min(level.end, double(piece.back().second + 1));
        levels.push_back(whileSending(run, part));
    }
    return levels;
}

} // namespace

std::vector<LoadLevel> splitAtPauses(const LoadTestRun &run, const LoadLevel &level)
{
    return split(run, level, Waiting(run).before(level));
}

void splitAtPauses(LoadTestRun &run)
{
    std::vector<LoadLevel> levels;
    Waiting waiting(run);
    for (const LoadLevel &level : run.levels) {
        const std::vector<LoadLevel> parts = split(run, level, waiting.before(level));
        levels.insert(levels.end(), parts.begin(), parts.end());
    }
    if (levels.size() == run.levels.size())
        return;
    run.levels = std::move(levels);
    run.remarks.push_back(Text{"途中に長い休みがあるため、負荷を %1 個の段階に分けました。",
                               "There are long pauses in it: the load is split into %1 levels."}
                              .arg(formatNumber(double(run.levels.size()))));
}

} // namespace tenken
