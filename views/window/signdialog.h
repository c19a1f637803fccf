// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signoff/signing.h>

#include <QDialog>
#include <QFutureWatcher>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tenken {

class Label;
class PdfView;

/// Signs a document: shows exactly the bytes that will be signed, page by page, and asks who signs, in which
/// role, with which key, and what they decide.
class SignDialog : public QDialog
{
    Q_OBJECT
public:
    /// `target`: where the signed document goes; statements that lie there already stay.
    SignDialog(const Signable &document, const QString &target, Lang lang, QWidget *parent = nullptr);
    ~SignDialog() override;

    void setKeys(const std::vector<SshKey> &keys);
    QString target() const { return m_target; }
    PdfView *pages() const { return m_pages; }
    QComboBox *roles() const { return m_role; }
    QComboBox *decisions() const { return m_decision; }
    QComboBox *keys() const { return m_key; }
    QLineEdit *identity() const { return m_identity; }
    QPushButton *signButton() const { return m_sign; }
    QString said() const;

    void reject() override;

signals:
    void written(const QString &path);

private:
    struct Found {
        std::vector<SshKey> keys;
        QString identity, name;
    };
    QWidget *buildForm();
    void look();                    ///< for keys and for who this is
    void chooseKeyFile();
    void sign();
    void say(const Text &words, bool bad);
    void update();
    SignRequest request() const;

    Signable m_document;
    QString m_target;
    Lang m_lang;
    std::vector<SshKey> m_keys;
    QFutureWatcher<Found> m_looking;
    QFutureWatcher<std::shared_ptr<Result<QByteArray>>> m_signing;
    PdfView *m_pages;
    QComboBox *m_role, *m_decision, *m_key;
    QLineEdit *m_identity, *m_name;
    Label *m_status, *m_missing;
    QPushButton *m_sign;
    bool m_busy = false;
};

} // namespace tenken
