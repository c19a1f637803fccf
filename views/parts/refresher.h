// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

class QWidget;

namespace tenken
{

/// Brings a widget up to date when what it shows has changed: at once where it can be seen; a hidden one gets a
/// turn of the event loop to itself, or is shown before that. So a change that many pages show does not keep the
/// window from answering.
class Refresher : public QObject
{
public:
    Refresher(QWidget *widget, std::function<void()> work); ///< belongs to the widget
    void request();
    void later(); ///< in a turn of its own even where it can be seen
    void run();   ///< now; what was asked for is done with it

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_widget;
    std::function<void()> m_work;
    bool m_waits = false;
};

} // namespace tenken
