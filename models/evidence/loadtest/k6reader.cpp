// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/k6reader.h>
#include <evidence/loadtest/model.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tenken
{

namespace
{

qint64 microseconds(double ms)
{
    return qint64(std::llround(std::clamp(ms, -1.0, 1e10) * 1000));
}

qint64 countOf(double value)
{
    return qint64(std::llround(std::clamp(value, 0.0, 1e9)));
}

} // namespace

K6Metric k6MetricOf(std::string_view name)
{
    static constexpr std::pair<std::string_view, K6Metric> known[] = {
        {"http_req_duration", K6Metric::Duration}, {"http_req_blocked", K6Metric::Blocked},
        {"http_req_failed", K6Metric::Failed},     {"vus", K6Metric::Vus},
        {"iterations", K6Metric::Iterations},      {"iteration_duration", K6Metric::IterationDuration},
        {"dropped_iterations", K6Metric::Dropped}, {"checks", K6Metric::Checks},
    };
    for (const auto &[text, metric] : known) {
        if (name == text)
            return metric;
    }
    return K6Metric::Other;
}

Problem k6WithoutRequests(qint64 iterations)
{
    return {{},
            {},
            Text{"k6 の反復は %1 回ありますが、HTTP リクエスト（http_reqs）がありません。",
                 "k6 made %1 iterations, but no HTTP request (http_reqs)."}
                .arg(iterations),
            {QStringLiteral("gRPC、WebSocket、ブラウザーの指標は読みません。HTTP で送る試験の結果を指定してください。"),
             QStringLiteral("Metrics of gRPC, WebSockets and browsers are not read: name the result of a test that sends HTTP.")}};
}

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
    m_pending.durationUs = microseconds(point.value);
    m_pending.blockedUs = 0;
    m_pending.time = point.time;
    m_pending.label = point.name.empty() ? point.url : point.name;
    const bool judged = !point.expected.empty() || !point.status.empty();
    ++(judged ? m_counts.judged : m_counts.unjudged);
    // Without its own judgement (expected_response) k6's default holds: 200 to 399 is expected.
    m_pending.failed = point.expected.empty()
        ? judged && !(point.status.size() == 3 && (point.status[0] == '2' || point.status[0] == '3'))
        : point.expected == "false";
    if (!m_pending.failed) {
        m_counts.excused += point.status.size() == 3 && point.status[0] == '5' ? 1 : 0;
        return;
    }
    if (!point.error.empty())
        m_pending.error = point.error;
    else
        m_pending.error = "HTTP " + std::string(point.status.empty() ? "?" : point.status);
}

bool K6Reader::take(K6Metric metric, const K6Point &point, qint64 number)
{
    switch (metric) {
    case K6Metric::Duration:
        duration(point, number);
        return true;
    case K6Metric::Blocked:
        if (m_pending.waiting && m_pending.time == point.time)
            m_pending.blockedUs = std::max<qint64>(0, microseconds(point.value));
        return true;
    case K6Metric::Failed:
        return m_run.failedApart(point.timeUs, countOf(point.value));
    case K6Metric::Vus:
        m_counts.gauge = true;
        return m_run.usersGauge(point.timeUs, point.value);
    case K6Metric::Iterations: {
        const qint64 count = countOf(point.value);
        m_counts.iterations += count;
        return m_run.arrivalByEnd(point.timeUs, count);
    }
    case K6Metric::IterationDuration: {
        const qint64 durationUs = microseconds(point.value);
        ++m_counts.iterationDurations;
        return m_run.busy(point.timeUs, durationUs) && m_run.iterationStart(point.timeUs - durationUs);
    }
    case K6Metric::Dropped: {
        const qint64 count = countOf(point.value);
        m_counts.dropped += count;
        return m_run.arrival(point.timeUs, count);
    }
    case K6Metric::Checks: // by the line alone, see check()
    case K6Metric::Other:
        break;
    }
    return true;
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
    m_counts.excused += more.excused;
    m_counts.failedChecks += more.failedChecks;
    m_counts.iterations += more.iterations;
    m_counts.iterationDurations += more.iterationDurations;
    m_counts.judged += more.judged;
    m_counts.unjudged += more.unjudged;
    m_counts.gauge = m_counts.gauge || more.gauge;
    m_counts.cut = m_counts.cut || more.cut;
}

Result<LoadTestRun> K6Reader::finish()
{
    if (m_run.samples() == 0 && m_run.skipped() == 0 && m_counts.iterations > 0)
        return failure(k6WithoutRequests(m_counts.iterations));
    // Iterations are placed at their starts where every one of them tells its duration.
    const bool byStart =
        m_counts.iterationDurations > 0 && m_counts.iterationDurations >= m_counts.iterations;
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
        addCutOff(run);
    // A request that failed fails its checks too; far more failed checks than that are of answers that counted as success.
    constexpr qint64 mostChecks = 10; // of one request
    const qint64 checks = m_counts.failedChecks > mostChecks * run.errors ? m_counts.failedChecks : 0;
    addExcused(run, m_counts.excused + checks);
    return run;
}

} // namespace tenken
