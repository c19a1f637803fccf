// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

#include <span>

namespace tenken
{

// Files that hold one level of load each (wrk, vegeta, hey, ab, oha, autocannon …).
//
// A reader of such a format ends with
//     run.levels = {wholeLevel(run)};          // after seconds or aggregates, startSeconds and endSeconds
//     run.levels.front().users = connections;  // and `offered`, each where the file itself states it
// and sets `model` (Unknown where the tool can do both and the file does not say) and `hasClock`. It says
// nothing in `missing` about the rate or the connections: readLoadTest() calls nameLevel(), which takes from
// the file's name what the file does not state and says what is still missing. A level's name is left empty
// unless the file holds one (vegeta's attack).

/// The whole run as one level: from startSeconds to endSeconds, else as long as its aggregates.
LoadLevel wholeLevel(const LoadTestRun &run);

/// Completes the levels of a run from their names, which for a single one may be that of `run.file`, and from
/// them the model where the tool knows both.
void nameLevel(LoadTestRun &run);

/// "step-350" is a rate where the rates that were measured say so: the lowest step reaches its number, and
/// none goes beyond it. Else the numbers may be users, or just count the steps.
void readStepsAsRates(std::span<LoadTestRun> parts);

/// Several files of levels, of one tool, that do not all lie at the same time: levels of one series, and not
/// generators of one run. Files without a clock never lie at the same time.
bool areSeries(const std::vector<LoadTestRun> &parts);

/// Joins them: files at the same time are generators of one level and are merged; files hours apart or
/// without a clock are laid one after the other with a pause (and the sum has no clock). mergeRuns() calls
/// it.
Result<LoadTestRun> joinSeries(std::vector<LoadTestRun> parts);

/// Whether two lie at the same time; clocks of whole seconds and slow last answers let neighbours overlap a little.
bool atTheSameTime(const LoadLevel &a, const LoadLevel &b);

/// For generators of one run: levels at the same time become one, with the users and rates of both.
void overlayLevels(std::vector<LoadLevel> &sum, const std::vector<LoadLevel> &part);

/// What is told to be missing by nameLevel().
Text missingRate();
Text missingConnections();
Text missingLoad(); ///< either of them
Text missingPace(); ///< the rate, where the clients are known and may have kept to one

} // namespace tenken
