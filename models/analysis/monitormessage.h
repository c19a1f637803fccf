// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/datadog/snapshot.h>

namespace tenken
{

/// A receiver in a monitor's message, as it is told on alert.
struct Handle {
    QString text; ///< "@slack-shop-id-auth"
    enum class Kind { Slack, PagerDuty, OnCall, Email, Webhook, Other } kind = Kind::Other;
    QString onlyIf; ///< condition of an is_match block, else empty

    bool reachesPeople() const; ///< as far as its name tells: no webhook, workflow, ticket or team
    bool goesOn() const; ///< to a webhook, a workflow, a team: where that ends is told elsewhere
};
Handle::Kind handleKind(const QString &text); ///< with or without '@'

/// The transitions that a message may be told on, from OK or back to it.
enum class MonitorState { Alert, Warning, NoData, Recovery };

/// A stretch of a message, perhaps told only under a condition.
struct MessagePiece {
    QString text;
    QString onlyIf; ///< "is_match "env" "production""; empty: always

    friend bool operator==(const MessagePiece &, const MessagePiece &) = default;
};

/// The message as it reads in that state: blocks of other states taken out ({{else}}, negations and several
/// values of is_match included), comments dropped. Empty: nothing is told.
std::vector<MessagePiece> messageIn(const Monitor &monitor, MonitorState state);

/// The message as it reads when the monitor alerts; what is told only under a condition keeps it in brackets.
QString messageOnAlert(const QString &message);
std::vector<Handle> handlesOnAlert(const QString &message);
std::vector<Handle> handlesIn(const Monitor &monitor, MonitorState state);
std::vector<Handle> handlesAnywhere(const QString &message); ///< in any block, without conditions
std::vector<QString> linksOf(const Monitor &monitor); ///< runbook assets first, then links of the message on alert

} // namespace tenken
