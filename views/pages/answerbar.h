// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>

#include <QWidget>

class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;
class QPushButton;

namespace tenken {

class Session;

/// Where people answer one item: the decision buttons of a role with their keys, a note and links.
class AnswerBar : public QWidget
{
    Q_OBJECT
public:
    enum class Role { Team, Reviewer };

    AnswerBar(Session &session, Lang lang, QWidget *parent = nullptr);

    void setItem(const QString &itemId);
    void setRole(Role role);
    Role role() const { return m_role; }
    void answer(TeamAnswer answer);
    void answer(ReviewAnswer answer);      ///< Waive asks for the waiver first
    void focusNote();
    void commitNote();                     ///< what stands in the fields becomes an edit

signals:
    void roleChanged(tenken::AnswerBar::Role role);
    void waiverRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    template<typename Kind>
    QWidget *buttonRow(const std::vector<std::pair<Kind, QString>> &answers);
    void refresh();
    const ItemReview *item() const;
    const ItemStanding *standing() const;
    Text noteWanted() const;
    bool isStale() const;                  ///< the answer of the role that is asked

    Session &m_session;
    Lang m_lang;
    Role m_role = Role::Reviewer;
    QString m_itemId;
    QStackedWidget *m_rows;
    std::vector<std::pair<int, QPushButton *>> m_teamButtons, m_reviewButtons;
    QPlainTextEdit *m_note;
    QLineEdit *m_links;
    bool m_refreshing = false;
};

} // namespace tenken
