// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/json.h>
#include <evidence/numbers.h>
#include <network/fetchjob.h>

#include <QJsonObject>

namespace tenken
{

using std::chrono::milliseconds;

Text withoutKeys(Text text, const FetchKeys &keys)
{
    for (const Secret &key : keys.all()) {
        for (QString *words : {&text.ja, &text.en})
            words->replace(QString::fromUtf8(key.reveal()), QStringLiteral("••••"));
    }
    return text;
}

bool endsAll(HttpOutcome outcome)
{
    return outcome == HttpOutcome::Tls || outcome == HttpOutcome::Proxy
        || outcome == HttpOutcome::Unreachable;
}

void DatadogFetch::answered(Job &job, const HttpAnswer &answer)
{
    if (const milliseconds pause = m_retry.pauseAfter(answer);
        answer.isSuccess() && pause > milliseconds(0)) {
        if (m_retry.take(pause))
            m_gates[family(job.first)] = QDeadlineTimer(pause, Qt::PreciseTimer);
    }
    if (retried(job, answer))
        return pump();
    if (!take(job, answer))
        return;
    pump();
}

bool DatadogFetch::retried(Job &job, const HttpAnswer &answer)
{
    if (m_stopping)
        return false;
    const auto wait = m_retry.waitAfter(answer, job.tried);
    if (!wait) {
        if (isRateLimited(answer))
            m_closed.insert(family(job.first));
        return false;
    }
    job.notBefore = QDeadlineTimer(*wait, Qt::PreciseTimer);
    if (isRateLimited(answer))
        m_gates[family(job.first)] = QDeadlineTimer(*wait, Qt::PreciseTimer);
    job.shown.state = FetchRow::State::Paused;
    job.shown.status = answer.status;
    job.shown.came = Text{"%1 待っています（%2 回目）", "waits %1 (try %2)"}.arg(
        formatMs(double(wait->count())), job.tried + 1);
    tell(job);
    return true;
}

bool DatadogFetch::take(Job &job, const HttpAnswer &answer)
{
    Text why;
    StoredAnswer stored{
        job.pages.current(), answer, outcomeOf(answer, &why), QDateTime::currentDateTime(), {}};
    why = withoutKeys(why, m_options.keys);
    if (job.first.paging != Paging::None)
        stored.listId = job.first.purpose;
    if (const auto written = m_writer.add(stored); !written) {
        finish(FetchSummary::End::Stopped,
               Text{"%1 を書けません: %2", "%1 cannot be written: %2"}.arg(written.error().file,
                                                                           written.error().message));
        return false;
    }
    m_summary.indexFile = m_writer.indexFile();
    job.shown.status = answer.status;
    job.shown.outcome = stored.outcome;
    if (stored.outcome.isEmpty()) {
        takeGood(job, answer.body, FetchRow::State::Good);
        return true;
    }
    job.shown.came = why;
    if (endsAll(answer.outcome)) {
        m_stopping = true;
        m_summary.end = FetchSummary::End::Stopped;
        m_summary.message = why;
    }
    endJob(job, FetchRow::State::Failed);
    return true;
}

void DatadogFetch::takeGood(Job &job, const QByteArray &body, FetchRow::State state)
{
    job.tried = 0;
    job.shown.bytes += body.size();
    const auto json = parseJson(QStringLiteral("r"), body);
    const bool more = json && job.pages.next(json->document);
    if (json && job.first.follow != FetchFollow::None) {
        for (const QJsonValue &element : elementsOf(json->document))
            job.elements.append(element);
    }
    const bool list = job.first.paging != Paging::None;
    job.shown.came = list ? sameText(formatNumber(double(job.pages.count()))) : howMuch(body);
    if (more)
        return tell(job); // pump() asks for its next page
    if (list && !job.pages.isComplete())
        job.shown.came = Text{"%1（全部ではない）", "%1 (not all)"}.arg(job.shown.came);
    endJob(job, state);
}

// Resuming: what is there is read from the disk, for what it leads to.
bool DatadogFetch::takeKept(Job &job)
{
    if (!m_options.resume || !m_writer.has(job.pages.current()))
        return false;
    const auto body = m_writer.bodyOf(job.pages.current());
    if (!body)
        return false;
    m_summary.indexFile = m_writer.indexFile();
    takeGood(job, *body, FetchRow::State::Kept);
    return true;
}

void DatadogFetch::endJob(Job &job, FetchRow::State state)
{
    job.done = true;
    job.shown.state = state;
    if (job.first.paging != Paging::None)
        (void)m_writer.setComplete(job.first.purpose,
                                   state != FetchRow::State::Failed && job.pages.isComplete());
    tell(job);
    follow(job);
}

void DatadogFetch::follow(const Job &job)
{
    std::vector<FetchRequest> more;
    switch (job.first.follow) {
    case FetchFollow::Monitors:
        more = monitorRequests(job.elements, m_options.plan.names);
        m_teamHandles = teamHandlesIn(job.elements);
        break;
    case FetchFollow::Dashboards:
        more = dashboardRequests(job.elements, m_options.plan.names);
        break;
    case FetchFollow::Teams:
        m_teams = job.elements;
        break;
    case FetchFollow::None:
        break;
    }
    for (const FetchRequest &request : more)
        addJob(request);
}

// The monitors say which teams they notify, so both lists have to be there.
void DatadogFetch::followTeams()
{
    for (const FetchRequest &request : teamRequests(m_teams, m_options.plan.teams + m_teamHandles))
        addJob(request);
}

} // namespace tenken
