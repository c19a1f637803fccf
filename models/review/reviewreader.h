// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// The values of a parsed review.yaml, whose root is a map. Unknown keys and values that cannot stand where
/// they stand are problems; all else is taken.
Partial<Review> reviewFrom(Yaml root, const QString &file);

} // namespace tenken
