// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/text.h>
#include <evidence/yaml.h>

namespace tenken {

/// Whether a metric of an analysis can end a release at all.
struct MetricGate {
    Text whyNot;             ///< empty: it can
    bool unreadable = false; ///< a number or a condition is a variable
};

/// What an Argo metric says, with the arguments of its analysis filled in.
struct ArgoLimits {
    QString failureLimit, count, success, failure;
    bool interval = false;
    bool alone = false;      ///< its provider fails by itself, without a condition
};

MetricGate argoGate(const ArgoLimits &limits);
/// How often it measures; nothing: without end, or not readable.
std::optional<int> measurements(const ArgoLimits &limits);

/// A metric of a Flagger Canary: built in, inline or from a template.
MetricGate flaggerGate(Yaml metric);

} // namespace tenken
