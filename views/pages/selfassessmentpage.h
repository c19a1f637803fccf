// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <items/selftaskmodel.h>
#include <review/guidedraft.h>

#include <QWidget>

class QPushButton;
class QStackedWidget;
class QTreeView;

namespace tenken {

class AnswerBar;
class EmptyState;
class Label;
class RemedyBox;
class Session;

/// "What is missing before I may ask for a review?": only what the team must say, heaviest first, each with what is
/// missing, how to supply it and the answer's buttons.
class SelfAssessmentPage final : public QWidget
{
    Q_OBJECT
public:
    SelfAssessmentPage(Session &session, Lang lang, QWidget *parent = nullptr);

    QString itemId() const { return m_itemId; }
    bool isReady() const { return m_ready; }
    void step(int by);                       ///< the next task, the one before

signals:
    void itemRequested(const QString &itemId);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *buildList();
    QWidget *buildDetails();
    void refresh();
    void refreshHead(const SelfAssessment &all);
    void refreshDetails(const SelfAssessment &all);
    void select(const QString &itemId);
    void writeGuide();
    const GuideOffer *offerFor(const QString &itemId) const;
    QString in(const Text &text) const { return text.in(m_lang); }

    Session &m_session;
    Lang m_lang;
    QString m_itemId, m_answering;
    bool m_ready = false, m_selecting = false;
    std::vector<GuideOffer> m_offers;
    SelfTaskModel m_model;
    Label *m_title, *m_counts, *m_level, *m_question, *m_missing, *m_where, *m_guideHint;
    QStackedWidget *m_stack;
    QTreeView *m_list;
    QWidget *m_details;
    RemedyBox *m_remedy;
    AnswerBar *m_answers;
    QPushButton *m_guide, *m_open;
    EmptyState *m_empty;
};

} // namespace tenken
