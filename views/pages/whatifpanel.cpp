// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/whatifpanel.h>

#include <evidence/numbers.h>
#include <pages/label.h>
#include <pages/loadtestwords.h>
#include <pages/remedybox.h>
#include <parts/colours.h>
#include <parts/pictureview.h>

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace tenken {

namespace {

constexpr int unmoved = 100;                     ///< percent of the measured or written value
constexpr int leastPercent = 25, mostPercent = 400;
constexpr int mostHeadroom = 150;                ///< percent

/// Three digits: what a person writes down, not what a slider happens to hit.
double rounded(double value)
{
    if (!(value > 0))
        return 0;
    const double unit = std::pow(10, std::floor(std::log10(value)) - 2);
    return std::round(value / unit) * unit;
}

} // namespace

WhatIfPanel::WhatIfPanel(Lang lang, QWidget *parent) : Panel(parent), m_lang(lang)
{
    build();
    colourHandles();
    setOpen(false);
}

void WhatIfPanel::colourHandles()
{
    const Colours &c = coloursFor(palette());
    for (QSlider *slider : {m_perPod.slider, m_headroom.slider, m_peak.slider}) {
        QPalette handle = palette();
        handle.setColor(QPalette::Button, c.accent);
        slider->setPalette(handle);
    }
}

void WhatIfPanel::changeEvent(QEvent *event)
{
    Panel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_peak.slider)
        colourHandles();
}

WhatIfPanel::Row WhatIfPanel::addRow(QGridLayout *grid, const Text &name)
{
    Row row;
    const int at = grid->rowCount();
    row.name = new Label(in(name), Type::Caption, Label::Ink::Text2);
    row.slider = new QSlider(Qt::Horizontal);
    row.slider->setAccessibleName(in(name));
    row.slider->setPageStep(10);
    row.value = new Label(Type::CaptionBold);
    row.value->setMinimumWidth(190);
    row.name->setBuddy(row.slider);
    grid->addWidget(row.name, at, 0);
    grid->addWidget(row.slider, at, 1);
    grid->addWidget(row.value, at, 2);
    return row;
}

void WhatIfPanel::build()
{
    m_view = new PictureView;
    m_view->setLanguage(m_lang);
    m_view->setTitleShown(false);
    m_view->setAccessibleName(in({"行事に足りるか", "Is it enough for the events?"}));
    m_button = new QToolButton;
    m_button->setText(in({"もしも…", "What if…"}));
    m_button->setToolTip(in({"値を動かして試します。何も書き換えません (Ctrl+I)", "Try other values; nothing is written (Ctrl+I)"}));
    m_button->setCheckable(true);
    addToHeader(m_button);
    connect(m_button, &QToolButton::toggled, this, &WhatIfPanel::setOpen);
    m_view->addButtonsTo(this);

    m_sliders = new QWidget;
    auto *column = new QVBoxLayout(m_sliders);
    column->setContentsMargins(0, 0, 0, 0);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    m_perPod = addRow(grid, {"1 Pod のスループット", "Throughput of one pod"});
    m_perPod.slider->setRange(leastPercent, mostPercent);
    m_headroom = addRow(grid, {"余裕", "Headroom"});
    m_headroom.slider->setRange(0, mostHeadroom);
    m_peak = addRow(grid, {"行事のピーク", "Peak of the event"});
    m_peak.slider->setRange(leastPercent, mostPercent);
    m_events = new QComboBox;
    m_events->setAccessibleName(in({"動かす行事", "Event to change"}));
    grid->addWidget(m_events, grid->rowCount(), 1, Qt::AlignLeft);
    connect(m_events, &QComboBox::currentIndexChanged, this, &WhatIfPanel::showEvent);
    column->addLayout(grid);

    auto *buttons = new QHBoxLayout;
    m_takeOver = new QPushButton(in({"採り入れる…", "Take over…"}));
    m_takeOver->setToolTip(in({"service.yaml に書く行を示します", "Show the lines to write in service.yaml"}));
    m_reset = new QPushButton(in({"元の値に戻す", "Reset"}));
    buttons->addWidget(m_takeOver);
    buttons->addWidget(m_reset);
    buttons->addStretch(1);
    column->addLayout(buttons);
    m_lines = new RemedyBox(m_lang);
    m_lines->hide();
    column->addWidget(m_lines);
    connect(m_takeOver, &QPushButton::clicked, m_lines, &QWidget::show);
    connect(m_reset, &QPushButton::clicked, this, &WhatIfPanel::reset);

    body()->addWidget(m_view, 1);
    body()->addWidget(m_sliders);
    for (const QSlider *slider : {m_perPod.slider, m_headroom.slider, m_peak.slider})
        connect(slider, &QSlider::valueChanged, this, &WhatIfPanel::read);
}

void WhatIfPanel::setOpen(bool open)
{
    const QSignalBlocker quiet(m_button);
    m_button->setChecked(open);
    m_sliders->setVisible(open);
    if (!open)
        reset();
    else if (isVisible())
        m_perPod.slider->setFocus();
}

bool WhatIfPanel::isOpen() const { return m_button->isChecked(); }

void WhatIfPanel::setPlan(const CapacityPlan &plan, const Service &service, const QString &capacityItem)
{
    m_measured = plan;
    m_service = service;
    m_item = capacityItem;
    {
        const QString before = m_events->currentData().toString();
        const QSignalBlocker quiet(m_events);
        m_events->clear();
        for (const EventPlan &e : plan.events)
            m_events->addItem(e.event.name.isEmpty() ? e.event.id : e.event.name.in(m_lang), e.event.id);
        const int again = m_events->findData(before);
        const auto largest = std::ranges::max_element(plan.events, {}, &EventPlan::needed);
        m_events->setCurrentIndex(again >= 0 ? again : int(largest - plan.events.begin()));
    }
    // What no longer is an event is no longer tried; the rest stays as the person left it.
    m_tried.peakRps.removeIf([this](const std::pair<const QString &, double &> &p) { return m_events->findData(p.first) < 0; });
    placeSliders();
    showValues();
}

void WhatIfPanel::placeSliders()
{
    const auto put = [](QSlider *slider, double percent) {
        const QSignalBlocker quiet(slider);
        slider->setValue(int(std::lround(percent)));
    };
    const auto share = [](double tried, double measured) { return measured > 0 ? tried / measured * 100 : unmoved; };
    put(m_perPod.slider, share(m_tried.perPodRps.value_or(m_measured.perPodRps), m_measured.perPodRps));
    put(m_headroom.slider, m_tried.headroom.value_or(m_measured.options.headroom) * 100);
    if (const EventPlan *e = event())
        put(m_peak.slider, share(m_tried.peakRps.value(e->event.id, e->event.peakRps), e->event.peakRps));
}

const EventPlan *WhatIfPanel::event() const
{
    const int index = m_events->currentIndex();
    return index >= 0 && index < int(m_measured.events.size()) ? &m_measured.events[size_t(index)] : nullptr;
}

void WhatIfPanel::read()
{
    const int perPod = m_perPod.slider->value(), headroom = m_headroom.slider->value(), peak = m_peak.slider->value();
    m_tried.perPodRps.reset();
    m_tried.headroom.reset();
    if (perPod != unmoved)
        m_tried.perPodRps = rounded(m_measured.perPodRps * perPod / 100);
    if (headroom != int(std::lround(m_measured.options.headroom * 100)))
        m_tried.headroom = headroom / 100.0;
    if (const EventPlan *e = event()) {
        m_tried.peakRps.remove(e->event.id);
        if (peak != unmoved)
            m_tried.peakRps.insert(e->event.id, rounded(e->event.peakRps * peak / 100));
    }
    showValues();
}

void WhatIfPanel::showEvent()
{
    placeSliders();
    showValues();
}

void WhatIfPanel::showValues()
{
    m_shown = planWith(m_measured, m_tried);
    const bool changed = m_tried.perPodRps || m_tried.headroom || !m_tried.peakRps.isEmpty();
    const QString title = in({"行事に足りるか", "Is it enough for the events?"});
    setTitle(title, changed ? in({"もしも: 値を試しています。何も書き換えていません。", "What if: values are tried, nothing is written."})
                            : aboutPlan(m_measured, m_lang));
    m_view->setPicture(Picture(m_shown));
    const auto text = [&](const QString &now, const QString &before, bool moved) {
        return moved ? now + in(Text{" (元 %1)", " (was %1)"}.arg(before)) : now;
    };
    const auto perPod = [](double v) { return formatWithUnit(v, QStringLiteral("req/s")); };
    m_perPod.value->setText(text(perPod(m_shown.perPodRps), perPod(m_measured.perPodRps), m_tried.perPodRps.has_value()));
    const auto percent = [](double v) { return formatWithUnit(std::round(v * 100), QStringLiteral("%")); };
    m_headroom.value->setText(text(percent(m_shown.options.headroom), percent(m_measured.options.headroom), m_tried.headroom.has_value()));
    if (const EventPlan *e = event()) {
        const bool moved = m_tried.peakRps.contains(e->event.id);
        m_peak.value->setText(text(perPod(m_tried.peakRps.value(e->event.id, e->event.peakRps)), perPod(e->event.peakRps), moved));
    }
    const WhatIfLines lines = whatIfLines(m_tried, m_service, m_item, m_lang);
    m_lines->show({}, lines.place, lines.yaml);
    m_takeOver->setEnabled(changed);
    m_reset->setEnabled(changed);
    if (!changed)
        m_lines->hide();
    emit planChanged();
}

void WhatIfPanel::reset()
{
    m_tried = {};
    placeSliders();
    showValues();
}

} // namespace tenken
