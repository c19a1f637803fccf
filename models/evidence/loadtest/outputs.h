// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

namespace tenken
{

/// What a tool printed of one of its runs.
struct Output {
    LoadAggregate figures;
    double offered = -1;
    std::vector<std::pair<QString, qint64>> errors; ///< by kind
    bool usersAreLoad = true; ///< false: a rate was set, or may have been
    bool knowsErrors = true;
    bool isLevel() const { return figures.end > figures.start && figures.completed > 0; }
};

/// Whether the run has a clock, by the outputs that become levels: others are mostly no results at all. `start` is 0
/// where an output has no date; without a clock all of them begin at 0.
void settleClock(LoadTestRun &run, std::vector<Output> &outputs);

/// The outputs of one file. Each is a level of its own: figures of several runs cannot be one run's.
class Outputs
{
public:
    /// False: it is no level, for it has no requests or no duration, or too many stood before it.
    bool add(LoadTestRun &run, Output output);
    void settle(LoadTestRun &run); ///< settleSummary(), and what is to be said of those that are no levels

private:
    std::vector<Output> m_left; ///< the first of them
    qint64 m_leftOut = 0;
};

} // namespace tenken
