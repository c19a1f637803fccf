// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/checklistfields.h>

namespace tenken {

/// Reads a checklist's `sign-off` over what holds already. Where something is not understood the old rule
/// holds in that place, and the checklist is not complete.
void readSignOff(ChecklistFields &fields, Yaml node, SignOffRule &rule);

/// Where a checklist asks for fewer signatures, or for longer, than the one it extends.
std::vector<RemovedQuestion> looserThan(const SignOffRule &before, const SignOffRule &now);

} // namespace tenken
