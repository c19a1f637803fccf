// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/jtlbatches.h>
#include <evidence/loadtest/summary.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace tenken
{

namespace
{

constexpr qint64 longestRun = 4 * 24 * 3600;
constexpr qint64 mostInOne = 10'000'000;

} // namespace

LoadSecond *JtlBatches::at(qint64 second)
{
    if (m_seconds.empty())
        m_first = second;
    if (std::abs(second - m_first) > longestRun)
        return nullptr;
    return &m_seconds.try_emplace(second, LoadSecond{.users = -1, .latency = {}}).first->second;
}

bool JtlBatches::add(qint64 timeUs, qint64 requests, qint64 failed, double users)
{
    LoadSecond *second = timeUs >= 0 && requests <= mostInOne ? at(timeUs / 1'000'000) : nullptr;
    if (!second)
        return false;
    ++m_rows;
    second->started += requests;
    second->completed += requests;
    second->failed += std::clamp<qint64>(failed, 0, requests);
    second->users = users >= 0 ? users : second->users;
    return true;
}

void JtlBatches::addMore(JtlBatches &later)
{
    for (const auto &[when, more] : std::exchange(later.m_seconds, {})) {
        LoadSecond *second = at(when);
        if (!second)
            continue;
        second->started += more.started;
        second->completed += more.completed;
        second->failed += more.failed;
        second->users = more.users >= 0 ? more.users : second->users;
    }
    m_rows += std::exchange(later.m_rows, 0);
}

void JtlBatches::moveInto(LoadTestRun &run)
{
    JtlBatches single;
    for (const LoadSecond &second : run.seconds)
        single.m_seconds.emplace(
            second.second,
            LoadSecond{second.second, second.started, second.completed, second.failed, second.users, -1, {}});
    addMore(single);
    run.seconds.clear();
    run.latency = {};
    run.labels.clear();
    run.labelsBeyondCap = run.samples = run.errors = 0;
    takeSeconds(run, std::move(m_seconds), {.users = -1, .latency = {}});
    double users = -1;
    for (LoadSecond &second : run.seconds) { // of which nothing is told between two rows
        users = second.users >= 0 ? second.users : users;
        second.users = users;
    }
    run.remarks.push_back(Text{
        "%1 行はそれぞれ複数のリクエストの合計です（SampleCount）。件数とエラーはその数で数えました。",
        "%1 rows stand for several requests each (SampleCount): requests and errors are counted by them."}
                              .arg(m_rows));
    run.missing.push_back(
        {QStringLiteral("個々のリクエストの遅延はこのファイルにありません。jmeter.properties の "
                        "mode=Standard で取り直してください。"),
         QStringLiteral("Latencies of single requests are not in this file: test again with mode=Standard in "
                        "jmeter.properties.")});
}

} // namespace tenken
