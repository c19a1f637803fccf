// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/nodegroups.h>

namespace tenken {

/// How many zones a pod may go to by its node name, its node selector, its required node affinity and the node groups that take it;
/// 0: as many as there are. `zones` are those that are declared.
int zonesOf(Yaml podSpec, int zones, const std::vector<NodeGroup> &groups);

bool isZoneKey(const QString &key);

} // namespace tenken
