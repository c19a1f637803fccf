// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/environment.h>
#include <rules/workloads.h>

namespace tenken
{

/// A container in its pod, with what the whole pod says of tracing.
struct TracedContainer {
    const RuleContext &context;
    const Workload &w;
    const Container &c;
    QMap<QString, QString> labels; ///< of the pod template
    enum class Admission { Unsaid, On, Off } admission = Admission::Unsaid;

    EnvironmentValue value(const QString &name) const { return environmentValue(context, w, c, name); }
};

/// Whether traces carry the tag "env", "service" or "version".
Finding judgeTag(const TracedContainer &k, const QString &name);

/// Whether traces leave the container, and reach an agent.
Finding judgeAgent(const TracedContainer &k);

} // namespace tenken
