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
    PastReview present() const;        ///< the review as it is now, to compare with

signals:
    void outdated();                   ///< the service was read again: who looks wishes again
    void changed();                    ///< read, or gone with the service it was of

private:
    void take();

    Session &m_session;
    ReviewHistory m_history;
    QFutureWatcher<ReviewHistory> m_reading;
    QString m_folder;                  ///< of what is known, or is being read
    bool m_old = true, m_known = false;
};

} // namespace tenken
