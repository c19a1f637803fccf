// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/datadog/snapshot.h>

namespace tenken
{

/// The environment that a series is of: the tag env in its scope or in its query's filter; empty where
/// neither says.
QString environmentOf(const MetricSeries &s);

/// "prod" and "production" are one environment, as "stg" and "staging" are.
QString plainEnvironment(const QString &environment);

} // namespace tenken
