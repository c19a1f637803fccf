// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/changepoints.h>
#include <analysis/loadsteps.h>
#include <analysis/stepmeasure.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

constexpr size_t mostBins = 2400; // finding change points costs up to the square of this
constexpr size_t shortestStep = 4; // seconds
constexpr size_t shortestWindow = 5; // seconds of a ramp
constexpr double sameLevel = 0.03;
constexpr size_t shortestBreak = 2; // seconds that do not end a step
constexpr double exactNoise = 1e-3, rateNoise = 0.01; // users are counted, rates scatter

struct Range {
    size_t begin = 0, end = 0;
    double level = 0;
    bool ramp = false;
};

/// What the generator sets: users in a closed loop, else arrivals where the file knows them, else request
/// starts.
enum class Driver { Users, Arrivals, Starts };

Driver driverOf(const LoadTestRun &run)
{
    const bool users = std::ranges::any_of(run.seconds, [](const LoadSecond &s) { return s.users > 0; });
    const bool arrivals =
        std::ranges::any_of(run.seconds, [](const LoadSecond &s) { return s.arrivals > 0; });
    if (run.model == LoadModel::Closed)
        return users ? Driver::Users : Driver::Starts;
    return arrivals ? Driver::Arrivals : Driver::Starts;
}

double driven(const LoadSecond &second, Driver driver)
{
    switch (driver) {
    case Driver::Users:
        return std::max(0.0, second.users);
    case Driver::Arrivals:
        return double(std::max<qint64>(0, second.arrivals));
    case Driver::Starts:
        break;
    }
    return double(second.started);
}

/// Square roots of counts have the same noise at every level, so that low steps are not lost beside high
/// ones.
std::vector<double> binned(const LoadTestRun &run, Driver driver, size_t width)
{
    std::vector<double> series;
    for (size_t begin = 0; begin + width <= run.seconds.size(); begin += width) {
        double sum = 0;
        for (size_t i = begin; i < begin + width; ++i)
            sum += driven(run.seconds[i], driver);
        series.push_back(std::sqrt(sum / double(width) + 0.375));
    }
    return series;
}

double meanLevel(const LoadTestRun &run, Driver driver, size_t begin, size_t end)
{
    double sum = 0;
    for (size_t i = begin; i < end; ++i)
        sum += driven(run.seconds[i], driver);
    return end > begin ? sum / double(end - begin) : 0;
}

bool isSteep(const Segment &segment)
{
    const double low = std::min(segment.first, segment.last), high = std::max(segment.first, segment.last);
    return high * high > 1.2 * std::max(0.0, low) * std::max(0.0, low);
}

std::vector<Range> rangesOf(const LoadTestRun &run, Driver driver)
{
    const size_t width = std::max<size_t>(1, (run.seconds.size() + mostBins - 1) / mostBins);
    const std::vector<double> series = binned(run, driver, width);
    std::vector<Range> ranges;
    for (const Segment &segment : findSegments(series, driver == Driver::Users ? exactNoise : rateNoise)) {
        const size_t begin = segment.begin * width;
        const size_t end = segment.end == series.size() ? run.seconds.size() : segment.end * width;
        const size_t window = std::max(shortestWindow, (end - begin) / 20);
        if (segment.isLevel() || !isSteep(segment)) {
            ranges.push_back({begin, end, meanLevel(run, driver, begin, end), false});
            continue;
        }
        if (end - begin < 3 * window)
            continue; // on the way from one level to the next
        for (size_t at = begin; at + window <= end; at += window)
            ranges.push_back({at, at + window, meanLevel(run, driver, at, at + window), true});
    }
    return ranges;
}

/// Neighbours on the same level are one step; what lasts too short is a transition.
std::vector<Range> joined(const LoadTestRun &run, Driver driver, const std::vector<Range> &ranges)
{
    std::vector<Range> steps;
    for (const Range &range : ranges) {
        if (range.end - range.begin < shortestStep || range.level <= 0)
            continue;
        Range *last = steps.empty() ? nullptr : &steps.back();
        const bool same = last && !last->ramp && !range.ramp && range.begin <= last->end + shortestBreak
            && std::abs(range.level - last->level) <= sameLevel * last->level;
        if (!same) {
            steps.push_back(range);
            continue;
        }
        last->end = range.end;
        last->level = meanLevel(run, driver, last->begin, last->end);
    }
    return steps;
}

Range withoutTransients(Range range, size_t runEnd)
{
    if (range.end == runEnd && range.end - range.begin > shortestStep)
        --range.end; // a run ends somewhere within its last second
    if (range.ramp)
        return range;
    const size_t length = range.end - range.begin;
    range.begin += std::max<size_t>(1, size_t(std::lround(transientOf(double(length)))));
    if (length >= 10)
        --range.end; // the last second may belong to the next level in part
    return range;
}

/// Arrivals count users or iterations. While the load is low, each of them makes the same number of requests;
/// that number says what a step asked for even where the requests no longer began. Without such a number
/// (long sessions) the requests that began have to do.
void offerByArrivals(const LoadTestRun &run, const std::vector<Range> &ranges, std::vector<LoadStep> &steps)
{
    std::vector<std::pair<double, double>> perArrival; // arrivals/s, requests per arrival
    for (size_t i = 0; i < steps.size(); ++i) {
        const double rate = meanLevel(run, Driver::Arrivals, ranges[i].begin, ranges[i].end);
        if (rate > 0)
            perArrival.emplace_back(rate, steps[i].offered / rate);
    }
    if (perArrival.size() < 2)
        return;
    std::ranges::sort(perArrival);
    perArrival.resize((perArrival.size() + 1) / 2);
    std::ranges::sort(perArrival, {}, &std::pair<double, double>::second);
    const double requests = perArrival[perArrival.size() / 2].second;
    if (perArrival.back().second > 1.1 * perArrival.front().second)
        return;
    for (size_t i = 0; i < steps.size(); ++i) {
        const double wanted = requests * meanLevel(run, Driver::Arrivals, ranges[i].begin, ranges[i].end);
        steps[i].offered = std::max(steps[i].offered, wanted);
    }
}

std::vector<LoadStep> stepsOfLevels(const LoadTestRun &run)
{
    std::vector<LoadStep> steps;
    for (const LoadLevel &level : run.levels) {
        if (auto step = measureLevel(run, level))
            steps.push_back(std::move(*step));
    }
    return steps;
}

/// Attacks that were piped into one file without names of their own look like one level. Where the file states a
/// rate, or people set the load, it is one.
bool mayHideSteps(const LoadTestRun &run)
{
    return run.levels.size() == 1 && run.levels.front().offered < 0 && run.model == LoadModel::Open
        && !run.seconds.empty();
}

/// A rate that only ever goes up, by more than a generator at its limit wavers.
bool climbs(const std::vector<Range> &ranges)
{
    constexpr double least = 1.05; // change points have told the levels apart already
    for (size_t i = 1; i < ranges.size(); ++i) {
        if (ranges[i].level < ranges[i - 1].level * (ranges[i].ramp ? 1 : least))
            return false;
    }
    return ranges.size() >= 3 && ranges.back().level >= 1.5 * ranges.front().level;
}

bool statesLatenciesAlone(const LoadTestRun &run)
{
    return !run.aggregates.empty()
        && std::ranges::all_of(run.seconds, [](const LoadSecond &s) { return s.latency.count() == 0; });
}

} // namespace

std::vector<LoadStep> findSteps(const LoadTestRun &run)
{
    if (!run.levels.empty() && !mayHideSteps(run))
        return stepsOfLevels(run);
    if (run.seconds.empty())
        return stepsOfWindows(run);
    const Driver driver = driverOf(run);
    std::vector<Range> ranges = joined(run, driver, rangesOf(run, driver));
    if (!run.levels.empty() && !climbs(ranges))
        return stepsOfLevels(run);
    std::vector<LoadStep> steps;
    for (Range &range : ranges) {
        range = withoutTransients(range, run.seconds.size());
        steps.push_back(measureSeconds(run, range.begin, range.end));
    }
    if (driver == Driver::Arrivals)
        offerByArrivals(run, ranges, steps);
    if (statesLatenciesAlone(run)) {
        for (LoadStep &step : steps)
            takeStatedLatencies(run, step);
    }
    return steps;
}

double LoadStep::percentile(double q) const
{
    if (q == 0.5 || q == 0.95 || q == 0.99)
        return q == 0.5 ? p50 : q == 0.95 ? p95 : p99;
    if (latency.count() > 0)
        return latency.percentileMs(q);
    const auto at = std::ranges::find_if(stated, [&](const auto &p) { return std::abs(p.first - q) < 1e-9; });
    return at != stated.end() ? at->second : -1;
}

double LoadStep::lastPercentile(double q) const
{
    const auto at = std::ranges::find_if(statedLast, [&](const auto &p) { return std::abs(p.first - q) < 1e-9; });
    return at != statedLast.end() ? at->second : -1;
}

bool LoadStep::trusts(double q) const
{
    const qint64 count = timed >= 0 ? timed : samples;
    return !distrusted && percentile(q) >= 0 && double(count) >= 10 / (1 - q) - 1e-6;
}

Text percentileMeaningOf(const LoadTestRun &run, const std::vector<LoadStep> &steps)
{
    int windows = 0;
    for (const LoadStep &step : steps)
        windows = std::max(windows, step.windows);
    if (windows == 0 && run.latency.count() > 0)
        return nearestRankMeaning();
    const Text tool = !run.percentileMeaning.isEmpty()
        ? run.percentileMeaning
        : Text{"ツールが示す値", "as the tool states it"};
    if (windows < 2)
        return tool;
    return Text{"%1。段の値は、各区間の値の中央値", "%1; of a step the median of its windows' values"}.arg(tool);
}

double errorRate(const LoadStep &step)
{
    return step.samples > 0 ? double(step.errors) / double(step.samples) : 0;
}

} // namespace tenken
