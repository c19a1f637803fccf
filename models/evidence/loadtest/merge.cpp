// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/labels.h>
#include <evidence/loadtest/levels.h>
#include <evidence/loadtest/merge.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace tenken
{

namespace
{

constexpr double farApart = 6 * 3600;
constexpr double noticeableSkew = 30;

Problem refuse(const LoadTestRun &part, const Text &message, const Text &hint)
{
    return {part.file, {}, message, hint};
}

std::vector<LoadSecond> emptySeconds(const std::vector<LoadTestRun> &parts, bool arrivals, bool users)
{
    qint64 first = std::numeric_limits<qint64>::max();
    qint64 last = std::numeric_limits<qint64>::min();
    for (const LoadTestRun &part : parts) {
        if (part.seconds.empty())
            continue;
        first = std::min(first, part.seconds.front().second);
        last = std::max(last, part.seconds.back().second);
    }
    std::vector<LoadSecond> seconds(last < first ? 0 : size_t(last - first + 1));
    for (LoadSecond &second : seconds) {
        second.second = first++;
        second.arrivals = arrivals ? 0 : -1;
        second.users = users ? 0 : -1;
    }
    return seconds;
}

void addSeconds(std::vector<LoadSecond> &sum, const LoadTestRun &part, bool arrivals, bool users)
{
    for (const LoadSecond &from : part.seconds) {
        LoadSecond &to = sum[size_t(from.second - sum.front().second)];
        to.started += from.started;
        to.completed += from.completed;
        to.failed += from.failed;
        to.latency.merge(from.latency);
        if (arrivals)
            to.arrivals += std::max<qint64>(0, from.arrivals);
        if (users)
            to.users += std::max(0.0, from.users);
    }
}

Text staggered(double seconds)
{
    return Text{"ファイルの始まりまたは終わりが %1 秒ずれています。負荷生成機の時計を確かめてください。",
                "The files begin or end %1 s apart: check the generators' clocks."}
        .arg(qint64(std::lround(seconds)));
}

void addRest(LoadTestRun &sum, const LoadTestRun &part)
{
    sum.latency.merge(part.latency);
    sum.samples += part.samples;
    sum.errors += part.errors;
    sum.skippedLines += part.skippedLines;
    sum.cutOff = sum.cutOff || part.cutOff;
    sum.zoneKnown = sum.zoneKnown && part.zoneKnown;
    sum.otherRun += part.otherRun;
    sum.subSamples += part.subSamples;
    sum.excusedFailures += part.excusedFailures;
    for (auto kind = part.errorKinds.begin(); kind != part.errorKinds.end(); ++kind)
        sum.errorKinds[kind.key()] += kind.value();
    sum.model = sum.model == part.model ? sum.model : LoadModel::Unknown;
    sum.startSeconds = std::min(sum.startSeconds, part.startSeconds);
    sum.endSeconds = std::max(sum.endSeconds, part.endSeconds);
    sum.remarks.insert(sum.remarks.end(), part.remarks.begin(), part.remarks.end());
    sum.aggregates.insert(sum.aggregates.end(), part.aggregates.begin(), part.aggregates.end());
    for (const Text &missing : part.missing) {
        if (std::ranges::find(sum.missing, missing) == sum.missing.end())
            sum.missing.push_back(missing);
    }
    sum.knowsErrors = sum.knowsErrors && part.knowsErrors;
    sum.hasClock = sum.hasClock && part.hasClock;
    overlayLevels(sum.levels, part.levels);
    mergeLabels(sum.labels, sum.labelsBeyondCap, part.labels, part.labelsBeyondCap);
}

/// The same result listed twice, packed or not: two generators never agree in every second and every latency.
bool isSameResult(const LoadTestRun &a, const LoadTestRun &b)
{
    const auto sameSecond = [](const LoadSecond &x, const LoadSecond &y) {
        return x.second == y.second && x.started == y.started && x.completed == y.completed && x.failed == y.failed
            && x.latency.buckets() == y.latency.buckets();
    };
    return a.tool == b.tool && !a.seconds.empty() && a.samples == b.samples && a.startSeconds == b.startSeconds
        && a.endSeconds == b.endSeconds && std::ranges::equal(a.seconds, b.seconds, sameSecond)
        && a.latency.buckets() == b.latency.buckets();
}

std::optional<Problem> listedTwice(const std::vector<LoadTestRun> &parts)
{
    for (size_t i = 0; i < parts.size(); ++i) {
        for (size_t k = i + 1; k < parts.size(); ++k) {
            if (isSameResult(parts[i], parts[k])) {
                return refuse(parts[k],
                              Text{"%1 と同じ結果です。2 回数えるとスループットが倍になります。",
                                   "This is the same result as %1: counted twice it would double the throughput."}
                                  .arg(parts[i].file),
                              {QStringLiteral("どちらか一方だけを挙げてください。"), QStringLiteral("List only one of them.")});
            }
        }
    }
    return {};
}

bool hasOnlyFigures(const LoadTestRun &part)
{
    return part.seconds.empty() && (part.whole || !part.aggregates.empty());
}

} // namespace

LoadTestRun overlay(std::vector<LoadTestRun> parts)
{
    const auto knowsArrivals = [](const LoadTestRun &part) {
        return part.seconds.empty() || part.seconds.front().arrivals >= 0;
    };
    const auto knowsUsers = [](const LoadTestRun &part) {
        return part.seconds.empty() || part.seconds.back().users >= 0;
    };
    const bool arrivals = std::ranges::all_of(parts, knowsArrivals);
    const bool users = std::ranges::all_of(parts, knowsUsers);

    std::vector<LoadSecond> seconds = emptySeconds(parts, arrivals, users);
    for (const LoadTestRun &part : parts)
        addSeconds(seconds, part, arrivals, users);
    LoadTestRun sum = std::move(parts.front());
    for (size_t i = 1; i < parts.size(); ++i)
        addRest(sum, parts[i]);
    sum.seconds = std::move(seconds);
    return sum;
}

Result<LoadTestRun> mergeRuns(std::vector<LoadTestRun> parts)
{
    std::erase_if(parts,
                  [](const LoadTestRun &part) { return part.seconds.empty() && !hasOnlyFigures(part); });
    if (parts.empty())
        return LoadTestRun{};
    if (parts.size() == 1)
        return std::move(parts.front());
    if (auto twice = listedTwice(parts))
        return failure(std::move(*twice));
    if (areSeries(parts))
        return joinSeries(std::move(parts));
    std::ranges::stable_sort(parts, {}, &LoadTestRun::startSeconds);

    double until = parts.front().endSeconds, skew = 0;
    for (const LoadTestRun &part : parts) {
        if (part.tool != parts.front().tool) {
            return failure(refuse(part,
                                  {QStringLiteral("別のツールの結果が混ざっています。"),
                                   QStringLiteral("Results of different tools are listed as one run.")},
                                  {QStringLiteral("試験ごとに分けてください。"),
                                   QStringLiteral("List them as separate tests.")}));
        }
        if (hasOnlyFigures(part)) {
            return failure(refuse(
                part,
                {QStringLiteral("要約だけの結果は、同時に動いた負荷生成機の間で足し合わせられません。"),
                 QStringLiteral("Results that hold only figures cannot be added up over generators.")},
                {QStringLiteral("パーセンタイルは平均できません。1 件ごとの記録を残してください。"),
                 QStringLiteral("Percentiles cannot be averaged: keep each request's record.")}));
        }
        if (part.startSeconds > until + farApart) {
            return failure(
                refuse(part,
                       {QStringLiteral("時刻が 6 時間以上離れていて、1 回の試験の結果とは読めません。"),
                        QStringLiteral("The files lie more than 6 hours apart: this is not one run.")},
                       {QStringLiteral("試験ごとに分けてください。"),
                        QStringLiteral("List them as separate tests.")}));
        }
        until = std::max(until, part.endSeconds);
        skew = std::max({skew, std::abs(part.startSeconds - parts.front().startSeconds),
                         std::abs(part.endSeconds - parts.front().endSeconds)});
    }
    LoadTestRun sum = overlay(std::move(parts));
    if (skew > noticeableSkew)
        sum.remarks.push_back(staggered(skew));
    return sum;
}

} // namespace tenken
