// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/locuststats.h>
#include <evidence/loadtest/summaryformats.h>

#include <QJsonArray>

#include <algorithm>
#include <cmath>

// What Locust's workers report, a JSON object a line as Taurus collects it, or one list as `locust --json` prints it:
// counts by second, and latencies (rounded by Locust) of the whole report, not of its seconds.

namespace tenken
{

namespace
{

constexpr size_t mostLabels = 100;
constexpr double longestRun = 4 * 24 * 3600;
constexpr double longestMs = 1e8;

class WorkersReader
{
public:
    bool report(const QJsonObject &report);
    void entry(const QJsonObject &entry);
    void skip() { ++m_run.skippedLines; }
    void cutOff() { m_cut = true; }
    Result<LoadTestRun> finish();

private:
    LoadSecond *second(double at);
    LoadLabel *label(const QString &name);

    LoadTestRun m_run = locustRun();
    std::map<qint64, LoadSecond> m_seconds;
    std::map<QString, double> m_users; ///< of each worker, as it said last
    double m_first = 0, m_latest = 0;
    bool m_cut = false, m_apart = false;
};

LoadSecond *WorkersReader::second(double at)
{
    if (!(at > 0) || at > 1e11)
        return nullptr;
    m_first = m_first > 0 ? m_first : at;
    return std::abs(at - m_first) < longestRun ? &m_seconds[qint64(at)] : nullptr;
}

LoadLabel *WorkersReader::label(const QString &name)
{
    const auto known = std::ranges::find(m_run.labels, name, &LoadLabel::name);
    if (known != m_run.labels.end())
        return &*known;
    if (m_run.labels.size() >= mostLabels)
        return nullptr;
    m_run.labels.push_back({name, 0, 0, {}, {}});
    return &m_run.labels.back();
}

void WorkersReader::entry(const QJsonObject &entry)
{
    const QJsonObject counts = entry.value(QStringLiteral("num_reqs_per_sec")).toObject();
    const QJsonObject failures = entry.value(QStringLiteral("num_fail_per_sec")).toObject();
    const double last = numberIn(entry, QStringLiteral("last_request_timestamp")).value_or(0);
    // Before 0.13 a failure was no request; later ones are among them, and are told by second.
    const bool apart = !entry.contains(QStringLiteral("num_fail_per_sec"));
    const qint64 failed = countIn(entry, QStringLiteral("num_failures"));
    LoadLabel *named = label(entry.value(QStringLiteral("method")).toString() + u' ' + entry.value(QStringLiteral("name")).toString());
    for (const QString &key : counts.keys()) {
        if (LoadSecond *at = second(key.toDouble())) {
            at->started += countIn(counts, key);
            at->completed += countIn(counts, key);
        }
    }
    for (const QString &key : failures.keys()) {
        if (LoadSecond *at = second(key.toDouble()))
            at->failed += std::min(countIn(failures, key), at->completed - at->failed);
    }
    if (LoadSecond *at = apart && failed > 0 ? second(last) : nullptr) {
        m_apart = true;
        at->started += failed;
        at->completed += failed;
        at->failed += failed;
    }
    m_latest = std::max(m_latest, last);
    const QJsonObject latencies = entry.value(QStringLiteral("response_times")).toObject();
    for (const QString &key : latencies.keys()) {
        const double ms = key.toDouble();
        const qint64 count = countIn(latencies, key);
        if (!(ms >= 0) || ms > longestMs || count <= 0)
            continue;
        m_run.latency.add(qint64(ms * 1000), count);
        if (named)
            named->latency.add(qint64(ms * 1000), count);
    }
    if (named) {
        named->samples += countIn(entry, QStringLiteral("num_requests")) + (apart ? failed : 0);
        named->errors = std::min(named->samples, named->errors + failed);
    }
}

bool WorkersReader::report(const QJsonObject &report)
{
    const QJsonValue stats = report.value(QStringLiteral("stats"));
    if (!stats.isArray())
        return false;
    for (const QJsonValue &value : stats.toArray())
        entry(value.toObject());
    for (const QJsonValue &error : report.value(QStringLiteral("errors")).toObject())
        countError(m_run, error[QStringLiteral("error")].toString(), countIn(error.toObject(), QStringLiteral("occurrences")));
    if (const auto users = numberIn(report, QStringLiteral("user_count")); users && *users >= 0 && *users < 1e9 && m_users.size() < 1000) {
        m_users[report.value(QStringLiteral("client_id")).toString()] = *users;
        double sum = 0;
        for (const auto &[worker, count] : m_users)
            sum += count;
        if (LoadSecond *at = second(m_latest))
            at->users = sum;
    }
    return true;
}

Result<LoadTestRun> WorkersReader::finish()
{
    takeSeconds(m_run, std::move(m_seconds), {.users = -1, .latency = {}});
    double users = -1;
    for (LoadSecond &second : m_run.seconds) { // told every few seconds, and true until told again
        users = second.users >= 0 ? second.users : users;
        second.users = second.users >= 0 ? second.users : users;
    }
    std::ranges::stable_sort(m_run.labels, std::greater(), &LoadLabel::samples);
    m_run.percentileMeaning = {};
    m_run.remarks.push_back({QStringLiteral("遅延は 2 桁に丸めた値で、全体のものだけです。秒ごとや段ごとの値はありません。"),
                             QStringLiteral("Latencies are rounded to two digits and those of the whole: not of its seconds "
                                            "or levels.")});
    if (m_apart)
        m_run.remarks.push_back({QStringLiteral("失敗の時刻は報告の終わりの秒とみなしました。"),
                                 QStringLiteral("Failures are taken to have happened in the last second of their report.")});
    if (m_cut)
        addCutOff(m_run);
    return std::move(m_run);
}

} // namespace

bool isLocustWorkers(std::string_view head)
{
    const std::string_view begin = trimmed(head.substr(0, 64));
    return (begin.starts_with('{') || begin.starts_with('[')) && hasKeys(head, {"num_reqs_per_sec", "response_times"});
}

Result<LoadTestRun> readLocustWorkers(LineReader &lines)
{
    WorkersReader reader;
    if (trimmed(lines.head().substr(0, 64)).starts_with('[')) {
        const Result<QJsonDocument> document = readJson(lines);
        if (!document)
            return failure(document.error());
        for (const QJsonValue &value : document->array())
            reader.entry(value.toObject());
        return reader.finish();
    }
    std::string_view line;
    while (lines.next(line)) {
        if (trimmed(line).empty())
            continue;
        const auto document = QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), qsizetype(line.size())));
        if (document.isObject() && reader.report(document.object()))
            continue;
        if (lines.lastLineCut())
            reader.cutOff();
        else
            reader.skip();
    }
    return reader.finish();
}

} // namespace tenken
