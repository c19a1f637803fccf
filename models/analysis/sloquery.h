// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/monitorquery.h>

namespace tenken
{

/// The objective that an SLO alert is about: "error_budget("id").over("7d") > 75".
QString sloIdOf(const Monitor &monitor);
const Slo *sloOf(const Monitor &monitor, const std::vector<Slo> &slos);

/// What an objective that is made of metrics watches, as a monitor's query would say it.
MonitorQuery queryOf(const Slo &slo);

} // namespace tenken
