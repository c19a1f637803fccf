// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/jsonresults.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

// The figures of Gatling's report: global_stats.json, stats.json (a tree) and js/stats.js (the same tree as a
// program, numbers as they are shown, "-" for none). Which percentiles the four are is set in gatling.conf and not in
// the file: 50, 75, 95 and 99 unless changed.

namespace tenken
{

namespace
{

constexpr qsizetype mostLabels = 100;
constexpr int deepest = 30;

/// A statistic is a number, or an object with its total.
std::optional<double> totalIn(const QJsonObject &stats, const QString &key)
{
    const QJsonValue value = stats.value(key);
    return value.isObject() ? numberIn(value.toObject(), QStringLiteral("total")) : numberIn(stats, key);
}

LoadAggregate aggregateOf(const QJsonObject &stats)
{
    LoadAggregate whole;
    const QJsonObject requests = stats.value(QStringLiteral("numberOfRequests")).toObject();
    whole.completed = requests.contains(QStringLiteral("total")) ? countIn(requests, QStringLiteral("total")) : -1;
    whole.failed = countIn(requests, QStringLiteral("ko"));
    whole.minMs = totalIn(stats, QStringLiteral("minResponseTime")).value_or(-1);
    whole.meanMs = totalIn(stats, QStringLiteral("meanResponseTime")).value_or(-1);
    whole.maxMs = totalIn(stats, QStringLiteral("maxResponseTime")).value_or(-1);
    static constexpr double defaults[] = {0.5, 0.75, 0.95, 0.99};
    for (int i = 0; i < 4; ++i)
        addPercentile(whole, defaults[i], totalIn(stats, QStringLiteral("percentiles%1").arg(i + 1)));
    if (!std::ranges::is_sorted(whole.percentiles, {}, &std::pair<double, double>::second))
        whole.percentiles.clear(); // certainly others than the default
    const double rate = totalIn(stats, QStringLiteral("meanNumberOfRequestsPerSecond")).value_or(0);
    whole.end = rate > 0 && whole.completed > 0 ? std::min(double(whole.completed) / rate, 1e7) : 0;
    return whole;
}

void takeLabels(LoadTestRun &run, const QJsonObject &node, int depth)
{
    for (const QJsonValue &child : node.value(QStringLiteral("contents")).toObject()) {
        if (run.labels.size() >= mostLabels || depth >= deepest)
            return;
        const QJsonObject object = child.toObject();
        if (object.value(QStringLiteral("type")).toString() == u"REQUEST") {
            const LoadAggregate stats = aggregateOf(object.value(QStringLiteral("stats")).toObject());
            const qint64 samples = std::max<qint64>(0, stats.completed);
            run.labels.push_back({object.value(QStringLiteral("path")).toString(), samples, std::min(stats.failed, samples), {}, {}});
        }
        takeLabels(run, object, depth + 1);
    }
}

/// The object literal of stats.js as JSON: its own keys have no quotes.
QByteArray jsonOf(const std::string &program)
{
    // A string as a whole comes first, so that what looks like a key inside a request's name stays as it is.
    static const QRegularExpression bareKey(
        QStringLiteral(R"re("(?:[^"\\]|\\.)*+"(*SKIP)(*FAIL)|([{,]\s*)(type|name|path|pathFormatted|stats|contents)\s*:)re"));
    const size_t begin = std::min(program.find('{'), program.size());
    int depth = 0;
    bool quoted = false;
    size_t end = begin;
    for (; end < program.size(); ++end) {
        const char c = program[end];
        if (quoted && c == '\\')
            ++end;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == '{')
            ++depth;
        else if (!quoted && c == '}' && --depth == 0)
            break;
    }
    QString text = QString::fromUtf8(program.data() + begin, qsizetype(std::min(end + 1, program.size()) - begin));
    return text.replace(bareKey, QStringLiteral(R"(\1"\2":)")).toUtf8();
}

Result<LoadTestRun> runOf(const QJsonObject &root)
{
    LoadTestRun run;
    run.tool = QStringLiteral("gatling");
    run.hasClock = false;
    run.latencyMeaning = QStringLiteral("request begun, connecting included, to the end of the answer");
    run.percentileMeaning = {QStringLiteral("Gatling の定義: t-digest（近似）、ms に丸め"),
                             QStringLiteral("Gatling's own: t-digest, an approximation, rounded to milliseconds")};
    const QJsonObject stats = root.value(QStringLiteral("stats")).toObject();
    LoadAggregate whole = aggregateOf(stats.isEmpty() ? root : stats);
    takeLabels(run, root, 0);
    std::ranges::stable_sort(run.labels, std::greater(), &LoadLabel::samples);
    run.remarks.push_back({QStringLiteral("4 つの百分位は p50、p75、p95、p99（Gatling の既定）とみなしました。gatling.conf で変えた場合は違います。"),
                           QStringLiteral("The four percentiles are taken for p50, p75, p95 and p99, Gatling's default; a "
                                          "changed gatling.conf makes them others.")});
    run.missing.push_back({QStringLiteral("段ごとの値は報告書にありません。simulation.log を指定してください。"),
                           QStringLiteral("Figures of each level are not in the report: name the simulation.log.")});
    if (whole.end > 0)
        addStretch(run, whole);
    else
        run.missing.push_back(durationMissing());
    run.whole = std::move(whole);
    settleSummary(run);
    return run;
}

} // namespace

bool isGatlingStats(std::string_view head)
{
    return trimmed(head.substr(0, 64)).starts_with('{') && hasKeys(head, {"numberOfRequests", "percentiles1"});
}

Result<LoadTestRun> readGatlingStats(LineReader &lines)
{
    LoadTestRun first;
    const Result<QJsonDocument> document = readFirstJson(lines, first);
    if (!document)
        return failure(document.error());
    Result<LoadTestRun> run = runOf(document->object());
    if (run)
        run->remarks.insert(run->remarks.end(), first.remarks.begin(), first.remarks.end());
    return run;
}

bool isGatlingStatsJs(std::string_view head)
{
    return trimmed(head.substr(0, 256)).starts_with("var stats") && head.contains("numberOfRequests");
}

Result<LoadTestRun> readGatlingStatsJs(LineReader &lines)
{
    const std::optional<std::string> program = lines.rest(16 * 1024 * 1024);
    QJsonParseError error{};
    const QJsonDocument document = program ? QJsonDocument::fromJson(jsonOf(*program), &error) : QJsonDocument();
    if (!document.isObject()) {
        return failure(unreadableSummary(
            {QStringLiteral("stats.js を読めません。"), QStringLiteral("This stats.js cannot be read.")},
            {QStringLiteral("simulation.log を指定してください。"), QStringLiteral("Name the simulation.log.")}));
    }
    return runOf(document.object());
}

} // namespace tenken
