// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/percentiletable.h>
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/summary.h>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr size_t mostRows = 5000;

std::vector<std::string_view> cells(std::string_view text)
{
    return text.contains(',') ? parts(text, ',', 8) : words(text, 8);
}

std::string_view unquoted(std::string_view cell)
{
    const bool quoted = cell.size() >= 2 && cell.starts_with('"') && cell.ends_with('"');
    return quoted ? cell.substr(1, cell.size() - 2) : cell;
}

} // namespace

bool PercentileTable::isHeader(std::string_view line)
{
    const std::vector<std::string_view> cell = cells(trimmed(line));
    return cell.size() == 4 && unquoted(cell[0]).starts_with("Value") && unquoted(cell[1]) == "Percentile"
        && unquoted(cell[2]) == "TotalCount";
}

/// "#[Max     =      112.591, Total count    =        20000]"
void PercentileTable::footer(std::string_view text)
{
    const std::vector<std::string_view> word = words(text, 8);
    if (m_tables > 1 || word.size() < 3 || (word[0] != "#[Mean" && word[0] != "#[Max"))
        return;
    (word[0] == "#[Mean" ? m_whole.meanMs : m_whole.maxMs) =
        parseNumber(word[2].substr(0, word[2].find(','))).value_or(-1);
    if (word.size() == 7 && word[3] == "Total" && word[6].ends_with(']'))
        m_total = parseCount(word[6].substr(0, word[6].size() - 1));
}

void PercentileTable::row(std::string_view text)
{
    const std::vector<std::string_view> cell = cells(text);
    if (cell.size() < 3 || cell.size() > 4)
        return;
    const auto ms = parseNumber(cell[0]), q = parseNumber(cell[1]);
    const auto count = parseCount(cell[2]);
    // Only the last row has no fourth column; any other without one is cut off, as is a total that falls.
    const bool isLast = q && *q == 1;
    if (!ms || !q || !count || (cell.size() == 3 && !isLast) || *q < 0 || *q > 1)
        return;
    if (*q < m_previous)
        ++m_tables; // without a head of its own
    m_previous = *q;
    if (m_tables > 1 || m_whole.percentiles.size() >= mostRows)
        return;
    m_tables = 1;
    if (isLast && *count < m_whole.completed)
        return;
    m_last = *q;
    addPercentile(m_whole, *q, ms);
    m_whole.minMs = *q == 0 ? *ms : m_whole.minMs;
    if (isLast) {
        m_whole.maxMs = *ms;
        m_total = count;
    }
    m_whole.completed = std::max(m_whole.completed, *count);
}

void PercentileTable::line(std::string_view text)
{
    if (isHeader(text)) {
        ++m_tables;
        m_previous = -1;
    } else if (trimmed(text).starts_with('#')) {
        footer(text);
    } else {
        row(text);
    }
}

/// The usual table has no row at exactly 99 %. The next one above it bounds it from above.
void PercentileTable::fillBetween(LoadTestRun &run)
{
    constexpr double wanted[] = {0.5, 0.95, 0.99};
    constexpr double nearEnough = 0.6; // of what lies above
    for (const double q : wanted) {
        const auto next = std::ranges::upper_bound(m_whole.percentiles, q, {}, &std::pair<double, double>::first);
        if (m_whole.percentileMs(q) || next == m_whole.percentiles.end() || 1 - next->first < nearEnough * (1 - q))
            continue;
        const auto [above, ms] = *next;
        addPercentile(m_whole, q, ms);
        run.remarks.push_back(Text{"p%1 の行は表にないため、次の行（%2 %）の値を p%1 としました。",
                                   "The table has no row for p%1: it is read at %2 %, the next row above it."}
                                  .arg(QString::number(q * 100))
                                  .arg(QString::number(above * 100)));
    }
}

void PercentileTable::finish(LoadTestRun &run)
{
    fillBetween(run);
    if (m_tables > 1) {
        run.remarks.push_back(Text{"ファイルに表が %1 個あります。最初の 1 個だけを読みました。1 個ずつ別のファイルにしてください。",
                                   "The file holds %1 tables: only the first was read. Give each a file of its own."}
                                  .arg(m_tables));
    }
    if (!m_total && !m_whole.percentiles.empty()) {
        addCutOff(run);
        run.missing.push_back(Text{"リクエスト数と最大値（表が %1 % で切れています）",
                                   "how many requests there were, and the longest (the table is cut off at %1 %)"}
                                  .arg(QString::number(m_last * 100)));
    }
    m_whole.completed = m_total.value_or(-1);
    run.whole = std::move(m_whole);
}

} // namespace tenken
