// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/appended.h>
#include <evidence/loadtest/levels.h>
#include <evidence/loadtest/sending.h>

#include <evidence/numbers.h>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr qint64 usPerSecond = 1'000'000;
constexpr qint64 pauseUs = 5 * usPerSecond;
constexpr size_t mostRuns = 1000;

} // namespace

void AppendedRuns::header()
{
    if (m_lastUs < 0 || m_isFull)
        return;
    m_isFull = m_begins.size() >= mostRuns;
    if (m_isFull)
        return;
    m_base = (m_lastUs / usPerSecond + 1) * usPerSecond + pauseUs;
    m_lastUs = -1;
    m_rows = 0;
    m_begins.push_back(double(m_base) / double(usPerSecond));
}

void AppendedRuns::row(qint64 endUs)
{
    m_lastUs = std::max(m_lastUs, endUs);
    m_largest = std::max(m_largest, ++m_rows);
}

void AppendedRuns::settle(LoadTestRun &run) const
{
    if (m_begins.size() < 2)
        return;
    std::vector<LoadLevel> levels;
    for (size_t i = 0; i < m_begins.size(); ++i) {
        LoadLevel level = wholeLevel(run);
        level.start = std::max(level.start, m_begins[i]);
        if (i + 1 < m_begins.size())
            level.end = std::min(level.end, m_begins[i + 1] - double(pauseUs) / double(usPerSecond));
        if (level.end > level.start)
            levels.push_back(whileSending(run, level));
    }
    if (levels.size() < 2) // a header at the end begins none
        return;
    run.levels = std::move(levels);
    run.remarks.push_back(Text{"ファイルに %1 回の試験があります。負荷の段階として順に並べました。",
                               "There are %1 runs in the file: they are laid one after the other, as levels of load."}
                              .arg(formatNumber(double(run.levels.size()))));
    if (m_isFull) {
        run.remarks.push_back(Text{"%1 回を超える試験がファイルにあり、その先は除外しました。",
                                   "There are more than %1 runs in the file: those behind are left out."}
                                  .arg(formatNumber(double(mostRuns))));
    }
}

} // namespace tenken
