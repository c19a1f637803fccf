// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tenken {

bool hasGlob(QStringView pattern); ///< contains `*`, `?` or `[`

/// Whether a file name matches one part of a glob (no '/'): `*`, `?`, `[a-z]`, `[!a-z]`. A leading dot is only
/// matched by a dot, as in a shell.
bool matchesGlob(QStringView name, QStringView pattern);

} // namespace tenken
