// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/fetchjob.h>

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

} // namespace

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
    QByteArray date = answer.headers.value("date");
    date.replace("GMT", "+0000"); // which Qt knows by number alone
    const QDateTime serversTime = QDateTime::fromString(QString::fromLatin1(date), Qt::RFC2822Date);
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

// A limit that lasts longer than a run may wait ends this kind of request, not the others.
bool DatadogFetch::closed(Job &job)
{
    if (!m_closed.contains(family(job.first)))
        return false;
    job.done = true;
    job.shown.came = {"呼び出し回数の上限のため、まだ聞いていません。", "Not asked yet, for the rate limit."};
    tell(job);
    return true;
}

DatadogFetch::Job *DatadogFetch::nextReady()
{
    std::optional<milliseconds> soonest;
    for (const auto &job : m_jobs) {
        if (job->done || job->running || closed(*job))
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
    if (m_options.resume && job.first.paging != Paging::None && job.pages.count() == 0 && job.tried == 0)
        m_writer.dropList(job.first.purpose); // begun, not ended: its pages may have moved since
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
    }
    if (!m_closed.isEmpty() && end == FetchSummary::End::Done)
        end = FetchSummary::End::RateLimited;
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
