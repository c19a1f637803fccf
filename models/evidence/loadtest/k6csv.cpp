// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/jmeterfields.h>
#include <evidence/loadtest/k6reader.h>
#include <evidence/loadtest/parse.h>

#include <charconv>
#include <cmath>

// k6 `--out csv`: metric_name,timestamp,metric_value and a column for each tag. What a row means is what it
// means in the JSON output; times are whole seconds unless K6_CSV_TIME_FORMAT says otherwise.

namespace tenken
{

namespace
{

constexpr std::string_view header = "metric_name,timestamp,metric_value";
constexpr size_t tagsFrom = 3;

/// Where the tags stand; which there are depends on --system-tags.
struct TagColumns {
    size_t expected = 0, status = 0, error = 0, name = 0, url = 0; ///< 0: not in this file
};

TagColumns tagColumns(std::string_view line)
{
    TagColumns columns;
    JtlFields names(',');
    names.split(line.substr(0, line.find_first_of("\r\n")), 0);
    for (size_t i = tagsFrom; i < names.size(); ++i) {
        for (const auto &[name, column] :
             {std::pair<std::string_view, size_t *>{"expected_response", &columns.expected},
              {"status", &columns.status},
              {"error", &columns.error},
              {"name", &columns.name},
              {"url", &columns.url}}) {
            if (names[i] == name)
                *column = i;
        }
    }
    return columns;
}

/// Seconds, or one of the finer units, told by the number of digits; or RFC 3339.
bool parseTime(std::string_view text, qint64 &us, bool &wholeSeconds)
{
    wholeSeconds = false;
    if (!parseInteger(text, us)) {
        const std::optional<qint64> time = parseRfc3339(text);
        us = time.value_or(0);
        return time.has_value();
    }
    constexpr qint64 secondsEnd = 100'000'000'000, msEnd = secondsEnd * 1000, usEnd = msEnd * 1000;
    if (us < 0)
        return false;
    wholeSeconds = us < secondsEnd;
    if (us < secondsEnd)
        us *= 1'000'000;
    else if (us < msEnd)
        us *= 1000;
    else if (us >= usEnd)
        us /= 1000;
    return true;
}

class K6CsvReader : public K6Reader
{
public:
    explicit K6CsvReader(const TagColumns &columns) : m_columns(columns) {}
    std::unique_ptr<RecordParser> another() const override
    {
        return std::make_unique<K6CsvReader>(m_columns);
    }
    std::unique_ptr<RecordParser> copy() const override { return std::make_unique<K6CsvReader>(*this); }
    size_t cut(std::string_view text) const override;
    Result<LoadTestRun> finish() override;

private:
    bool line(std::string_view text, qint64 number) override;
    void addMore(RecordParser &later) override;
    std::string_view tag(size_t column) const
    {
        return column > 0 && column < m_fields.size() ? m_fields[column] : std::string_view();
    }

    TagColumns m_columns;
    JtlFields m_fields{','};
    bool m_wholeSeconds = false;
};

bool K6CsvReader::line(std::string_view text, qint64 number)
{
    const K6Metric metric = k6MetricOf(text.substr(0, text.find(',')));
    if (metric == K6Metric::Other) // also the rest of a message with line breaks
        return true;
    if (metric == K6Metric::Checks) {
        const size_t value = text.find(',', text.find(',') + 1);
        check(value == std::string_view::npos || value + 1 >= text.size() || text[value + 1] != '0');
        return true;
    }
    K6Point point;
    bool wholeSeconds = false;
    if (!m_fields.splitPadded(text, tagsFrom))
        return false;
    if (metric == K6Metric::Duration)
        m_fields.splitPadded(text, 0);
    const std::string_view value = m_fields[2];
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), point.value);
    if (error != std::errc() || end != value.data() + value.size() || !std::isfinite(point.value)
        || !parseTime(m_fields[1], point.timeUs, wholeSeconds))
        return false;
    m_wholeSeconds = m_wholeSeconds || wholeSeconds;
    point.time = m_fields[1];
    point.expected = tag(m_columns.expected);
    point.status = tag(m_columns.status);
    point.error = tag(m_columns.error);
    point.name = tag(m_columns.name);
    point.url = tag(m_columns.url);
    if (point.expected.empty() && !point.error.empty())
        point.expected = "false"; // a line break in the message hides the tags behind it
    return take(metric, point, number);
}

// As in the JSON output, a piece ends before a request's duration.
size_t K6CsvReader::cut(std::string_view text) const
{
    const size_t at = text.rfind("\nhttp_req_duration,");
    if (at != std::string_view::npos && text.find('\n', at + 1) != std::string_view::npos)
        return at + 1;
    return text.size() > LineReader::maxRecord ? RecordParser::cut(text) : 0;
}

void K6CsvReader::addMore(RecordParser &later)
{
    K6Reader::addMore(later);
    m_wholeSeconds = m_wholeSeconds || static_cast<K6CsvReader &>(later).m_wholeSeconds;
}

Result<LoadTestRun> K6CsvReader::finish()
{
    Result<LoadTestRun> run = K6Reader::finish();
    if (run && m_wholeSeconds) {
        run->remarks.push_back(
            {QStringLiteral("時刻が秒単位です。K6_CSV_TIME_FORMAT=unix_milli にすると精密になります。"),
             QStringLiteral("Times are whole seconds; K6_CSV_TIME_FORMAT=unix_milli makes them finer.")});
    }
    return run;
}

} // namespace

bool isK6Csv(std::string_view head)
{
    return head.starts_with(header);
}

Result<LoadTestRun> readK6Csv(LineReader &lines)
{
    return readRecords(lines, k6CsvParser(lines.head()));
}

std::unique_ptr<RecordParser> k6CsvParser(std::string_view head)
{
    return std::make_unique<K6CsvReader>(tagColumns(head));
}

} // namespace tenken
