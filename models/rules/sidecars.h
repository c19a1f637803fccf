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

/// "(the default; no mesh-wide configuration was read)" or where a misplaced annotation stands: why a default holds.
Text whyDefault(const SidecarCase &c);

/// proxy.istio.io/config on the pod template with these lines.
QString annotationSnippet(const Workload &w, const QString &config);

} // namespace tenken
