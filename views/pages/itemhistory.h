// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/answercard.h>
#include <review/dissent.h>

#include <QWidget>

class QVBoxLayout;

namespace tenken {

/// What was said of an item, its waivers and its actions, oldest first.
class ItemHistory : public QWidget
{
    Q_OBJECT
public:
    ItemHistory(const ItemReview &review, const std::vector<StatedDissent> &dissents, bool editable, Lang lang,
                QWidget *parent = nullptr);

signals:
    void addActionRequested();
    void waiverRequested();
    void waiversChanged(const std::vector<tenken::Waiver> &waivers);
    void actionsChanged(const std::vector<tenken::Action> &actions);

private:
    void addAnswers(QVBoxLayout &column);
    void addDissents(QVBoxLayout &column, const std::vector<StatedDissent> &dissents);
    void addWaivers(QVBoxLayout &column);
    void addActions(QVBoxLayout &column);
    QWidget *actionRow(size_t index);

    ItemReview m_review;
    bool m_editable;
    Lang m_lang;
};

/// What the three cards say.
AnswerCardText machineCard(const Item *item, const ItemResult *result, const QDateTime &readAt, Lang lang);
AnswerCardText teamCard(const ItemReview *review, Lang lang);
AnswerCardText reviewerCard(const ItemReview *review, Lang lang);
QString disagreementInWords(const ItemResult &result, const ItemReview &review, Lang lang);

} // namespace tenken
