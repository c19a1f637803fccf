// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace tenken {

class Label;
class Panel;
class RemedyBox;
class Session;

/// Instead of a page whose evidence is not there: what is missing, what to write or do, and the items that wait
/// for it.
class MissingEvidence : public QWidget
{
    Q_OBJECT
public:
    struct Content {
        Text missing, how;
        QString snippet;  ///< YAML to paste; empty where there is none
        Text button;      ///< empty: none
        Rule::Source source;
    };

    MissingEvidence(Session &session, Lang lang, QWidget *parent = nullptr);
    void show(const Content &content);

signals:
    void itemRequested(const QString &itemId);
    void buttonClicked();

private:
    void listItems(Rule::Source source);

    Session &m_session;
    Lang m_lang;
    Label *m_missing;
    RemedyBox *m_how;
    QPushButton *m_button;
    tenken::Panel *m_waiting;
    QWidget *m_rows = nullptr;
};

} // namespace tenken
