// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/scaling.h>

namespace tenken
{

/// The law to plan with beyond the tests. A β that its own standard error does not tell from none would put a peak
/// where nobody looked: then the law is fitted without it.
std::optional<UslFit> planningLaw(const std::vector<ScalingPoint> &points);

} // namespace tenken
