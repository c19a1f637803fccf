// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/refresher.h>

#include <QEvent>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <deque>
#include <utility>

namespace tenken
{

namespace
{

/// Those that wait for a turn of their own. Timers that are due together share a turn, so only the first has one.
std::deque<QPointer<Refresher>> waiting;
bool armed = false;

void runNext()
{
    armed = false;
    std::erase_if(waiting, [](const QPointer<Refresher> &r) { return r.isNull(); });
    const QPointer<Refresher> next = waiting.empty() ? nullptr : waiting.front();
    if (next)
        next->run();
}

void arm()
{
    constexpr int millisecondsBetween = 5; // for what a person does meanwhile
    if (!std::exchange(armed, true))
        QTimer::singleShot(millisecondsBetween, &runNext);
}

} // namespace

Refresher::Refresher(QWidget *widget, std::function<void()> work)
    : QObject(widget), m_widget(widget), m_work(std::move(work))
{
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
    if (m_waits)
        return;
    m_waits = true;
    waiting.emplace_back(this);
    arm();
}

bool Refresher::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show && m_waits)
        run();
    return QObject::eventFilter(watched, event);
}

void Refresher::run()
{
    if (std::exchange(m_waits, false))
        std::erase_if(waiting, [this](const QPointer<Refresher> &r) { return r == this; });
    if (!waiting.empty())
        arm();
    m_work();
}

} // namespace tenken
