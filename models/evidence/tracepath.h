// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/yaml.h>

#include <span>
#include <string>
#include <vector>

namespace tenken {

/// One step from an object to a field: a key, or an element of a list known by its place and by what names it.
struct TraceStep {
    std::string key;        ///< empty: an element
    qsizetype index = 0;
    Yaml element;
};
using TracePath = std::vector<TraceStep>;

/// The way to the innermost node whose key or value begins at a place.
bool findTracePath(Yaml node, const Span &at, TracePath &path);

/// Where a path leads in another object; elements of lists are told apart as kustomize does when it merges them.
Yaml walkTracePath(Yaml node, std::span<const TraceStep> path);

/// Keys and elements by which things are found are written everywhere; the first to write them defines them.
bool isIdentityPath(const TracePath &path);

} // namespace tenken
