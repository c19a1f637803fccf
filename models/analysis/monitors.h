// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/datadog/snapshot.h>

#include <QStringList>

#include <optional>

namespace tenken
{

/// How sure we are that a monitor watches this service (facts: A query, B tag, C resource, D only the name).
enum class Belongs { No, NameOnly, Yes };
/// An alias is another name of the service, or a whole tag of a resource of its own ("loadbalancer:app/x/1").
/// A monitor of another environment than production is none of the service's: No.
Belongs belongsTo(const Monitor &monitor, const QString &serviceId, const QStringList &aliases);

/// The query names services, and not this one: a tag may say otherwise.
bool watchesAnother(const Monitor &monitor, const QString &serviceId, const QStringList &aliases);

/// What the scope (else the tags) says of the environment. Unclear: a name that tells neither way.
enum class WatchedEnvironment { Unsaid, Production, Other, Unclear };
WatchedEnvironment environmentOf(const Monitor &monitor);

/// The monitors a composite is made of; ids that are not among `all` go to `missing`.
std::vector<const Monitor *> constituentsOf(const Monitor &composite, const std::vector<Monitor> &all,
                                            QStringList *missing = nullptr);

enum class Signal { ServerErrors, Errors, Latency, Batch, Dependency, HighLoad, Other };
std::vector<Signal> signalsOf(const Monitor &monitor);

/// Whether it tells that load is getting too high: requests, latency, CPU, memory, connections, queues,
/// autoscaling at its end; of the service or of what it depends on.
bool tellsHighLoad(const Monitor &monitor);

/// What may keep it from firing as its name says: another threshold in the query than in the options, another
/// percentile than in the name, a placeholder that was never filled.
std::vector<Text> doubtsAbout(const Monitor &monitor);
std::optional<double> criticalThreshold(const Monitor &monitor);

/// A receiver in a monitor's message, as it is told on alert.
struct Handle {
    QString text; ///< "@slack-shop-id-auth"
    enum class Kind { Slack, PagerDuty, OnCall, Email, Webhook, Other } kind = Kind::Other;
    QString onlyIf; ///< condition of an is_match block, else empty
};

/// The message as it reads when the monitor alerts: blocks for other transitions taken out.
QString messageOnAlert(const QString &message);
std::vector<Handle> handlesOnAlert(const QString &message);
std::vector<Handle> handlesAnywhere(const QString &message); ///< in any block, without conditions
std::vector<Handle> handlesOf(const NotificationRule &rule);
bool appliesTo(const NotificationRule &rule, const Monitor &monitor);
std::vector<QString>
linksOf(const Monitor &monitor); ///< runbook assets first, then links of the message on alert

} // namespace tenken
