// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/locuststats.h>
#include <evidence/loadtest/summaryformats.h>

#include <algorithm>
#include <cctype>

// Locust's _stats.csv of every age: "Request Count" since 1.0, "# requests" with "Type" in 0.13 and "Method"
// before. One row for each request name, and their sum.

namespace tenken
{

namespace
{

constexpr size_t mostLabels = 100;

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return text;
}

/// "99,9" is 99.9 where commas do not part the fields.
void pointDecimals(std::string &field, char delimiter)
{
    if (delimiter != ',' && std::ranges::count(field, ',') == 1)
        std::ranges::replace(field, ',', '.');
}

/// "95%", and "99.999" as 0.x wrote it.
std::optional<double> percentileColumn(const std::string &name)
{
    const bool percent = name.ends_with('%');
    const auto value = parseNumber(percent ? std::string_view(name).substr(0, name.size() - 1) : name);
    return value && *value > 0 && *value <= 100 && (percent || name == "99.999") ? std::optional(*value / 100)
                                                                                  : std::nullopt;
}

} // namespace

std::vector<std::string> csvRow(std::string_view line, size_t most, char delimiter)
{
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"')
            fields.back() += line[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (c == delimiter && !quoted && fields.size() == most)
            break;
        else if (c == delimiter && !quoted)
            fields.emplace_back();
        else if (c != '\r')
            fields.back() += c;
    }
    return fields;
}

char csvDelimiter(std::string_view header)
{
    const auto count = [&](char c) { return std::ranges::count(header, c); };
    const char other = count(';') > count('\t') ? ';' : '\t';
    return count(other) > count(',') ? other : ',';
}

LocustColumns::LocustColumns(std::string_view header) : m_delimiter(csvDelimiter(header))
{
    std::vector<std::string> names = csvRow(header, 100, m_delimiter);
    const std::pair<const char *, int *> known[] = {
        {"type", &m_type}, {"method", &m_type}, {"name", &m_name}, {"timestamp", &m_timestamp},
        {"user count", &m_users}, {"requests/s", &m_rps},
        {"request count", &m_requests}, {"# requests", &m_requests}, {"total request count", &m_requests},
        {"failure count", &m_failures}, {"# failures", &m_failures}, {"total failure count", &m_failures},
        {"median response time", &m_median}, {"total median response time", &m_median},
        {"average response time", &m_mean}, {"total average response time", &m_mean},
        {"min response time", &m_min}, {"total min response time", &m_min},
        {"max response time", &m_max}, {"total max response time", &m_max},
    };
    for (size_t i = 0; i < names.size(); ++i) {
        pointDecimals(names[i], m_delimiter);
        const std::string name = lower(std::string(trimmed(names[i])));
        for (const auto &[title, column] : known) {
            if (name == title)
                *column = int(i);
        }
        if (const auto q = percentileColumn(name))
            m_percentiles.emplace_back(*q, int(i));
    }
    for (const int column : {m_name, m_timestamp, m_requests, m_failures})
        m_least = std::max(m_least, size_t(column + 1));
}

std::optional<LocustColumns::Row> LocustColumns::row(std::string_view line) const
{
    std::vector<std::string> fields = csvRow(line, 100, m_delimiter);
    if (fields.size() < m_least || m_name < 0)
        return {};
    for (size_t i = 0; i < fields.size(); ++i) {
        if (int(i) != m_type && int(i) != m_name)
            pointDecimals(fields[i], m_delimiter);
    }
    const auto text = [&](int column) {
        return column >= 0 && size_t(column) < fields.size() ? std::string_view(fields[size_t(column)]) : std::string_view();
    };
    Row row;
    row.type = std::string(text(m_type));
    row.name = std::string(text(m_name));
    row.timestamp = parseNumber(text(m_timestamp));
    row.users = parseNumber(text(m_users));
    row.requestsPerSecond = parseNumber(text(m_rps));
    row.requests = parseCount(text(m_requests));
    row.failures = parseCount(text(m_failures));
    row.medianMs = parseNumber(text(m_median));
    row.meanMs = parseNumber(text(m_mean));
    row.minMs = parseNumber(text(m_min));
    row.maxMs = parseNumber(text(m_max));
    for (const auto &[q, column] : m_percentiles) {
        const auto ms = parseNumber(text(column));
        if (ms && *ms > 0) // 0 stands for a window without requests
            row.percentiles.emplace_back(q, *ms);
    }
    return row.requests ? std::optional(std::move(row)) : std::nullopt;
}

LoadTestRun locustRun()
{
    LoadTestRun run;
    run.tool = QStringLiteral("locust");
    run.model = LoadModel::Closed; // a user waits for its answer, also one that is paced
    run.latencyMeaning = QStringLiteral("request sent to the end of the answer, in Locust's client");
    run.percentileMeaning = {QStringLiteral("Locust の定義: 2 桁に丸めた値の最近順位"),
                             QStringLiteral("Locust's own: nearest rank of values rounded to two digits")};
    return run;
}

bool isLocustStats(std::string_view head)
{
    return LocustColumns(head.substr(0, head.find('\n'))).isStats();
}

Result<LoadTestRun> readLocustStats(LineReader &lines)
{
    LoadTestRun run = locustRun();
    run.hasClock = false;
    std::string_view line;
    if (!lines.next(line))
        return run;
    const LocustColumns columns(line);
    LoadAggregate sum, total;
    bool hasTotal = false;
    double rate = 0;
    while (lines.next(line)) {
        if (trimmed(line).empty())
            continue;
        const auto row = columns.row(line);
        if (!row) {
            ++run.skippedLines;
            continue;
        }
        LoadAggregate &into = row->isTotal() ? total : sum;
        into.completed += *row->requests;
        into.failed += row->failures.value_or(0);
        if (!row->isTotal()) {
            LoadLabel label;
            label.name = QString::fromStdString(row->type.empty() ? row->name : row->type + ' ' + row->name);
            label.samples = *row->requests;
            label.errors = std::min(label.samples, row->failures.value_or(0));
            if (run.labels.size() < mostLabels)
                run.labels.push_back(std::move(label));
            continue;
        }
        hasTotal = true;
        rate = row->requestsPerSecond.value_or(0);
        total.minMs = row->minMs.value_or(-1);
        total.meanMs = row->meanMs.value_or(-1);
        total.maxMs = row->maxMs.value_or(-1);
        for (const auto &[q, ms] : row->percentiles)
            addPercentile(total, q, ms);
        addPercentile(total, 0.5, row->medianMs);
    }
    std::ranges::stable_sort(run.labels, std::greater(), &LoadLabel::samples);
    LoadAggregate whole = hasTotal ? std::move(total) : std::move(sum);
    if (rate > 0)
        whole.end = std::clamp(double(whole.completed) / rate, 0.0, 1e7);
    if (whole.end > 0)
        addStretch(run, whole);
    else
        run.missing.push_back(durationMissing());
    run.missing.push_back({QStringLiteral("利用者数と段はこの表にありません。同じ場所の _stats_history.csv を指定してください。"),
                           QStringLiteral("Users and levels are not in this table: name the _stats_history.csv beside it.")});
    run.whole = std::move(whole);
    settleSummary(run);
    return run;
}

} // namespace tenken
