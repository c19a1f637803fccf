// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/historyfeed.h>

#include <review/session.h>

#include <QCoreApplication>
#include <QtConcurrentRun>

namespace tenken {

HistoryFeed::HistoryFeed(Session &session, QObject *parent)
    : QObject(parent), m_session(session)
{
    connect(&m_reading, &QFutureWatcherBase::finished, this, &HistoryFeed::take);
    connect(&session, &Session::loaded, this, [this] {
        m_old = true;
        if (m_session.folder() != m_folder && std::exchange(m_known, false)) {
            m_history = {};
            emit changed();
        }
        emit outdated();
    });
}

HistoryFeed::~HistoryFeed()
{
    m_reading.disconnect(this);
    m_reading.waitForFinished();
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

PastReview HistoryFeed::present() const
{
    return presentReview(m_session.evidence(), m_session.checklist(), m_session.outcome(), m_session.readAt(),
                         QCoreApplication::applicationVersion());
}

} // namespace tenken
