// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/monitors.h>

namespace tenken
{

/// What a part of a query says of the service by its scope and its groups.
enum class Mention {
    None, ///< nothing
    Perhaps, ///< it may be among what is watched: one of several by OR, a pattern, a neighbour
    This,
    Another,
    Excluded, ///< it is left out by name
};
Mention mentionIn(const QueryPart &part, const ServiceNames &names);

} // namespace tenken
