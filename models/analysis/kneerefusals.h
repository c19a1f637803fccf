// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/knee.h>

namespace tenken
{

/// A knee that says nothing but why.
Knee notUsable(const Text &why, const QString &method);

/// No level was borne.
Knee pastFromTheStart(const std::vector<LoadStep> &steps, const QString &method);

Text tooFewSteps(size_t steps);

} // namespace tenken
