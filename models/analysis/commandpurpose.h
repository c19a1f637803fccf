// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/stepkinds.h>

namespace tenken {

/// What a command is for, told by its words.
struct Purpose {
    bool known = false;
    std::vector<FoundStep> found; ///< without place
};
Purpose purposeOf(const QStringList &words);

/// It says something, waits or looks around, and changes nothing.
bool onlyPrints(const QStringList &words);

} // namespace tenken
