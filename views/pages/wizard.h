// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/discover.h>

#include <QDialog>

#include <atomic>
#include <memory>

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace tenken {

/// Offered for a folder without readiness/: looks through it, shows what it found and the service.yaml it would
/// write, which can be changed before it is written.
class StartWizard : public QDialog
{
    Q_OBJECT
public:
    StartWizard(const QString &folder, Lang lang, QWidget *parent = nullptr);
    ~StartWizard() override;

    bool isSearching() const { return m_searching; }

public slots:
    void accept() override;

private:
    void search();
    void show(const Discovery &found);
    QString summary(const Discovery &found) const;

    QString m_folder;
    Lang m_lang;
    bool m_searching = true;
    std::shared_ptr<std::atomic_bool> m_stop;
    QLabel *m_found, *m_problem;
    QPlainTextEdit *m_text;
    QProgressBar *m_busy;
    QPushButton *m_write;
};

} // namespace tenken
