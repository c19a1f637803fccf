// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/findings.h>
#include <rules/loadtest_record.h>
#include <rules/newertests.h>
#include <rules/series.h>

#include <algorithm>

namespace tenken
{

namespace
{

const LoadTestSource &sourceOf(const LoadTestAnalysis &a)
{
    return a.test->source;
}

/// A run during a roll-out or an outage says nothing about a healthy pod.
bool isOfHealthyPods(const LoadTestAnalysis &a)
{
    const QString &purpose = sourceOf(a).purpose;
    return sourceOf(a).pods && *sourceOf(a).pods >= 1 && a.test->run && purpose != u"rollout" && purpose != u"dependency";
}

bool hasClock(const LoadTestAnalysis &a)
{
    return a.test->run->hasClock;
}

bool isPeak(const LoadTestAnalysis &a)
{
    return sourceOf(a).purpose == u"peak";
}

bool isNewerInItsPlace(const LoadTestAnalysis &newer, const LoadTestAnalysis &than)
{
    return isOfHealthyPods(newer) && isOfHealthyPods(than) && hasClock(newer) && hasClock(than) && isPeak(newer) == isPeak(than)
        && plainEnvironment(sourceOf(newer).environment) == plainEnvironment(sourceOf(than).environment)
        && newer.test->run->startSeconds > than.test->run->startSeconds;
}

/// Whether the level that it did not bear is one that pods of this throughput do. Requests that fail at once come round
/// faster in a closed loop: its rate tells nothing.
bool fallsShortOf(const LoadTestAnalysis &a, double perPod)
{
    if (!a.knee.pastFromTheStart)
        return false;
    if (a.test->run->model != LoadModel::Open || a.steps.empty())
        return true;
    const double least = std::ranges::min(a.steps, {}, &LoadStep::offered).offered;
    return least <= perPod * *sourceOf(a).pods * 1.01;
}

} // namespace

bool isReplaced(const LoadTestAnalysis &test, const std::vector<LoadTestAnalysis> &all)
{
    const bool saysSomething = test.perPod() || test.knee.pastFromTheStart;
    return saysSomething && std::ranges::any_of(all, [&](const LoadTestAnalysis &other) {
        return isNewerInItsPlace(other, test) && other.perPod() && other.knee.reached
            && *sourceOf(other).pods == *sourceOf(test).pods;
    });
}

static bool isRefuted(const LoadTestAnalysis &test, const std::vector<LoadTestAnalysis> &all)
{
    const auto perPod = test.perPod();
    return perPod && std::ranges::any_of(all, [&](const LoadTestAnalysis &other) {
        return isNewerInItsPlace(other, test) && *sourceOf(other).pods <= *sourceOf(test).pods
            && fallsShortOf(other, *perPod) && !isReplaced(other, all);
    });
}

bool isSuperseded(const LoadTestAnalysis &test, const std::vector<LoadTestAnalysis> &all)
{
    return isReplaced(test, all) || isRefuted(test, all);
}

const LoadTestAnalysis *contradictionOf(double perPod, const std::vector<LoadTestAnalysis> &all)
{
    const auto found = std::ranges::find_if(all, [&](const LoadTestAnalysis &a) {
        if (!isOfHealthyPods(a) || !fallsShortOf(a, perPod) || isReplaced(a, all))
            return false;
        return std::ranges::none_of(all, [&](const LoadTestAnalysis &other) { // nobody knows when one without a clock was
            return other.bears(perPod) && *sourceOf(other).pods >= *sourceOf(a).pods
                && (!hasClock(a) || isNewerInItsPlace(other, a));
        });
    });
    return found == all.end() ? nullptr : &*found;
}

Text testFromALowerLoad()
{
    return {"原因（サービスか試験の設定）を直し、もっと低い負荷から測り直してください。",
            "Mend what made it fail, in the service or in the test, and test again from a lower load."};
}

Finding contradicted(const RuleContext &context, const Text &title, const LoadTestAnalysis &by, double perPod)
{
    Finding f = findingForTest(context, title, sourceOf(by));
    f.wanted = Text{"1 Pod %1 req/s に耐える試験", "a test that bears %1 req/s per pod"}.arg(formatNumber(perPod));
    return say(f, Verdict::Unknown,
               Text{"1 Pod %1 req/s で考えていますが、%2 Pod の試験 %3 は最初の段にも耐えていません。%4",
                    "%1 req/s per pod is reckoned with, but test %3 (pods: %2) did not bear even its first level: %4"}
                   .arg(formatNumber(perPod), *sourceOf(by).pods, nameOf(sourceOf(by)), by.knee.whyNotUsable),
               testFromALowerLoad());
}

} // namespace tenken
