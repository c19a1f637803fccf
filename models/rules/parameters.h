// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/evaluate.h>

namespace tenken {

/// Which of the service's loosenings count: an index of Service::overrides each, ascending.
using Applied = std::vector<int>;

/// Defaults, then the checklist, then the service. A service tightens freely; what it loosens is added to `loosened`,
/// and counts where it is in `applied`.
QMap<QString, double> parametersOf(const Rule &rule, const RuleUse &use, const Item &item, const Service &service,
                                   const Applied &applied, std::vector<Loosening> &loosened);

/// What the checklist's first event-capacity rule plans with. Loosened values are reported at its own item, and
/// count there alone, waived or not.
QMap<QString, double> planningParameters(const Checklist &checklist, const Service &service);

/// The ways in which loosenings may be waived: all subsets of a few, else only all at once.
std::vector<Applied> choicesOf(const std::vector<Loosening> &loosened);

/// Overrides that name no item of the checklist, or no parameter of it.
std::vector<Problem> checkOverrides(const Checklist &checklist, const Service &service);

} // namespace tenken
