// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/levels.h>
#include <evidence/loadtest/locuststats.h>
#include <evidence/loadtest/summaryformats.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>
#include <map>

// Locust's _stats_history.csv: a row a second with totals so far. Their differences are exact; "Requests/s" is a
// mean over seconds long past and is not used. The percentile columns are those of the last ten seconds with
// --csv-full-history (rows of single requests show it), else of everything since the beginning.

namespace tenken
{

namespace
{

constexpr qint64 largestHole = 6 * 3600;
constexpr qint64 longestRun = 4 * 24 * 3600;
constexpr size_t windowSeconds = 10;
constexpr size_t shortestPlateau = 4;
constexpr size_t mostLabels = 100;

struct Point {
    qint64 second = 0;
    double users = -1;
    qint64 requests = 0, failures = 0; ///< so far
    double meanMs = -1; ///< so far
    std::vector<std::pair<double, double>> percentiles;
};

class HistoryReader
{
public:
    explicit HistoryReader(const LocustColumns &columns) : m_columns(columns) {}
    bool line(std::string_view line);
    void cutOff() { m_cut = true; }
    void skip() { ++m_run.skippedLines; }
    Result<LoadTestRun> finish();

private:
    bool total(const LocustColumns::Row &row);
    void fillSeconds();
    void fillWindows();
    void plateau(size_t first, size_t last);
    LoadAggregate between(size_t from, size_t to) const;
    void addWindow(size_t from, size_t to, bool stated);
    void fillWhole();

    LocustColumns m_columns;
    LoadTestRun m_run = locustRun();
    std::vector<Point> m_points;
    std::optional<LocustColumns::Row> m_last;
    std::map<std::string, std::pair<qint64, qint64>> m_names;
    size_t m_mixed = 0; ///< plateaus shorter than the window
    bool m_full = false, m_reset = false, m_cut = false;
};

bool HistoryReader::line(std::string_view line)
{
    auto row = m_columns.row(line);
    if (!row || !row->timestamp)
        return false;
    if (row->isTotal())
        return total(*row);
    m_full = true;
    const std::string name = row->type.empty() ? row->name : row->type + ' ' + row->name;
    if (m_names.size() < mostLabels || m_names.contains(name))
        m_names[name] = {*row->requests, std::min(*row->requests, row->failures.value_or(0))};
    return true;
}

bool HistoryReader::total(const LocustColumns::Row &row)
{
    if (!(*row.timestamp >= 0) || *row.timestamp > 1e11)
        return false;
    const auto second = qint64(*row.timestamp);
    if (!m_points.empty()) {
        const Point &before = m_points.back();
        if (second < before.second || second > before.second + largestHole
            || second > m_points.front().second + longestRun)
            return false;
        if (second == before.second)
            m_points.pop_back(); // written twice in one second: the later row has the sum
    }
    m_points.push_back({second, row.users.value_or(-1), *row.requests, row.failures.value_or(0),
                        row.meanMs.value_or(-1), row.percentiles});
    m_last = row;
    return true;
}

/// Requests and failures between two rows; totals fall where the statistics were reset.
LoadAggregate HistoryReader::between(size_t from, size_t to) const
{
    LoadAggregate part;
    part.start = double(m_points[from].second);
    part.end = double(m_points[to].second);
    double timed = 0;
    for (size_t i = from + 1; i <= to; ++i) {
        const Point &before = m_points[i - 1], &now = m_points[i];
        const bool reset = now.requests < before.requests;
        const qint64 requests = reset ? now.requests : now.requests - before.requests;
        part.completed += requests;
        part.failed += std::clamp<qint64>(reset ? now.failures : now.failures - before.failures, 0, requests);
        const double sumBefore = reset || before.requests == 0 ? 0 : before.meanMs * double(before.requests);
        timed += now.meanMs >= 0 ? now.meanMs * double(now.requests) - sumBefore : 0;
    }
    if (part.completed > 0 && timed > 0)
        part.meanMs = timed / double(part.completed);
    return part;
}

/// What the first row already counts came at times that nobody knows: it is in the sums only.
void HistoryReader::fillSeconds()
{
    const qint64 first = m_points.front().second;
    m_run.seconds.resize(size_t(m_points.back().second - first));
    for (size_t i = 0; i < m_run.seconds.size(); ++i)
        m_run.seconds[i].second = first + qint64(i);
    for (size_t p = 1; p < m_points.size(); ++p) {
        const LoadAggregate part = between(p - 1, p);
        const qint64 from = m_points[p - 1].second, length = m_points[p].second - from;
        m_reset = m_reset || m_points[p].requests < m_points[p - 1].requests;
        for (qint64 i = 0; i < length; ++i) { // a late row counts for several seconds
            LoadSecond &second = m_run.seconds[size_t(from - first + i)];
            second.completed = part.completed / length + (i < part.completed % length ? 1 : 0);
            second.failed = std::min(second.completed, part.failed / length + (i < part.failed % length ? 1 : 0));
            second.started = second.completed;
            second.users = m_points[p - 1].users;
        }
    }
}

void HistoryReader::addWindow(size_t from, size_t to, bool stated)
{
    LoadAggregate window = between(from, to);
    if (window.completed == 0)
        return;
    double users = 0;
    for (size_t i = from; i < to; ++i)
        users += m_points[i].users;
    window.users = m_points[from].users >= 0 ? users / double(to - from) : -1;
    if (stated && m_full) {
        for (const auto &[q, ms] : m_points[to].percentiles)
            addPercentile(window, q, ms);
    }
    m_run.aggregates.push_back(std::move(window));
}

/// A plateau's windows end with it, so that none begins on the level before.
void HistoryReader::plateau(size_t first, size_t last)
{
    if (last - first < windowSeconds) {
        ++m_mixed;
        addWindow(first, last, false);
        return;
    }
    const size_t spare = (last - first) % windowSeconds;
    for (size_t at = first + spare; at < last; at += windowSeconds)
        addWindow(at, at + windowSeconds, true);
}

void HistoryReader::fillWindows()
{
    size_t rampFrom = 0; // first row of a stretch in which users change all the time
    const auto ramp = [&](size_t until) {
        for (; rampFrom + windowSeconds <= until; rampFrom += windowSeconds)
            addWindow(rampFrom, rampFrom + windowSeconds, true);
    };
    for (size_t i = 0; i + 1 < m_points.size();) {
        size_t last = i;
        while (last + 1 < m_points.size() && m_points[last].users == m_points[i].users)
            ++last;
        if (last - i >= shortestPlateau) {
            ramp(i);
            plateau(i, last);
            rampFrom = last;
        }
        i = std::max(last, i + 1);
    }
    ramp(m_points.size() - 1);
}

void HistoryReader::fillWhole()
{
    LoadAggregate whole = between(0, m_points.size() - 1);
    whole.completed += m_points.front().requests;
    whole.failed += std::min(m_points.front().failures, m_points.front().requests);
    if (!m_reset) {
        whole.minMs = m_last->minMs.value_or(-1);
        whole.meanMs = m_last->meanMs.value_or(-1);
        whole.maxMs = m_last->maxMs.value_or(-1);
        addPercentile(whole, 0.5, m_last->medianMs);
        for (const auto &[q, ms] : m_last->percentiles) {
            if (!m_full)
                addPercentile(whole, q, ms);
        }
    }
    m_run.whole = std::move(whole);
}

Result<LoadTestRun> HistoryReader::finish()
{
    if (m_points.size() < 2)
        return std::move(m_run); // nothing to difference
    fillSeconds();
    fillWindows();
    fillWhole();
    for (const auto &[name, counts] : m_names)
        m_run.labels.push_back({QString::fromStdString(name), counts.first, counts.second, {}, {}});
    std::ranges::stable_sort(m_run.labels, std::greater(), &LoadLabel::samples);
    m_run.remarks.push_back({QStringLiteral("Locust は完了した要求だけを数えます。始まった数は完了した数と同じとみなします。"),
                             QStringLiteral("Locust counts requests that ended; as many are taken to have begun.")});
    if (!m_full) {
        m_run.remarks.push_back({QStringLiteral("百分位は開始からの累積で、段ごとの値はありません。--csv-full-history を付けると出ます。"),
                                 QStringLiteral("The percentiles are those since the beginning, not of each level: "
                                                "--csv-full-history gives them.")});
    } else if (m_mixed > 0) {
        m_run.remarks.push_back(Text{"Locust の百分位は直近約 10 s のもので、10 s より短い %1 段では混ざるため使いません。",
                                     "Locust's percentiles are those of the last 10 s or so; %1 levels shorter than "
                                     "that have none."}
                                    .arg(qint64(m_mixed)));
    }
    if (m_reset)
        m_run.remarks.push_back({QStringLiteral("途中で統計がリセットされています。"),
                                 QStringLiteral("The statistics were reset on the way.")});
    if (m_cut)
        addCutOff(m_run);
    m_run.startSeconds = double(m_points.front().second); // the first window may begin later
    m_run.endSeconds = double(m_points.back().second);
    if (m_run.seconds.back().users < 0)
        m_run.missing.push_back(missingConnections());
    settleSummary(m_run);
    return std::move(m_run);
}

} // namespace

bool isLocustHistory(std::string_view head)
{
    return LocustColumns(head.substr(0, head.find('\n'))).isHistory();
}

Result<LoadTestRun> readLocustHistory(LineReader &lines)
{
    std::string_view line;
    if (!lines.next(line))
        return LoadTestRun{};
    HistoryReader reader{LocustColumns(line)};
    while (lines.next(line)) {
        if (trimmed(line).empty() || reader.line(line))
            continue;
        if (lines.lastLineCut())
            reader.cutOff();
        else
            reader.skip();
    }
    return reader.finish();
}

} // namespace tenken
