// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/loadsteps.h>

namespace tenken {

struct KneeOptions {
    double ratio = 3;          ///< K: the percentile above K × baseline is a jump
    double shortfall = 0.05;   ///< completed below (1 − shortfall) × offered
    double growth = 1.3;       ///< latency growing inside a step
    double errorRate = 0.01;
    std::optional<double> targetMs = {}; ///< a latency beyond which a step is bad, in place of K × baseline
    double percentile = 0.95;  ///< that is judged, where every step has it
};

enum class KneeSign { LatencyJump, Shortfall, GrowthInStep, Errors };
enum class Confidence { Low, Medium, High };

/// How far the knee moves when the test's seconds are drawn again (bootstrap, seeded: the same every time).
struct KneeSpread {
    double low = 0, high = 0;      ///< 95 % of the knees lie between, offered req/s (users in a closed loop)
    double agreement = 0;          ///< share of the draws whose knee is the same step
    double reached = 0;            ///< share of the draws that reach a knee at all
    int draws = 0;
};

/// A request by its name that is past its own knee before the run as a whole is.
struct EarlyLabel {
    QString name;
    double offered = 0, users = -1; ///< of the whole run, in the first step that is bad for it
    double baselineP95 = 0, p95 = 0; ///< ms, of that request alone
    bool fails = false;              ///< by its errors there
    Text inWords() const;
};

/// The highest load before latency jumps for good. See facts on knee detection: the persistent-ratio rule for
/// open and paced load, N* = Xmax · Rmin for closed loops.
struct Knee {
    bool reached = false;          ///< false: no step past the knee; `throughput` is then "at least"
    double throughput = 0;         ///< completed req/s of the last good step, whole run (not per pod)
    double offered = 0;
    double firstBad = 0;           ///< offered req/s of the first bad step; 0 when not reached
    int lastGoodStep = -1;
    double baselineP95 = 0;        ///< ms, of the percentile that is judged; 0 where no latency is
    double jump = 1;               ///< that percentile of the first bad step ÷ baseline
    std::vector<KneeSign> signs;   ///< that fired at the first bad step
    double firstErrors = 0;        ///< offered req/s where errors exceed 1 %, 0 if never
    std::vector<int> spikes;       ///< bad steps that recovered
    Confidence confidence = Confidence::Low;
    QString method;                ///< "persistent-ratio" or "closed-loop"
    bool usable = false;           ///< false: too few steps or samples to say anything
    Text whyNotUsable;
    bool pastFromTheStart = false; ///< not usable, since no level was borne: that says something, too
    double percentile = 0.95;      ///< that was judged; 0: none could be, only completed requests and errors
    int firstBadStep = -1;
    std::optional<double> secondOpinion; ///< Kneedle on the percentile's logarithm: offered req/s
    bool secondOpinionAgrees = false;    ///< at most one step away
    double users = -1, firstBadUsers = -1; ///< closed loops
    double crossing = -1;          ///< N* = Xmax · Rmin, users
    std::optional<KneeSpread> spread;
    /// The load went down and up once more, and that time the knee was clearly lower: completed req/s, 0 where even its
    /// first step was past it.
    std::optional<double> secondClimb;
    /// Where errors begin, as a multiple of the knee, both as offered; nothing where no knee was reached or none began.
    std::optional<double> errorsFactor() const;
    std::optional<EarlyLabel> earlyLabel; ///< see labelknee.h
    std::vector<Text> caveats;     ///< what to keep in mind: coordinated omission, another percentile, …
};

Knee findKnee(const std::vector<LoadStep> &steps, LoadModel model, const KneeOptions &options = {});

/// The same, with the spread over the run's seconds where it keeps samples.
Knee findKnee(const LoadTestRun &run, const std::vector<LoadStep> &steps, const KneeOptions &options = {});

} // namespace tenken
