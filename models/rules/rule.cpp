// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/newertests.h>

#include <algorithm>
#include <tuple>

namespace tenken
{

bool RuleParameter::loosens(double from, double to) const
{
    switch (stricter) {
    case Stricter::Higher:
        return to < from;
    case Stricter::Lower:
        return to > from;
    case Stricter::Neither:
        return to != from; // cannot be told: not without a waiver
    }
    return true;
}

std::optional<double> LoadTestAnalysis::perPod() const
{
    if (!test || !knee.usable || !test->source.pods || *test->source.pods < 1 || knee.throughput <= 0)
        return {};
    return knee.throughput / *test->source.pods;
}

bool LoadTestAnalysis::bears(double perPodRps) const
{
    const auto knee = perPod();
    return knee && perPodRps <= *knee * 1.01;
}

namespace
{

/// The one that says most about one pod, of those that are not left out.
template <typename LeftOut>
const LoadTestAnalysis *bestOf(const std::vector<LoadTestAnalysis> &tests, LeftOut isLeftOut)
{
    const LoadTestAnalysis *best = nullptr;
    const auto rank = [](const LoadTestAnalysis &a) {
        return std::tuple(a.knee.reached, a.knee.confidence, -*a.test->source.pods,
                          a.test->run ? a.test->run->startSeconds : 0.0);
    };
    for (const LoadTestAnalysis &a : tests) {
        if (!a.perPod() || isLeftOut(a, tests))
            continue;
        // A run during a roll-out or an outage says nothing about a healthy pod.
        const QString &purpose = a.test->source.purpose;
        if (purpose == u"rollout" || purpose == u"dependency")
            continue;
        if (!best || rank(a) > rank(*best))
            best = &a;
    }
    return best;
}

} // namespace

const LoadTestAnalysis *RuleContext::bestKnee() const
{
    return bestOf(loadTests, isSuperseded);
}

std::optional<double> RuleContext::perPodRps(bool *measured) const
{
    const LoadTestAnalysis *best = bestKnee();
    if (!best)
        best = bestOf(loadTests, isReplaced); // a refuted one is too much, and still the most there can be
    const auto knee = best ? best->perPod() : std::nullopt;
    const auto &declared = service().perPodRps.value;
    const bool usable = declared && *declared > 0;
    // "At least" (no knee reached) does not contradict a higher declared value; a reached knee does.
    const bool takeKnee = knee && (!usable || (best->knee.reached && !best->bears(*declared)));
    if (measured)
        *measured = takeKnee;
    if (takeKnee)
        return knee;
    return usable ? declared : std::nullopt;
}

} // namespace tenken
