// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/infrastructure.h>

namespace tenken
{

/// What has to be watched from outside.
struct WatchedHosts {
    QStringList hosts; ///< lower case
    bool declared = false; ///< monitoring.endpoints: each has to be watched; else one of them
};

/// Hosts of monitoring.endpoints; else those that Ingress, Gateway and VirtualService objects show to the
/// world.
WatchedHosts watchedHosts(const RuleContext &context);
/// Seldomer than that nobody is paged in time.
inline constexpr double mostMinutesBetweenChecks = 15;

bool mentionsHost(const QString &text, const QString &host);

/// Verdicts of all canaries of the templates that may ask this host, with their chains to PagerDuty.
std::vector<Finding> judgeCanaries(const RuleContext &context, const Text &title, const QString &host);
/// Likewise of the Synthetics tests in the snapshot.
std::vector<Finding> judgeSynthetics(const RuleContext &context, const Text &title, const QString &host);

} // namespace tenken
