// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/datadog/snapshot.h>

#include <QStringList>

namespace tenken {

/// How sure we are that a monitor watches this service (facts: A query, B tag, C resource, D only the name).
enum class Belongs { No, NameOnly, Yes };
Belongs belongsTo(const Monitor &monitor, const QString &serviceId, const QStringList &aliases);

enum class Signal { ServerErrors, Errors, Latency, Batch, Dependency, HighLoad, Other };
std::vector<Signal> signalsOf(const Monitor &monitor);

/// A receiver in a monitor's message, as it is told on alert.
struct Handle {
    QString text;        ///< "@slack-shop-id-auth"
    enum class Kind { Slack, PagerDuty, OnCall, Email, Webhook, Other } kind = Kind::Other;
    QString onlyIf;      ///< condition of an is_match block, else empty
};

/// The message as it reads when the monitor alerts: blocks for other transitions taken out.
QString messageOnAlert(const QString &message);
std::vector<Handle> handlesOnAlert(const QString &message);
std::vector<QString> linksOf(const Monitor &monitor); ///< runbook assets first, then links of the message

} // namespace tenken
