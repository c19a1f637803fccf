// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/probes.h>
#include <analysis/proxysettings.h>
#include <rules/findings.h>
#include <rules/replicas.h>

namespace tenken {

/// The workloads a rule about pods that stay judges: neither Job nor CronJob. Where there are only those, `findings`
/// gets one unknown: that a service has no long-running part is for people to say, not for a file's absence.
std::vector<const Workload *> longRunning(const RuleContext &context, const Text &title, std::vector<Finding> &findings);

/// A finding on something in the pod template, which may stand in another file than the workload (workloadRef).
Finding findingInTemplate(const RuleContext &context, const Text &title, const Workload &w, Yaml node = {});
Finding findingInTemplate(const RuleContext &context, const Text &title, const Workload &w, const Container &c,
                          Yaml node = {});

QString seconds(double s);                 ///< "30 s"

/// Unknown, at the place the finding already has: what service.yaml does not say, and what to write there.
Finding &sayUndeclared(Finding &finding, const RuleContext &context, const Text &reason, const QString &key,
                       const QString &example);

/// Pods a serving workload has to keep for an event, and what it runs then.
struct EventNeed {
    const CapacityEvent *event = nullptr;
    int needed = 0;                        ///< 0: not known
    int replicas = 0;                      ///< at least so many run at the event
    bool replicasKnown = true;
    Text missing;                          ///< one sentence: what is not known
    QString key, example;                  ///< where to declare it
};

/// The event is the one the checklist names in the list `event`; else "normal"; else the first one declared.
EventNeed needOf(const RuleContext &context, const Workload &w);
bool isServing(const RuleContext &context, const Workload &w);

/// A key of the pod's or the workload's spec as YAML to paste: in place of `written` where it is there, else as a
/// new entry below the key `parent` (named, with its own indentation).
QString entrySnippet(Yaml parent, const QString &parentName, const QString &yaml, bool written, const Workload &w);

} // namespace tenken
