// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

namespace tenken
{

/// Rows of a JTL that stand for several requests each (SampleCount, from JMeter's statistical senders): how many there
/// were and how many failed is told, but of their latencies only the sum. Beside them the latencies of single requests
/// do not speak for all: the run loses them, and says so. Nothing where there are no such rows.
void settleBatches(LoadTestRun &run, qint64 rows);

} // namespace tenken
