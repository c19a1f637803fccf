// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/cloudformation/template.h>
#include <rules/finding.h>

namespace tenken
{

/// How far a chain from a canary to PagerDuty reaches, and why no farther.
struct Chain {
    Verdict verdict = Verdict::Fail;
    Text reason, remedy;
};

Chain underCondition(const Text &reason); ///< what holds only in some deployments

/// A switch as far as the templates tell: what only the deployment decides is neither on nor off.
enum class Switch { On, Off, OnByDefault, Undecided };

Switch switchOf(const CloudFormation &all, const CfnTemplate &in, Yaml node, bool fallback, int depth = 0);
Chain undecided(const QString &property);
Chain onByDefault(const QString &property);

/// The metric of an alarm that watches a canary.
struct WatchedMetric {
    Yaml metric; ///< with Namespace, MetricName and Dimensions
    bool isCompared = true; ///< false: an expression stands between it and the threshold
};

std::optional<WatchedMetric> watchedMetric(const CloudFormation &all, const CfnObject &alarm, const CfnObject &canary);

/// What keeps an alarm from ringing when the canary fails, or falls silent.
std::optional<Chain> weaknessOf(const CloudFormation &all, const CfnObject &alarm, const WatchedMetric &watched);

} // namespace tenken
