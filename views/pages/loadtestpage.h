// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/evaluate.h>

#include <QScrollArea>

#include <array>

class QComboBox;
class QGridLayout;

namespace tenken {

class Label;
class Panel;
class PictureView;
class Session;

/// Where latency jumps, whether the pods suffice for the events, and whether more pods help.
class LoadTestPage : public QScrollArea
{
    Q_OBJECT
public:
    LoadTestPage(Session &session, Lang lang, QWidget *parent = nullptr);
    void toggleTable();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Figure {
        tenken::Panel *panel = nullptr;
        Label *name = nullptr, *value = nullptr, *unit = nullptr, *note = nullptr;
    };
    struct FigureText {
        Text name;
        QString value, unit;
        Text note;
        Verdict verdict = Verdict::Unknown;
    };

    QWidget *buildEmpty();
    QWidget *buildFigures();
    PictureView *addChart(const Text &question, tenken::Panel *&panel);
    void refill();                       ///< the list of tests
    void refresh();                      ///< everything shown of the chosen one
    void arrange(int width);
    void setFigure(Figure &figure, const FigureText &text);
    void showFigures(const LoadTestPicture &test);
    QString in(const Text &text) const { return text.in(m_lang); }

    Session &m_session;
    Lang m_lang;
    QWidget *m_content, *m_empty;
    QComboBox *m_tests;
    Label *m_about;
    std::array<Figure, 5> m_figures;
    tenken::Panel *m_kneePanel, *m_capacityPanel, *m_runPanel, *m_scalingPanel, *m_latencyPanel;
    PictureView *m_knee, *m_capacity, *m_run, *m_scaling, *m_latency;
    QGridLayout *m_charts;
};

} // namespace tenken
