// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pages/answerbar.h>

#include <QScrollArea>

#include <rules/checklist.h>

class QBoxLayout;
class QFrame;
class QToolButton;
class QVBoxLayout;

namespace tenken {

class AnswerCard;
class FindingsList;
class Label;
class Session;
class RemedyBox;
class StaleStrip;
class Strip;
struct Finding;
struct ItemStanding;

/// One item: the question, what machine, team and reviewer say, and what the machine saw.
class ItemPage : public QScrollArea
{
    Q_OBJECT
public:
    ItemPage(Session &session, Lang lang, QWidget *parent = nullptr);

    void setItem(const QString &itemId);
    QString itemId() const { return m_itemId; }
    const Finding *currentFinding() const;
    AnswerBar &answers() { return *m_answers; }
    FindingsList &findings() { return *m_findings; }
    void copyRemedy();
    void editWaiver();                ///< of the whole item
    void ignoreFinding();             ///< a waiver of the current finding alone
    void addAction();
    void recordTest();                  ///< where the item's rules read records

signals:
    void findingSelected();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *buildHead();
    QWidget *buildCards();
    void refresh();
    void refreshCards();
    void refreshHistory();
    void showRemedy();
    void refreshFindings();
    void waivePart(const Waiver &target);
    bool mayWaive();                  ///< says why not, where the checklist never allows it
    void refreshStrip(const ItemStanding *is);
    const ItemStanding *standing() const;
    void compare();
    Waiver newWaiver(const ItemReview &review) const;
    void clearList(QVBoxLayout *list);
    QString in(const Text &text) const { return text.in(m_lang); }

    Session &m_session;
    Lang m_lang;
    QString m_itemId;
    Label *m_path, *m_level, *m_question, *m_guidance, *m_findingsTitle, *m_peopleHint;
    QBoxLayout *m_cardRow;
    AnswerCard *m_machine, *m_team, *m_reviewer;
    Strip *m_strip;
    StaleStrip *m_stale;
    AnswerBar *m_answers;
    FindingsList *m_findings;
    RemedyBox *m_remedy;
    QToolButton *m_record;
    QVBoxLayout *m_history;
};

} // namespace tenken
