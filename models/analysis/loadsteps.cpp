// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/changepoints.h>
#include <analysis/loadsteps.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

constexpr size_t mostBins = 2400; // finding change points costs up to the square of this
constexpr double transientShare = 0.15; // of a step's beginning
constexpr double longestTransient = 30;
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
    const double drop = std::min(longestTransient, transientShare * double(length));
    range.begin += std::max<size_t>(1, size_t(std::lround(drop)));
    if (length >= 10)
        --range.end; // the last second may belong to the next level in part
    return range;
}

double growth(const LoadTestRun &run, const Range &range)
{
    const size_t middle = (range.begin + range.end) / 2;
    LatencyHistogram first, second;
    for (size_t i = range.begin; i < range.end; ++i)
        (i < middle ? first : second).merge(run.seconds[i].latency);
    const double before = first.percentileMs(0.5);
    return before > 0 && second.count() > 0 ? second.percentileMs(0.5) / before : 1;
}

LoadStep measured(const LoadTestRun &run, const Range &range)
{
    LoadStep step;
    qint64 completed = 0;
    LatencyHistogram latency;
    double users = 0;
    bool knowsUsers = true;
    for (size_t i = range.begin; i < range.end; ++i) {
        const LoadSecond &second = run.seconds[i];
        step.samples += second.started;
        step.errors += second.failed;
        completed += second.completed - second.failed;
        latency.merge(second.latency);
        users += std::max(0.0, second.users);
        knowsUsers = knowsUsers && second.users >= 0;
    }
    const double length = double(range.end - range.begin);
    step.start = double(run.seconds[range.begin].second);
    step.end = step.start + length;
    step.offered = double(step.samples) / length;
    step.throughput = double(completed) / length;
    step.users = knowsUsers ? users / length : -1;
    step.p50 = latency.percentileMs(0.50);
    step.p95 = latency.percentileMs(0.95);
    step.p99 = latency.percentileMs(0.99);
    step.max = latency.maxMs();
    step.growth = growth(run, range);
    return step;
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

} // namespace

std::vector<LoadStep> findSteps(const LoadTestRun &run)
{
    if (run.seconds.empty())
        return {};
    const Driver driver = driverOf(run);
    std::vector<Range> ranges = joined(run, driver, rangesOf(run, driver));
    std::vector<LoadStep> steps;
    for (Range &range : ranges) {
        range = withoutTransients(range, run.seconds.size());
        steps.push_back(measured(run, range));
    }
    if (driver == Driver::Arrivals)
        offerByArrivals(run, ranges, steps);
    return steps;
}

double errorRate(const LoadStep &step)
{
    return step.samples > 0 ? double(step.errors) / double(step.samples) : 0;
}

} // namespace tenken
