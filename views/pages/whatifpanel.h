// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pages/whatif.h>
#include <parts/panel.h>

#include <functional>

class QComboBox;
class QGridLayout;
class QPushButton;
class QSlider;
class QToolButton;

namespace tenken {

class Label;
class PictureView;
class RemedyBox;

/// Whether the pods are enough for the events; and, on request, what if one pod bore more, the headroom were
/// another, or an event came with another rate. The bars follow at once; nothing is written anywhere.
class WhatIfPanel : public Panel
{
    Q_OBJECT
public:
    explicit WhatIfPanel(Lang lang, QWidget *parent = nullptr);

    void setPlan(const CapacityPlan &plan, const Service &service, const QString &capacityItem);
    const CapacityPlan &plan() const { return m_shown; } ///< under what is tried
    const CapacityWhatIf &tried() const { return m_tried; }
    PictureView *view() const { return m_view; }
    void setOpen(bool open);
    bool isOpen() const;
    void reset();

signals:
    void planChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void colourHandles(); ///< of the sliders: what can be moved is seen, also on a dark ground
    struct Row {
        Label *name = nullptr;
        QSlider *slider = nullptr;
        Label *value = nullptr;
    };
    void build();
    Row addRow(QGridLayout *grid, const Text &name);
    void placeSliders();
    void read();                ///< from the sliders
    void showValues();
    void showEvent();
    const EventPlan *event() const;
    QString in(const Text &text) const { return text.in(m_lang); }

    Lang m_lang;
    CapacityPlan m_measured, m_shown;
    CapacityWhatIf m_tried;
    Service m_service;
    QString m_item;
    PictureView *m_view;
    QToolButton *m_button;
    QWidget *m_sliders;
    QComboBox *m_events;
    Row m_perPod, m_headroom, m_peak;
    QPushButton *m_reset, *m_takeOver;
    RemedyBox *m_lines;
};

} // namespace tenken
