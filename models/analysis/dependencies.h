// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/monitorquery.h>
#include <evidence/service.h>

namespace tenken
{

/// How surely a query is about a declared dependency.
/// In rising order of how sure it is.
enum class Watches {
    No,
    Kind, ///< a metric of its kind that names no resource at all: this one may be among them
    Perhaps, ///< something that is called nearly so ("users-db-archive"), or one of several by OR
    Named, ///< its id or host stands in the scope
};

/// `all`: the declared dependencies, so that "users-db-1" is not taken for "users" where there is "users-db".
Watches watches(const QueryPart &part, const Dependency &dependency, const std::vector<Dependency> &all);

/// Whether the query shows each resource by itself; by region or by service two databases are one line.
bool looksAtEach(const QueryPart &part);
/// … or nothing is aggregated, and what it is scraped from alone tells them apart.
bool mayLookAtEach(const QueryPart &part);

/// Whether both are of a kind that the same metrics are about (two MySQL clusters).
bool isSameKind(const Dependency &a, const Dependency &b);

/// A tag of the dependency among these: "dependency:users-db".
bool isTagged(const QStringList &tags, const Dependency &dependency);

} // namespace tenken
