// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/levels.h>
#include <evidence/loadtest/merge.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

constexpr double longestGap = 3600; ///< between files of one series; beyond it, time is left out
constexpr qint64 pauseSeconds = 5; ///< between files that are laid one after the other
constexpr double longestSeries = 14 * 24 * 3600; ///< seconds are kept one by one

double startOf(const LoadTestRun &run)
{
    return run.levels.front().start;
}

double endOf(const LoadTestRun &run)
{
    return std::ranges::max(run.levels, {}, &LoadLevel::end).end;
}

/// Clocks of whole seconds and slow last answers let neighbours overlap a little.
bool atTheSameTime(double startA, double endA, double startB, double endB)
{
    const double shared = std::min(endA, endB) - std::max(startA, startB);
    const double shorter = std::min(endA - startA, endB - startB);
    return shared > std::max(1.5, 0.2 * shorter) || (shorter <= 1.5 && shared > 0.5 * shorter && shared > 0);
}

bool haveClocks(const std::vector<LoadTestRun> &parts)
{
    return std::ranges::all_of(parts, &LoadTestRun::hasClock);
}

/// Groups of files at the same time, each to its last, in the order of time. Without clocks each for itself.
std::vector<std::vector<LoadTestRun>> grouped(std::vector<LoadTestRun> parts)
{
    const bool clocks = haveClocks(parts);
    if (clocks)
        std::ranges::stable_sort(parts, {}, startOf);
    std::vector<std::vector<LoadTestRun>> groups;
    double start = 0, end = 0;
    for (LoadTestRun &part : parts) {
        const double from = startOf(part), to = endOf(part);
        if (groups.empty() || !clocks || !atTheSameTime(start, end, from, to)) {
            groups.emplace_back();
            start = from;
            end = to;
        }
        end = std::max(end, to);
        groups.back().push_back(std::move(part));
    }
    return groups;
}

void shift(LoadTestRun &run, qint64 by)
{
    const double seconds = double(by);
    for (LoadSecond &second : run.seconds)
        second.second += by;
    for (LoadLabel &label : run.labels) {
        for (LoadLabel::Second &second : label.seconds)
            second.second += by;
    }
    for (LoadLevel &level : run.levels) {
        level.start += seconds;
        level.end += seconds;
    }
    for (LoadAggregate &aggregate : run.aggregates) {
        aggregate.start += seconds;
        aggregate.end += seconds;
    }
    run.startSeconds += seconds;
    run.endSeconds += seconds;
}

/// Without a clock only the load itself can say the order; else the files stand as they were given.
void sortByLoad(std::vector<LoadTestRun> &parts)
{
    const auto load = [](const LoadTestRun &part) {
        const LoadLevel &level = part.levels.front();
        return level.offered >= 0 ? level.offered : level.users;
    };
    const auto isOffered = [](const LoadTestRun &part) { return part.levels.front().offered >= 0; };
    const bool allOffered = std::ranges::all_of(parts, isOffered);
    if (std::ranges::all_of(parts, [&](const auto &part) { return load(part) >= 0; })
        && (allOffered || std::ranges::none_of(parts, isOffered)))
        std::ranges::stable_sort(parts, {}, load);
}

bool farApart(const std::vector<LoadTestRun> &parts)
{
    for (size_t i = 1; i < parts.size(); ++i) {
        if (startOf(parts[i]) - endOf(parts[i - 1]) > longestGap)
            return true;
    }
    return false;
}

/// One after the other, each beginning where the one before it ended, plus a pause.
void layInARow(std::vector<LoadTestRun> &parts)
{
    double cursor = 0;
    for (LoadTestRun &part : parts) {
        const double length = std::clamp(endOf(part) - startOf(part), 0.0, 2 * longestSeries);
        shift(part, qint64(std::ceil(cursor)) - qint64(std::floor(startOf(part))));
        part.hasClock = false;
        cursor = std::floor(startOf(part)) + std::ceil(length) + 1 + double(pauseSeconds);
    }
}

Problem tooLong(const LoadTestRun &part)
{
    return {part.file,
            {},
            {QStringLiteral("並べた結果が 14 日を超えます。"),
             QStringLiteral("The files together span more than 14 days.")},
            {QStringLiteral("試験ごとに分けてください。"), QStringLiteral("List them as separate tests.")}};
}

Text laidInARow(qsizetype files, bool clocks)
{
    return clocks ? Text{"%1 個のファイルは時刻が離れているため、間を詰めて順に並べました。",
                         "The times of the %1 files lie far apart: they are laid one after the other."}
                        .arg(files)
                  : Text{"%1 個のファイルには時刻がないため、負荷の段階として順に並べました。",
                         "The %1 files know no time: they are laid one after the other, as levels of load."}
                        .arg(files);
}

} // namespace

LoadLevel wholeLevel(const LoadTestRun &run)
{
    LoadLevel level;
    level.start = run.startSeconds;
    level.end = run.endSeconds;
    if (level.end > level.start)
        return level;
    if (!run.aggregates.empty()) {
        level.start = run.aggregates.front().start;
        level.end = run.aggregates.back().end;
    } else if (run.whole) {
        level.start = run.whole->start;
        level.end = run.whole->end;
    }
    return level;
}

bool atTheSameTime(const LoadLevel &a, const LoadLevel &b)
{
    return atTheSameTime(a.start, a.end, b.start, b.end);
}

void overlayLevels(std::vector<LoadLevel> &sum, const std::vector<LoadLevel> &part)
{
    const size_t known = sum.size();
    for (const LoadLevel &level : part) {
        const auto same = std::find_if(sum.begin(), sum.begin() + qsizetype(known), [&](const LoadLevel &l) {
            return atTheSameTime(l.start, l.end, level.start, level.end);
        });
        if (same == sum.begin() + qsizetype(known)) {
            sum.push_back(level);
            continue;
        }
        same->start = std::min(same->start, level.start);
        same->end = std::max(same->end, level.end);
        same->users = same->users >= 0 && level.users >= 0 ? same->users + level.users : -1;
        same->offered = same->offered >= 0 && level.offered >= 0 ? same->offered + level.offered : -1;
    }
    std::ranges::stable_sort(sum, {}, &LoadLevel::start);
}

bool areSeries(const std::vector<LoadTestRun> &parts)
{
    if (parts.size() < 2)
        return false;
    for (const LoadTestRun &part : parts) {
        if (part.levels.empty() || part.tool != parts.front().tool)
            return false;
    }
    if (!haveClocks(parts))
        return true;
    std::vector<const LoadTestRun *> sorted;
    for (const LoadTestRun &part : parts)
        sorted.push_back(&part);
    std::ranges::stable_sort(sorted, {}, [](const LoadTestRun *part) { return startOf(*part); });
    double end = endOf(*sorted.front());
    for (size_t i = 1; i < sorted.size(); ++i) {
        if (!atTheSameTime(startOf(*sorted.front()), end, startOf(*sorted[i]), endOf(*sorted[i])))
            return true;
        end = std::max(end, endOf(*sorted[i]));
    }
    return false;
}

Result<LoadTestRun> joinSeries(std::vector<LoadTestRun> parts)
{
    const qsizetype files = qsizetype(parts.size());
    const bool clocks = haveClocks(parts);
    readStepsAsRates(parts);
    std::vector<LoadTestRun> steps;
    for (std::vector<LoadTestRun> &group : grouped(std::move(parts))) {
        Result<LoadTestRun> step = mergeRuns(std::move(group));
        if (!step)
            return step;
        steps.push_back(std::move(*step));
    }
    const bool inARow = !clocks || farApart(steps);
    if (!clocks)
        sortByLoad(steps);
    if (inARow)
        layInARow(steps);
    if (endOf(steps.back()) - startOf(steps.front()) > longestSeries)
        return failure(tooLong(steps.front()));
    // A tool's own figures of one file stay figures of that file's stretch.
    for (LoadTestRun &step : steps) {
        if (step.aggregates.empty() && step.whole) {
            step.aggregates.push_back(*step.whole);
            step.aggregates.back().start = startOf(step);
            step.aggregates.back().end = endOf(step);
        }
        step.whole.reset();
    }
    std::vector<LoadLevel> levels;
    for (const LoadTestRun &step : steps)
        levels.insert(levels.end(), step.levels.begin(), step.levels.end());
    LoadTestRun sum = overlay(std::move(steps));
    sum.levels = std::move(levels);
    std::ranges::stable_sort(sum.levels, {}, &LoadLevel::start);
    sum.startSeconds = startOf(sum);
    sum.endSeconds = std::max(sum.endSeconds, endOf(sum));
    if (std::ranges::all_of(sum.levels, [](const LoadLevel &level) { return level.offered >= 0; })) {
        if (sum.model == LoadModel::Unknown)
            sum.model = LoadModel::Open;
        std::erase(sum.missing, missingRate());
        std::erase(sum.missing, missingLoad());
        std::erase(sum.missing, missingPace());
    }
    if (inARow)
        sum.remarks.push_back(laidInARow(files, clocks));
    return sum;
}

} // namespace tenken
