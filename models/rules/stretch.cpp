// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/stretch.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace tenken
{

namespace
{

using Seconds = std::span<const LoadSecond>;

/// Windows of stated figures as if they were seconds: counts are spread evenly over each.
std::vector<LoadSecond> secondsOfWindows(const LoadTestRun &run)
{
    std::vector<LoadSecond> seconds;
    const qint64 first = qint64(std::floor(run.aggregates.front().start));
    const qint64 last = qint64(std::ceil(run.aggregates.back().end));
    constexpr qint64 longest = 14 * 24 * 3600;
    if (last - first > longest || last <= first)
        return {};
    std::vector<double> completed(size_t(last - first)), failed = completed, arrived = completed;
    for (const LoadAggregate &a : run.aggregates) {
        const double length = a.end - a.start;
        for (qint64 at = std::max(first, qint64(std::floor(a.start))); at < std::min(last, qint64(std::ceil(a.end))); ++at) {
            const double share = (std::min(double(at + 1), a.end) - std::max(double(at), a.start)) / length;
            completed[size_t(at - first)] += share * double(a.completed);
            failed[size_t(at - first)] += share * double(a.failed);
            arrived[size_t(at - first)] += share * double(std::max(a.arrivals, a.completed));
        }
    }
    double doneBefore = 0, failedBefore = 0, arrivedBefore = 0; // sums are rounded, so that none is lost
    for (size_t i = 0; i < completed.size(); ++i) {
        LoadSecond s;
        s.second = first + qint64(i);
        const auto counted = [](double &before, double more) {
            const double was = std::round(before);
            before += more;
            return qint64(std::round(before) - was);
        };
        s.completed = counted(doneBefore, completed[i]);
        s.failed = counted(failedBefore, failed[i]);
        s.started = counted(arrivedBefore, arrived[i]);
        seconds.push_back(s);
    }
    return seconds;
}

double completedRate(Seconds seconds)
{
    double completed = 0;
    for (const LoadSecond &s : seconds)
        completed += double(s.completed);
    return seconds.empty() ? 0 : completed / double(seconds.size());
}

double loadRate(Seconds seconds)
{
    double sent = 0;
    for (const LoadSecond &s : seconds)
        sent += double(std::max(s.started, s.arrivals));
    return std::max(seconds.empty() ? 0 : sent / double(seconds.size()), completedRate(seconds));
}

// The least rate that still counts as `share` of `rps` when counted over so many seconds.
double least(double rps, double share, size_t seconds)
{
    return rps * share - 3 * std::sqrt(rps * share / double(seconds));
}

Stretch summed(Seconds seconds, double rps)
{
    Stretch s;
    s.seconds = qint64(seconds.size());
    if (!seconds.empty()) {
        s.from = double(seconds.front().second);
        s.to = double(seconds.back().second + 1);
    }
    s.rate = completedRate(seconds);
    s.answered = !seconds.empty() && s.rate >= least(rps, 0.99, seconds.size());
    for (const LoadSecond &second : seconds) {
        s.completed += second.completed;
        s.failed += second.failed;
        s.latency.merge(second.latency);
    }
    return s;
}

} // namespace

bool knowsItsCourse(const LoadTestRun &run)
{
    constexpr double longestWindow = 60;
    const auto isShort = [](const LoadAggregate &a) { return a.end > a.start && a.end - a.start <= longestWindow; };
    return !run.seconds.empty() || (!run.aggregates.empty() && std::ranges::all_of(run.aggregates, isShort));
}

std::optional<StatedPercentile> statedPercentile(const LoadTestRun &run, double from, double to, double quantile)
{
    StatedPercentile stated{HUGE_VAL, -1, 0};
    qint64 completed = 0;
    for (const LoadAggregate &a : run.aggregates) {
        const double inside = std::min(a.end, to) - std::max(a.start, from);
        if (a.completed <= 0 || inside <= 0 || inside < 0.5 * (a.end - a.start))
            continue;
        const auto ms = a.percentileMs(quantile);
        if (!ms)
            return {};
        completed += a.completed;
        stated.timed += a.timed >= 0 ? a.timed : a.completed;
        stated.least = std::min(stated.least, *ms);
        stated.most = std::max(stated.most, *ms);
    }
    const bool invented = double(stated.timed) > 1.01 * double(completed) + 2;
    return stated.most >= 0 && !invented ? std::optional(stated) : std::nullopt;
}

std::vector<Stretch> stretchesOf(const LoadTestRun &run, double rps)
{
    constexpr size_t block = Stretch::blockSeconds;
    const bool windows = run.seconds.empty() && knowsItsCourse(run);
    const std::vector<LoadSecond> spread = windows ? secondsOfWindows(run) : std::vector<LoadSecond>{};
    const Seconds all(windows ? spread : run.seconds);
    double highest = 0;
    std::vector<std::pair<size_t, size_t>> found; // begin and end at full rate
    bool under = false; // the last one goes on
    for (size_t i = 0; i + block <= all.size(); i += block) { // a last part of a block says too little
        highest = std::max(highest, completedRate(all.subspan(i, block)));
        const double load = loadRate(all.subspan(i, block));
        if (load < least(rps, 0.95, block)) {
            under = false;
            continue;
        }
        if (load < least(rps, 0.99, block))
            continue;
        if (!under)
            found.emplace_back(i, i);
        under = true;
        found.back().second = i + block;
    }
    if (found.empty())
        found.emplace_back(0, 0);
    std::vector<Stretch> stretches;
    for (const auto &[begin, end] : found) {
        stretches.push_back(summed(all.subspan(begin, end - begin), rps));
        stretches.back().highestRate = highest;
    }
    return stretches;
}

Stretch longestStretch(const LoadTestRun &run, double rps)
{
    return std::ranges::max(stretchesOf(run, rps), {}, &Stretch::seconds);
}

std::optional<double> quantileOf(const QString &percentile)
{
    if (!percentile.startsWith(u'p', Qt::CaseInsensitive))
        return {};
    bool ok = false;
    const double percent = percentile.sliced(1).toDouble(&ok);
    if (!ok || !(percent > 0) || !(percent < 100))
        return {};
    return percent / 100;
}

bool isTrusted(double quantile, qint64 samples)
{
    return double(samples) >= 10 / (1 - quantile) - 1e-6;
}

} // namespace tenken
