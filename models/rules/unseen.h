// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken {

/// What a rule says that found nothing to judge: which evidence is missing, and how to supply it.
Finding nothingFound(const RuleContext &context, Rule::Source needs);

/// Files that could not be read and may hold manifests might say otherwise: a pass over the rest would be a guess.
void addUnreadable(std::vector<Finding> &findings, const RuleContext &context);

/// What is said of an object that a kustomization changes, without that change, is unknown: its patch may take away
/// what passes, and mend what fails.
void doubtPatched(std::vector<Finding> &findings, const Manifests &manifests);

} // namespace tenken
