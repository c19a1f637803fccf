// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/workspace.h>
#include <parts/refresher.h>

#include <pages/checklistpane.h>
#include <pages/evidencepane.h>
#include <pages/findingslist.h>
#include <pages/itempage.h>
#include <review/session.h>

#include <QApplication>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTreeView>
#include <QVBoxLayout>

namespace tenken {

namespace {

constexpr int narrowBelow = 1360;

QString firstItem(const Session &session)
{
    // The room starts with what blocks; with nothing blocking, with the first item.
    const auto blockers = session.outcome().blockers();
    if (!blockers.empty())
        return blockers.front()->item->id;
    return session.outcome().items.empty() ? QString() : session.outcome().items.front().item->id;
}

} // namespace

Workspace::Workspace(Session &session, Lang lang, QWidget *parent) : QWidget(parent), m_session(session)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->setHandleWidth(9);
    m_splitter->setChildrenCollapsible(false);
    column->addWidget(m_splitter);

    m_checklist = new ChecklistPane(session, lang);
    m_checklist->setMinimumWidth(360);
    m_item = new ItemPage(session, lang);
    m_item->setMinimumWidth(420);
    m_evidence = new EvidencePane(session, lang);
    m_evidence->setMinimumWidth(380);

    m_middle = new QWidget;
    auto *middle = new QVBoxLayout(m_middle);
    middle->setContentsMargins(0, 0, 0, 0);
    middle->setSpacing(0);
    m_tabs = new QTabBar;
    m_tabs->setDrawBase(false);
    m_tabs->addTab(Text{"項目", "Item"}.in(lang));
    m_tabs->addTab(Text{"証拠", "Evidence"}.in(lang));
    m_tabs->setAccessibleName(Text{"項目か証拠", "Item or evidence"}.in(lang));
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_item);
    middle->addWidget(m_tabs);
    middle->addWidget(m_stack, 1);
    m_splitter->addWidget(m_checklist);
    m_splitter->addWidget(m_middle);
    m_splitter->addWidget(m_evidence);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 1);
    m_splitter->setSizes({408, 608, 584});
    m_tabs->hide();

    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_checklist, &ChecklistPane::itemSelected, m_item, &ItemPage::setItem);
    connect(m_item, &ItemPage::findingSelected, this, [this] {
        m_evidence->showFinding(m_item->currentFinding(), m_session.checklist().item(m_item->itemId()));
    });
    auto *refresher = new Refresher(this, [this] {
        if (m_item->itemId().isEmpty() || !m_session.checklist().item(m_item->itemId()))
            showItem(firstItem(m_session));
    });
    connect(&session, &Session::loaded, refresher, &Refresher::later); // the page itself is shown just then
    if (session.state() == Session::State::Ready)
        showItem(firstItem(session));
}

void Workspace::showItem(const QString &itemId)
{
    if (itemId.isEmpty())
        return;
    m_checklist->select(itemId);
    m_item->setItem(itemId);
}

void Workspace::arrange(bool narrow)
{
    m_narrow = narrow;
    m_tabs->setVisible(narrow);
    if (narrow) {
        m_stack->addWidget(m_evidence);
    } else {
        m_splitter->addWidget(m_evidence);
        m_evidence->show();
        m_tabs->setCurrentIndex(0);
        m_splitter->setStretchFactor(2, 1);
        m_splitter->setSizes({392, (width() - 392) * 51 / 100, (width() - 392) * 49 / 100});
    }
}

void Workspace::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool narrow = event->size().width() < narrowBelow;
    if (narrow != m_narrow)
        arrange(narrow);
}

void Workspace::cycleFocus(int by)
{
    const std::array<QWidget *, 3> panes{m_checklist, m_item, m_evidence};
    QWidget *focus = QApplication::focusWidget();
    int now = 0;
    for (int i = 0; i < 3; ++i) {
        if (panes[size_t(i)] == focus || panes[size_t(i)]->isAncestorOf(focus))
            now = i;
    }
    switch ((now + by + 3) % 3) {
    case 0:
        m_checklist->tree()->setFocus(Qt::ShortcutFocusReason);
        break;
    case 1:
        m_tabs->setCurrentIndex(0);
        m_item->findings().setFocus(Qt::ShortcutFocusReason);
        break;
    default:
        m_tabs->setCurrentIndex(1);
        m_evidence->focusEvidence();
        break;
    }
}

QByteArray Workspace::saveState() const
{
    return m_narrow ? QByteArray() : m_splitter->saveState();
}

void Workspace::restoreState(const QByteArray &state)
{
    if (!state.isEmpty() && !m_narrow)
        m_splitter->restoreState(state);
}

} // namespace tenken
