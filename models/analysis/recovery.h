// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

#include <optional>

namespace tenken
{

/// When an outage began and when it was over, in epoch seconds, as far as people wrote it down.
struct OutageTimes {
    std::optional<double> began;
    std::optional<double> over;
};

/// What still counts as normal after it.
struct RecoveryLimits {
    double errorRate = 0.001; ///< share of failed requests above the baseline's
    double latencyFactor = 1.5; ///< p95 against the baseline's
};

/// A part of a run; long enough for a p95.
struct RecoveryBlock {
    double from = 0; ///< epoch seconds
    double errorShare = 0;
    double p95Ms = -1; ///< -1: no latency is known of it, which is never normal
    double rate = 0; ///< requests sent per second
    bool normal = false;
    bool isRest = false; ///< the run's end: overlaps the block before, and its rate may run out
};

/// How a run got back to what it was before an outage.
struct Recovery {
    enum class State {
        NoLatencies, ///< the file keeps no latency of each request, so that none can be compared
        NoBaseline, ///< less than a steady minute, or too few requests, before the outage
        NoOutage, ///< nothing left the baseline, and nobody wrote down when it was out
        TooShort, ///< back to normal, yet the run ends within a minute of it; or it ends before the outage does
        NotBack, ///< the run ends without being back
        Back
    };
    State state = State::NoBaseline;
    double baselineErrors = 0; ///< share
    double baselineMs = 0; ///< p95
    double began = 0; ///< of the outage: as written down, else the first block that left the baseline
    double back = 0; ///< from here on to the end everything is normal
    /// Seconds from the end of the outage (where it is known, else from its beginning: an upper bound).
    double seconds = 0;
    bool isUpperBound = false;
    bool noEffect = false; ///< an outage was written down, and nothing left the normal range
    double blockSeconds = 0;
    std::vector<RecoveryBlock> blocks;
};

/// Blocks of 10 s, longer where fewer than 200 requests fall into one. The baseline is the median error share
/// and p95 of the blocks before the outage. A block is normal when its errors and its p95 are within the limits
/// and at least half of the baseline's rate was sent. Back is the beginning of the normal blocks at the end.
Recovery findRecovery(const LoadTestRun &run, const OutageTimes &outage, const RecoveryLimits &limits = {});

} // namespace tenken
