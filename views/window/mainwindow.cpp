// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/mainwindow.h>

#include <pages/checklistpane.h>
#include <pages/sourcesbar.h>
#include <pages/wizard.h>
#include <pages/workspace.h>
#include <parts/style.h>
#include <window/mainwindow_p.h>
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
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QStyleHints>
#include <QTreeView>
#include <QVBoxLayout>

namespace tenken {

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
