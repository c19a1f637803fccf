// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/yaml.h>

namespace tenken {

/// How strings are written so that every YAML reader, of 1.1 or 1.2, reads the same string back.

/// Plain where that is safe beyond doubt, else in double quotes; an empty string is "".
QByteArray yamlScalar(const QString &value);

/// "key:" with a value on the same line; an empty string leaves the value out.
QByteArray yamlLine(const QByteArray &key, const QString &value);

/// "key: |-" and the text below it, or a quoted line where a block cannot hold the text. `indent` counts the
/// key's spaces.
QByteArrayList yamlText(const QByteArray &key, const QString &value, int indent);

QByteArray yamlQuoted(const QString &value);

/// Any node on one line, in flow style, aliases written out: when its own text cannot be kept.
QByteArray yamlFlow(Yaml node);

} // namespace tenken
