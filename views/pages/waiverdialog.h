// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

#include <QDialog>

class QDateEdit;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tenken {

/// Asks for a waiver of an item, or of what `start` is about (a finding, a parameter): reason, compensating control, who asks, who approves (another person), until when.
class WaiverDialog : public QDialog
{
    Q_OBJECT
public:
    WaiverDialog(const Text &item, const Waiver &start, Lang lang, QWidget *parent = nullptr);
    Waiver waiver() const;

private:
    void check();

    Lang m_lang;
    Waiver m_start;
    QLineEdit *m_reason, *m_control, *m_requester, *m_approver, *m_link;
    QDateEdit *m_expires;
    QLabel *m_hint;
    QPushButton *m_ok;
};

/// Asks for a follow-up: what, who, until when, a link.
class ActionDialog : public QDialog
{
    Q_OBJECT
public:
    ActionDialog(const Action &start, Lang lang, QWidget *parent = nullptr);
    Action action() const;

private:
    QLineEdit *m_text, *m_owner, *m_link;
    QDateEdit *m_due;
    bool m_done;
};

} // namespace tenken
