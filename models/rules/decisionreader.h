// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/checklistfields.h>

namespace tenken
{

/// Reads a checklist's `decision` over the rule that holds already. Where something is not understood the old
/// rule holds in that place, and the checklist is not complete.
void readDecision(ChecklistFields &fields, Yaml node, DecisionRule &rule);

} // namespace tenken
