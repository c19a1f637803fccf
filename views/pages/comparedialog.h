// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/earlier.h>
#include <review/stale.h>

#include <QDialog>

class QListWidget;
class QPlainTextEdit;

namespace tenken {

class Label;

/// What an answer relied on beside what stands there now; one place at a time.
class CompareDialog : public QDialog
{
    Q_OBJECT
public:
    CompareDialog(const Roots &roots, const Text &item, const std::vector<StaleReason> &reasons, Lang lang, QWidget *parent = nullptr);

private:
    void look(int row);
    void show(const EarlierLines &lines);

    Lang m_lang;
    Roots m_roots;
    std::vector<StaleReason> m_reasons;  ///< of evidence
    QListWidget *m_places;
    Label *m_beforeTitle, *m_nowTitle;
    QPlainTextEdit *m_before, *m_now;
    int m_asked = 0;                     ///< answers to earlier questions are not shown
};

} // namespace tenken
