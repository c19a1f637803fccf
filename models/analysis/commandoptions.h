// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <optional>

namespace tenken {

/// The option among the words: alone, with the next word as its value, or as `--option=value`. An option that names
/// its value (`--issues-exit-code=0`) fits that value alone; a word is itself; `type=registry` is of what is given out.
std::optional<QString> optionValue(const QStringList &words, const QString &option);
bool hasOption(const QStringList &words, const QStringList &options); ///< one of them, and not as `false`

/// `-sn` has n: options of one letter that take no value stand together.
bool hasLetter(const QString &word, QStringView letters);

/// With this option the program says something about itself, or about what it would do, and does none of it.
bool onlyTells(const QString &program, const QString &option);

} // namespace tenken
