// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/monitors.h>
#include <rules/findings.h>

namespace tenken
{

struct ServiceMonitors {
    std::vector<const Monitor *> own;
    std::vector<const Monitor *> candidates; ///< only named like the service: shown, never counted
};

/// Composites belong to the service too when all that they are made of does. `resources` are tags of more that
/// is the service's own: "kube_cronjob:id-auth-purge".
ServiceMonitors monitorsOf(const RuleContext &context, const QStringList &resources = {});

/// Why monitors cannot be judged: no service, no snapshot, or an answer that was an error. Nothing when they
/// can.
std::optional<Finding> whyNoMonitors(const RuleContext &context, const Text &title);

/// The list of monitors is not known to be whole.
Finding listNotWhole(const RuleContext &context, const Text &title, const Text &what);

/// A finding at a value of the monitor ("message", "options"), with its message as the picture.
Finding findingForMonitor(const RuleContext &context, const Text &title, const Monitor &monitor,
                          const QString &field = {});

/// "[id-auth] A", "B" and 3 more.
Text namesOf(const std::vector<const Monitor *> &monitors);

} // namespace tenken
