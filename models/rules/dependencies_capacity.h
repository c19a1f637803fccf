// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/planning.h>

namespace tenken {

/// What a kind of dependency is watched and limited by.
struct WatchedKind {
    bool pooled = false;      ///< its connections are limited and pooled
    QStringList cpuMetrics;
};

/// One dependency under judgement.
struct DependencyCase {
    const RuleContext &context;
    const Dependency &d;
    const Planning &planning;
    WatchedKind kind;
};

/// At a line of service.yaml (else where the dependency begins).
Finding findingForDependency(const DependencyCase &c, const Text &what, const Span &span = {});

/// Whether its CPU stayed within `utilization` while the peak was tested.
Finding judgeDependencyCpu(const DependencyCase &c);

} // namespace tenken
