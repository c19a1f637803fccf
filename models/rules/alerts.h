// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/servicemonitors.h>

namespace tenken
{

/// What the rules about alerts share: something has to be watched, and its alert has to reach Slack.
struct WantedAlert {
    Text title;
    Text what; ///< "5xx"
};

/// One monitor: whether it is active, would fire as it says, and its alert reaches Slack.
Finding judgeAlert(const RuleContext &context, const Text &title, const Monitor &m);

/// Says why an alert of Prometheus does not reach Slack by Alertmanager's tree, or why that is not known.
void judgeRouting(Finding &f, const Monitor &m);

/// The monitors whose own alert makes this one alert: itself; of a composite joined by || its parts; of one
/// joined by && none, for alone none of them is enough. A part behind `!` watches the opposite.
std::vector<const Monitor *> partsThatAlert(const RuleContext &context, const Monitor &m);

/// Nothing watches it, as far as can be seen. `near`: monitors that may, though nothing but a name says so.
Finding noMonitor(const RuleContext &context, const WantedAlert &wanted, const ServiceMonitors &monitors,
                  const std::vector<const Monitor *> &near);

Text howAlertsAreJudged();

} // namespace tenken
