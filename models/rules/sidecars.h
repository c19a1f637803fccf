// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/workloads.h>

namespace tenken {

/// What both rules about the sidecar start with: the workload, how its sidecar runs, what it is told.
struct SidecarCase {
    const RuleContext &context;
    const Workload &w;
    SidecarMode mode = SidecarMode::Unknown;
    ProxySettings proxy;
};

SidecarCase sidecarCase(const RuleContext &context, const Workload &w);

/// Answers where there is nothing to look at: no sidecar, a native one (`native` says why that is enough), one whose mode or
/// settings are not known. Nothing for a classic sidecar that can be judged.
std::optional<Finding> settledCase(const SidecarCase &c, const Text &title, const Text &native);

/// A finding at the setting's place, else at the annotation's, else at the workload.
Finding settingFinding(const SidecarCase &c, const Text &title, const QString &file, const Span &span);

/// Unknown, where nothing in sight says how the mesh as a whole is set: its setting would hold in place of Istio's default.
/// Nothing where a file or service.yaml tells, and for an annotation that stands in the wrong place.
std::optional<Finding> unseenMesh(const SidecarCase &c, Finding finding, const QString &setting);

/// "(the default; no mesh-wide configuration was read)" or where a misplaced annotation stands: why a default holds.
Text whyDefault(const SidecarCase &c);

Text whereToSet(); ///< the remedy: which annotation, and what to do when the mesh sets it

/// One finding for each workload whose pods stay.
std::vector<Finding> judgeSidecars(const RuleContext &context, const Text &title, const Text &native,
                                   Finding (*judge)(const SidecarCase &));

/// proxy.istio.io/config on the pod template with these lines.
QString annotationSnippet(const Workload &w, const QString &config);

} // namespace tenken
