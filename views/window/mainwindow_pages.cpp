// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/historypage.h>
#include <pages/loadtestpage.h>
#include <pages/monitoringpage.h>
#include <pages/overviewpage.h>
#include <pages/selfassessmentpage.h>
#include <pages/startpage.h>
#include <pages/verifypage.h>
#include <pages/workspace.h>
#include <window/mainwindow_p.h>
#include <window/recent.h>
#include <window/topbar.h>

#include <QStackedWidget>

namespace tenken {

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

} // namespace tenken
