// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/simulations.h>
#include <analysis/stepkinds.h>
#include <evidence/manifests.h>

namespace tenken {

enum class Phase { Staging, Production };

/// What a name says: "stg", "prod-cluster", "deploy-to-production"; nothing where it says neither or both.
std::optional<Phase> phaseOf(const QString &name);

/// One place where a phase is delivered.
struct PhaseUnit {
    Phase phase = Phase::Staging;
    QString what;                         ///< "deploy-staging", "overlays/production"
    QString file;
    Span span;
    const PipelineSteps *steps = nullptr; ///< of a job
    size_t job = 0;
    std::optional<StepRef> at;            ///< where one job delivers both phases
    const KubeObject *application = nullptr; ///< of Argo CD
};

std::vector<PhaseUnit> phasesIn(const PipelineSteps &steps);
std::vector<PhaseUnit> phasesIn(const Manifests &manifests); ///< kustomize overlays, Argo CD Applications

/// How production follows staging.
enum class Order {
    Gated,      ///< it needs the staging job
    Ref,        ///< another branch, a tag or a release
    ByHand,     ///< people start it
    None,
};
Order orderOf(const PhaseUnit &staging, const PhaseUnit &production, Simulations &simulations);

} // namespace tenken
