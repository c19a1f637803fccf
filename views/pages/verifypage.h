// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signoff/verify.h>

#include <QFutureWatcher>
#include <QWidget>

class QLabel;
class QPushButton;
class QTabWidget;
class QVBoxLayout;

namespace tenken {

class Label;
class PdfView;
class SignedItems;

/// A signed document, read-only: every check in words, who signed, the pages as they were signed, and what
/// the review says of each item, with what changed since.
class VerifyPage : public QWidget
{
    Q_OBJECT
public:
    explicit VerifyPage(Lang lang, QWidget *parent = nullptr);

    /// Verifies in the background. `repository`: to compare with; empty: the service's folder that the file
    /// lies in, if any.
    void openFile(const QString &path, const QString &repository = {});
    QString path() const { return m_path; }
    QString repository() const { return m_repository; }
    const Verification *verification() const { return m_verification.get(); }
    void setTrust(const Trust &trust);      ///< verifies again
    const Trust &trust() const { return m_trust; }

signals:
    void verified();
    void failed(const tenken::Problem &problem);
    void signRequested(const QString &path);
    void repositoryRequested();             ///< a folder to compare with is to be chosen
    void signersRequested();                ///< a list of known keys is to be chosen

private:
    struct Outcome {
        std::shared_ptr<Verification> verification;
        std::optional<Problem> problem;
    };
    void start();
    void showOutcome(const Outcome &outcome);
    void showChecks();
    QWidget *buildHead();
    QWidget *buildLeft();

    Lang m_lang;
    QString m_path, m_repository;
    Trust m_trust;
    std::shared_ptr<Verification> m_verification;
    QFutureWatcher<Outcome> m_watcher;
    QVBoxLayout *m_glyph = nullptr, *m_checks = nullptr;
    Label *m_headline = nullptr, *m_about = nullptr;
    QTabWidget *m_tabs = nullptr;
    PdfView *m_pages = nullptr;
    SignedItems *m_items = nullptr;
};

} // namespace tenken
