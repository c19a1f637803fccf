// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/topbar.h>

#include <parts/badgewidget.h>
#include <parts/style.h>
#include <parts/type.h>

#include <QAction>
#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QTabBar>
#include <QToolButton>

namespace tenken {

TopBar::TopBar(Session &session, Lang lang, QWidget *parent) : QWidget(parent), m_session(session), m_lang(lang)
{
    setMinimumHeight(44);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 4, 16, 4);
    row->setSpacing(8);
    m_service = new QToolButton;
    m_service->setPopupMode(QToolButton::InstantPopup);
    m_service->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_service->setFont(fontFor(Type::BodyBold));
    m_service->setAccessibleName(Text{"サービスを選ぶ", "Choose a service"}.in(lang));
    row->addWidget(m_service);
    row->addSpacing(16);
    m_tabs = new QTabBar;
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(Text{"ページ", "Pages"}.in(lang));
    row->addWidget(m_tabs);
    row->addStretch(1);
    m_tools = new QWidget;
    auto *tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(8);
    row->addWidget(m_tools);
    m_decision = new BadgeWidget;
    row->addWidget(m_decision);
    m_language = new QToolButton;
    m_language->setText(lang == Lang::Ja ? QStringLiteral("English") : QStringLiteral("日本語"));
    m_language->setAccessibleName(lang == Lang::Ja ? QStringLiteral("Switch to English") : QStringLiteral("日本語に切り替える"));
    row->addWidget(m_language);
    connect(m_language, &QToolButton::clicked, this,
            [this] { emit languageRequested(m_lang == Lang::Ja ? Lang::En : Lang::Ja); });
    connect(m_tabs, &QTabBar::currentChanged, this,
            [this](int index) { emit pageRequested(m_tabs->tabData(index).toString()); });
    // From a page without a tab the way back is the tab that is still marked.
    connect(m_tabs, &QTabBar::tabBarClicked, this, [this](int index) {
        if (index >= 0 && index == m_tabs->currentIndex())
            emit pageRequested(m_tabs->tabData(index).toString());
    });
    connect(&session, &Session::outcomeChanged, this, &TopBar::refresh);
    connect(&session, &Session::loaded, this, &TopBar::refresh);
    connect(&session, &Session::stateChanged, this, &TopBar::refresh);
    refresh();
}

/// All tabs stay in sight on a small screen.
void TopBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool tight = width() < 1400;
    if (std::exchange(m_tight, tight) == tight)
        return;
    m_tabs->setProperty("tight", tight);
    QEvent change(QEvent::StyleChange); // or it keeps the sizes of before
    QCoreApplication::sendEvent(m_tabs, &change);
    refresh();
}

void TopBar::addPage(const QString &id, const Text &name)
{
    const QSignalBlocker quiet(m_tabs);
    m_tabs->setTabData(m_tabs->addTab(name.in(m_lang)), id);
}

void TopBar::setPage(const QString &id)
{
    const QSignalBlocker quiet(m_tabs);
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (m_tabs->tabData(i).toString() == id)
            m_tabs->setCurrentIndex(i);
    }
}

void TopBar::addTool(QAction *action, Tool kind)
{
    if (kind != Tool::Icon) {
        const QString key = action->shortcut().toString(QKeySequence::NativeText);
        auto *button = new QPushButton(kind == Tool::Primary && !key.isEmpty() ? QStringLiteral("%1  %2").arg(action->iconText(), key) : action->iconText());
        button->setIcon(action->icon());
        button->setAccessibleName(action->text());
        setPrimary(button, kind == Tool::Primary);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::enabledChanged, button, &QWidget::setEnabled);
        layout()->addWidget(button);
        return;
    }
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setAccessibleName(action->text());
    button->setAutoRaise(true);
    m_tools->layout()->addWidget(button);
}

void TopBar::setServiceMenu(QMenu *menu)
{
    m_service->setMenu(menu);
}

void TopBar::refresh()
{
    const bool open = !m_session.outcome().items.empty();
    const Service &service = m_session.evidence().service;
    const QString name = service.name.in(m_lang);
    m_service->setText(!open ? Text{"サービスを開く", "Open a service"}.in(m_lang)
                             : (m_tight || name.isEmpty() || name == service.id ? service.id : QStringLiteral("%1  %2").arg(name, service.id)));
    m_tabs->setEnabled(open);
    m_decision->setVisible(open);
    if (open) {
        const Decision decision = m_session.outcome().decision;
        m_decision->setBadge(glyphOf(decision), label(decision).in(m_lang));
        m_decision->setToolTip(m_session.outcome().lead.in(m_lang));
    }
}

} // namespace tenken
