// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <network/smokerecord.h>

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace tenken {

class Label;

/// Sends an environment's smoke requests and records their answers: shows what goes where before anything is sent,
/// and asks once where that is production.
class SmokeDialog : public QDialog
{
    Q_OBJECT
public:
    SmokeDialog(const Evidence &evidence, const QString &author, Lang lang, QWidget *parent = nullptr);

    void reject() override;             ///< while it runs: cancels that, and stays open
    QString written() const { return m_written; } ///< relative path of the last record; empty: none

signals:
    void recorded();                    ///< a record was written

private:
    void buildForm(QFormLayout &form);
    void buildTable();
    void choose();
    void run();
    void ended();
    void show(int row, const SmokeResult &result);
    void refresh();
    void tell(const Text &text, bool wrong = false);
    const ServiceEnvironment *environment() const;
    QString in(const Text &text) const { return text.in(m_lang); }

    Evidence m_evidence;                ///< the session's may be read again meanwhile
    Lang m_lang;
    std::vector<ServiceEnvironment> m_environments; ///< those that have requests
    std::unique_ptr<SmokeRun> m_run;
    std::vector<std::pair<const TestField *, QLineEdit *>> m_answers;
    QString m_written;
    bool m_complaining = false;         ///< what is said is about an answer that may not stand
    QComboBox *m_environment;
    QTableWidget *m_table;
    QCheckBox *m_confirm;
    Label *m_where, *m_state;
    QPushButton *m_start, *m_close;
};

} // namespace tenken
