// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/capacity.h>
#include <rules/checklist.h>

namespace tenken {

/// What to write in service.yaml to make a what-if come true: people write that file, Tenken only reads it.
struct WhatIfLines {
    Text place;   ///< "service.yaml, line 68: per-pod; line 73: new-year"
    QString yaml; ///< only what changes; empty when nothing does
};

WhatIfLines whatIfLines(const CapacityWhatIf &tried, const Service &service, const QString &capacityItem, Lang lang);

/// The checklist's item that plans the pods of events; empty without one.
QString capacityItemOf(const Checklist &checklist);

} // namespace tenken
