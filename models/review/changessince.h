// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/checklist.h>

namespace tenken {

/// Which entries of the change log an answer to a version has not seen.
struct ChangesSince {
    std::vector<const ChecklistChange *> changes;
    bool known = false; ///< all of them: the log says where that version stands
};
ChangesSince changesSince(const QString &answered, const Checklist &checklist);

} // namespace tenken
