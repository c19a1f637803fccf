// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/session.h>
#include <window/actions.h>
#include <window/exporter.h>
#include <window/mainwindow.h>

class QStackedWidget;
class QTemporaryDir;
class QTimer;

namespace tenken {

class HistoryFeed;
class HistoryPage;
class SelfAssessmentPage;
class LoadTestPage;
class MeetingWindow;
class MonitoringPage;
class OverviewPage;
class StatusLine;
class TopBar;
class VerifyPage;
class Workspace;
struct Frozen;
struct Signable;

struct MainWindow::Private {
    explicit Private(MainWindow *window);
    ~Private();

    void build();                       ///< everything that carries words; again when the language changes
    void buildActions();
    void buildFileActions();
    void buildEditActions();
    void buildViewActions();
    void buildItemActions();
    void buildMeetingActions();
    void buildMoveActions();
    void buildPages();
    void refresh();
    void chooseFolder();
    void offerWizard(const QString &folder);
    bool mayClose();                    ///< asks about unsaved edits; false: stay
    bool save();
    void buildReviewActions();
    void exportActions();
    void resolveConflicts();            ///< asks whose value stays, where two people answered the same
    void runSmoke();
    void fetchSnapshot();
    void exportPdf();
    void print();
    void buildVerifyPage();
    void chooseDocument();
    void startSigning(const QStringList &outsideGit = {});
    bool offerOutsideGit(const QStringList &files);
    void signExported(const QString &path);
    void signFile(const QString &path);
    void showSignDialog(const Signable &document, const QString &target);
    void cancel();
    void cycleFocus(int by);
    void tell(const Text &title, const QString &text);
    bool tellMeeting(const QStringList &lines); ///< false: none is going on
    void keepState();
    QString in(const Text &text) const { return text.in(lang); }

    MainWindow *q;
    Lang lang = Lang::Ja;
    Session session;
    std::unique_ptr<HistoryFeed> feed;
    Exporter exporter, signExporter;
    std::unique_ptr<QTemporaryDir> signFolder; ///< of a document that is made to be signed
    Actions *actions = nullptr;
    TopBar *top = nullptr;
    StatusLine *status = nullptr;
    QStackedWidget *stack = nullptr;
    QWidget *start = nullptr;
    OverviewPage *overview = nullptr;
    Workspace *workspace = nullptr;
    LoadTestPage *loadtest = nullptr;
    MonitoringPage *monitoring = nullptr;
    SelfAssessmentPage *self = nullptr;
    HistoryPage *history = nullptr;
    VerifyPage *verify = nullptr;
    QString page = QStringLiteral("item");
    bool compact = false;
    bool choosing = false;              ///< the conflict dialog is open
    std::optional<bool> dark;           ///< set by hand; else the desktop's scheme
    std::unique_ptr<MeetingWindow> meeting; ///< last: it refers to the session
    Lang meetingLang = Lang::Ja;        ///< of the window when the meeting began; it has its own from then on
};

} // namespace tenken
