// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QStringList>

namespace tenken
{

struct Team {
    QString id;
    QString handle; ///< "@team-<handle>"
    QString name;
};

/// Where what is sent to a team goes.
struct TeamRule {
    QString file;
    QString teamId; ///< empty: of which team is not said
    QStringList receivers; ///< "slack-shop-alerts", "pagerduty-shop"
};

/// A schedule, an escalation policy or a team's routing of Datadog On-Call.
struct OnCall {
    enum class Kind { Schedule, Policy, Routing };
    QString file;
    Kind kind = Kind::Schedule;
    QString id; ///< of a routing: the team's
    QString name;
    QStringList teamIds;
    qsizetype steps = 0; ///< layers of a schedule, steps of a policy, rules of a routing
};

} // namespace tenken
