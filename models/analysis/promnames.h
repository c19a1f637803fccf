// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/monitorquery.h>
#include <evidence/prometheus/promql.h>

namespace tenken
{

/// A metric of Prometheus' exporters as Datadog calls it, where both know it: "mysql_up" → "mysql.up".
QString datadogMetric(const QString &name);

/// What a condition on a label says in the terms of a scope; none where it says nothing of whose or which
/// resource it is.
std::vector<ScopeTerm> scopeTerms(const LabelMatcher &matcher, const QString &metric);

/// What it counts, by its functions, labels and name.
QueryPart::Counts countsOf(const PromSelector &selector);

} // namespace tenken
