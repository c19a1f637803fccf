// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <history/timeline.h>

#include <QFutureWatcher>
#include <QObject>

namespace tenken {

class Session;

/// What happened to the review, read in the background once for all pages that show it: when somebody looks, and again
/// after the service was read.
class HistoryFeed final : public QObject
{
    Q_OBJECT
public:
    explicit HistoryFeed(Session &session, QObject *parent = nullptr);
    ~HistoryFeed() override;

    void wish();                       ///< somebody looks: reads if what is known is old
    bool isKnown() const { return m_known; }
    const ReviewHistory &history() const { return m_history; }
    bool isReading() const { return m_reading.isRunning(); }
    PastReview present() const;        ///< the review as it is now, to compare with

    /// As a commit has it, judged again. Nothing while that is being done; judged() tells when it is.
    std::optional<Result<PastReview>> judgedAt(const QString &commit);
    bool isJudging() const { return m_judging.isRunning(); }

signals:
    void outdated();                   ///< the service was read again: who looks wishes again
    void changed();                    ///< read, or gone with the service it was of
    void judged();                     ///< a commit

private:
    void take();

    Session &m_session;
    ReviewHistory m_history;
    QFutureWatcher<ReviewHistory> m_reading;
    QFutureWatcher<Result<PastReview>> m_judging;
    QString m_commit;                  ///< that is being judged
    QHash<QString, Result<PastReview>> m_commits;
    QString m_folder;                  ///< of what is known, or is being read
    bool m_old = true, m_known = false;
};

} // namespace tenken
