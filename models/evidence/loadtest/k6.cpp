// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/blocks.h>
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/k6point.h>
#include <evidence/loadtest/model.h>
#include <evidence/loadtest/parse.h>

#include <cmath>
#include <utility>

// k6 `--out json`: fourteen lines a request, of which two matter. The metric's name is looked at before any
// JSON is parsed. A point's time is the request's END; http_req_duration leaves out connecting,
// http_req_blocked has it.

namespace tenken
{

namespace
{

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

bool isMetricLine(std::string_view line)
{
    return line.starts_with(R"({"type":"Metric")");
}

/// A request waits here for its http_req_blocked, which follows with the same time.
struct Pending {
    bool waiting = false;
    qint64 line = 0;
    qint64 endUs = 0, durationUs = 0, blockedUs = 0;
    bool failed = false;
    std::string time, label, error;
};

class K6Reader : public RecordParser
{
public:
    K6Reader() = default;
    std::unique_ptr<RecordParser> another() const override { return std::make_unique<K6Reader>(); }
    std::unique_ptr<RecordParser> copy() const override { return std::make_unique<K6Reader>(*this); }
    size_t cut(std::string_view text) const override;
    void parse(std::string_view text, bool openEnd) override;
    Result<LoadTestRun> finish() override;

private:
    struct Counts {
        qint64 dropped = 0;
        qint64 iterations = 0, iterationDurations = 0;
        qint64 judged = 0, unjudged = 0; ///< requests whose tags tell whether they failed, and others
        bool gauge = false;
        bool cut = false;
    };
    bool line(std::string_view text, qint64 number);
    bool take(Metric metric, const K6Point &point, qint64 number);
    void duration(const K6Point &point, qint64 number);
    void settlePending();
    void addMore(RecordParser &later) override;

    K6PointReader m_points;
    Pending m_pending;
    Counts m_counts;
};

void K6Reader::settlePending()
{
    if (!std::exchange(m_pending.waiting, false))
        return;
    const Pending &p = m_pending;
    m_run.atLine(p.line);
    if (!m_run.request(p.endUs - p.durationUs - p.blockedUs, p.endUs, p.durationUs, p.failed, p.label))
        m_run.skip(p.line);
    else if (p.failed)
        m_run.error(p.error);
}

void K6Reader::duration(const K6Point &point, qint64 number)
{
    settlePending();
    m_pending.waiting = true;
    m_pending.line = number;
    m_pending.endUs = point.timeUs;
    m_pending.durationUs = qint64(std::llround(std::clamp(point.value, -1.0, 1e10) * 1000));
    m_pending.blockedUs = 0;
    m_pending.time = point.time;
    m_pending.label = point.name.empty() ? point.url : point.name;
    const bool judged = !point.expected.empty() || !point.status.empty();
    ++(judged ? m_counts.judged : m_counts.unjudged);
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

bool K6Reader::take(Metric metric, const K6Point &point, qint64 number)
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
        m_counts.gauge = true;
        return m_run.usersGauge(point.timeUs, point.value);
    case Metric::Iterations:
        m_counts.iterations += count;
        return m_run.arrivalByEnd(point.timeUs, count);
    case Metric::IterationDuration:
        ++m_counts.iterationDurations;
        return m_run.busy(point.timeUs, durationUs) && m_run.iterationStart(point.timeUs - durationUs);
    case Metric::Dropped:
        m_counts.dropped += count;
        return m_run.arrival(point.timeUs, count);
    case Metric::Other:
        break;
    }
    return true;
}

bool K6Reader::line(std::string_view text, qint64 number)
{
    if (text.empty() || isMetricLine(text))
        return true;
    const std::string_view name = metricName(text);
    if (name.empty())
        return text.find_first_not_of(" \t") == std::string_view::npos;
    const Metric metric = metricOf(name);
    if (metric == Metric::Other)
        return true;
    K6Point point;
    return m_points.read(text, metric == Metric::Duration, point) && take(metric, point, number);
}

// A piece ends before a request's duration: what is told of the request before it stands in one piece.
size_t K6Reader::cut(std::string_view text) const
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

void K6Reader::parse(std::string_view text, bool openEnd)
{
    eachLine(text, openEnd, [this](std::string_view text, qint64 number, bool cut) {
        if (line(text, number))
            return;
        if (cut)
            m_counts.cut = true;
        else
            m_run.skip(number);
    });
    settlePending();
}

void K6Reader::addMore(RecordParser &later)
{
    const Counts more = std::exchange(static_cast<K6Reader &>(later).m_counts, {});
    m_counts.dropped += more.dropped;
    m_counts.iterations += more.iterations;
    m_counts.iterationDurations += more.iterationDurations;
    m_counts.judged += more.judged;
    m_counts.unjudged += more.unjudged;
    m_counts.gauge = m_counts.gauge || more.gauge;
    m_counts.cut = m_counts.cut || more.cut;
}

Result<LoadTestRun> K6Reader::finish()
{
    // Iterations are placed at their starts where every one of them tells its duration.
    const bool byStart = m_counts.iterationDurations > 0 && m_counts.iterationDurations >= m_counts.iterations;
    LoadTestRun run = m_run.finish({.users = m_counts.gauge ? UsersFrom::Gauge : UsersFrom::Nowhere,
                                    .arrivals = m_counts.iterations + m_counts.iterationDurations > 0,
                                    .arrivalsFrom = byStart ? ArrivalsFrom::Starts : ArrivalsFrom::Ends,
                                    .failuresApart = m_counts.judged == 0 && m_counts.unjudged > 0});
    run.tool = QStringLiteral("k6");
    run.latencyMeaning =
        QStringLiteral("sending + waiting + receiving, without connecting (http_req_duration)");
    run.model = modelFromIterations(m_counts.dropped > 0, m_run.lowLoadUtilisation());
    if (m_counts.dropped > 0) {
        run.remarks.push_back(Text{
            "k6 が %1 回分を送れませんでした（dropped_iterations）。VU "
            "が足りず、計画した負荷に届いていません。",
            "k6 dropped %1 iterations: it ran out of virtual users, so the planned load was not reached."}
                                  .arg(m_counts.dropped));
    }
    if (m_counts.cut)
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
    return readRecords(lines, k6JsonParser(lines.head()));
}

std::unique_ptr<RecordParser> k6JsonParser(std::string_view)
{
    return std::make_unique<K6Reader>();
}

} // namespace tenken
