// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <history/changes.h>
#include <items/historymodel.h>
#include <pages/historyfeed.h>

#include <QWidget>

class QComboBox;
class QListView;
class QScrollArea;
class QVBoxLayout;

namespace tenken {

class EmptyState;
class Label;
class Session;
class TrendStrip;

/// What happened to the review, and what is different from then: documents, revisions of the answers, and two reviews
/// side by side with the causes apart.
class HistoryPage : public QWidget
{
    Q_OBJECT
public:
    HistoryPage(Session &session, HistoryFeed &feed, Lang lang, QWidget *parent = nullptr);

    bool isBusy() const { return m_feed.isReading() || m_feed.isJudging(); }
    void cycleFocus(int by);             ///< F6: list, comparison

signals:
    void itemRequested(const QString &itemId);
    void refreshed();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildTimeline();
    QWidget *buildComparison();
    void take();
    void fillChoices();
    void choose(const QModelIndex &index);
    void compare();
    /// Nothing where no choice was made, or where a commit is still being judged.
    std::optional<Result<PastReview>> chosen(const QComboBox *box);
    void showChanges(const Changes &changes, QVBoxLayout *column);
    void addProblem(const Problem &problem, QVBoxLayout *column);
    QWidget *causePanel(const Changes &changes, ChangeCause cause);
    QString in(const Text &text) const { return text.in(m_lang); }

    Session &m_session;
    Lang m_lang;
    HistoryFeed &m_feed;
    HistoryModel m_model;
    EmptyState *m_empty;
    QWidget *m_content;
    QListView *m_list;
    TrendStrip *m_trend;
    QComboBox *m_before, *m_after;
    Label *m_summary;
    QScrollArea *m_changes;
};

} // namespace tenken
