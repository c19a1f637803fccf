// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/mainwindow_p.h>

#include <document/document.h>
#include <pages/checklistpane.h>
#include <pages/evidencepane.h>
#include <pages/findingslist.h>
#include <pages/itempage.h>
#include <pages/loadtestpage.h>
#include <pages/historypage.h>
#include <pages/monitoringpage.h>
#include <pages/workspace.h>
#include <parts/icons.h>
#include <window/fetchdialog.h>
#include <window/keysdialog.h>
#include <window/problemsdialog.h>
#include <window/recent.h>
#include <window/smokedialog.h>
#include <window/topbar.h>

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QPrintPreviewDialog>
#include <QPrinter>
#include <QStackedWidget>

namespace tenken {

using Menu = Actions::Menu;
using Where = Actions::Where;

void MainWindow::Private::buildActions()
{
    buildFileActions();
    buildEditActions();
    buildViewActions();
    buildItemActions();
    buildMeetingActions();
    buildReviewActions();
    buildMoveActions();
    actions->add(Menu::Help, {"キーの一覧", "Keys"}, {QKeySequence(Qt::Key_F1), QKeySequence(QStringLiteral("?"))}, Where::Anywhere,
                 [this] { KeysDialog(*actions, lang, q).exec(); });
}

void MainWindow::Private::buildFileActions()
{
    actions->add(Menu::File, {"開く…", "Open…"}, {QKeySequence::Open}, Where::Anywhere, [this] { chooseFolder(); });
    auto *recent = new QMenu(q);
    const auto fill = [this, recent] {
        recent->clear();
        for (const QString &folder : recentServices()) {
            QAction *entry = recent->addAction(QDir::toNativeSeparators(folder));
            entry->setEnabled(QFileInfo(folder).isDir());
            QObject::connect(entry, &QAction::triggered, q, [this, folder] { q->open(folder); });
        }
        recent->addSeparator();
        QObject::connect(recent->addAction(in({"フォルダーを開く…", "Open a folder…"})), &QAction::triggered, q, [this] { chooseFolder(); });
    };
    QObject::connect(recent, &QMenu::aboutToShow, q, fill);
    actions->adopt(Menu::File, {"最近のサービス", "Recent services"}, {}, Where::Anywhere, recent->menuAction());
    top->setServiceMenu(recent);
    actions->add(Menu::File, {"保存", "Save"}, {QKeySequence::Save}, Where::Service, [this] { save(); });
    actions->add(Menu::File, {"読み直す", "Read again"}, {QKeySequence(Qt::CTRL | Qt::Key_R)}, Where::Service, [this] { session.reload(); });
    actions->add(Menu::File, {"Datadog から取得…", "Fetch from Datadog…"}, {QKeySequence(QStringLiteral("Ctrl+Shift+D"))}, Where::Service,
                 [this] { fetchSnapshot(); });
    actions->add(Menu::File, {"動作確認…", "Smoke run…"}, {QKeySequence(QStringLiteral("Ctrl+Shift+S"))}, Where::Service, [this] { runSmoke(); });
    actions->addSeparator(Menu::File);
    QAction *pdf = actions->add(Menu::File, {"文書を書き出す", "Export document"}, {QKeySequence(Qt::CTRL | Qt::Key_E)}, Where::Service,
                                [this] { exportPdf(); });
    pdf->setIcon(iconOf(Sign::File));
    pdf->setIconText(in({"書き出す", "Export"}));
    top->addTool(pdf, TopBar::Tool::Button);
    actions->add(Menu::File, {"署名された文書を開く…", "Open a signed document…"}, {QKeySequence(QStringLiteral("Ctrl+Shift+O"))}, Where::Anywhere,
                 [this] { chooseDocument(); });
    actions->add(Menu::File, {"印刷…", "Print…"}, {QKeySequence::Print}, Where::Service, [this] { print(); });
    actions->addSeparator(Menu::File);
    actions->add(Menu::File, {"終了", "Quit"}, {QKeySequence::Quit}, Where::Anywhere, [this] { q->close(); });
}

void MainWindow::Private::runSmoke()
{
    SmokeDialog dialog(session.evidence(), session.author(), lang, q);
    dialog.exec();
    if (!dialog.written().isEmpty())
        session.reload();
}

void MainWindow::Private::fetchSnapshot()
{
    FetchDialog dialog(session.evidence().service, session.evidence().folder, lang, q);
    QObject::connect(&dialog, &FetchDialog::fetched, q, [this] { session.reload(); });
    dialog.exec();
}

void MainWindow::Private::buildEditActions()
{
    QAction *undo = session.undoStack()->createUndoAction(actions);
    QAction *redo = session.undoStack()->createRedoAction(actions);
    actions->adopt(Menu::Edit, {"元に戻す", "Undo"}, {QKeySequence(QStringLiteral("Ctrl+Z"))}, Where::Service, undo);
    actions->adopt(Menu::Edit, {"やり直す", "Redo"}, {QKeySequence(QStringLiteral("Ctrl+Shift+Z")), QKeySequence(QStringLiteral("Ctrl+Y"))}, Where::Service, redo);
    undo->setIcon(iconOf(Sign::Undo));
    redo->setIcon(iconOf(Sign::Redo));
    for (QAction *action : {undo, redo}) {
        action->setProperty("ownState", true);
        top->addTool(action);
    }
    actions->addSeparator(Menu::Edit);
    actions->add(Menu::Edit, {"直し方をコピー", "Copy remedy"}, {QKeySequence(QStringLiteral("Ctrl+Shift+C"))}, Where::Item,
                 [this] { workspace->item().copyRemedy(); });
}

void MainWindow::Private::buildViewActions()
{
    actions->add(Menu::View, {"概要", "Overview"}, {QKeySequence(QStringLiteral("Ctrl+1"))}, Where::Service, [this] { q->showPage(QStringLiteral("overview")); });
    actions->add(Menu::View, {"項目", "Items"}, {QKeySequence(QStringLiteral("Ctrl+2"))}, Where::Service, [this] { q->showPage(QStringLiteral("item")); });
    actions->add(Menu::View, {"負荷試験", "Load test"}, {QKeySequence(QStringLiteral("Ctrl+3"))}, Where::Service, [this] { q->showPage(QStringLiteral("loadtest")); });
    actions->add(Menu::View, {"監視", "Monitoring"}, {QKeySequence(QStringLiteral("Ctrl+4"))}, Where::Service, [this] { q->showPage(QStringLiteral("monitoring")); });
    actions->add(Menu::View, {"自己点検", "Self-assessment"}, {QKeySequence(QStringLiteral("Ctrl+5"))}, Where::Service, [this] { q->showPage(QStringLiteral("self")); });
    actions->add(Menu::View, {"履歴", "History"}, {QKeySequence(QStringLiteral("Ctrl+6"))}, Where::Service, [this] { q->showPage(QStringLiteral("history")); });
    actions->addSeparator(Menu::View);
    actions->add(Menu::View, {"項目を探す", "Search items"}, {QKeySequence(Qt::Key_Slash)}, Where::Item, [this] { workspace->checklist().focusSearch(); });
    for (int i = 1; i <= 5; ++i) {
        static const std::array names{Text{"すべて", "All"}, Text{"要対応だけ", "To do"}, Text{"不合格だけ", "Failing"},
                                      Text{"不明だけ", "Unknown"}, Text{"不一致だけ", "Disagreement"}};
        actions->add(Menu::View, names[size_t(i - 1)], {QKeySequence(QStringLiteral("Alt+%1").arg(i))}, Where::Item,
                     [this, i] { workspace->checklist().toggleFilter(i); });
    }
    actions->addSeparator(Menu::View);
    actions->add(Menu::View, {"図を表で見る", "Chart as table"}, {QKeySequence(Qt::Key_T)}, Where::Service, [this] {
        if (page == u"loadtest")
            loadtest->toggleTable();
        else if (page == u"monitoring")
            monitoring->toggleTable();
        else
            workspace->evidence().toggleTable();
    });
    QAction *tight = actions->add(Menu::View, {"行を詰める", "Compact rows"}, {}, Where::Item, [this] {
        compact = !compact;
        workspace->checklist().setCompact(compact);
    });
    tight->setCheckable(true);
    tight->setChecked(compact);
    actions->add(Menu::View, {"明暗を切り替える", "Light or dark"}, {QKeySequence(QStringLiteral("Ctrl+D"))}, Where::Anywhere,
                 [this] { q->setDark(!coloursFor(qApp->palette()).dark); });
    actions->add(Menu::View, {"English", "日本語"}, {QKeySequence(QStringLiteral("Ctrl+L"))}, Where::Anywhere, [this] {
        QMetaObject::invokeMethod(q, [this] { q->setLanguage(lang == Lang::Ja ? Lang::En : Lang::Ja); }, Qt::QueuedConnection);
    });
    actions->add(Menu::View, {"全画面", "Full screen"}, {QKeySequence(Qt::Key_F11)}, Where::Anywhere,
                 [this] { q->setWindowState(q->windowState() ^ Qt::WindowFullScreen); });
    QAction *problems = actions->add(Menu::View, {"読めなかったもの…", "Not readable…"}, {}, Where::Service,
                                     [this] { ProblemsDialog(session, lang, q).exec(); });
    problems->setObjectName(QStringLiteral("problems"));
}

void MainWindow::Private::buildItemActions()
{
    const auto team = [this](const char *key, const Text &text, TeamAnswer answer) {
        actions->add(Menu::Item, text, {QKeySequence(QLatin1String(key))}, Where::Item, [this, answer] { workspace->item().answers().answer(answer); });
    };
    team("1", {"チーム: 合格", "Team: pass"}, TeamAnswer::Pass);
    team("2", {"チーム: 不合格", "Team: fail"}, TeamAnswer::Fail);
    team("3", {"チーム: 対象外", "Team: n/a"}, TeamAnswer::NotApplicable);
    team("4", {"チーム: まだ", "Team: not yet"}, TeamAnswer::NotYet);
    actions->addSeparator(Menu::Item);
    const auto reviewer = [this](const char *key, const Text &text, ReviewAnswer answer) {
        actions->add(Menu::Item, text, {QKeySequence(QLatin1String(key))}, Where::Item, [this, answer] { workspace->item().answers().answer(answer); });
    };
    reviewer("A", {"レビュアー: 承認", "Reviewer: accept"}, ReviewAnswer::Accept);
    reviewer("R", {"レビュアー: 差し戻し", "Reviewer: reject"}, ReviewAnswer::Reject);
    reviewer("W", {"レビュアー: 免除…", "Reviewer: waive…"}, ReviewAnswer::Waive);
    reviewer("Q", {"レビュアー: 質問", "Reviewer: ask"}, ReviewAnswer::Ask);
    actions->addSeparator(Menu::Item);
    actions->add(Menu::Item, {"メモを書く", "Write a note"}, {QKeySequence(Qt::Key_N)}, Where::Item, [this] { workspace->item().answers().focusNote(); });
    actions->add(Menu::Item, {"アクションを追加…", "Add an action…"}, {QKeySequence(QStringLiteral("Ctrl+Shift+A"))}, Where::Item,
                 [this] { workspace->item().addAction(); });
    actions->add(Menu::Item, {"試験を記録…", "Record a test…"}, {QKeySequence(QStringLiteral("Ctrl+T"))}, Where::Item,
                 [this] { workspace->item().recordTest(); });
    actions->addSeparator(Menu::Item);
    actions->add(Menu::Item, {"前の所見", "Previous finding"}, {QKeySequence(Qt::Key_BracketLeft)}, Where::Item, [this] { workspace->item().findings().step(-1); });
    actions->add(Menu::Item, {"次の所見", "Next finding"}, {QKeySequence(Qt::Key_BracketRight)}, Where::Item, [this] { workspace->item().findings().step(1); });
    QAction *ignore = actions->add(Menu::Item, {"この所見を無視…", "Ignore this finding…"}, {QKeySequence(Qt::Key_I)}, Where::Item,
                                   [this] { workspace->item().ignoreFinding(); });
    workspace->item().findings().addAction(ignore);
    actions->add(Menu::Item, {"証拠へ", "To the evidence"}, {QKeySequence(Qt::Key_E)}, Where::Item, [this] { workspace->evidence().focusEvidence(); });
}

void MainWindow::Private::buildMoveActions()
{
    actions->add(Menu::None, {"次の区画", "Next pane"}, {QKeySequence(Qt::Key_F6)}, Where::Service, [this] { cycleFocus(1); });
    actions->add(Menu::None, {"前の区画", "Previous pane"}, {QKeySequence(QStringLiteral("Shift+F6"))}, Where::Service, [this] { cycleFocus(-1); });
    actions->add(Menu::None, {"中止・絞り込みの解除", "Stop, clear filters"}, {QKeySequence(Qt::Key_Escape)}, Where::Anywhere, [this] { cancel(); });
}

void MainWindow::Private::cycleFocus(int by)
{
    if (stack->currentWidget() == workspace)
        workspace->cycleFocus(by);
    else if (stack->currentWidget() == monitoring)
        monitoring->cycleFocus(by);
    else if (stack->currentWidget() == history)
        history->cycleFocus(by);
}

void MainWindow::Private::cancel()
{
    if (session.state() == Session::State::Loading)
        session.cancel();
    else if (page == u"verify")
        q->showPage(QStringLiteral("item"));
    else if (stack->currentWidget() == workspace)
        workspace->checklist().clearFilters();
    else if (stack->currentWidget() == monitoring)
        monitoring->clearFilter();
}

void MainWindow::Private::exportPdf()
{
    if (exporter.isBusy() || (session.isModified() && !save()))
        return;
    const QString suggestion = QDir(session.folder()).filePath(
        QStringLiteral("%1-review-%2.pdf").arg(session.evidence().service.id, QDate::currentDate().toString(Qt::ISODate)));
    const QString target = QFileDialog::getSaveFileName(q, in({"文書を書き出す", "Export document"}), suggestion,
                                                        QStringLiteral("PDF (*.pdf);;HTML (*.html);;Markdown (*.md)"));
    if (!target.isEmpty())
        exporter.start(session.folder(), target, lang);
}

void MainWindow::Private::print()
{
    QPrinter printer(QPrinter::HighResolution);
    printer.setPageSize(QPageSize(QPageSize::A4));
    QPrintPreviewDialog preview(&printer, q);
    QObject::connect(&preview, &QPrintPreviewDialog::paintRequested, q, [this](QPrinter *target) {
        printDocument({&session.evidence(), &session.checklist(), &session.assessment(), &session.review(), &session.outcome(),
                       lang, session.readAt(), QCoreApplication::applicationVersion(), {}, session.dissents()}, *target);
    });
    preview.exec();
}

} // namespace tenken
