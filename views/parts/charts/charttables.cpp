// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/charts/charttables.h>

#include <evidence/numbers.h>
#include <items/loadstepmodel.h>
#include <parts/charts/heatgrid.h>
#include <parts/charts/histogrambins.h>
#include <parts/charts/runbuckets.h>

#include <QDateTime>

namespace tenken {

namespace {

/// With the date: a table is taken elsewhere. Seconds since the start where the file knows no date.
QString timeText(bool hasClock, double at)
{
    return hasClock ? QDateTime::fromMSecsSinceEpoch(qRound64(at * 1000)).toString(Qt::ISODate) : formatNumber(at);
}

Text timeHeader(bool hasClock)
{
    return hasClock ? Text{"時刻", "Time"} : Text{"開始から s", "Since the start, s"};
}

} // namespace

QList<QStringList> runTable(const LoadTestPicture &t, Lang lang)
{
    const RunOverTime time = overTime(t, 400, 5);
    const bool counts = !time.counts.empty();
    QList<QStringList> rows{{timeHeader(time.hasClock).in(lang), Text{"投入 req/s", "Offered, req/s"}.in(lang),
                             Text{"完了 req/s", "Completed, req/s"}.in(lang), Text{"エラー req/s", "Errors, req/s"}.in(lang),
                             QStringLiteral("p50"), QStringLiteral("p95"), Text{"標本", "Samples"}.in(lang)}};
    for (const RunBucket &b : counts ? time.counts : time.latencies)
        rows.append({timeText(time.hasClock, b.from), formatNumber(b.offered), formatNumber(b.completed), formatNumber(b.failed),
                     latencyOrDash(b.p50), latencyOrDash(b.p95), formatNumber(double(b.samples))});
    return rows;
}

QList<QStringList> heatmapTable(const LoadTestPicture &t, Lang lang)
{
    const HeatGrid grid = t.run ? heatGridOf(*t.run, 160, 2, 44) : HeatGrid();
    const bool hasClock = !t.run || t.run->hasClock;
    QList<QStringList> rows{{timeHeader(hasClock).in(lang), Text{"遅延 から", "Latency from"}.in(lang),
                             Text{"遅延 まで", "Latency to"}.in(lang), Text{"要求", "Requests"}.in(lang)}};
    for (int column = 0; column < grid.columns; ++column)
        for (int row = 0; row < grid.rows; ++row)
            if (grid.at(column, row) > 0)
                rows.append({timeText(hasClock, grid.columnFrom(column)), formatMs(grid.edgeMs(row)), formatMs(grid.edgeMs(row + 1)),
                             formatNumber(double(grid.at(column, row)))});
    return rows;
}

QList<QStringList> histogramTable(const LoadTestPicture &t, Lang lang)
{
    QList<QStringList> rows{{Text{"遅延 から", "Latency from"}.in(lang), Text{"遅延 まで", "Latency to"}.in(lang),
                             Text{"要求", "Requests"}.in(lang), Text{"ここまでの割合", "Share up to here"}.in(lang)}};
    if (!t.run)
        return rows;
    qint64 below = 0;
    for (const HistogramBin &bin : histogramBins(t.run->latency, 20)) {
        below += bin.count;
        rows.append({formatMs(bin.fromMs), formatMs(bin.toMs), formatNumber(double(bin.count)),
                     formatWithUnit(100.0 * double(below) / double(t.run->latency.count()), QStringLiteral("%"))});
    }
    return rows;
}

} // namespace tenken
