// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/locuststats.h>
#include <evidence/loadtest/requestformats.h>
#include <evidence/loadtest/summary.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

// The tables that JMeter's Summary Report and Aggregate Report save: a row for each label and their sum, in
// the language and with the decimal sign of whoever saved them. Columns are told by their places:
//   Label, # Samples, Average, Min, Max, Std. Dev., Error %, Throughput, …
//   Label, # Samples, Average, Median, 90% Line, … , Min, Max, Error %, Throughput, …

namespace tenken
{

namespace
{

constexpr size_t mostLabels = 1000;
constexpr int labelColumn = 0, samplesColumn = 1, meanColumn = 2, medianColumn = 3;

struct Columns {
    char delimiter = ',';
    int min = -1, max = -1, error = -1;
    bool hasMedian = false;
    std::vector<std::pair<double, int>> percentiles;
    size_t least() const { return size_t(error) + 2; } ///< the rate follows the errors
};

/// "90% Line", "95 % 百分位", "99e pct"
double percentOf(std::string_view name)
{
    const size_t end = std::min(name.find_first_not_of("0123456789."), name.size());
    return end > 0 ? parseNumber(name.substr(0, end)).value_or(-1) : -1;
}

/// The column of errors is the only "%" that no number stands before.
std::optional<Columns> columnsOf(std::string_view header)
{
    Columns columns;
    columns.delimiter = csvDelimiter(header);
    const std::vector<std::string> names = csvRow(header, 40, columns.delimiter);
    const auto isSamples = [](std::string_view name) {
        return name.starts_with('#') || name.contains("ample") || name.contains("サンプル");
    };
    if (names.size() < 8 || !isSamples(trimmed(names[samplesColumn])))
        return {};
    for (size_t i = meanColumn + 1; i < names.size() && columns.error < 0; ++i) {
        const std::string_view name = trimmed(names[i]);
        const double percent = percentOf(name);
        if (percent > 0 && percent < 100)
            columns.percentiles.emplace_back(percent / 100, int(i));
        else if (percent < 0 && name.contains('%'))
            columns.error = int(i);
    }
    if (columns.error < 6 || size_t(columns.error) + 1 >= names.size())
        return {};
    columns.hasMedian = columns.error > 6;
    const bool inPlace = std::ranges::all_of(columns.percentiles, [&](const auto &p) {
        return p.second > medianColumn && p.second < columns.error - 2;
    });
    if (columns.percentiles.size() != size_t(columns.hasMedian ? columns.error - 6 : 0) || !inPlace)
        return {};
    columns.min = columns.hasMedian ? columns.error - 2 : meanColumn + 1;
    columns.max = columns.min + 1;
    return columns;
}

/// "474,83381" and ".32798"; the extremes of no samples at all are those of their type, and none.
std::optional<double> figure(std::string text)
{
    if (std::ranges::count(text, ',') == 1 && !text.contains('.'))
        std::ranges::replace(text, ',', '.');
    const auto value = parseNumber(text);
    return value && std::abs(*value) < 1e12 ? value : std::nullopt;
}

/// "20.0/sec", "13.4/min", "2.0/hour"; without a unit it is a second.
double ratePerSecond(const std::string &text)
{
    const size_t slash = text.find('/');
    const double rate = figure(std::string(trimmed(text.substr(0, slash)))).value_or(0);
    const std::string_view unit =
        slash == std::string::npos ? "sec" : trimmed(std::string_view(text).substr(slash + 1));
    const double seconds = unit.starts_with('h') ? 3600
        : unit.starts_with('m')                  ? 60
        : unit.starts_with('s')                  ? 1
                                                 : 0;
    return seconds > 0 ? rate / seconds : 0;
}

/// "1.500%"; without the sign it is a share of one, as the oldest versions saved it.
std::optional<double> errorShare(std::string text)
{
    const bool percent = text.ends_with('%');
    if (percent)
        text.pop_back();
    const auto value = figure(std::string(trimmed(text)));
    const double share = value ? (percent ? *value / 100 : *value) : -1;
    return share >= 0 && share <= 1 ? std::optional(share) : std::nullopt;
}

struct Row {
    std::string label;
    LoadAggregate figures;
    double rate = 0;
};

std::optional<Row> rowOf(std::string_view line, const Columns &columns)
{
    const std::vector<std::string> fields = csvRow(line, 40, columns.delimiter);
    if (fields.size() < columns.least())
        return {};
    const auto samples = parseCount(fields[samplesColumn]);
    const auto share = errorShare(std::string(trimmed(fields[size_t(columns.error)])));
    if (!samples || !share)
        return {};
    const auto at = [&](int column) { return figure(fields[size_t(column)]); };
    Row row{fields[labelColumn], {}, ratePerSecond(fields[size_t(columns.error) + 1])};
    row.figures.completed = *samples;
    row.figures.failed = std::llround(double(*samples) * *share);
    row.figures.meanMs = at(meanColumn).value_or(-1);
    row.figures.minMs = at(columns.min).value_or(-1);
    row.figures.maxMs = at(columns.max).value_or(-1);
    if (columns.hasMedian)
        addPercentile(row.figures, 0.5, at(medianColumn));
    for (const auto &[q, column] : columns.percentiles)
        addPercentile(row.figures, q, at(column));
    return row;
}

bool isSumName(std::string_view label)
{
    static constexpr std::array<std::string_view, 11> names = {"TOTAL", "Total", "total", "合計", "全体", "总体",
                                                               "總體",  "总计",  "總計",  "Gesamt", "TOPLAM"};
    return std::ranges::contains(names, trimmed(label));
}

/// All rows as one. Percentiles and rates of labels do not add up.
LoadAggregate together(std::span<const Row> rows)
{
    LoadAggregate whole;
    double sum = 0;
    bool hasMeans = true;
    for (const Row &row : rows) {
        const LoadAggregate &part = row.figures;
        whole.completed += part.completed;
        whole.failed += part.failed;
        hasMeans = hasMeans && (part.meanMs >= 0 || part.completed == 0);
        sum += std::max(0.0, part.meanMs) * double(part.completed);
        if (part.minMs >= 0)
            whole.minMs = whole.minMs < 0 ? part.minMs : std::min(whole.minMs, part.minMs);
        whole.maxMs = std::max(whole.maxMs, part.maxMs);
    }
    whole.meanMs = whole.completed > 0 && hasMeans ? sum / double(whole.completed) : -1;
    return whole;
}

/// A label may have the name of the sum; it does not have all samples. And the sum may have a name of any language: then
/// its samples and extremes are those of the others.
bool endsWithSum(std::span<const Row> rows)
{
    const LoadAggregate others = together(rows.first(rows.size() - 1)), &last = rows.back().figures;
    if (isSumName(rows.back().label))
        return last.completed >= others.completed;
    return last.completed == others.completed && last.completed > 0 && last.minMs >= 0 && last.minMs == others.minMs
        && last.maxMs == others.maxMs && std::abs(last.meanMs - others.meanMs) <= 1; // each is rounded
}

void fill(LoadTestRun &run, std::vector<Row> rows)
{
    constexpr double longest = 1e7;
    const bool summed = rows.size() == 1 || endsWithSum(rows);
    LoadAggregate whole = summed ? rows.back().figures : together(rows);
    if (summed && rows.back().rate > 0)
        whole.end = std::min(longest, double(whole.completed) / rows.back().rate);
    else
        run.missing.push_back(durationMissing());
    if (rows.size() > 1 && summed)
        rows.pop_back();
    for (const Row &row : rows) {
        if (run.labels.size() < mostLabels)
            run.labels.push_back({QString::fromStdString(row.label).left(256),
                                  row.figures.completed,
                                  row.figures.failed,
                                  {},
                                  {}});
    }
    std::ranges::stable_sort(run.labels, std::ranges::greater{}, &LoadLabel::samples);
    run.whole = std::move(whole);
}

} // namespace

bool isJmeterAggregate(std::string_view head)
{
    return columnsOf(head.substr(0, head.find('\n'))).has_value();
}

Result<LoadTestRun> readJmeterAggregate(LineReader &lines)
{
    LoadTestRun run;
    run.tool = QStringLiteral("jmeter");
    run.latencyMeaning =
        QStringLiteral("request start to last byte of the answer, connecting included (elapsed)");
    run.percentileMeaning = {QStringLiteral("JMeter の定義: 最近順位"),
                             QStringLiteral("JMeter's own: nearest rank")};
    run.hasClock = false;
    std::string_view line;
    const std::optional<Columns> columns = lines.next(line) ? columnsOf(line) : std::nullopt;
    if (!columns)
        return run;
    std::vector<Row> rows;
    while (lines.next(line)) {
        std::optional<Row> row = rowOf(line, *columns);
        if (row && rows.size() < 100'000)
            rows.push_back(std::move(*row));
        else if (!trimmed(line).empty())
            ++run.skippedLines;
    }
    if (!rows.empty())
        fill(run, std::move(rows));
    run.remarks.push_back(
        {QStringLiteral("JMeter の表（Summary Report、Aggregate "
                        "Report）の値です。エラーの数は割合から求め、Transaction Controller の行も"
                        "含まれることがあります。"),
         QStringLiteral(
             "These are figures of JMeter's Summary or Aggregate Report: errors follow from their share, "
             "and rows of transaction controllers may be among the requests.")});
    run.missing.push_back({QStringLiteral("負荷の段階と時間変化（JTL にはあります）"),
                           QStringLiteral("steps of load and the course over time (the JTL has them)")});
    settleSummary(run);
    return run;
}

} // namespace tenken
