// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/blocks.h>
#include <evidence/loadtest/k6point.h>

namespace tenken
{

/// Of the metrics of k6, those that matter.
enum class K6Metric { Other, Duration, Blocked, Failed, Vus, Iterations, IterationDuration, Dropped, Checks };

K6Metric k6MetricOf(std::string_view name);

/// What is said of a test of gRPC, WebSockets or a browser: it has iterations, and no HTTP requests.
Problem k6WithoutRequests(qint64 iterations);

/// What k6's points mean, whatever they are written in. A point's time is the request's END;
/// http_req_duration leaves out connecting, http_req_blocked has it and follows with the same time.
class K6Reader : public RecordParser
{
public:
    void parse(std::string_view text, bool openEnd) override;
    Result<LoadTestRun> finish() override;

protected:
    virtual bool line(std::string_view text, qint64 number) = 0; ///< false: it cannot be read
    bool take(K6Metric metric, const K6Point &point, qint64 number);
    void check(bool passed) { m_counts.failedChecks += passed ? 0 : 1; }
    void addMore(RecordParser &later) override;

private:
    /// A request waits here for its http_req_blocked.
    struct Pending {
        bool waiting = false;
        qint64 line = 0;
        qint64 endUs = 0, durationUs = 0, blockedUs = 0;
        bool failed = false;
        std::string time, label, error;
    };
    struct Counts {
        qint64 dropped = 0;
        qint64 excused = 0, failedChecks = 0;
        qint64 iterations = 0, iterationDurations = 0;
        qint64 judged = 0, unjudged = 0; ///< requests whose tags tell whether they failed, and others
        bool gauge = false;
        bool cut = false;
    };
    void duration(const K6Point &point, qint64 number);
    void settlePending();

    Pending m_pending;
    Counts m_counts;
};

bool isK6Csv(std::string_view head);
Result<LoadTestRun> readK6Csv(LineReader &lines);
std::unique_ptr<RecordParser> k6CsvParser(std::string_view head);

} // namespace tenken
