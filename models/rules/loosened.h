// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/checklist.h>

namespace tenken
{

/// What a checklist asks less of than the one it extends: it is printed, as what it leaves out is.
std::vector<RemovedQuestion> looserThan(const Item &before, const Item &now);
std::vector<RemovedQuestion> looserThan(const DecisionRule &before, const DecisionRule &now);
/// Items that are needed by a later stage than before.
std::vector<RemovedQuestion> laterThan(const Checklist &before, const Checklist &now);

} // namespace tenken
