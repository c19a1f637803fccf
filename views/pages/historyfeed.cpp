// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/historyfeed.h>

#include <history/rejudge.h>
#include <review/session.h>

#include <QCoreApplication>
#include <QtConcurrentRun>

namespace tenken {

HistoryFeed::HistoryFeed(Session &session, QObject *parent)
    : QObject(parent), m_session(session)
{
    connect(&m_reading, &QFutureWatcherBase::finished, this, &HistoryFeed::take);
    connect(&m_judging, &QFutureWatcherBase::finished, this, [this] {
        m_commits.insert(m_commit, m_judging.result());
        emit judged();
    });
    connect(&session, &Session::loaded, this, [this] {
        m_old = true;
        if (m_session.folder() != m_folder && std::exchange(m_known, false)) {
            m_history = {};
            m_commits.clear();
            emit changed();
        }
        emit outdated();
    });
}

HistoryFeed::~HistoryFeed()
{
    for (QFutureWatcherBase *work : std::initializer_list<QFutureWatcherBase *>{&m_reading, &m_judging}) {
        work->disconnect(this);
        work->waitForFinished();
    }
}

void HistoryFeed::wish()
{
    if (!m_old || m_reading.isRunning() || m_session.outcome().items.empty())
        return;
    m_old = false;
    m_folder = m_session.folder();
    m_reading.setFuture(QtConcurrent::run([folder = m_session.folder(), service = m_session.evidence().service,
                                           checklist = m_session.checklist()] {
        return readHistory(folder, service, checklist);
    }));
}

void HistoryFeed::take()
{
    if (m_session.folder() == m_folder) {
        m_history = m_reading.result();
        m_known = true;
        emit changed();
    }
    if (m_old)
        emit outdated();
}

std::optional<Result<PastReview>> HistoryFeed::judgedAt(const QString &commit)
{
    if (const auto known = m_commits.constFind(commit); known != m_commits.cend())
        return *known;
    if (!m_judging.isRunning()) {
        m_commit = commit;
        m_judging.setFuture(QtConcurrent::run(
            [folder = m_session.folder(), commit, program = QCoreApplication::applicationVersion()] {
                return reviewAtCommit(folder, commit, program);
            }));
    }
    return {};
}

PastReview HistoryFeed::present() const
{
    return presentReview(m_session.evidence(), m_session.checklist(), m_session.outcome(), m_session.readAt(),
                         QCoreApplication::applicationVersion());
}

} // namespace tenken
