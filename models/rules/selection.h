// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/checklist.h>

namespace tenken {

/// The checklist with only the named items; a name it does not have becomes a problem with a suggestion.
Partial<Checklist> selectItems(const Checklist &checklist, const QStringList &ids);

/// The checklist with only the items that manifests alone can decide, for `check` on bare files.
Checklist selectManifestItems(const Checklist &checklist);

} // namespace tenken
