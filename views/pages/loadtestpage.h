// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/evaluate.h>

#include <QScrollArea>

class QGridLayout;
class QToolButton;

namespace tenken {

class ComparisonPanel;
class Label;
class LoadTestChoice;
class LoadTestDetails;
class LoadTestFigures;
class LoadTestFollow;
class MissingEvidence;
class Panel;
class PictureView;
class Refresher;
class Session;
class WhatIfPanel;
struct GridPanel;

/// Where latency jumps, whether the pods suffice for the events, and whether more pods help.
class LoadTestPage : public QScrollArea
{
    Q_OBJECT
public:
    LoadTestPage(Session &session, Lang lang, QWidget *parent = nullptr);
    void toggleTable();

signals:
    void itemRequested(const QString &itemId);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    struct Chart {
        tenken::Panel *panel = nullptr;
        PictureView *view = nullptr;
    };

    QLayout *buildHead();
    void buildPanels();
    Chart addChart(const Text &question);
    void buildParts();
    void refill();                       ///< everything, each part in a turn of the event loop to itself
    void refresh();                      ///< everything that is shown of the chosen test, now
    void fillChoice();
    void choose();                       ///< the test in `m_shown`
    void showTest();                     ///< `m_shown`, now
    void showService();
    void showMissing();                  ///< why there is none
    void setFollowing(bool on);
    QString followedFile(const LoadTestPicture &test) const; ///< absolute; empty where none can be followed
    std::vector<GridPanel> panels() const;
    void arrange();                      ///< the panels that have something to show, two in a row where there is room
    void arrangeAnew();                  ///< where others have something to show than before
    std::vector<PictureView *> views() const;
    QString in(const Text &text) const { return text.in(m_lang); }

    Session &m_session;
    Lang m_lang;
    QWidget *m_content = nullptr;
    MissingEvidence *m_missing = nullptr;
    LoadTestChoice *m_tests = nullptr;
    Label *m_about = nullptr;
    QToolButton *m_followButton = nullptr;
    LoadTestFollow *m_follow = nullptr;
    LoadTestFigures *m_figures = nullptr;
    Chart m_knee, m_run, m_scaling, m_latency, m_heatmap, m_histogram;
    WhatIfPanel *m_capacity = nullptr;
    ComparisonPanel *m_comparison = nullptr;
    LoadTestDetails *m_details = nullptr;
    QGridLayout *m_grid = nullptr;
    std::shared_ptr<const Picture> m_shown; ///< the chosen test's; null where there is none
    std::vector<Refresher *> m_testParts, m_serviceParts; ///< of the page, in the order in which they are filled
    std::vector<bool> m_hidden;          ///< of the panels, as they were arranged
};

} // namespace tenken
