// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/datadog/monitor.h>

namespace tenken
{

/// A planned silence of one monitor, or of all with some tags.
struct Downtime {
    QString file;
    Span span;
    QString id;
    QString status; ///< "active", "scheduled", "ended", "canceled"
    QString scope; ///< "*", "env:prod AND service:x"
    QString monitorId; ///< of one monitor; else by tags
    QStringList monitorTags; ///< a monitor needs all of them; "*" is any monitor
    QDateTime from, until; ///< invalid until: for ever
    bool recurring = false;
    QString message;

    bool isActive() const { return status == u"active"; }
};

/// Whether it silences this monitor now, at least in part.
bool silences(const Downtime &downtime, const Monitor &monitor);

} // namespace tenken
