// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/coverage.h>
#include <rules/findings.h>

namespace tenken
{

struct ServiceMonitors {
    std::vector<const Monitor *> own;
    std::vector<const Monitor *> candidates; ///< only named like the service: shown, never counted
};

/// What the monitors cover: the evaluation's, else worked out now.
std::shared_ptr<const Coverage> coverageFor(const RuleContext &context);

ServiceMonitors monitorsOf(const RuleContext &context);

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
Text namesOf(const std::vector<const MonitorReading *> &readings);

} // namespace tenken
