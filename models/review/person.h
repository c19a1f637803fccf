// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tenken {

/// Whether a text says anything to its reader: a letter or a number that can be seen. Spaces, invisible characters
/// and punctuation alone say nothing.
bool saysSomething(const QString &text);

/// One person under every spelling of a name: case, spaces, full width letters, invisible characters and a trailing
/// "<mail>" make no other person. Empty where nobody is named: nothing, or what only holds the place ("TBD", "未定").
QString person(const QString &name);

/// Whether two name the same person, by name or by mail. Nobody is the same person as anybody.
bool isSamePerson(const QString &a, const QString &b);

} // namespace tenken
