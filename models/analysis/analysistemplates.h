// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/manifests.h>

namespace tenken {

/// One metric that decides on a canary: of an Argo (Cluster)AnalysisTemplate, or of a Flagger Canary.
struct GateMetric {
    QString name;
    QString file;
    Span span;
    QString query;              ///< every text of its provider, with arguments filled in
    bool namesRelease = false;  ///< by construction about these pods: a pod template's hash, Flagger's own metrics
    bool unresolved = false;    ///< the query holds an argument whose value cannot be seen
    bool gating = true;         ///< a failure ends the canary
    bool endless = false;       ///< interval without count
    bool unreadable = false;    ///< its limit or condition is a variable
    Text whyNot;                ///< why it does not gate
    QString limit;              ///< "failureLimit 3", "threshold 5"
};

struct AnalysisUse {
    Yaml node;                  ///< where it is attached
    QString templateName;
    bool found = true;          ///< the template is among the files
    bool background = false;
    Text idle;                  ///< why it sees nothing of the new version; empty: it does
    std::vector<GateMetric> metrics;
};

/// Every analysis of a Rollout: of its steps, in the background, and of blueGreen.
std::vector<AnalysisUse> analysesOf(const Manifests &manifests, const KubeObject &rollout);
/// The metrics of a Flagger Canary, with those of its MetricTemplates.
AnalysisUse flaggerAnalysis(const Manifests &manifests, const KubeObject &canary);

/// Whether a name stands in a text by itself: "id-auth" in "service:id-auth", not in "id-authority".
bool mentions(const QString &text, const QString &name);

} // namespace tenken
