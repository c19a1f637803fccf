// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace tenken
{

/// What a person said of a monitor: that it is this service's, or that it is not.
struct MonitorLink {
    QString id; ///< the monitor's
    bool belongs = true;
    QString by;
    QDateTime at;
    QString note;

    friend bool operator==(const MonitorLink &, const MonitorLink &) = default;
};

} // namespace tenken
