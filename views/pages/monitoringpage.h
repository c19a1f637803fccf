// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <items/coveragemodel.h>

#include <QFutureWatcher>
#include <QWidget>

class QScrollArea;
class QSplitter;

namespace tenken
{

class AmbiguousBar;
class Chip;
class CoverageMatrix;
class CoverageWhy;
class MissingEvidence;
class Label;
class MonitorDetails;
class Panel;
class Session;
class SubtractionStrip;

/// Which monitors reach a person, which need is covered, and what one monitor says: worked out in the
/// background.
class MonitoringPage : public QWidget
{
    Q_OBJECT
public:
    MonitoringPage(Session &session, Lang lang, QWidget *parent = nullptr);
    ~MonitoringPage() override;

    void toggleTable();
    void cycleFocus(int by); ///< F6: subtraction, table, monitor
    bool clearFilter(); ///< Esc; false: there was none

signals:
    void refreshed();
    void itemRequested(const QString &itemId);
    void failed(const tenken::Problem &problem);
    void fetchRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *buildMatrix();
    void invalidate(); ///< works it out anew, at once or when it is looked at
    void workOut();
    void take(std::shared_ptr<const MonitoringView> view);
    void applyFilter();
    void chooseAgain();
    void showCell(int row, int column);
    QString aboutSnapshot() const;
    QString in(const Text &text) const { return text.in(m_lang); }

    Session &m_session;
    Lang m_lang;
    bool m_stale = true;
    std::shared_ptr<const MonitoringView> m_view;
    QFutureWatcher<std::shared_ptr<const MonitoringView>> m_watcher;
    CoverageModel m_model;
    QString m_monitorId, m_needId; ///< what is chosen, over a new reading

    AmbiguousBar *m_ambiguous;
    MissingEvidence *m_missing;
    QScrollArea *m_missingArea;
    QWidget *m_content;
    QSplitter *m_splitter;
    bool m_moved = false;
    Panel *m_summary, *m_matrixPanel;
    SubtractionStrip *m_strip;
    Chip *m_candidates, *m_rest;
    CoverageMatrix *m_matrix;
    Label *m_nothing;
    CoverageWhy *m_why;
    MonitorDetails *m_details;
};

} // namespace tenken
