// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <items/coveragemodel.h>

#include <QWidget>

class QAbstractButton;
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
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    QString shownText() const; ///< of the tab that is open, where it is text

signals:
    /// A person says whose the monitor is; nothing takes that back.
    void linkRequested(const QString &monitorId, std::optional<bool> belongs);

private:
    enum Tab { AlertTab, WarningTab, NoDataTab, RecoveryTab, ChartTab, SourceTab };
    void showTab(int tab);
    void showMessage(MonitorState state);
    void showChart();
    void showSource();
    QWidget *buildLink();
    void showLink();
    QString factsHtml() const;
    QString in(const Text &text) const { return text.in(m_lang); }

    Lang m_lang;
    std::shared_ptr<const MonitoringView> m_view; ///< keeps what the reading points into
    const MonitorReading *m_reading = nullptr;
    EmptyState *m_empty;
    QWidget *m_content;
    Label *m_name;
    QAbstractButton *m_ours = nullptr, *m_anothers = nullptr;
    bool m_readOnly = false;
    ElidedLabel *m_about;
    LocalTextBrowser *m_facts;
    QTabBar *m_tabs;
    QStackedWidget *m_stack;
    LocalTextBrowser *m_text;
    PictureView *m_picture;
    SourceView *m_source;
};

} // namespace tenken
