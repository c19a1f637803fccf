// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/checklistfields.h>

namespace tenken
{

/// Reads a checklist's `decision` over the rule that holds already. False where something was not understood:
/// then the old rule holds in that place, and the checklist is not complete.
bool readDecision(ChecklistFields &fields, Yaml node, DecisionRule &rule);

} // namespace tenken
