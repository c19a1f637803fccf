// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace tenken
{

/// For every character of a query whether it stands below a fraction's line.
std::vector<bool> denominators(const QString &query);
/// … whether it is taken away from the rest: "1 - (a + b)".
std::vector<bool> subtracted(const QString &query);
/// … whether it is of an earlier time, which the present is held against: "week_before(a)".
std::vector<bool> shifted(const QString &query);

} // namespace tenken
