// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/session.h>

#include <QWidget>

class QAction;
class QMenu;
class QTabBar;
class QToolButton;

namespace tenken {

class BadgeWidget;

/// Service and tabs at the left, undo, decision, language and export at the right. 44 high.
class TopBar : public QWidget
{
    Q_OBJECT
public:
    TopBar(Session &session, Lang lang, QWidget *parent = nullptr);

    void addPage(const QString &id, const Text &name);
    void setPage(const QString &id);
    enum class Tool { Icon, Button, Primary };
    void addTool(QAction *action, Tool kind = Tool::Icon);
    void setServiceMenu(QMenu *menu);

signals:
    void pageRequested(const QString &id);
    void languageRequested(tenken::Lang lang);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();

    Session &m_session;
    Lang m_lang;
    QToolButton *m_service;
    QTabBar *m_tabs;
    BadgeWidget *m_decision;
    QWidget *m_tools;
    QToolButton *m_language;
    bool m_tight = false;
};

} // namespace tenken
