// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/jsonresults.h>
#include <evidence/loadtest/outputs.h>
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

/// Returns how many requests the deadline cut off.
qint64 takeCounts(Output &output, const QJsonObject &root)
{
    LoadAggregate &figures = output.figures;
    const QJsonObject codes = root.value(QStringLiteral("statusCodeDistribution")).toObject();
    for (const QString &code : codes.keys()) {
        const qint64 count = countIn(codes, code);
        figures.completed += count;
        if (code.toInt() >= 400) {
            figures.failed += count;
            output.errors.emplace_back(QStringLiteral("HTTP ") + code, count);
        }
    }
    figures.timed = figures.completed;
    qint64 aborted = 0;
    const QJsonObject errors = root.value(QStringLiteral("errorDistribution")).toObject();
    for (const QString &error : errors.keys()) {
        const qint64 count = countIn(errors, error);
        if (error.contains(u"aborted due to deadline")) {
            aborted += count;
            continue;
        }
        figures.completed += count;
        figures.failed += count;
        output.errors.emplace_back(error, count);
    }
    return aborted;
}

Output outputOf(const QJsonObject &root, qint64 &aborted)
{
    const QJsonObject summary = root.value(QStringLiteral("summary")).toObject();
    Output output;
    aborted += takeCounts(output, root);
    LoadAggregate &figures = output.figures;
    figures.end = std::clamp(numberIn(summary, QStringLiteral("total")).value_or(0), 0.0, 1e7);
    figures.minMs = milliseconds(summary, QStringLiteral("fastest"), 1000).value_or(-1);
    figures.meanMs = milliseconds(summary, QStringLiteral("average"), 1000).value_or(-1);
    figures.maxMs = milliseconds(summary, QStringLiteral("slowest"), 1000).value_or(-1);
    takePercentiles(figures, root.value(QStringLiteral("latencyPercentiles")).toObject(), 1000);
    const QJsonObject newer = root.value(QStringLiteral("metrics"))[QStringLiteral("latency_ms")].toObject();
    takePercentiles(figures, newer, 1);
    if (!root.contains(QStringLiteral("statusCodeDistribution")) && !root.contains(QStringLiteral("errorDistribution")))
        figures.completed = -1;
    return output;
}

} // namespace

bool isOhaJson(std::string_view head)
{
    return trimmed(head.substr(0, 64)).starts_with('{') && hasKeys(head, {"summary"})
        && (hasKeys(head, {"successRate"}) || hasKeys(head, {"statusCodeDistribution"}));
}

Result<LoadTestRun> readOhaJson(LineReader &lines)
{
    const Result<JsonResults> results = readJsonResults(lines);
    if (!results)
        return failure(results.error());
    LoadTestRun run;
    run.tool = QStringLiteral("oha");
    run.hasClock = false;
    run.latencyMeaning = QStringLiteral("request begun, connecting included, to the end of the answer");
    run.percentileMeaning = {QStringLiteral("oha の定義: 最近順位"), QStringLiteral("oha's own: nearest rank")};
    qint64 aborted = 0;
    Outputs outputs;
    for (const QJsonObject &result : results->results)
        outputs.add(run, outputOf(result, aborted));
    if (aborted > 0) {
        run.remarks.push_back(Text{"終了時に %1 要求が打ち切られました。誤りには数えません。",
                                   "%1 requests were cut off by the end of the test; they are not counted as failed."}
                                  .arg(formatNumber(double(aborted))));
    }
    remarkOnBroken(run, *results);
    outputs.settle(run);
    return run;
}

} // namespace tenken
