// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

namespace tenken
{

// Load lasts as long as requests are sent. The last answers may come half a minute later, and pauses between runs
// in one file last as long as they like: counted as time of the load, they make every rate too low.

/// The level cut where its requests were all sent, by the run's seconds. As it is where it has too few of them.
LoadLevel whileSending(const LoadTestRun &run, LoadLevel level);

/// The level in pieces, where nothing was sent nor waited for between them for far longer than usual. One piece
/// also where a piece of an open load holds several rates: change points find those in the whole.
std::vector<LoadLevel> splitAtPauses(const LoadTestRun &run, const LoadLevel &level);

/// Splits all levels of a run so, and says it.
void splitAtPauses(LoadTestRun &run);

} // namespace tenken
