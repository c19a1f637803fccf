// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/text.h>

#include <QScrollArea>

class QVBoxLayout;

namespace tenken {

class Session;

/// May the service go to production, and if not, what blocks it? One page for the room.
class OverviewPage : public QScrollArea
{
    Q_OBJECT
public:
    OverviewPage(Session &session, Lang lang, QWidget *parent = nullptr);

signals:
    void itemRequested(const QString &itemId);

private:
    void rebuild();
    QWidget *decisionPanel();
    QWidget *coverage();
    QWidget *blockersPanel();
    QWidget *sectionsPanel();
    QWidget *deadlinesPanel();
    QString in(const Text &text) const { return text.in(m_lang); }

    Session &m_session;
    Lang m_lang;
};

} // namespace tenken
