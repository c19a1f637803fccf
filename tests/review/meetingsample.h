// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/meeting.h>

#include "samples.h"

namespace tenken::samples {

/// A meeting in which everything happened once.
Meeting meeting();

} // namespace tenken::samples
