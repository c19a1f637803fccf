// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/jtlbatches.h>
#include <evidence/loadtest/jtlsamples.h>
#include <evidence/loadtest/model.h>
#include <evidence/loadtest/parse.h>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr qint64 farFuture = 100'000'000'000'000; // ms
constexpr qint64 longest = 1'000'000'000; // ms

enum class Attribute { Other, Elapsed, Start, Success, Label, Code, Message, Threads, Requests, Failures };

/// Short names since JMeter 2.1, long ones before. Called for every attribute: two letters are told by a
/// switch.
Attribute attributeOf(const char *name)
{
    const auto letters = [](char first, char second) { return quint8(first) << 8 | quint8(second); };
    if (name[1] == 0 || name[2] == 0) {
        switch (letters(name[0], name[1])) {
        case 't' << 8:
            return Attribute::Elapsed;
        case 's' << 8:
            return Attribute::Success;
        case 't' << 8 | 's':
            return Attribute::Start;
        case 'l' << 8 | 'b':
            return Attribute::Label;
        case 'r' << 8 | 'c':
            return Attribute::Code;
        case 'r' << 8 | 'm':
            return Attribute::Message;
        case 'n' << 8 | 'a':
            return Attribute::Threads;
        case 's' << 8 | 'c':
            return Attribute::Requests;
        case 'e' << 8 | 'c':
            return Attribute::Failures;
        default:
            return Attribute::Other;
        }
    }
    static constexpr std::pair<std::string_view, Attribute> names[] = {
        {"time", Attribute::Elapsed},      {"timeStamp", Attribute::Start},
        {"success", Attribute::Success},   {"label", Attribute::Label},
        {"responseCode", Attribute::Code}, {"responseMessage", Attribute::Message},
    };
    const std::string_view text(name);
    const auto *known = std::ranges::find(names, text, &std::pair<std::string_view, Attribute>::first);
    return known == std::end(names) ? Attribute::Other : known->second;
}

} // namespace

void JtlSamples::open(const char **attributes)
{
    if (m_depth > 0 && m_depth <= deepest)
        m_open[m_depth - 1].hasSamples = true;
    if (m_depth++ >= deepest)
        return;
    Sample &sample = m_open[m_depth - 1];
    sample.clear();
    for (; *attributes; attributes += 2) {
        const std::string_view value(attributes[1]);
        switch (attributeOf(attributes[0])) {
        case Attribute::Elapsed:
            (void)parseInteger(value, sample.elapsed);
            break;
        case Attribute::Start:
            if (!parseInteger(value, sample.start))
                sample.start = parseLocalTime(value).value_or(-1000) / 1000;
            break;
        case Attribute::Success:
            sample.judged = value == "true" || value == "false";
            sample.failed = value != "true";
            break;
        case Attribute::Threads:
            (void)parseInteger(value, sample.threads);
            break;
        case Attribute::Requests:
            (void)parseInteger(value, sample.requests);
            break;
        case Attribute::Failures:
            (void)parseInteger(value, sample.failures);
            break;
        case Attribute::Label:
            sample.label = value;
            break;
        case Attribute::Code:
            sample.code = value;
            break;
        case Attribute::Message:
            sample.message = value;
            break;
        case Attribute::Other:
            break;
        }
    }
}

void JtlSamples::close()
{
    if (m_depth == 0 || --m_depth >= deepest)
        return;
    const Sample &sample = m_open[m_depth];
    if (sample.failed && m_depth > 0)
        m_open[m_depth - 1].hasFailedSample = true;
    if (!sample.hasSamples) {
        count(sample);
        return;
    }
    ++m_transactions;
    m_failedApart += sample.failed && !sample.hasFailedSample ? 1 : 0;
}

void JtlSamples::forget()
{
    m_depth = 0;
}

void JtlSamples::count(const Sample &sample)
{
    ++m_count;
    const bool sane = sample.start >= 0 && sample.start <= farFuture && sample.elapsed >= 0
        && sample.elapsed <= longest && sample.judged;
    const qint64 startUs = sane ? sample.start * 1000 : 0, elapsedUs = sane ? sample.elapsed * 1000 : 0;
    if (sane && sample.requests > 1) {
        const qint64 failures = sample.failures >= 0 ? sample.failures : sample.failed ? sample.requests : 0;
        if (!m_run.batch(startUs, sample.requests, failures))
            m_run.skip(m_count);
        else if (m_run.usersGauge(startUs, double(sample.threads)))
            m_hasThreads = true;
        return;
    }
    if (!sane || !m_run.request(startUs, startUs + elapsedUs, elapsedUs, sample.failed, sample.label)) {
        m_run.skip(m_count);
        return;
    }
    const bool serverError = sample.code.size() == 3 && sample.code[0] == '5';
    m_excused += !sample.failed && serverError ? 1 : 0;
    if (sample.failed)
        m_run.error(sample.code.empty() || sample.message.empty() || sample.code.size() > 3
                        ? (sample.code.empty() ? sample.message : sample.code)
                        : sample.code + ' ' + sample.message);
    if (sample.threads >= 0) {
        m_hasThreads = true;
        m_run.usersGauge(startUs, double(sample.threads));
    }
    m_run.busy(startUs + elapsedUs, elapsedUs);
}

LoadTestRun JtlSamples::finish()
{
    LoadTestRun run = m_run.finish({.users = m_hasThreads ? UsersFrom::Gauge : UsersFrom::Nowhere});
    run.tool = QStringLiteral("jmeter");
    run.latencyMeaning =
        QStringLiteral("request start to last byte of the answer, connecting included (elapsed)");
    const bool single = m_run.batches() == 0; // of the others it is not known how long they kept a thread busy
    run.model = modelFromThreads(run, single ? m_run.lowLoadUtilisation() : -1);
    settleBatches(run, m_run.batches());
    if (m_transactions > 0) {
        run.remarks.push_back(Text{"ほかのサンプルを含む %1 件は合計なので、リクエストに数えません。",
                                   "%1 samples hold other samples: they are sums, not counted as requests."}
                                  .arg(m_transactions));
    }
    if (m_failedApart > 0) {
        run.remarks.push_back(Text{"うち %1 件は、中のリクエストがすべて成功しても失敗と判定されています。",
                                   "%1 of these failed although every request in them succeeded."}
                                  .arg(m_failedApart));
    }
    run.excusedFailures = m_failedApart;
    addExcused(run, m_excused);
    return run;
}

} // namespace tenken
