// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/checklist.h>
#include <rules/finding.h>

#include <span>
#include <unordered_set>

namespace tenken
{

struct Coverage;

/// A parameter of a rule: its default, unit and which direction is stricter (for "a service may tighten
/// freely").
struct RuleParameter {
    enum class Stricter { Higher, Lower, Neither };
    const char *name; ///< "max-seconds"
    double fallback;
    const char *unit; ///< "s", "%", ""
    Stricter stricter;
    Text meaning;

    bool loosens(double from, double to) const; ///< where there is no stricter direction, any change does
};

/// What load tests mean, worked out once per evaluation and shared by the rules (see evaluate.cpp).
struct LoadTestAnalysis {
    const LoadTest *test = nullptr;
    std::vector<LoadStep> steps;
    Knee knee;
    std::optional<double> perPod() const; ///< knee ÷ pods; nothing when unusable or pods unknown
    /// Whether the knee bears this rate per pod. 1 % is allowed: completed requests, counted in a window,
    /// never match the offered rate to the last digit.
    bool bears(double perPodRps) const;
};

/// The workloads that carry the service's requests, in file order and to be looked up.
struct ServingWorkloads {
    std::vector<const Workload *> all;
    std::unordered_set<const Workload *> set;
};

/// What a rule may look at. Rules are pure: the same context gives the same findings.
struct RuleContext {
    const Evidence &evidence;
    const RuleUse &use;
    const QMap<QString, double> &parameters; ///< defaults, then checklist, then service
    const std::vector<LoadTestAnalysis> &loadTests;
    /// The parameters of the checklist's event-capacity rule, the service's own included: every rule that speaks
    /// of the pods of an event plans with them. Null: its defaults.
    const QMap<QString, double> *planning = nullptr;
    const ServingWorkloads *serving = nullptr; ///< worked out once per evaluation; null: by each who asks
    const Coverage *coverage = nullptr; ///< likewise: what the monitors cover (see servicemonitors.h)

    double parameter(const QString &name) const { return parameters.value(name); }
    const Service &service() const { return evidence.service; }
    const Manifests &manifests() const { return *evidence.manifests; }
    /// The throughput of one pod to plan with: the declared value, unless a knee was measured below it;
    /// without a declared value the knee of bestKnee(). Nothing when neither is known. `measured`: it is the
    /// knee.
    std::optional<double> perPodRps(bool *measured = nullptr) const;
    /// The test that says most about one pod: usable and with its pod count; a knee that was reached, then
    /// confidence, then the fewest pods, then the newest. Null when there is none that newer ones leave standing.
    const LoadTestAnalysis *bestKnee() const;
};

using RuleFunction = std::vector<Finding> (*)(const RuleContext &);

/// One line of the rules table.
struct Rule {
    const char *name; ///< "graceful-stop"
    Text summary; ///< one sentence: what it judges
    Text documentation; ///< how it judges, with sources; plain text
    std::vector<RuleParameter> parameters;
    RuleFunction judge;
    enum class Source { Manifests, LoadTests, Datadog, Documents, Service } needs;
    std::vector<const char *> lists = {}; ///< names of the parameters that are lists of words
    std::vector<const char *> records = {}; ///< kinds of test records that it reads, the telling one first
};

/// The one explicit table (rules/table.cpp). Sorted by name.
std::span<const Rule> allRules();
const Rule *findRule(const QString &name);
/// The kinds of test records that an item's rules read.
QStringList recordKindsOf(const Item &item);

} // namespace tenken
