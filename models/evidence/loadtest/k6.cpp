// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/k6reader.h>
#include <evidence/loadtest/parse.h>

// k6 `--out json`: fourteen lines a request, of which two matter. The metric's name is looked at before any
// JSON is parsed.

namespace tenken
{

namespace
{

/// The metric's name without parsing: it stands at the front of a point since 0.4x, at its end before.
std::string_view metricName(std::string_view line)
{
    static constexpr std::string_view key = R"("metric":")";
    size_t at = isWord(line.substr(0, 1 + key.size()), R"({"metric":")") ? 1 : line.rfind(key);
    if (at == std::string_view::npos)
        return {};
    at += key.size();
    return line.substr(at, line.find('"', at) - at);
}

bool isMetricLine(std::string_view line)
{
    return isWord(line.substr(0, 16), R"({"type":"Metric")");
}

bool beginsRecord(std::string_view text)
{
    return text.starts_with(R"({"type":"Metric")") || text.starts_with(R"({"type":"Point")")
        || text.starts_with(R"({"metric":")");
}

class K6JsonReader : public K6Reader
{
public:
    std::unique_ptr<RecordParser> another() const override { return std::make_unique<K6JsonReader>(); }
    std::unique_ptr<RecordParser> copy() const override { return std::make_unique<K6JsonReader>(*this); }
    size_t cut(std::string_view text) const override;

private:
    bool line(std::string_view text, qint64 number) override;

    K6PointReader m_points;
    K6Point m_point; ///< of the line at hand
};

bool K6JsonReader::line(std::string_view text, qint64 number)
{
    if (text.empty() || isMetricLine(text))
        return true;
    const std::string_view name = metricName(text);
    if (name.empty())
        return text.find_first_not_of(" \t") == std::string_view::npos;
    const K6Metric metric = k6MetricOf(name);
    if (metric == K6Metric::Other)
        return true;
    if (metric == K6Metric::Checks) { // there are many: its value is 0 or 1, and that is all that is asked
        constexpr std::string_view failed = R"("value":0)";
        const size_t at = text.find(failed);
        check(at == std::string_view::npos || at + failed.size() >= text.size()
              || (text[at + failed.size()] != ',' && text[at + failed.size()] != '}'));
        return true;
    }
    return m_points.read(text, metric == K6Metric::Duration, m_point) && take(metric, m_point, number);
}

// A piece ends before a request's duration: what is told of the request before it stands in one piece.
size_t K6JsonReader::cut(std::string_view text) const
{
    const size_t whole = RecordParser::cut(text);
    for (size_t end = whole; end > 0;) {
        const size_t at = text.substr(0, end).rfind(R"("metric":"http_req_duration")");
        if (at == std::string_view::npos)
            break;
        end = text.substr(0, at).rfind('\n') + 1;
        if (end > 0 && !isMetricLine(text.substr(end)))
            return end;
    }
    return text.size() > LineReader::maxRecord ? whole : 0;
}

} // namespace

bool isK6Json(std::string_view head)
{
    if (head.starts_with('{'))
        return beginsRecord(head);
    const size_t at = head.find("\n{"); // what k6 logs may stand in front
    const std::string_view line = at == std::string_view::npos ? "" : head.substr(at + 1, head.find('\n', at + 1) - at - 1);
    return beginsRecord(line) && (line.contains(R"("type":"Point","data":{)") || line.contains(R"("type":"Metric","data":{)"));
}

Result<LoadTestRun> readK6Json(LineReader &lines)
{
    return readRecords(lines, k6JsonParser(lines.head()));
}

std::unique_ptr<RecordParser> k6JsonParser(std::string_view)
{
    return std::make_unique<K6JsonReader>();
}

} // namespace tenken
