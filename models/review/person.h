// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tenken {

/// One person under every spelling of a name: case, spaces, full width letters and a trailing "<mail>" make no
/// other person. Empty where nobody is named.
QString person(const QString &name);

} // namespace tenken
