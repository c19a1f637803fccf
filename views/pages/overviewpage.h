// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/text.h>

#include <QScrollArea>

class QVBoxLayout;

namespace tenken {

class HistoryFeed;
class Session;

/// May the service go to production, and if not, what blocks it? One page for the room.
class OverviewPage : public QScrollArea
{
    Q_OBJECT
public:
    OverviewPage(Session &session, HistoryFeed &feed, Lang lang, QWidget *parent = nullptr);

signals:
    void itemRequested(const QString &itemId);
    void historyRequested();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void rebuild();
    QWidget *decisionPanel();
    QWidget *coverage();
    QWidget *blockersPanel();
    QWidget *sectionsPanel();
    QWidget *deadlinesPanel();
    QWidget *remarks();
    QWidget *changesPanel();
    QString in(const Text &text) const { return text.in(m_lang); }

    Session &m_session;
    HistoryFeed &m_feed;
    Lang m_lang;
};

} // namespace tenken
