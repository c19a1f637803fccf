// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <evidence/numbers.h>

#include <algorithm>

// oha's JSON: seconds everywhere but in metrics.latency_ms, nulls where there was no sample. successRate counts any
// answer, also a 500; requests that the deadline cut off are no failures of the service. The `rps` block is no use.

namespace tenken
{

namespace
{

std::optional<double> milliseconds(const QJsonObject &object, const QString &key, double unitMs)
{
    const auto value = numberIn(object, key);
    return value ? std::optional(*value * unitMs) : std::nullopt;
}

void takePercentiles(LoadAggregate &whole, const QJsonObject &percentiles, double unitMs)
{
    for (const QString &key : percentiles.keys()) {
        const auto percent = key.startsWith(u'p') ? parseNumber(key.sliced(1).toStdString()) : std::nullopt;
        if (percent)
            addPercentile(whole, *percent / 100, milliseconds(percentiles, key, unitMs));
    }
}

void takeCounts(LoadTestRun &run, LoadAggregate &whole, const QJsonObject &root)
{
    const QJsonObject codes = root.value(QStringLiteral("statusCodeDistribution")).toObject();
    for (const QString &code : codes.keys()) {
        const qint64 count = countIn(codes, code);
        whole.completed += count;
        if (code.toInt() >= 400) {
            whole.failed += count;
            countError(run, QStringLiteral("HTTP ") + code, count);
        }
    }
    whole.timed = whole.completed;
    const QJsonObject errors = root.value(QStringLiteral("errorDistribution")).toObject();
    for (const QString &error : errors.keys()) {
        const qint64 count = countIn(errors, error);
        if (error.contains(u"aborted due to deadline")) {
            if (count > 0)
                run.remarks.push_back(Text{"終了時に %1 要求が打ち切られました。誤りには数えません。",
                                           "%1 requests were cut off by the end of the test; they are not counted as failed."}
                                          .arg(formatNumber(double(count))));
            continue;
        }
        whole.completed += count;
        whole.failed += count;
        countError(run, error, count);
    }
}

} // namespace

bool isOhaJson(std::string_view head)
{
    return trimmed(head.substr(0, 64)).starts_with('{') && hasKeys(head, {"summary"})
        && (hasKeys(head, {"successRate"}) || hasKeys(head, {"statusCodeDistribution"}));
}

Result<LoadTestRun> readOhaJson(LineReader &lines)
{
    const Result<QJsonDocument> document = readJson(lines);
    if (!document)
        return failure(document.error());
    const QJsonObject root = document->object();
    const QJsonObject summary = root.value(QStringLiteral("summary")).toObject();
    LoadTestRun run;
    run.tool = QStringLiteral("oha");
    run.hasClock = false;
    run.latencyMeaning = QStringLiteral("request begun, connecting included, to the end of the answer");
    run.percentileMeaning = {QStringLiteral("oha の定義: 最近順位"), QStringLiteral("oha's own: nearest rank")};
    LoadAggregate whole;
    takeCounts(run, whole, root);
    whole.end = std::clamp(numberIn(summary, QStringLiteral("total")).value_or(0), 0.0, 1e7);
    whole.minMs = milliseconds(summary, QStringLiteral("fastest"), 1000).value_or(-1);
    whole.meanMs = milliseconds(summary, QStringLiteral("average"), 1000).value_or(-1);
    whole.maxMs = milliseconds(summary, QStringLiteral("slowest"), 1000).value_or(-1);
    takePercentiles(whole, root.value(QStringLiteral("latencyPercentiles")).toObject(), 1000);
    const QJsonObject newer = root.value(QStringLiteral("metrics"))[QStringLiteral("latency_ms")].toObject();
    takePercentiles(whole, newer, 1);
    if (whole.end > 0)
        addStretch(run, whole);
    else
        run.missing.push_back(durationMissing());
    run.whole = std::move(whole);
    settleSummary(run);
    return run;
}

} // namespace tenken
