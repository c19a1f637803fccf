// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/all.h>
#include <rules/findings.h>
#include <rules/loadtest_record.h>
#include <rules/newertests.h>
#include <rules/planning.h>
#include <rules/pod_rise.h>
#include <rules/scalingtests.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

using Relation = Comparison::Relation;
constexpr size_t fewestCounts = 3;

const Text &title()
{
    static const Text text{"台数に対する伸び", "Scaling with pods"};
    return text;
}

QString percent(double share)
{
    return formatNumber(share * 100) + u" %"_s;
}

/// Tests by pod count up to the one that bears the largest event, the pods that it needs, and all of them.
struct Case {
    const RuleContext &context;
    Scaling all;
    Scaling used; ///< up to the first count that reaches the need
    int needed = 0;

    int mostTested() const { return all.points.back().pods; }
};

Scaling upTo(const Scaling &all, int needed)
{
    std::vector<ScalingPoint> points;
    for (const ScalingPoint &p : all.points) {
        points.push_back(p);
        if (needed > 0 && p.pods >= needed)
            break;
    }
    return analyseScaling(std::move(points));
}

Finding findingAt(const Case &c, const Text &what, int pods)
{
    Finding f = findingFor(c.context, what);
    for (const LoadTestAnalysis *a : scalingTests(c.context.loadTests)) {
        const LoadTestSource &source = a->test->source;
        if (f.file.isEmpty() && *source.pods == pods)
            f = findingForTest(c.context, what, source);
    }
    for (const LoadTestAnalysis *a : scalingTests(c.context.loadTests))
        addMark(f, c.context.service().file, a->test->source.span,
                Text{"%1 Pod で %2 req/s", "%2 req/s with %1 pods"}.arg(*a->test->source.pods,
                                                                        formatNumber(a->knee.throughput)));
    setPicture(f, c.all);
    return f;
}

Text fitText(const Scaling &scaling)
{
    if (!scaling.fit)
        return {};
    const UslFit &fit = *scaling.fit;
    const auto peak = fit.peakPods();
    const Text law = Text{"USL: α %1、β %2、R² %3。", "USL: α %1, β %2, R² %3."}.arg(
        formatNumber(fit.alpha), QString::number(fit.beta, 'g', 2), QString::number(fit.r2, 'f', 3));
    if (!peak)
        return law;
    return Text{"%1頂点は %2 Pod です。", "%1 Its peak is at %2 pods."}.arg(law,
                                                                            formatNumber(std::round(*peak)));
}

// Between two tested counts the efficiency is taken to change evenly.
double efficiencyAt(const Scaling &s, int pods)
{
    for (size_t i = 1; i < s.points.size(); ++i) {
        const auto [low, high] = std::pair(s.points[i - 1].pods, s.points[i].pods);
        if (pods >= low && pods <= high)
            return std::lerp(s.efficiency[i - 1], s.efficiency[i], double(pods - low) / (high - low));
    }
    return s.efficiency.back();
}

Finding judgeEfficiency(const Case &c)
{
    const double wanted = c.context.parameter(u"efficiency"_s);
    // A count beyond the need only brackets it.
    size_t worst = 0;
    for (size_t i = 0; i < c.used.points.size(); ++i) {
        const bool counts = c.needed <= 0 || c.used.points[i].pods <= c.needed;
        if (counts && c.used.efficiency[i] < c.used.efficiency[worst])
            worst = i;
    }
    double measured = c.used.efficiency[worst];
    int pods = c.used.points[worst].pods;
    const bool bracketed = c.needed > 0 && c.used.points.back().pods > c.needed;
    if (bracketed && efficiencyAt(c.used, c.needed) < measured) {
        measured = efficiencyAt(c.used, c.needed);
        pods = c.needed;
    }
    Finding f =
        findingAt(c, {"効率 X(N) ÷ (N × X(1))", "Efficiency X(N) ÷ (N × X(1))"}, c.used.points[worst].pods);
    compare(f, std::round(measured * 1000) / 10, Relation::AtLeast, wanted * 100, u"%"_s);
    const Text fit = fitText(c.all);
    if (measured < wanted)
        return say(
            f, Verdict::Fail,
            Text{"%1 Pod での効率は %2 で、足した分だけ伸びません。%3",
                 "At %1 pods the efficiency is %2: throughput does not grow in step. %3"}
                .arg(pods, percent(measured), fit),
            {"Pod が共有するもの（DB、接続、ロック、ロードバランサー）を調べ、測り直してください。",
             "Look at what the pods share (database, connections, locks, load balancer) and test again."});
    return say(
        f, Verdict::Pass,
        Text{"最も低い効率は %1 Pod での %2 です。%3", "The lowest efficiency is %2, at %1 pods. %3"}.arg(
            pods, percent(measured), fit));
}

Finding judgeLastPod(const Case &c)
{
    // Of a bracketing count the step past the need is not asked for; the one before it is.
    Scaling scaling = c.used;
    if (c.needed > 0 && scaling.points.size() > 2 && scaling.points.back().pods > c.needed
        && scaling.points[scaling.points.size() - 2].pods == c.needed)
        scaling = upTo(c.all, c.needed);
    const double wanted = c.context.parameter(u"last-pod"_s);
    Finding f = findingAt(c, {"最後の Pod が加える量", "What the last pod adds"}, scaling.points.back().pods);
    compare(f, std::round(scaling.lastMarginalShare * 1000) / 10, Relation::AtLeast, wanted * 100, u"%"_s);
    const int from = scaling.points[scaling.points.size() - 2].pods, to = scaling.points.back().pods;
    const QString share = percent(scaling.lastMarginalShare);
    if (scaling.lastMarginalShare < wanted)
        return say(f, Verdict::Fail,
                   Text{"%1 から %2 Pod への 1 台は、最初の 1 台の %3 しか加えません。",
                        "From %1 to %2 pods, each adds only %3 of what the first gave."}
                       .arg(from, to, share),
                   {"Pod が共有するものを調べるか、必要な Pod の数を減らしてください。",
                    "Look at what the pods share, or make do with fewer pods."});
    return say(f, Verdict::Pass,
               Text{"%1 から %2 Pod への 1 台は、最初の 1 台の %3 を加えます。",
                    "From %1 to %2 pods, each adds %3 of what the first gave."}
                   .arg(from, to, share));
}

Finding extrapolated(const Case &c)
{
    Finding f = findingAt(c, {"測った範囲", "Range tested"}, c.mostTested());
    compare(f, c.mostTested(), Relation::AtLeast, c.needed, u"Pod"_s);
    if (c.mostTested() >= c.needed)
        return say(f, Verdict::Pass,
                   Text{"最大のイベントの %1 Pod まで測っています。",
                        "Tested up to the %1 pods of the largest event."}
                       .arg(c.needed));
    Text law;
    if (c.all.fit) {
        const double one = c.all.fit->at(1);
        law =
            Text{"USL の外挿では %1 Pod で効率 %2 です。", "The USL, extrapolated, gives %2 at %1 pods."}.arg(
                c.needed, percent(one > 0 ? c.all.fit->at(c.needed) / (c.needed * one) : 0));
    }
    return say(
        f, Verdict::Warn,
        Text{"外挿です。測ったのは %1 Pod までで、最大のイベントは %2 Pod です。%3",
             "Extrapolated: tested up to %1 pods, the largest event needs %2. %3"}
            .arg(c.mostTested(), c.needed, law),
        Text{"%1 Pod に近い台数でも測ってください。", "Test with a count near %1 pods too."}.arg(c.needed));
}

Finding tooFew(const RuleContext &context, size_t counts, const std::optional<Scaling> &scaling)
{
    Finding f = findingInService(context, title());
    f.measured = Text{"台数 %1 種類", "%1 pod counts"}.arg(counts);
    f.wanted = Text{"≥ %1 種類", "≥ %1"}.arg(fewestCounts);
    if (scaling)
        setPicture(f, *scaling);
    return say(f, Verdict::Unknown,
               Text{"膝に達した負荷試験の Pod の数が %1 種類で、伸びを判定できません。",
                    "Load tests that reached the knee cover %1 pod counts: too few to judge how it grows."}
                   .arg(counts),
               {"1、2、4 Pod のように 3 種類以上の台数で、膝を越えるまで測ってください。",
                "Test with three or more counts, such as 1, 2 and 4 pods, each past its knee."});
}

// Runs of different images or places are not one curve.
void weighTests(Finding &f, const Case &c)
{
    const auto tests = scalingTests(c.context.loadTests);
    for (const LoadTestAnalysis *a : tests) {
        const LoadTestSource &first = tests.front()->test->source, &other = a->test->source;
        const bool differs = other.image != first.image || other.environment != first.environment;
        if (f.verdict == Verdict::Pass && differs)
            say(f, Verdict::Warn,
                Text{"試験 %1 と %2 はイメージか環境が違い、一つの曲線として比べられません。",
                     "Tests %1 and %2 ran another image or elsewhere, so they are not one curve."}
                    .arg(nameOf(first), nameOf(other)),
                {"同じイメージと環境で測り直してください。", "Test again with one image in one place."});
        weighRecord(f, c.context, other);
    }
    const int smallest = c.all.points.front().pods;
    if (f.verdict == Verdict::Pass && smallest > 1)
        say(f, Verdict::Warn,
            Text{"1 Pod の試験がなく、効率は %1 Pod の値に対するものです。",
                 "There is no test with one pod: the efficiency is against that of %1 pods."}
                .arg(smallest),
            {"1 Pod でも測ってください。", "Test one pod too."});
}

std::vector<Finding> judge(const RuleContext &context)
{
    const auto scaling = scalingOf(context.loadTests);
    if (scalingTests(context.loadTests).empty() && context.loadTests.empty())
        return whyNoKnee(context, title());
    const size_t counts =
        scaling ? scaling->points.size() : std::min<size_t>(1, scalingTests(context.loadTests).size());
    if (counts < fewestCounts)
        return {tooFew(context, counts, scaling)};
    const Planning planning = planFor(context);
    const CapacityPlan &plan = planning.plan;
    // An event that no number of pods carries is not linear for that very reason: the division says how many to ask about.
    const int needed = planning.missing.empty() ? plan.largestNeed()
                                                : planCapacity(context.service().events, plan.perPodRps, plan.options).largestNeed();
    Case c{context, *scaling, upTo(*scaling, needed), needed};
    if (c.used.points.size() < 2)
        c.used = upTo(*scaling, scaling->points[1].pods);
    std::vector<Finding> findings{judgeEfficiency(c), judgeLastPod(c)};
    weighTests(findings.front(), c);
    for (const LoadTestAnalysis *a : scalingTests(context.loadTests))
        weighPodCount(findings.front(), context, *a->test);
    const auto [fewestPods, throughput] = scaling->points.front();
    if (const LoadTestAnalysis *test = contradictionOf(throughput / fewestPods, context.loadTests))
        findings.push_back(contradicted(context, title(), *test, throughput / fewestPods));
    if (!plan.events.empty())
        findings.push_back(extrapolated(c));
    else
        std::ranges::copy(planning.missing, std::back_inserter(findings));
    return findings;
}

} // namespace

Rule linearRule()
{
    return {
        "linear",
        {"Pod を増やした分だけスループットが伸びるか", "Whether throughput grows in step with pods"},
        {"膝に達した負荷試験を Pod の数ごとに並べ、効率 X(N) ÷ (N × X(1)) と、最後の 1 台が加える量を、最大の"
         "イベントに要る Pod の数まで見ます。3 種類未満の台数では不明、6 種類以上なら USL（Universal "
         "Scalability "
         "Law）も当てはめます（α: 競合、β: 整合、頂点 "
         "√((1−α)/β)）。測った台数を超えるイベントは「外挿」として"
         "注意です。イメージや環境の違う試験、1 Pod の試験がないときも注意です。最小の台数の 1 Pod の値なら耐えるはずの段に、最初から耐えなかった新しい試験があれば不明です。\n"
         "出典: Gunther『Guerrilla Capacity Planning』(2007)",
         "Load tests that reached their knee are ordered by pod count; the efficiency X(N) ÷ (N × X(1)) and "
         "what "
         "the last pod adds are looked at up to the pods of the largest event. Fewer than three counts: "
         "unknown; "
         "from six on the Universal Scalability Law is fitted too (α contention, β coherency, peak at "
         "√((1−α)/β)). An event beyond the counts tested is a warning, \"extrapolated\"; so are tests of "
         "different "
         "images or places, and a missing test of one pod. A test that did not bear its first level, although the fewest "
         "pods bear as much each, is unknown, unless a newer one bore it.\n"
         "Source: Gunther, Guerrilla Capacity Planning (2007)"},
        {{"efficiency",
          0.9,
          "",
          RuleParameter::Stricter::Higher,
          {"許す効率の下限", "The lowest efficiency allowed"}},
         {"last-pod",
          0.8,
          "",
          RuleParameter::Stricter::Higher,
          {"最後の Pod が加える量の、最初の Pod に対する下限",
           "What the last pod has to add, against what the first gave"}}},
        judge,
        Rule::Source::LoadTests};
}

} // namespace tenken
