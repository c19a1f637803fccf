// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/jsonresults.h>
#include <evidence/loadtest/requestformats.h>
#include <evidence/loadtest/summary.h>

#include <algorithm>

// statistics.json of JMeter's dashboard: one object for each label and one named Total. Which percentiles
// pct1 to pct3 are can be set (aggregate_rpt_pct1 …) and is not in the file.

namespace tenken
{

namespace
{

constexpr qsizetype mostLabels = 1000;

LoadAggregate totalOf(const QJsonObject &total)
{
    LoadAggregate whole;
    whole.completed = countIn(total, QStringLiteral("sampleCount"));
    whole.failed = countIn(total, QStringLiteral("errorCount"));
    const double rate = numberIn(total, QStringLiteral("throughput")).value_or(0);
    constexpr double longest = 1e7;
    whole.end = rate > 0 ? std::min(longest, double(whole.completed) / rate) : 0;
    whole.meanMs = numberIn(total, QStringLiteral("meanResTime")).value_or(-1);
    whole.minMs = numberIn(total, QStringLiteral("minResTime")).value_or(-1);
    whole.maxMs = numberIn(total, QStringLiteral("maxResTime")).value_or(-1);
    addPercentile(whole, 0.5, numberIn(total, QStringLiteral("medianResTime")));
    addPercentile(whole, 0.9, numberIn(total, QStringLiteral("pct1ResTime")));
    addPercentile(whole, 0.95, numberIn(total, QStringLiteral("pct2ResTime")));
    addPercentile(whole, 0.99, numberIn(total, QStringLiteral("pct3ResTime")));
    return whole;
}

} // namespace

bool isJmeterStatistics(std::string_view head)
{
    return trimmed(head.substr(0, 64)).starts_with('{') && hasKeys(head, {"pct1ResTime", "sampleCount"});
}

Result<LoadTestRun> readJmeterStatistics(LineReader &lines)
{
    LoadTestRun run;
    const Result<QJsonDocument> document = readFirstJson(lines, run);
    if (!document)
        return failure(document.error());
    const QJsonObject all = document->object();
    run.tool = QStringLiteral("jmeter");
    run.latencyMeaning =
        QStringLiteral("request start to last byte of the answer, connecting included (elapsed)");
    run.percentileMeaning = {QStringLiteral("JMeter: 位置 p(n + 1) の線形補間"),
                             QStringLiteral("JMeter: linear interpolation at position p(n + 1)")};
    run.hasClock = false;
    run.whole = totalOf(all[QStringLiteral("Total")].toObject());
    for (auto at = all.begin(); at != all.end() && qsizetype(run.labels.size()) < mostLabels; ++at) {
        if (at.key() == QLatin1StringView("Total"))
            continue;
        LoadLabel label;
        label.name = at.key().left(256);
        label.samples = countIn(at.value().toObject(), QStringLiteral("sampleCount"));
        label.errors = countIn(at.value().toObject(), QStringLiteral("errorCount"));
        run.labels.push_back(std::move(label));
    }
    std::ranges::stable_sort(run.labels, std::ranges::greater{}, &LoadLabel::samples);
    run.remarks.push_back(
        {QStringLiteral("pct1〜pct3 は JMeter の既定（90 %、95 %、99 %）とみなしました。"),
         QStringLiteral("pct1 to pct3 are taken for JMeter's defaults: 90 %, 95 % and 99 %.")});
    run.missing.push_back({QStringLiteral("負荷の段階と時間変化（JTL にはあります）"),
                           QStringLiteral("steps of load and the course over time (the JTL has them)")});
    settleSummary(run);
    return run;
}

} // namespace tenken
