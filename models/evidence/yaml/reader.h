// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/yaml/builder.h>

namespace tenken {

void readYamlEvents(const YamlStore &store, YamlBuilder &builder); ///< any YAML, by yaml-cpp

/// Strict JSON, one value or several after one another. Says false when the text is no JSON; then the builder is
/// to be thrown away. (yaml-cpp refuses some legal JSON: surrogate pairs, keys over two lines or very long.)
bool readJsonEvents(const YamlStore &store, YamlBuilder &builder);

/// What makes a text unreadable before any parser looks at it: UTF-16, other encodings, binary content.
std::optional<Problem> yamlEncodingProblem(const YamlStore &store, const QString &file);

/// A parser's complaint in words that help, from the line it stands in.
void stopWithParserError(const YamlStore &store, YamlBuilder &builder, uint32_t offset, std::string_view complaint);

} // namespace tenken
