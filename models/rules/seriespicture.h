// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/finding.h>

namespace tenken
{

/// The picture with what stands around its series: thresholds of monitors on the same metrics, the load tests
/// that ran meanwhile, the time zone that was asked in.
SeriesPicture inContext(SeriesPicture picture, const Evidence &evidence);

} // namespace tenken
