// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/model.h>
#include <evidence/loadtest/parse.h>

#include <simdjson.h>

#include <cmath>

// k6 `--out json`: fourteen lines a request, of which two matter. The metric's name is looked at before any
// JSON is parsed. A point's time is the request's END; http_req_duration leaves out connecting,
// http_req_blocked has it.

namespace tenken
{

namespace
{

namespace json = simdjson::ondemand;

enum class Metric { Other, Duration, Blocked, Failed, Vus, Iterations, IterationDuration, Dropped };

Metric metricOf(std::string_view name)
{
    static constexpr std::pair<std::string_view, Metric> known[] = {
        {"http_req_duration", Metric::Duration}, {"http_req_blocked", Metric::Blocked},
        {"http_req_failed", Metric::Failed},     {"vus", Metric::Vus},
        {"iterations", Metric::Iterations},      {"iteration_duration", Metric::IterationDuration},
        {"dropped_iterations", Metric::Dropped},
    };
    for (const auto &[text, metric] : known) {
        if (name == text)
            return metric;
    }
    return Metric::Other;
}

/// The metric's name without parsing: it stands at the front of a point since 0.4x, at its end before.
std::string_view metricName(std::string_view line)
{
    static constexpr std::string_view key = R"("metric":")";
    size_t at = line.starts_with(R"({"metric":")") ? 1 : line.rfind(key);
    if (at == std::string_view::npos)
        return {};
    at += key.size();
    return line.substr(at, line.find('"', at) - at);
}

struct Point {
    qint64 timeUs = 0;
    double value = 0;
    std::string_view time; ///< as written
    std::string_view expected, status, error;
};

/// A request waits here for its http_req_blocked, which follows with the same time.
struct Pending {
    bool waiting = false;
    qint64 line = 0;
    qint64 endUs = 0, durationUs = 0, blockedUs = 0;
    bool failed = false;
    std::string time, error;
};

class K6Reader
{
public:
    bool line(std::string_view text, qint64 number);
    void cutOff() { m_cut = true; }
    void skip(qint64 line) { m_run.skip(line); }
    Result<LoadTestRun> finish();

private:
    bool parse(std::string_view text, bool wantTags, Point &point);
    bool tags(json::object &data, Point &point);
    bool take(Metric metric, const Point &point, qint64 number);
    void duration(const Point &point, qint64 number);
    void settlePending();

    json::parser m_parser;
    RunBuilder m_run;
    Pending m_pending;
    qint64 m_dropped = 0;
    qint64 m_iterations = 0, m_iterationDurations = 0;
    qint64 m_judged = 0, m_unjudged = 0; ///< requests whose tags tell whether they failed, and others
    bool m_gauge = false;
    bool m_cut = false;
};

bool K6Reader::tags(json::object &data, Point &point)
{
    json::value value;
    json::object tags;
    if (data.find_field_unordered("tags").get(value) || value.get_object().get(tags))
        return true; // null or absent: `--system-tags` may have removed them all
    for (auto field : tags) {
        std::string_view key, text;
        if (field.unescaped_key().get(key))
            return false;
        std::string_view *into = key == "expected_response" ? &point.expected
            : key == "status"                               ? &point.status
            : key == "error"                                ? &point.error
                                                            : nullptr;
        if (into && !field.value().get_string().get(text))
            *into = text;
    }
    return true;
}

bool K6Reader::parse(std::string_view text, bool wantTags, Point &point)
{
    json::document document;
    json::object root, data;
    const simdjson::padded_string_view padded(text.data(), text.size(), text.size() + LineReader::padding);
    if (m_parser.iterate(padded).get(document) || document.get_object().get(root)
        || root.find_field_unordered("data").get_object().get(data)
        || data.find_field_unordered("time").get_string().get(point.time)
        || data.find_field_unordered("value").get_double().get(point.value))
        return false;
    const std::optional<qint64> time = parseRfc3339(point.time);
    if (!time || !std::isfinite(point.value) || (wantTags && !tags(data, point)))
        return false;
    point.timeUs = *time;
    return true;
}

void K6Reader::settlePending()
{
    if (!std::exchange(m_pending.waiting, false))
        return;
    const Pending &p = m_pending;
    if (!m_run.request(p.endUs - p.durationUs - p.blockedUs, p.endUs, p.durationUs, p.failed))
        m_run.skip(p.line);
    else if (p.failed)
        m_run.error(p.error);
}

void K6Reader::duration(const Point &point, qint64 number)
{
    settlePending();
    m_pending.waiting = true;
    m_pending.line = number;
    m_pending.endUs = point.timeUs;
    m_pending.durationUs = qint64(std::llround(std::clamp(point.value, -1.0, 1e10) * 1000));
    m_pending.blockedUs = 0;
    m_pending.time = point.time;
    const bool judged = !point.expected.empty() || !point.status.empty();
    ++(judged ? m_judged : m_unjudged);
    // Without its own judgement (expected_response) k6's default holds: 200 to 399 is expected.
    m_pending.failed = point.expected.empty()
        ? judged && !(point.status.size() == 3 && (point.status[0] == '2' || point.status[0] == '3'))
        : point.expected == "false";
    if (!m_pending.failed)
        return;
    if (!point.error.empty())
        m_pending.error = point.error;
    else
        m_pending.error = "HTTP " + std::string(point.status.empty() ? "?" : point.status);
}

bool K6Reader::take(Metric metric, const Point &point, qint64 number)
{
    const qint64 durationUs = qint64(std::llround(std::clamp(point.value, -1.0, 1e10) * 1000));
    const qint64 count = qint64(std::llround(std::clamp(point.value, 0.0, 1e9)));
    switch (metric) {
    case Metric::Duration:
        duration(point, number);
        return true;
    case Metric::Blocked:
        if (m_pending.waiting && m_pending.time == point.time)
            m_pending.blockedUs = std::max<qint64>(0, durationUs);
        return true;
    case Metric::Failed:
        return m_run.failedApart(point.timeUs, count);
    case Metric::Vus:
        m_gauge = true;
        return m_run.usersGauge(point.timeUs, point.value);
    case Metric::Iterations:
        m_iterations += count;
        return m_run.arrivalByEnd(point.timeUs, count);
    case Metric::IterationDuration:
        ++m_iterationDurations;
        return m_run.busy(point.timeUs, durationUs) && m_run.iterationStart(point.timeUs - durationUs);
    case Metric::Dropped:
        m_dropped += count;
        return m_run.arrival(point.timeUs, count);
    case Metric::Other:
        break;
    }
    return true;
}

bool K6Reader::line(std::string_view text, qint64 number)
{
    if (text.empty() || text.starts_with(R"({"type":"Metric")"))
        return true;
    const std::string_view name = metricName(text);
    if (name.empty())
        return text.find_first_not_of(" \t") == std::string_view::npos;
    const Metric metric = metricOf(name);
    if (metric == Metric::Other)
        return true;
    Point point;
    return parse(text, metric == Metric::Duration, point) && take(metric, point, number);
}

Result<LoadTestRun> K6Reader::finish()
{
    settlePending();
    // Iterations are placed at their starts where every one of them tells its duration.
    const bool byStart = m_iterationDurations > 0 && m_iterationDurations >= m_iterations;
    LoadTestRun run = m_run.finish({.users = m_gauge ? UsersFrom::Gauge : UsersFrom::Nowhere,
                                    .arrivals = m_iterations + m_iterationDurations > 0,
                                    .arrivalsFrom = byStart ? ArrivalsFrom::Starts : ArrivalsFrom::Ends,
                                    .failuresApart = m_judged == 0 && m_unjudged > 0});
    run.tool = QStringLiteral("k6");
    run.latencyMeaning =
        QStringLiteral("sending + waiting + receiving, without connecting (http_req_duration)");
    run.model = modelFromIterations(m_dropped > 0, m_run.lowLoadUtilisation());
    if (m_dropped > 0) {
        run.remarks.push_back(Text{
            "k6 が %1 回分を送れませんでした（dropped_iterations）。VU "
            "が足りず、計画した負荷に届いていません。",
            "k6 dropped %1 iterations: it ran out of virtual users, so the planned load was not reached."}
                                  .arg(m_dropped));
    }
    if (m_cut)
        run.remarks.push_back(lastRecordCutOff());
    return run;
}

} // namespace

bool isK6Json(std::string_view head)
{
    return head.starts_with(R"({"type":"Metric")") || head.starts_with(R"({"type":"Point")")
        || head.starts_with(R"({"metric":")");
}

Result<LoadTestRun> readK6Json(LineReader &lines)
{
    K6Reader reader;
    std::string_view line;
    while (lines.next(line)) {
        if (reader.line(line, lines.lineNumber()))
            continue;
        if (lines.lastLineCut())
            reader.cutOff();
        else
            reader.skip(lines.lineNumber());
    }
    return reader.finish();
}

} // namespace tenken
