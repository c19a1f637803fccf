// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/loadsteps.h>

namespace tenken {

struct KneeOptions {
    double ratio = 3;          ///< K: p95 above K × baseline is a jump
    double shortfall = 0.05;   ///< completed below (1 − shortfall) × offered
    double growth = 1.3;       ///< latency growing inside a step
    double errorRate = 0.01;
};

enum class KneeSign { LatencyJump, Shortfall, GrowthInStep, Errors };
enum class Confidence { Low, Medium, High };

/// The highest load before latency jumps for good. See facts on knee detection: the persistent-ratio rule for
/// open and paced load, N* = Xmax · Rmin for closed loops.
struct Knee {
    bool reached = false;          ///< false: no step past the knee; `throughput` is then "at least"
    double throughput = 0;         ///< completed req/s of the last good step, whole run (not per pod)
    double offered = 0;
    double firstBad = 0;           ///< offered req/s of the first bad step; 0 when not reached
    int lastGoodStep = -1;
    double baselineP95 = 0;        ///< ms
    double jump = 1;               ///< p95 of the first bad step ÷ baseline
    std::vector<KneeSign> signs;   ///< that fired at the first bad step
    double firstErrors = 0;        ///< offered req/s where errors exceed 1 %, 0 if never
    std::vector<int> spikes;       ///< bad steps that recovered
    Confidence confidence = Confidence::Low;
    QString method;                ///< "persistent-ratio" or "closed-loop"
    bool usable = false;           ///< false: too few steps or samples to say anything
    Text whyNotUsable;
};

Knee findKnee(const std::vector<LoadStep> &steps, LoadModel model, const KneeOptions &options = {});

} // namespace tenken
