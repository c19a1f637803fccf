// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/json.h>
#include <evidence/numbers.h>
#include <network/datadogfetch.h>

#include <QJsonObject>

namespace tenken
{

using std::chrono::milliseconds;

namespace
{

constexpr size_t mostJobs = 500;

HttpPolicy policyFor(const FetchOptions &options, const QUrl &base)
{
    HttpPolicy policy = options.http;
    policy.allowed = datadogRequests();
    policy.origin = base;
    return policy;
}

// A server may send back what it was sent.
Text withoutKeys(Text text, const FetchKeys &keys)
{
    for (const Secret &key : keys.all()) {
        for (QString *words : {&text.ja, &text.en})
            words->replace(QString::fromUtf8(key.reveal()), QStringLiteral("••••"));
    }
    return text;
}

// No other request would get an answer either.
bool endsAll(HttpOutcome outcome)
{
    return outcome == HttpOutcome::Tls || outcome == HttpOutcome::Proxy
        || outcome == HttpOutcome::Unreachable;
}

} // namespace

struct DatadogFetch::Job {
    explicit Job(const FetchRequest &request) : first(request), pages(request) {}

    FetchRequest first;
    Pages pages;
    int row = 0;
    int tried = 0;
    bool running = false, done = false;
    QDeadlineTimer notBefore;
    QJsonArray elements; ///< of all pages, where they lead further
    HttpCall *call = nullptr;
    FetchRow shown;
};

DatadogFetch::DatadogFetch(const FetchOptions &options, QObject *parent)
    : QObject(parent),
      m_options(options),
      m_base(apiUrl(options.plan.wishes.site)),
      m_writer(options.folder, options.plan, options.keys.all()),
      m_retry(options.retry),
      m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &DatadogFetch::pump);
    for (const FetchRequest &request : options.plan.requests) {
        if (request.enabled)
            addJob(request);
    }
}

DatadogFetch::~DatadogFetch() = default;

void DatadogFetch::addJob(const FetchRequest &request)
{
    if (m_jobs.size() >= mostJobs)
        return;
    auto job = std::make_unique<Job>(request);
    job->row = int(m_jobs.size());
    job->shown.purpose = request.purpose;
    job->shown.label = request.label;
    m_jobs.push_back(std::move(job));
    tell(*m_jobs.back());
}

void DatadogFetch::tell(const Job &job)
{
    emit rowChanged(job.row, job.shown);
    const auto done = std::ranges::count_if(m_jobs, [](const auto &j) { return j->done; });
    emit progress(int(done), int(m_jobs.size()), job.shown.label);
}

// Asking costs nothing but time: first whether the site and the key fit at all.
void DatadogFetch::start()
{
    if (m_base.isEmpty())
        return finish(
            FetchSummary::End::Refused,
            Text{
                "「%1」はサイトとして読めません。datadoghq.com や ap1.datadoghq.com のように書いてください。",
                "\"%1\" cannot be read as a site. Write it like datadoghq.com or ap1.datadoghq.com."}
                .arg(m_options.plan.wishes.site));
    if (m_options.keys.isEmpty())
        return finish(
            FetchSummary::End::Refused,
            {"キーがありません。DD_API_KEY と DD_APP_KEY（または DD_BEARER_TOKEN）を設定してください。",
             "There is no key. Set DD_API_KEY and DD_APP_KEY, or DD_BEARER_TOKEN."});
    if (m_options.resume) {
        if (const auto resumed = m_writer.resume(); !resumed)
            return finish(FetchSummary::End::Refused,
                          Text{"%1 %2", "%1 %2"}.arg(resumed.error().message, resumed.error().hint));
    }
    m_client = new HttpClient(policyFor(m_options, m_base), this);
    QUrl url = m_base;
    url.setPath(QStringLiteral("/api/v1/validate"));
    emit progress(0, int(m_jobs.size()), {"キーを確かめています", "Checking the key"});
    HttpCall *call = m_client->send({"GET", url, m_options.keys.headers(), {}, true});
    connect(call, &HttpCall::finished, this, &DatadogFetch::validated);
}

void DatadogFetch::validated(const HttpAnswer &answer)
{
    if (m_finished)
        return;
    Text why;
    const QString outcome = outcomeOf(answer, &why);
    if (outcome == u"not_readable")
        return finish(FetchSummary::End::Refused,
                      Text{"%1 がキーを受け付けません（%2）。サイトかキーが違うか、権限が足りません。",
                           "%1 does not accept the key (%2): wrong site, wrong key or missing scope."}
                          .arg(siteName(m_options.plan.wishes.site), answer.status));
    // Only what says that nothing will work stops here; a slow or busy check does not.
    const bool hopeless = endsAll(answer.outcome) || answer.outcome == HttpOutcome::Refused
        || outcome == u"not_json" || outcome == u"not_found";
    if (hopeless)
        return finish(FetchSummary::End::Stopped, why);
    const QDateTime serversTime =
        QDateTime::fromString(QString::fromLatin1(answer.headers.value("date")), Qt::RFC2822Date);
    constexpr qint64 bearable = 300;
    if (serversTime.isValid() && std::abs(serversTime.secsTo(QDateTime::currentDateTime())) > bearable)
        m_summary.remarks.push_back(
            {"この機械の時計はサーバーと 5 分以上ずれています。期間がその分ずれます。",
             "This machine's clock and the server's are more than 5 minutes apart; so is the window."});
    pump();
}

// "/api/v1/monitor/12" and "/api/v1/monitor" share a limit.
QString DatadogFetch::family(const FetchRequest &request) const
{
    return request.path.section(u'/', 0, 3);
}

DatadogFetch::Job *DatadogFetch::nextReady()
{
    std::optional<milliseconds> soonest;
    for (const auto &job : m_jobs) {
        if (job->done || job->running)
            continue;
        milliseconds wait(job->notBefore.remainingTime());
        if (const auto gate = m_gates.find(family(job->first)); gate != m_gates.end())
            wait = std::max(wait, milliseconds(gate->second.remainingTime()));
        if (wait <= milliseconds(0))
            return job.get();
        soonest = std::min(soonest.value_or(wait), wait);
    }
    if (soonest)
        m_timer.start(*soonest + milliseconds(1));
    return nullptr;
}

void DatadogFetch::pump()
{
    while (!m_finished && !m_stopping && m_running < m_options.parallel) {
        Job *job = nextReady();
        if (!job)
            break;
        if (!takeKept(*job))
            launch(*job);
    }
    if (m_finished || m_running > 0)
        return;
    if (m_stopping)
        return finish(m_summary.end, m_summary.message);
    if (std::ranges::any_of(m_jobs, [](const auto &job) { return !job->done; }))
        return; // waits for the timer
    if (!std::exchange(m_followedTeams, true)) {
        followTeams();
        return pump();
    }
    finish(FetchSummary::End::Done, {});
}

void DatadogFetch::launch(Job &job)
{
    const FetchRequest &request = job.pages.current();
    QUrl url = m_base;
    url.setPath(request.path);
    url.setQuery(request.encodedQuery(), QUrl::StrictMode);
    HttpRequest asked{request.method, url, m_options.keys.headers(), request.body, true};
    asked.headers.emplace_back("Accept", Secret("application/json"));
    if (request.method == "POST")
        asked.headers.emplace_back("Content-Type", Secret("application/json"));
    job.running = true;
    ++m_running;
    ++job.tried;
    job.shown.state = FetchRow::State::Running;
    tell(job);
    job.call = m_client->send(asked);
    connect(job.call, &HttpCall::finished, this, [this, &job](const HttpAnswer &answer) {
        job.call = nullptr;
        job.running = false;
        --m_running;
        if (!m_finished)
            answered(job, answer);
    });
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
        if (isRateLimited(answer)
            && job.tried < m_options.retry.tries) { // the budget, not this request's tries
            m_stopping = true;
            m_summary.end = FetchSummary::End::RateLimited;
        }
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
        takeGood(job, answer.body);
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

void DatadogFetch::takeGood(Job &job, const QByteArray &body)
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
    endJob(job, FetchRow::State::Good);
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
    takeGood(job, *body);
    if (job.done) {
        job.shown.state = FetchRow::State::Kept;
        tell(job);
    }
    return true;
}

void DatadogFetch::endJob(Job &job, FetchRow::State state)
{
    job.done = true;
    job.shown.state = state;
    if (job.first.paging != Paging::None)
        (void)m_writer.setComplete(job.first.purpose,
                                   state == FetchRow::State::Good && job.pages.isComplete());
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

void DatadogFetch::cancel()
{
    finish(FetchSummary::End::Cancelled,
           {"中止しました。取れたものは残っています。続きから取れます。",
            "Cancelled. What came is kept; the rest can be fetched later."});
}

void DatadogFetch::finish(FetchSummary::End end, const Text &message)
{
    if (std::exchange(m_finished, true))
        return;
    m_timer.stop();
    for (const auto &job : m_jobs) {
        if (job->call) {
            job->call->disconnect(this);
            job->call->cancel();
        }
        m_summary.rows.push_back(job->shown);
        const bool good =
            job->shown.state == FetchRow::State::Good || job->shown.state == FetchRow::State::Kept;
        m_summary.good += good ? 1 : 0;
        if (job->shown.outcome == u"rate_limited" && end == FetchSummary::End::Done)
            end = FetchSummary::End::RateLimited;
    }
    m_summary.wanted = int(m_jobs.size());
    m_summary.end = end;
    m_summary.message = withoutKeys(message, m_options.keys);
    if (end == FetchSummary::End::RateLimited)
        m_summary.message =
            Text{
                "呼び出し回数の上限に達しました。%2 件中 %1 件を取りました。しばらくしてから続きを取れます。",
                "Rate-limited: %1 of %2 fetched. The rest can be fetched later."}
                .arg(m_summary.good, m_summary.wanted);
    emit finished(m_summary);
}

} // namespace tenken
