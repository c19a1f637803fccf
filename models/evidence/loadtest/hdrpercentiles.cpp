// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/percentiletable.h>
#include <evidence/loadtest/requestformats.h>
#include <evidence/loadtest/summary.h>

// The output of HdrHistogram's outputPercentileDistribution, usually scaled to ms. Log processors and jHiccup put
// "#[…]" lines before the table.

namespace tenken
{

namespace
{

constexpr double longestMs = 6 * 3'600'000.0; // beyond it the unit is another

Problem noMilliseconds(double ms)
{
    return unreadableSummary(
        Text{"値の単位がミリ秒ではないようです。ミリ秒とすると最大 %1 時間になります。",
             "The values are hardly milliseconds: the longest would be %1 hours."}
            .arg(qint64(ms / 3'600'000)),
        {QStringLiteral("outputValueUnitScalingRatio をナノ秒なら 1000000、マイクロ秒なら 1000 にして書き出してください。"),
         QStringLiteral("Write it with an outputValueUnitScalingRatio of 1000000 for nanoseconds, 1000 for microseconds.")});
}

} // namespace

bool isHdrPercentiles(std::string_view head)
{
    constexpr int mostLines = 100;
    for (int i = 0; i < mostLines && !head.empty(); ++i) {
        const size_t end = std::min(head.find('\n'), head.size());
        const std::string_view line = trimmed(head.substr(0, end));
        if (PercentileTable::isHeader(line))
            return !line.starts_with("Value("); // vegeta's
        if (!line.empty() && !line.starts_with('#'))
            return false;
        head.remove_prefix(std::min(end + 1, head.size()));
    }
    return false;
}

Result<LoadTestRun> readHdrPercentiles(LineReader &lines)
{
    LoadTestRun run;
    run.tool = QStringLiteral("hdrhistogram");
    run.latencyMeaning = QStringLiteral("as the program measured it that wrote the histogram");
    run.percentileMeaning = {QStringLiteral("HdrHistogram の各区間の上端"),
                             QStringLiteral("upper ends of HdrHistogram's buckets")};
    run.hasClock = false;
    run.knowsErrors = false;
    run.remarks.push_back({QStringLiteral("ファイルに単位がないため、値をミリ秒とみなしました。"),
                           QStringLiteral("The file names no unit: its values are taken for milliseconds.")});
    run.missing.push_back(durationMissing());
    run.missing.push_back({QStringLiteral("失敗した件数（ヒストグラムには残りません）"),
                           QStringLiteral("how many requests failed (a histogram does not keep it)")});
    PercentileTable table;
    std::string_view line;
    while (lines.next(line))
        table.line(line);
    table.finish(run);
    const auto &rows = run.whole->percentiles;
    const double longest = std::max(run.whole->maxMs, rows.empty() ? 0 : rows.back().second);
    if (longest > longestMs)
        return failure(noMilliseconds(longest));
    settleSummary(run);
    return run;
}

} // namespace tenken
