// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pages/answerbar.h>

class QSplitter;
class QStackedWidget;
class QTabBar;

namespace tenken {

class ChecklistPane;
class EvidencePane;
class ItemPage;
class Session;

/// Checklist, item and evidence side by side; in a narrow window the evidence becomes a tab beside the item.
class Workspace : public QWidget
{
    Q_OBJECT
public:
    Workspace(Session &session, Lang lang, QWidget *parent = nullptr);

    ChecklistPane &checklist() { return *m_checklist; }
    ItemPage &item() { return *m_item; }
    EvidencePane &evidence() { return *m_evidence; }
    void showItem(const QString &itemId);
    void cycleFocus(int by);            ///< F6, Shift+F6
    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange(bool narrow);

    Session &m_session;
    QSplitter *m_splitter;
    ChecklistPane *m_checklist;
    ItemPage *m_item;
    EvidencePane *m_evidence;
    QWidget *m_middle;
    QTabBar *m_tabs;
    QStackedWidget *m_stack;
    bool m_narrow = false;
};

} // namespace tenken
