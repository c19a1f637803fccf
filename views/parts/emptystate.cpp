// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/emptystate.h>

#include <parts/colours.h>
#include <parts/type.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace tenken {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent), m_missing(new QLabel(this)), m_how(new QLabel(this)), m_button(new QPushButton(this))
{
    m_missing->setFont(fontFor(Type::Title));
    for (QLabel *label : {m_missing, m_how}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto *beside = new QHBoxLayout(this);
    beside->setContentsMargins(24, 24, 24, 24);
    auto *middle = new QWidget;
    middle->setMaximumWidth(560);
    beside->addStretch(1);
    beside->addWidget(middle, 100);
    beside->addStretch(1);
    auto *layout = new QVBoxLayout(middle);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addStretch(1);
    layout->addWidget(m_missing);
    layout->addWidget(m_how);
    layout->addSpacing(8);
    layout->addWidget(m_button, 0, Qt::AlignLeft);
    layout->addStretch(2);
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, &EmptyState::buttonClicked);
}

void EmptyState::setText(const QString &missing, const QString &how, const QString &button)
{
    m_missing->setText(missing);
    m_how->setText(how);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    setAccessibleName(missing);
    setAccessibleDescription(how);
}

void EmptyState::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

} // namespace tenken
