// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <items/coveragemodel.h>

#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace tenken
{

class ElidedLabel;
class EmptyState;
class Label;
class LocalTextBrowser;
class PictureView;
class SourceView;

/// One monitor: its facts, its message as it reads in every state, the chart of what it watches, its lines.
class MonitorDetails : public QWidget
{
    Q_OBJECT
public:
    explicit MonitorDetails(Lang lang, QWidget *parent = nullptr);

    void show(std::shared_ptr<const MonitoringView> view,
              const MonitorReading *reading); ///< null: nobody is chosen
    void toggleTable();
    void focusTabs();
    QTabBar *tabs() const { return m_tabs; }
    QString shownText() const; ///< of the tab that is open, where it is text

private:
    enum Tab { AlertTab, WarningTab, NoDataTab, RecoveryTab, ChartTab, SourceTab };
    void showTab(int tab);
    void showMessage(MonitorState state);
    void showChart();
    void showSource();
    QString factsHtml() const;
    QString in(const Text &text) const { return text.in(m_lang); }

    Lang m_lang;
    std::shared_ptr<const MonitoringView> m_view; ///< keeps what the reading points into
    const MonitorReading *m_reading = nullptr;
    EmptyState *m_empty;
    QWidget *m_content;
    Label *m_name;
    ElidedLabel *m_about;
    LocalTextBrowser *m_facts;
    QTabBar *m_tabs;
    QStackedWidget *m_stack;
    LocalTextBrowser *m_text;
    PictureView *m_picture;
    SourceView *m_source;
};

} // namespace tenken
