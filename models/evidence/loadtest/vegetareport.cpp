// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/consoletext.h>
#include <evidence/loadtest/jsonresults.h>
#include <evidence/loadtest/outputs.h>
#include <evidence/loadtest/parse.h>
#include <evidence/loadtest/percentiletable.h>
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/summaryformats.h>

#include <algorithm>
#include <iterator>

// `vegeta report` as JSON, text and hdrplot. `rate` is what was offered, `throughput` what succeeded.

namespace tenken
{

namespace
{

LoadTestRun vegetaRun()
{
    LoadTestRun run;
    run.tool = QStringLiteral("vegeta");
    run.model = LoadModel::Open;
    run.latencyMeaning = QStringLiteral("request sent to last byte of the answer");
    run.percentileMeaning = {QStringLiteral("vegeta の定義: t-digest（近似）"),
                             QStringLiteral("vegeta's own: t-digest, an approximation")};
    return run;
}

bool isSuccess(int code)
{
    return code >= 200 && code < 400;
}

void takeStatus(Output &output, int code, qint64 count)
{
    if (isSuccess(code))
        return;
    output.figures.failed += count;
    output.errors.emplace_back(code == 0 ? QStringLiteral("no answer") : QStringLiteral("HTTP %1").arg(code), count);
}

/// Without codes the ratio of successes says how many failed, and without that nothing does.
void settleFailures(Output &output, bool hasCodes, std::optional<double> success)
{
    if (!hasCodes && success)
        output.figures.failed = countFrom(double(output.figures.completed) * (1 - *success)).value_or(0);
    output.knowsErrors = hasCodes || success;
}

/// "Latencies [min, mean, 50, 95, 99, max] 1ms, 2ms, …": the names differ by age.
struct Row {
    std::string_view title;
    std::vector<std::string_view> names, values;
    std::string_view value(std::string_view name) const
    {
        for (size_t i = 0; i < names.size() && i < values.size(); ++i) {
            if (names[i] == name)
                return values[i];
        }
        return {};
    }
};

std::optional<Row> rowOf(std::string_view line)
{
    const size_t open = line.find('['), close = line.find(']');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        return {};
    return Row{trimmed(line.substr(0, open)), parts(line.substr(open + 1, close - open - 1), ',', 16),
               parts(line.substr(close + 1), ',', 16)};
}

void takeStatusCodes(Output &output, std::string_view text)
{
    for (const std::string_view pair : words(text, 100)) {
        const std::vector<std::string_view> both = parts(pair, ':', 2);
        const auto code = both.size() == 2 ? parseCount(both[0]) : std::nullopt;
        if (code && *code < 1000)
            takeStatus(output, int(*code), parseCount(both[1]).value_or(0));
    }
}

void takeLatencies(LoadAggregate &whole, const Row &row)
{
    for (size_t i = 0; i < row.names.size() && i < row.values.size(); ++i) {
        const std::optional<double> ms = parseDurationMs(row.values[i]);
        double *named = row.names[i] == "min" ? &whole.minMs
            : row.names[i] == "mean"          ? &whole.meanMs
            : row.names[i] == "max"           ? &whole.maxMs
                                              : nullptr;
        if (named)
            *named = ms.value_or(-1);
        else if (const auto percent = parseNumber(row.names[i]))
            addPercentile(whole, *percent / 100, ms);
    }
}

/// 0: it names none; that of a report of nothing is in the year 1.
qint64 earliest(const QJsonObject &report)
{
    return std::max<qint64>(0, parseRfc3339(report.value(QStringLiteral("earliest")).toString().toStdString()).value_or(0));
}

void takeLatencies(LoadAggregate &figures, const QJsonObject &latencies)
{
    const auto ms = [&](const QString &key) -> std::optional<double> {
        const auto ns = numberIn(latencies, key);
        return ns ? std::optional(*ns / 1e6) : std::nullopt;
    };
    figures.minMs = ms(QStringLiteral("min")).value_or(-1);
    figures.meanMs = ms(QStringLiteral("mean")).value_or(-1);
    figures.maxMs = ms(QStringLiteral("max")).value_or(-1);
    for (const QString &key : latencies.keys()) {
        if (const auto percent = key.endsWith(u"th") ? parseNumber(key.chopped(2).toStdString()) : std::nullopt)
            addPercentile(figures, *percent / 100, ms(key));
    }
}

Output outputOf(const QJsonObject &report)
{
    Output output;
    LoadAggregate &figures = output.figures;
    const auto seconds = [&](const char *key) {
        return std::clamp(numberIn(report, QString::fromLatin1(key)).value_or(0) / 1e9, 0.0, 1e7);
    };
    figures.start = double(earliest(report)) / 1e6;
    figures.end = figures.start + seconds("duration") + seconds("wait");
    figures.completed = report.contains(QStringLiteral("requests")) ? countIn(report, QStringLiteral("requests")) : -1;
    figures.arrivals = figures.completed;
    const QJsonObject codes = report.value(QStringLiteral("status_codes")).toObject();
    for (const QString &code : codes.keys())
        takeStatus(output, code.toInt(), countIn(codes, code));
    settleFailures(output, !codes.isEmpty(), numberIn(report, QStringLiteral("success")));
    takeLatencies(figures, report.value(QStringLiteral("latencies")).toObject());
    output.offered = numberIn(report, QStringLiteral("rate")).value_or(-1);
    return output;
}

/// Reports one after the other; each begins with its requests.
class VegetaTextReader
{
public:
    VegetaTextReader() { m_run.hasClock = false; }
    void line(std::string_view line);
    LoadTestRun finish();

private:
    void endReport();

    LoadTestRun m_run = vegetaRun();
    Outputs m_outputs;
    std::optional<Output> m_report;
    std::optional<double> m_success;
    bool m_hasCodes = false;
};

void VegetaTextReader::line(std::string_view line)
{
    const std::optional<Row> row = rowOf(line);
    if (row && row->title == "Requests") {
        endReport();
        m_report.emplace();
        m_report->figures.completed = parseCount(row->value("total")).value_or(0);
        m_report->offered = parseNumber(row->value("rate")).value_or(-1);
    } else if (!row || !m_report) {
        return;
    } else if (row->title == "Duration") {
        m_report->figures.end = parseDurationMs(row->value("total")).value_or(0) / 1000;
    } else if (row->title == "Latencies") {
        takeLatencies(m_report->figures, *row);
    } else if (row->title == "Success") {
        const std::string_view ratio = row->value("ratio");
        m_success = parseNumber(ratio.substr(0, ratio.find('%')));
        m_success = m_success ? std::optional(*m_success / 100) : m_success;
    } else if (row->title == "Status Codes") {
        m_hasCodes = true;
        takeStatusCodes(*m_report, line.substr(line.find(']') + 1));
    }
}

void VegetaTextReader::endReport()
{
    if (m_report) {
        settleFailures(*m_report, m_hasCodes, m_success);
        m_report->figures.arrivals = m_report->figures.completed;
        m_outputs.add(m_run, *std::move(m_report));
    }
    m_report.reset();
    m_success.reset();
    m_hasCodes = false;
}

LoadTestRun VegetaTextReader::finish()
{
    endReport();
    m_outputs.settle(m_run);
    return std::move(m_run);
}

} // namespace

bool isVegetaReport(std::string_view head)
{
    return trimmed(head.substr(0, 64)).starts_with('{') && hasKeys(head, {"latencies", "50th", "requests"});
}

Result<LoadTestRun> readVegetaReport(LineReader &lines)
{
    const Result<JsonResults> reports = readJsonResults(lines);
    if (!reports)
        return failure(reports.error());
    LoadTestRun run = vegetaRun();
    std::vector<Output> all;
    std::ranges::transform(reports->results, std::back_inserter(all), outputOf);
    settleClock(run, all);
    Outputs outputs;
    for (Output &output : all)
        outputs.add(run, std::move(output));
    remarkOnBroken(run, *reports);
    outputs.settle(run);
    return run;
}

bool isVegetaText(std::string_view head)
{
    const size_t at = head.find("[total, rate"), lineBreak = head.substr(0, at).rfind('\n');
    const size_t begin = lineBreak == std::string_view::npos ? 0 : lineBreak + 1;
    return at != std::string_view::npos && trimmed(head.substr(begin, at - begin)) == "Requests";
}

Result<LoadTestRun> readVegetaText(LineReader &lines)
{
    ConsoleReader console(lines);
    VegetaTextReader reader;
    std::string_view line;
    while (console.next(line))
        reader.line(line);
    return reader.finish();
}

bool isVegetaHdrPlot(std::string_view head)
{
    return trimmed(head.substr(0, 256)).starts_with("Value(ms)");
}

Result<LoadTestRun> readVegetaHdrPlot(LineReader &lines)
{
    LoadTestRun run = vegetaRun();
    run.hasClock = false;
    run.knowsErrors = false;
    PercentileTable table;
    std::string_view line;
    while (lines.next(line))
        table.line(line);
    table.finish(run);
    run.missing.push_back(durationMissing());
    run.missing.push_back({QStringLiteral("率と失敗はこのファイルにありません。vegeta report -type=json の結果を指定してください。"),
                           QStringLiteral("Rate and failures are not in this file: name the output of vegeta report "
                                          "-type=json.")});
    settleSummary(run);
    return run;
}

} // namespace tenken
