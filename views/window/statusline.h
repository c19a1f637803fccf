// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/session.h>

#include <QStatusBar>

class QProgressBar;
class QToolButton;

namespace tenken {

class Label;

/// What is unsaved, what was read and when, what could not be read; while reading, what is being read and how to stop.
class StatusLine : public QStatusBar
{
    Q_OBJECT
public:
    StatusLine(Session &session, Lang lang, QWidget *parent = nullptr);

signals:
    void problemsRequested();

private:
    void refresh();
    void showProgress(const ReadingStep &step);

    Session &m_session;
    Lang m_lang;
    Label *m_unsaved, *m_read, *m_about;
    QToolButton *m_problems, *m_stop;
    QProgressBar *m_progress;
};

} // namespace tenken
