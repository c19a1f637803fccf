// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

namespace tenken
{

/// From users that start and end (Gatling). Open when new users keep coming whatever happens; closed when few
/// users stay for most of the run, or when their number is held while the rate of new ones gives way.
LoadModel modelFromUsers(const LoadTestRun &run);

/// From k6: iterations that were dropped exist only where a schedule sets the rate. Else by how busy the
/// virtual users were while the load was low: always (closed), or waiting for a schedule (open).
LoadModel modelFromIterations(bool anyDropped, double lowLoadUtilisation);

/// From threads (JMeter): a closed loop, unless the threads stay the same, mostly idle, while the rate moves:
/// then a timer sets the rate.
LoadModel modelFromThreads(const LoadTestRun &run, double lowLoadUtilisation);

} // namespace tenken
