// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/changepoints.h>
#include <analysis/stepmeasure.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <utility>

namespace tenken
{

namespace
{

constexpr double transientShare = 0.15; // of a step's beginning
constexpr double longestTransient = 30;
constexpr double rollingWindow = 10; // seconds that a figure given every second may look back (Locust)
constexpr double tooManyTimed = 1.01; // more latencies than requests: invented by a correction
constexpr double sameLoad = 0.05;

double growth(std::span<const LoadSecond> seconds)
{
    LatencyHistogram first, second;
    for (size_t i = 0; i < seconds.size(); ++i)
        (i < seconds.size() / 2 ? first : second).merge(seconds[i].latency);
    const double before = first.percentileMs(0.5);
    return before > 0 && second.count() > 0 ? second.percentileMs(0.5) / before : 1;
}

double medianOf(std::vector<double> values)
{
    std::ranges::sort(values);
    const size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

using Windows = std::vector<const LoadAggregate *>;

/// Windows of which most lies in [from, to).
Windows windowsIn(const LoadTestRun &run, double from, double to)
{
    Windows windows;
    for (const LoadAggregate &a : run.aggregates) {
        const double length = a.end - a.start, inside = std::min(a.end, to) - std::max(a.start, from);
        if (inside > 0 && inside >= 0.5 * length)
            windows.push_back(&a);
    }
    return windows;
}

/// The same without the step's beginning. A figure that comes every second looks back over several: as many go too.
Windows settled(Windows all)
{
    if (all.size() < 2)
        return all;
    const double from = all.front()->start, length = all.back()->end - from;
    const bool rolling = all.front()->end - all.front()->start <= 2;
    const double drop = std::min(length / 2, std::max(transientOf(length), rolling ? rollingWindow : 0));
    const LoadAggregate *last = all.back();
    std::erase_if(all, [&](const LoadAggregate *a) { return a != last && a->start < from + drop - 0.5; });
    return all;
}

/// Percentiles that every window with requests states: of each the median of the windows' values.
std::vector<std::pair<double, double>> mediansOf(const Windows &windows)
{
    std::map<double, std::vector<double>> values;
    size_t busy = 0;
    for (const LoadAggregate *a : windows) {
        busy += a->percentiles.empty() ? 0 : 1;
        for (const auto &[q, ms] : a->percentiles)
            values[q].push_back(ms);
    }
    std::vector<std::pair<double, double>> medians;
    for (const auto &[q, ms] : values) {
        if (ms.size() == busy)
            medians.emplace_back(q, medianOf(ms));
    }
    return medians;
}

double windowGrowth(const Windows &windows)
{
    if (windows.size() < 4)
        return 1;
    std::vector<double> halves[2];
    for (size_t i = 0; i < windows.size(); ++i) {
        if (const auto p50 = windows[i]->percentileMs(0.5))
            halves[i < windows.size() / 2 ? 0 : 1].push_back(*p50);
    }
    if (halves[0].empty() || halves[1].empty() || medianOf(halves[0]) <= 0)
        return 1;
    return medianOf(halves[1]) / medianOf(halves[0]);
}

void noLatencies(LoadStep &step)
{
    step.p50 = step.p95 = step.p99 = step.max = -1;
    step.timed = 0;
}

void takeLatencies(LoadStep &step, const Windows &windows)
{
    noLatencies(step);
    qint64 completed = 0;
    for (const LoadAggregate *a : windows) {
        completed += a->completed;
        step.timed += a->timed >= 0 ? a->timed : a->completed;
        step.max = std::max(step.max, a->maxMs);
    }
    step.windows = int(windows.size());
    step.stated = mediansOf(windows);
    step.statedLast.clear();
    if (windows.size() > 1) { // a median hides a step that tips over at its end
        const LoadAggregate &last = *windows.back();
        const double timed = double(last.timed >= 0 ? last.timed : last.completed);
        std::ranges::copy_if(last.percentiles, std::back_inserter(step.statedLast),
                             [&](const auto &p) { return timed >= 10 / (1 - p.first) - 1e-6; });
    }
    step.growth = windowGrowth(windows);
    step.distrusted = double(step.timed) > tooManyTimed * double(completed) + 2;
    const auto stated = [&](double q) {
        const auto at = std::ranges::find_if(step.stated, [&](const auto &p) { return std::abs(p.first - q) < 1e-9; });
        return at != step.stated.end() ? at->second : -1.0;
    };
    step.p50 = stated(0.5);
    step.p95 = stated(0.95);
    step.p99 = stated(0.99);
}

LoadStep measureWindows(const Windows &windows)
{
    LoadStep step;
    step.start = windows.front()->start;
    step.end = windows.back()->end;
    qint64 completed = 0, arrivals = 0;
    double length = 0, users = 0;
    bool knowsArrivals = true, knowsUsers = true;
    for (const LoadAggregate *a : windows) {
        length += a->end - a->start;
        completed += a->completed;
        step.errors += a->failed;
        arrivals += std::max<qint64>(0, a->arrivals);
        knowsArrivals = knowsArrivals && a->arrivals >= 0;
        users += std::max(0.0, a->users) * (a->end - a->start);
        knowsUsers = knowsUsers && a->users >= 0;
    }
    step.samples = completed;
    if (length > 0) {
        step.throughput = double(completed - step.errors) / length;
        step.offered = double(knowsArrivals ? std::max(arrivals, completed) : completed) / length;
        step.users = knowsUsers ? users / length : -1;
    }
    takeLatencies(step, windows);
    return step;
}

/// Indexes of the whole seconds of [from, to), without the transient at its beginning.
std::pair<size_t, size_t> wholeSeconds(const LoadTestRun &run, double from, double to)
{
    if (run.seconds.empty())
        return {0, 0};
    const double base = double(run.seconds.front().second), most = double(run.seconds.size());
    const auto index = [&](double second) { return size_t(std::clamp(second - base, 0.0, most)); };
    const size_t begin = index(std::ceil(from - 0.01)), end = index(std::floor(to + 0.01));
    if (end <= begin) // shorter than two seconds: the seconds that it touches
        return {index(std::floor(from)), index(std::ceil(to))};
    const size_t drop = std::max<size_t>(1, size_t(std::lround(transientOf(double(end - begin)))));
    return {end - begin > drop + 1 ? begin + drop : begin, end};
}

/// What the generator set in a window, for finding where it changes.
double driven(const LoadAggregate &a, bool byUsers)
{
    const double length = std::max(1e-9, a.end - a.start);
    return byUsers ? a.users : double(a.arrivals >= 0 ? a.arrivals : a.completed) / length;
}

bool sameAs(double a, double b)
{
    return std::abs(a - b) <= sameLoad * std::max(std::abs(a), std::abs(b));
}

} // namespace

double transientOf(double seconds)
{
    return std::min(longestTransient, transientShare * seconds);
}

LoadStep measureSeconds(const LoadTestRun &run, size_t begin, size_t end)
{
    LoadStep step;
    qint64 completed = 0;
    double users = 0;
    bool knowsUsers = true;
    for (size_t i = begin; i < end; ++i) {
        const LoadSecond &second = run.seconds[i];
        step.samples += second.started;
        step.errors += second.failed;
        completed += second.completed - second.failed;
        step.latency.merge(second.latency);
        users += std::max(0.0, second.users);
        knowsUsers = knowsUsers && second.users >= 0;
    }
    const double length = double(end - begin);
    step.start = double(run.seconds[begin].second);
    step.end = step.start + length;
    step.offered = double(step.samples) / length;
    step.throughput = double(completed) / length;
    step.users = knowsUsers ? users / length : -1;
    step.growth = growth(std::span(run.seconds).subspan(begin, end - begin));
    if (step.latency.count() == 0) {
        noLatencies(step);
        return step;
    }
    step.timed = step.latency.count();
    step.p50 = step.latency.percentileMs(0.50);
    step.p95 = step.latency.percentileMs(0.95);
    step.p99 = step.latency.percentileMs(0.99);
    step.max = step.latency.maxMs();
    return step;
}

void takeStatedLatencies(const LoadTestRun &run, LoadStep &step)
{
    const Windows windows = settled(windowsIn(run, step.start, step.end));
    if (!windows.empty())
        takeLatencies(step, windows);
}

std::optional<LoadStep> measureLevel(const LoadTestRun &run, const LoadLevel &level)
{
    LoadStep step;
    const auto [begin, end] = wholeSeconds(run, level.start, level.end);
    const Windows windows = settled(windowsIn(run, level.start, level.end));
    if (end > begin)
        step = measureSeconds(run, begin, end);
    if (step.latency.count() == 0 && !windows.empty()) {
        if (step.samples == 0)
            step = measureWindows(windows);
        else
            takeLatencies(step, windows);
    }
    if (step.samples == 0)
        return {};
    step.name = level.name;
    step.users = level.users >= 0 ? level.users : step.users;
    step.offered = level.offered >= 0 ? level.offered : step.offered;
    return step;
}

std::vector<LoadStep> stepsOfWindows(const LoadTestRun &run)
{
    const bool byUsers = !run.aggregates.empty()
        && std::ranges::all_of(run.aggregates, [](const LoadAggregate &a) { return a.users > 0; });
    std::vector<LoadStep> steps;
    Windows level;
    const auto close = [&] {
        if (!level.empty())
            steps.push_back(measureWindows(settled(std::exchange(level, {}))));
    };
    for (const LoadAggregate &a : run.aggregates) {
        if (a.completed <= 0 || a.end <= a.start)
            continue;
        if (!level.empty() && !sameAs(driven(*level.front(), byUsers), driven(a, byUsers)))
            close();
        level.push_back(&a);
    }
    close();
    if (steps.empty() && run.whole && run.whole->completed > 0)
        steps.push_back(measureWindows({&*run.whole}));
    return steps;
}

} // namespace tenken
