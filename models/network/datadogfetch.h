// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <network/fetchkeys.h>
#include <network/pages.h>
#include <network/retrypolicy.h>
#include <network/snapshotwriter.h>

#include <QDeadlineTimer>
#include <QTimer>

#include <map>

namespace tenken
{

struct FetchOptions {
    FetchPlan plan;
    FetchKeys keys;
    QString folder; ///< of the snapshot
    bool resume = false; ///< keep what the folder's index holds, ask for the rest
    HttpPolicy http; ///< limits, authorities, proxy; what is allowed and where is set by the fetch
    RetryLimits retry;
    int parallel = 4;
};

/// One line of what came: a line of the plan, or what one of its answers led to.
struct FetchRow {
    enum class State { Waiting, Running, Paused, Good, Kept, Failed };
    QString purpose;
    Text label;
    State state = State::Waiting;
    int status = 0;
    QString outcome;
    Text came; ///< "1,008 points", "8, all pages", or why it failed
    qint64 bytes = 0;
};

struct FetchSummary {
    enum class End { Done, Cancelled, Refused, RateLimited, Stopped };
    End end = End::Done;
    Text message; ///< what to know, and what to do
    std::vector<FetchRow> rows;
    int good = 0, wanted = 0;
    QString indexFile; ///< empty: nothing was written
    std::vector<Text> remarks;
};

/// Fetches a plan into a snapshot, some requests at a time, read-only. Lives in the thread it was made in or
/// moved to before start(); tells what it does by values.
class DatadogFetch : public QObject
{
    Q_OBJECT
public:
    explicit DatadogFetch(const FetchOptions &options, QObject *parent = nullptr);
    ~DatadogFetch() override;

    void start(); ///< checks the keys first
    void cancel(); ///< what came is kept

signals:
    void rowChanged(int index, const tenken::FetchRow &row); ///< a new index: one more line
    void progress(int done, int total, const tenken::Text &what);
    void finished(const tenken::FetchSummary &summary);

private:
    struct Job;
    void validated(const HttpAnswer &answer);
    void addJob(const FetchRequest &request);
    void pump();
    Job *nextReady();
    bool closed(Job &job);
    void launch(Job &job);
    void answered(Job &job, const HttpAnswer &answer);
    bool retried(Job &job, const HttpAnswer &answer);
    bool take(Job &job, const HttpAnswer &answer); ///< false: it could not be written
    void takeGood(Job &job, const QByteArray &body, FetchRow::State state);
    bool takeKept(Job &job);
    void endJob(Job &job, FetchRow::State state);
    void follow(const Job &job);
    void followTeams();
    void tell(const Job &job);
    void finish(FetchSummary::End end, const Text &message);
    QString family(const FetchRequest &request) const;

    FetchOptions m_options;
    QUrl m_base;
    HttpClient *m_client = nullptr;
    SnapshotWriter m_writer;
    RetryPolicy m_retry;
    std::vector<std::unique_ptr<Job>> m_jobs;
    std::map<QString, QDeadlineTimer> m_gates; ///< rate limits are per kind of request
    QSet<QString> m_closed; ///< kinds that are limited for longer than a run may wait
    QJsonArray m_teams;
    QStringList m_teamHandles; ///< that monitors notify
    QTimer m_timer;
    int m_running = 0;
    bool m_stopping = false; ///< no more is asked; what runs may end
    bool m_followedTeams = false;
    FetchSummary m_summary;
    bool m_finished = false;
};

/// What an answer is worth: empty for a good one, else "not_readable", "not_json" …, and why.
QString outcomeOf(const HttpAnswer &answer, Text *why);
Text summaryText(const FetchSummary &summary); ///< how it ended, how much came, what did not
Text howMuch(const QByteArray &body); ///< "1,008 points", "8"

std::vector<FetchRequest> monitorRequests(const QJsonArray &monitors, const QStringList &names);
QStringList teamHandlesIn(const QJsonArray &monitors);
std::vector<FetchRequest> dashboardRequests(const QJsonArray &dashboards, const QStringList &names);
std::vector<FetchRequest> teamRequests(const QJsonArray &teams, const QStringList &names);

} // namespace tenken
