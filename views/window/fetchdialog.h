// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <network/fetchthread.h>
#include <window/fetchplanmodel.h>

#include <QDialog>

class QComboBox;
class QDateTimeEdit;
class QFormLayout;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableView;

namespace tenken
{

class Label;

/// Fetches the service's snapshot from Datadog: shows what will be asked before it is, and what came. Keys
/// come from the environment or the desktop's keychain, and are never shown.
class FetchDialog : public QDialog
{
    Q_OBJECT
public:
    FetchDialog(const Service &service, const QString &serviceFolder, Lang lang, QWidget *parent = nullptr);

    void reject() override; ///< while it runs: cancels that, and stays open

signals:
    void fetched(); ///< the snapshot on disk is another

private:
    void buildForm(QFormLayout &form);
    void buildTable();
    void buildButtons();
    void planAgain();
    void chooseKeys();
    void showKeys(const Text &remark);
    void run(bool resume);
    void ended(const FetchSummary &summary);
    void refresh();
    void tell(const Text &text, bool wrong = false);
    FetchWishes wishes() const;
    Text destination() const;
    QString in(const Text &text) const { return text.in(m_lang); }

    Service m_service;
    Lang m_lang;
    Result<QString> m_folder;
    FetchKeys m_keys;
    FetchPlanModel m_model;
    FetchThread m_fetch;
    KeychainKeys m_keychain;
    QComboBox *m_site, *m_source;
    QDateTimeEdit *m_from, *m_to;
    QLineEdit *m_environment, *m_span;
    Label *m_keyState, *m_state;
    QTableView *m_table;
    QProgressBar *m_progress;
    QPushButton *m_start, *m_resume, *m_copy, *m_close;
};

} // namespace tenken
