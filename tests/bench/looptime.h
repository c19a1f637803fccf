// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>

/// What took longest of the events that were delivered, each with what took most of it: "UpdateRequest to
/// QWidgetWindow > Paint to tenken::SourceView". So a long turn of the event loop can be put down to somebody.
class TimedApplication : public QApplication
{
public:
    using QApplication::QApplication;
    struct Delivery {
        double ms = 0; ///< the thread's own time
        QString what;
    };

    bool notify(QObject *receiver, QEvent *event) override;
    Delivery takeLongest(); ///< since it was asked last

private:
    Delivery *m_within = nullptr; ///< the longest of those inside the one that is being delivered
    Delivery m_longest;
};

/// Opens the window on a service whose load test has so many bytes, and prints how long the event loop was
/// longest away from its events, while it loads and while the page is used afterwards.
void measureLoopTurns(qint64 bytes);
