// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/loadsteps.h>

namespace tenken
{

/// One figure before and after, with a test: a block bootstrap over the seconds of both runs, seeded.
struct Change {
    enum class Outcome { NotComparable, NoneShown, Lower, Higher };
    double before = 0, after = 0; ///< −1: not known
    double by = 0; ///< after ÷ before − 1; of an error share the difference, 0.01 = one percentage point
    double low = 0, high = 0; ///< 95 % interval of `by`
    Outcome outcome = Outcome::NotComparable;
};

/// One load that both runs held.
struct LevelChange {
    double load = 0; ///< offered req/s, or users
    int before = -1, after = -1; ///< steps
    bool keptUp = true; ///< both completed what was offered: below the knee
    Change p50, p95, p99, throughput, errors;
};

/// Two runs of one test: before and after a change, or two versions.
struct RunComparison {
    bool byUsers = false; ///< levels are matched by users, not by offered rate
    std::vector<LevelChange> levels;
    std::vector<double> onlyBefore, onlyAfter; ///< loads that the other run did not hold
    Change latency; ///< p95 over all levels that both kept up with
    Text verdict; ///< "slower by 12 % (95 %: 8–17 %)", "no difference shown", "not comparable: …"
    bool isComparable() const { return !levels.empty(); }
};

RunComparison compareRuns(const LoadTestRun &before, const std::vector<LoadStep> &beforeSteps,
                          const LoadTestRun &after, const std::vector<LoadStep> &afterSteps);

/// "12 % higher (95 %: 8–17 %)", "no difference shown", "not comparable".
Text wordsFor(const Change &change);

} // namespace tenken
