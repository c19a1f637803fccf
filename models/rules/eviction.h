// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/descheduler.h>
#include <rules/workloads.h>

namespace tenken {

/// One profile of one policy.
struct EvictingProfile {
    const DeschedulerPolicy *policy = nullptr;
    const SpreadEviction *eviction = nullptr;
};

/// A profile against a workload.
struct EvictionCase {
    const RuleContext &context;
    const Workload &w;
    const EvictingProfile &p;
    const SpreadEviction &e() const { return *p.eviction; }
    bool isNewFormat() const { return p.policy->version != u"v1alpha1"; }
};

/// What keeps the profile from evicting this workload's pods: verdict, place, reason, remedy.
struct Obstacle {
    Verdict verdict = Verdict::Pass;
    Yaml node;
    Text reason, remedy;
};

/// The first of them: namespaces and labels, protected pods, priority, age, number of replicas.
std::optional<Obstacle> obstacleTo(const EvictionCase &c);

} // namespace tenken
