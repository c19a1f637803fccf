// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/mainwindow.h>

#include <pages/checklistpane.h>
#include <pages/historypage.h>
#include <pages/loadtestpage.h>
#include <pages/monitoringpage.h>
#include <pages/overviewpage.h>
#include <pages/selfassessmentpage.h>
#include <pages/sourcesbar.h>
#include <pages/startpage.h>
#include <pages/verifypage.h>
#include <pages/wizard.h>
#include <pages/workspace.h>
#include <parts/style.h>
#include <window/conflictdialog.h>
#include <window/mainwindow_p.h>
#include <window/recent.h>
#include <window/statusline.h>
#include <window/topbar.h>

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QStyleHints>
#include <QTreeView>
#include <QVBoxLayout>

namespace tenken {

namespace {
constexpr int stateVersion = 1;
}

MainWindow::MainWindow(Lang lang, QWidget *parent) : QMainWindow(parent), d(std::make_unique<Private>(this))
{
    d->lang = lang;
    setObjectName(QStringLiteral("window"));
    setAcceptDrops(true);
    setMinimumSize(1120, 700);
    resize(1600, 1000);
    d->build();
    restoreGeometry(QSettings().value(QStringLiteral("window/geometry")).toByteArray());
    d->workspace->restoreState(QSettings().value(QStringLiteral("window/panes")).toByteArray());

    Session &session = d->session;
    connect(&session, &Session::modifiedChanged, this, &QWidget::setWindowModified);
    connect(&session, &Session::stateChanged, this, [this] { d->refresh(); });
    connect(&session, &Session::loaded, this, [this] {
        d->refresh();
        // The keys of the item page work at once, without a click into it.
        if (d->stack->currentWidget() == d->workspace && !d->workspace->isAncestorOf(focusWidget()))
            d->workspace->checklist().tree()->setFocus();
        if (d->session.areConflictsInFile())
            d->resolveConflicts();
    });
    connect(&session, &Session::failed, this, [this](const Problem &problem) {
        d->tell({"開けませんでした", "It could not be opened"}, problem.toString(d->lang));
    });
    connect(&session, &Session::merged, this, [this](const std::vector<Problem> &conflicts) {
        if (conflicts.empty())
            return;
        if (d->session.areConflictsInFile() || !d->session.conflicts().empty())
            return d->resolveConflicts();
        QStringList lines;
        for (const Problem &conflict : conflicts)
            lines << conflict.toString(d->lang);
        if (d->tellMeeting(lines))
            return;
        d->tell({"ディスク上でも変わった項目があります", "Items also changed on disk"}, lines.join(u'\n'));
    });
    connect(&d->exporter, &Exporter::finished, this, [this](const QString &target) {
        d->status->showMessage(Text{"%1 に書き出しました。", "Written to %1."}.arg(target).in(d->lang), 10'000);
    });
    connect(&d->exporter, &Exporter::failed, this, [this](const QString &message) {
        d->tell({"書き出せませんでした", "The document could not be written"}, message);
    });
    connect(qApp->styleHints(), &QStyleHints::colorSchemeChanged, this, [this](Qt::ColorScheme scheme) {
        if (!d->dark)
            useTenkenLook(scheme == Qt::ColorScheme::Dark);
    });
}

MainWindow::~MainWindow()
{
    // Pages, status bar and actions refer to the session, which is ours: they go first. A field that loses the focus
    // while it is destroyed would still hand over what was typed.
    delete takeCentralWidget();
    setStatusBar(nullptr);
    delete d->actions;
}

Session &MainWindow::session()
{
    return d->session;
}

void MainWindow::Private::build()
{
    const QByteArray panes = workspace ? workspace->saveState() : QByteArray();
    delete actions;
    actions = new Actions(q, lang);
    q->menuBar()->clear();
    buildPages();
    buildActions();
    actions->fill(q->menuBar());
    auto *centre = new QWidget;
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(top);
    auto *sources = new SourcesBar(session, lang);
    column->addWidget(sources);
    QObject::connect(sources, &SourcesBar::failed, q, [this](const Problem &problem) {
        tell({"許可できませんでした", "It could not be allowed"}, problem.toString(lang));
    });
    column->addWidget(stack, 1);
    q->setCentralWidget(centre); // deletes the former pages
    status = new StatusLine(session, lang);
    q->setStatusBar(status);
    QObject::connect(status, &StatusLine::problemsRequested, q, [this] {
        for (const Actions::Entry &entry : actions->entries()) {
            if (entry.action && entry.action->objectName() == u"problems")
                entry.action->trigger();
        }
    });
    workspace->restoreState(panes);
    refresh();
}

void MainWindow::Private::buildPages()
{
    top = new TopBar(session, lang);
    stack = new QStackedWidget;
    auto *startPage = new StartPage(recentServices(), lang);
    start = startPage;
    overview = new OverviewPage(session, *feed, lang);
    workspace = new Workspace(session, lang);
    loadtest = new LoadTestPage(session, lang);
    monitoring = new MonitoringPage(session, lang);
    self = new SelfAssessmentPage(session, lang);
    history = new HistoryPage(session, *feed, lang);
    buildVerifyPage();
    for (QWidget *widget : std::initializer_list<QWidget *>{start, overview, workspace, loadtest, monitoring, self, history, verify})
        stack->addWidget(widget);
    top->addPage(QStringLiteral("overview"), {"概要", "Overview"});
    top->addPage(QStringLiteral("item"), {"項目", "Items"});
    top->addPage(QStringLiteral("loadtest"), {"負荷試験", "Load test"});
    top->addPage(QStringLiteral("monitoring"), {"監視", "Monitoring"});
    top->addPage(QStringLiteral("self"), {"自己点検", "Self-assessment"});
    top->addPage(QStringLiteral("history"), {"履歴", "History"});
    QObject::connect(startPage, &StartPage::openRequested, q, [this] { chooseFolder(); });
    QObject::connect(startPage, &StartPage::folderRequested, q, [this](const QString &folder) { q->open(folder); });
    QObject::connect(monitoring, &MonitoringPage::failed, q, [this](const Problem &problem) {
        tell({"索引に書けませんでした", "The index could not be written"}, problem.toString(lang));
    });
    QObject::connect(monitoring, &MonitoringPage::itemRequested, q, [this](const QString &id) { q->showItem(id); });
    QObject::connect(monitoring, &MonitoringPage::fetchRequested, q, [this] { fetchSnapshot(); });
    QObject::connect(loadtest, &LoadTestPage::itemRequested, q, [this](const QString &id) { q->showItem(id); });
    QObject::connect(self, &SelfAssessmentPage::itemRequested, q, [this](const QString &id) { q->showItem(id); });
    QObject::connect(history, &HistoryPage::itemRequested, q, [this](const QString &id) { q->showItem(id); });
    QObject::connect(overview, &OverviewPage::itemRequested, q, [this](const QString &id) { q->showItem(id); });
    QObject::connect(overview, &OverviewPage::historyRequested, q, [this] { q->showPage(QStringLiteral("history")); });
    QObject::connect(top, &TopBar::pageRequested, q, &MainWindow::showPage);
    QObject::connect(top, &TopBar::languageRequested, q, &MainWindow::setLanguage, Qt::QueuedConnection);
}

void MainWindow::Private::refresh()
{
    const bool open = !session.outcome().items.empty();
    QWidget *wanted = page == u"verify" ? static_cast<QWidget *>(verify)
        : !open                 ? start
        : page == u"overview"   ? overview
        : page == u"loadtest"   ? static_cast<QWidget *>(loadtest)
        : page == u"monitoring" ? static_cast<QWidget *>(monitoring)
        : page == u"self"       ? static_cast<QWidget *>(self)
        : page == u"history"    ? static_cast<QWidget *>(history)
                                : workspace;
    stack->setCurrentWidget(wanted);
    top->setPage(page);
    actions->update(open, open && wanted == workspace);
    const Service &service = session.evidence().service;
    q->setWindowTitle(open ? QStringLiteral("%1[*] — Tenken").arg(service.name.in(lang).isEmpty() ? service.id : service.name.in(lang))
                           : QStringLiteral("Tenken"));
    if (open && session.state() == Session::State::Ready)
        rememberService(session.folder());
}

void MainWindow::open(const QString &folder)
{
    const QFileInfo info(folder);
    if (info.isFile() && info.suffix().compare(u"pdf", Qt::CaseInsensitive) == 0)
        return openDocument(folder);
    if (!info.isDir()) {
        d->tell({"開けませんでした", "It could not be opened"},
                Text{"%1 はフォルダーではありません。", "%1 is not a folder."}.arg(folder).in(d->lang));
        return;
    }
    if (!d->mayClose())
        return;
    if (d->page == u"verify")
        showPage(QStringLiteral("item"));
    const QDir dir(folder);
    if (!dir.exists(QStringLiteral("readiness/service.yaml")) && dir.dirName() != u"readiness")
        d->offerWizard(folder);
    else
        d->session.open(dir.absolutePath());
}

void MainWindow::Private::offerWizard(const QString &folder)
{
    StartWizard wizard(folder, lang, q);
    if (wizard.exec() == QDialog::Accepted)
        session.open(QDir(folder).absolutePath());
}

void MainWindow::Private::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(q, in({"サービスのフォルダー", "The service's folder"}), session.folder());
    if (!folder.isEmpty())
        q->open(folder);
}

void MainWindow::showPage(const QString &page)
{
    d->page = page;
    d->refresh();
}

void MainWindow::showItem(const QString &itemId)
{
    d->workspace->showItem(itemId);
    showPage(QStringLiteral("item"));
}

void MainWindow::setLanguage(Lang lang)
{
    if (lang == d->lang)
        return;
    d->lang = lang;
    QSettings().setValue(QStringLiteral("window/language"), lang == Lang::Ja ? QStringLiteral("ja") : QStringLiteral("en"));
    d->build();
}

void MainWindow::setDark(bool dark)
{
    d->dark = dark;
    useTenkenLook(dark);
}

bool MainWindow::Private::mayClose()
{
    if (!session.isModified())
        return true;
    QMessageBox box(QMessageBox::Question, QStringLiteral("Tenken"),
                    in(Text{"未保存の変更が %1 件あります。", "There are %1 unsaved changes."}.arg(session.unsavedEdits())),
                    QMessageBox::NoButton, q);
    QPushButton *saveButton = box.addButton(in({"保存する", "Save"}), QMessageBox::AcceptRole);
    QPushButton *dropButton = box.addButton(in({"捨てる", "Discard"}), QMessageBox::DestructiveRole);
    box.addButton(in({"戻る", "Go back"}), QMessageBox::RejectRole);
    box.setDefaultButton(saveButton);
    box.exec();
    if (box.clickedButton() == saveButton)
        return save();
    return box.clickedButton() == dropButton;
}

bool MainWindow::Private::save()
{
    // Saving would write this side's values over the other's: a person chooses first.
    if (!session.conflicts().empty()) {
        resolveConflicts();
        if (!session.conflicts().empty())
            return false;
    }
    const auto saved = session.save();
    if (!saved)
        tell({"保存できませんでした", "It could not be saved"}, saved.error().toString(lang));
    return saved.has_value();
}

void MainWindow::Private::resolveConflicts()
{
    if (std::exchange(choosing, true)) // one at a time: what comes in meanwhile is asked about after it
        return;
    ConflictDialog dialog(session.conflicts(), session.checklist(), session.areConflictsInFile(), lang, q);
    const bool chosen = dialog.exec() == QDialog::Accepted;
    choosing = false;
    if (!chosen)
        return;
    if (const auto resolved = session.resolveConflicts(dialog.sides()); !resolved)
        tell({"競合を解けませんでした", "The conflicts could not be resolved"}, resolved.error().toString(lang));
}

void MainWindow::Private::tell(const Text &title, const QString &text)
{
    QMessageBox box(QMessageBox::Warning, QStringLiteral("Tenken"), in(title), QMessageBox::Ok, q);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(maskSecrets(text));
    box.exec();
}

void MainWindow::Private::keepState()
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), q->saveGeometry());
    if (const QByteArray panes = workspace->saveState(); !panes.isEmpty())
        settings.setValue(QStringLiteral("window/panes"), panes);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!d->mayClose()) {
        event->ignore();
        return;
    }
    d->keepState();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    const QFileInfo info(urls.value(0).toLocalFile());
    if (urls.size() == 1 && (info.isDir() || info.suffix().compare(u"pdf", Qt::CaseInsensitive) == 0))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString folder = event->mimeData()->urls().value(0).toLocalFile();
    event->acceptProposedAction();
    open(folder);
}


} // namespace tenken
