// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/refresher.h>

#include <QEvent>
#include <QWidget>

namespace tenken
{

Refresher::Refresher(QWidget *widget, std::function<void()> work)
    : QObject(widget), m_widget(widget), m_work(std::move(work))
{
    static int made = 0;
    m_later.setSingleShot(true);
    m_later.setInterval(10 * (1 + made++ % 8)); // timers that are due together would share a turn
    connect(&m_later, &QTimer::timeout, this, &Refresher::run);
    widget->installEventFilter(this);
}

void Refresher::request()
{
    if (m_widget->isVisible())
        run();
    else
        later();
}

void Refresher::later()
{
    m_later.start();
}

bool Refresher::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show && m_later.isActive())
        run();
    return QObject::eventFilter(watched, event);
}

void Refresher::run()
{
    m_later.stop();
    m_work();
}

} // namespace tenken
