// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "parts/samples.h"

#include <parts/comparisonpicture.h>

namespace tenken::samples {

/// A version that is slower under load: no difference shown at first, then clear ones; the last level of each run
/// is its own.
ComparisonPicture comparison();

} // namespace tenken::samples
