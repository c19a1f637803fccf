// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/knee.h>
#include <analysis/kneedle.h>
#include <analysis/kneespread.h>
#include <analysis/kneesteps.h>
#include <analysis/labelknee.h>
#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tenken
{

namespace
{

constexpr double plateau = 0.9; // of the most that was reached

Knee notUsable(const Text &why, const QString &method)
{
    Knee knee;
    knee.method = method;
    knee.whyNotUsable = why;
    return knee;
}

Knee pastFromTheStart(const std::vector<LoadStep> &steps, const QString &method)
{
    const bool anySucceeded = std::ranges::any_of(steps, [](const LoadStep &step) { return step.samples > step.errors; });
    Knee knee = notUsable(anySucceeded ? Text{"最初の段階からすでに限界を超えています。もっと低い負荷から始めてください。",
                                              "Every level is past the knee already: begin with less load."}
                                       : Text{"エラーなく応答した要求が 1 件もありません。サービスと試験の設定を確かめてください。",
                                              "No request was answered without an error: check the service and the test's settings."},
                          method);
    knee.pastFromTheStart = true;
    return knee;
}

Text tooFewSteps(size_t steps)
{
    return Text{"負荷の段階が %1 つだけです。ひざの判定には、5 秒以上続く段階が 3 つ以上必要です。",
                steps == 1
                    ? "%1 level of load only: a knee needs three or more, each held for 5 seconds or longer."
                    : "%1 levels of load only: a knee needs three or more, each held for 5 seconds or longer."}
        .arg(qint64(steps));
}

double offered(const LoadStep &step)
{
    return step.offered;
}
double users(const LoadStep &step)
{
    return step.users;
}

/// One point for each thing that speaks for the answer; three or more are high, two are medium.
Confidence confidence(int points)
{
    return points >= 3 ? Confidence::High : points == 2 ? Confidence::Medium : Confidence::Low;
}

Confidence lowered(Confidence c)
{
    return c == Confidence::High ? Confidence::Medium : Confidence::Low;
}

/// What Kneedle says of the percentile's logarithm, and whether it is at most one step away.
void addSecondOpinion(Knee &knee, const std::vector<LoadStep> &steps, const std::vector<int> &order, size_t good)
{
    if (knee.percentile <= 0)
        return;
    std::vector<double> load, logLatency;
    for (const int i : order) {
        load.push_back(steps[size_t(i)].offered);
        logLatency.push_back(std::log(std::max(1e-3, steps[size_t(i)].percentile(knee.percentile))));
    }
    const std::optional<size_t> second = kneedle(load, logLatency);
    if (!second)
        return;
    knee.secondOpinion = load[*second];
    knee.secondOpinionAgrees = (*second > good ? *second - good : good - *second) <= 1;
}

bool trusted(const LoadStep &step, const Knee &knee)
{
    return knee.percentile > 0 ? step.trusts(knee.percentile) : step.samples >= 200;
}

/// Two bad steps in a row that recover, or one in which requests failed, are more than a hiccup of the test.
bool areDoubtful(const std::vector<int> &spikes, const std::vector<int> &order, const std::vector<LoadStep> &steps,
                 const KneeOptions &options)
{
    const auto place = [&](int step) { return std::ranges::find(order, step) - order.begin(); };
    for (size_t i = 0; i < spikes.size(); ++i) {
        if (errorRate(steps[size_t(spikes[i])]) > options.errorRate)
            return true;
        if (i > 0 && place(spikes[i]) == place(spikes[i - 1]) + 1)
            return true;
    }
    return false;
}

Confidence kneeConfidence(const std::vector<LoadStep> &steps, const std::vector<int> &order, size_t good,
                          const Knee &knee)
{
    const LoadStep &last = steps[size_t(order[good])], &bad = steps[size_t(order[good + 1])];
    if (!trusted(last, knee) || !trusted(bad, knee))
        return Confidence::Low;
    int points = 0;
    points +=
        knee.signs.size() >= 2 || good + 2 < order.size() ? 1 : 0; // more signs, or more bad steps behind
    points += 1; // both steps have enough samples
    points += knee.secondOpinionAgrees ? 1 : 0;
    const bool wide = last.offered < 0.6 * bad.offered; // the knee is somewhere in a large interval
    return wide ? lowered(confidence(points)) : confidence(points);
}

double jumpOf(const LoadStep &bad, const Knee &knee)
{
    return knee.baselineP95 > 0 ? bad.percentile(knee.percentile) / knee.baselineP95 : 1;
}

Knee openKnee(const std::vector<LoadStep> &steps, const KneeOptions &options)
{
    const QString method = QStringLiteral("persistent-ratio");
    const std::vector<int> order = wayUp(steps, offered);
    if (order.size() < 3)
        return notUsable(tooFewSteps(order.size()), method);

    Knee knee;
    knee.method = method;
    knee.percentile = sharedPercentile(steps, order, options.percentile);
    knee.caveats = caveatsOf(steps, knee.percentile, options.percentile);
    knee.baselineP95 = baseline(steps, order, knee.percentile);
    knee.firstErrors = firstErrors(steps, order, options);
    std::vector<std::vector<KneeSign>> signs;
    for (const int i : order)
        signs.push_back(signsOf(steps[size_t(i)], knee.baselineP95, knee.percentile, options));
    size_t tail = order.size(); // where the bad steps begin that last to the end
    while (tail > 0 && !signs[tail - 1].empty())
        --tail;
    if (tail == 0) {
        Knee none = pastFromTheStart(steps, method);
        none.baselineP95 = knee.baselineP95;
        none.firstErrors = knee.firstErrors;
        none.percentile = knee.percentile;
        none.caveats = knee.caveats;
        return none;
    }
    for (size_t i = 0; i < tail; ++i) {
        if (!signs[i].empty())
            knee.spikes.push_back(order[i]);
    }
    const bool doubtful = areDoubtful(knee.spikes, order, steps, options);
    knee.usable = true;
    knee.reached = tail < order.size();
    knee.lastGoodStep = order[tail - 1];
    const LoadStep &good = steps[size_t(knee.lastGoodStep)];
    knee.throughput = good.throughput;
    knee.offered = good.offered;
    if (!knee.reached) {
        knee.confidence = confidence((order.size() >= 5 ? 1 : 0) + (trusted(good, knee) ? 1 : 0)
                                     + (knee.spikes.empty() ? 1 : 0));
        if (doubtful || !trusted(good, knee))
            knee.confidence = Confidence::Low;
        return knee;
    }
    const LoadStep &bad = steps[size_t(order[tail])];
    knee.firstBad = bad.offered;
    knee.firstBadStep = order[tail];
    knee.signs = signs[tail];
    knee.jump = jumpOf(bad, knee);
    addSecondOpinion(knee, steps, order, tail - 1);
    knee.confidence = doubtful ? Confidence::Low : kneeConfidence(steps, order, tail - 1, knee);
    return knee;
}

Text closedLoopCaveat()
{
    return {"閉じたループの試験です。膝より先の遅延は列の待ち時間で、並列数に比例して伸びます。遅い間は要求を送らないため、"
            "分位点は利用者が感じる値より小さく出ます (coordinated omission)。",
            "A closed loop: latency past the knee is queueing and grows with the users by construction. While the service "
            "is slow nothing is sent, so percentiles look better than what users would see (coordinated omission)."};
}

/// In a closed loop latency never jumps: past the knee it grows with the users while throughput stays. The
/// knee is the fewest users that reach nearly all of the throughput; N* = Xmax · Rmin is where the ideal
/// lines cross.
Knee closedKnee(const std::vector<LoadStep> &steps, const KneeOptions &options)
{
    const QString method = QStringLiteral("closed-loop");
    if (std::ranges::any_of(steps, [](const LoadStep &step) { return step.users <= 0; })) {
        return notUsable(
            {QStringLiteral("同時実行数がファイルに記録されていないため、ひざを判定できません。"),
             QStringLiteral("The file does not say how many users ran, so a knee cannot be told.")},
            method);
    }
    const std::vector<int> order = wayUp(steps, users);
    if (order.size() < 3)
        return notUsable(tooFewSteps(order.size()), method);

    double most = 0, fastest = HUGE_VAL;
    for (const int i : order) {
        most = std::max(most, steps[size_t(i)].throughput);
        const LoadStep &step = steps[size_t(i)];
        if (step.samples > step.errors && step.p50 > 0 && !step.distrusted)
            fastest = std::min(fastest, step.p50);
    }
    const auto reaches = [&](int i) { return steps[size_t(i)].throughput >= plateau * most; };
    const auto fails = [&](size_t i) { return errorRate(steps[size_t(order[i])]) > options.errorRate; };
    const size_t top = size_t(std::ranges::find_if(order, reaches) - order.begin());
    size_t at = top; // or the last one before the errors, where they lead up to it
    while (at > 0 && fails(at))
        --at;
    if (fails(at)) {
        Knee none = pastFromTheStart(steps, method);
        none.firstErrors = firstErrors(steps, order, options);
        return none;
    }
    const LoadStep &good = steps[size_t(order[at])], &last = steps[size_t(order.back())];

    Knee knee;
    knee.method = method;
    knee.usable = most > 0;
    if (!knee.usable)
        knee.whyNotUsable = {"成功した要求がありません。", "No request succeeded."};
    knee.percentile = sharedPercentile(steps, order, options.percentile);
    knee.caveats = caveatsOf(steps, knee.percentile, options.percentile);
    knee.caveats.push_back(closedLoopCaveat());
    knee.baselineP95 = baseline(steps, order, knee.percentile);
    knee.firstErrors = firstErrors(steps, order, options);
    knee.lastGoodStep = order[at];
    knee.throughput = good.throughput;
    knee.offered = good.offered;
    for (size_t i = 0; i < at; ++i) {
        if (fails(i))
            knee.spikes.push_back(order[i]);
    }
    // More users must bring clearly less than their share, or the plateau is only the end of the test.
    const double moreUsers = last.users / good.users - 1, moreWork = last.throughput / good.throughput - 1;
    knee.reached = at < top || (at + 1 < order.size() && moreUsers > 0.2 && moreWork < 0.5 * moreUsers);
    const bool doubtful = areDoubtful(knee.spikes, order, steps, options);
    if (!knee.reached) {
        knee.lastGoodStep = order.back();
        knee.throughput = last.throughput;
        knee.offered = last.offered;
        knee.users = last.users;
        knee.confidence = confidence((order.size() >= 5 ? 1 : 0) + (trusted(last, knee) ? 1 : 0));
        if (doubtful || !trusted(last, knee))
            knee.confidence = Confidence::Low;
        return knee;
    }
    const LoadStep &bad = steps[size_t(order[at + 1])];
    knee.firstBad = bad.offered;
    knee.firstBadStep = order[at + 1];
    knee.users = good.users;
    knee.firstBadUsers = bad.users;
    knee.jump = jumpOf(bad, knee);
    knee.signs = signsOf(bad, knee.baselineP95, knee.percentile, options);
    const double crossing = std::isfinite(fastest) ? most * fastest / 1000 : -1;
    knee.crossing = crossing;
    const double below = at > 0 ? steps[size_t(order[at - 1])].users : good.users / 2;
    const bool thin = !trusted(good, knee) || !trusted(bad, knee);
    knee.confidence = doubtful || thin
        ? Confidence::Low
        : confidence(1 + (moreUsers >= 1 ? 1 : 0) + (crossing > 0.8 * below && crossing < 1.2 * bad.users ? 1 : 0));
    return knee;
}

} // namespace

namespace
{

/// The same connections throughout while the rate is raised: a timer paces them (autocannon -R, a throughput timer).
bool isPaced(const std::vector<LoadStep> &steps)
{
    if (steps.size() < 3)
        return false;
    const auto [fewest, most] = std::ranges::minmax(steps, {}, &LoadStep::users);
    const auto [slowest, fastest] = std::ranges::minmax(steps, {}, &LoadStep::offered);
    return fewest.users > 0 && most.users <= 1.02 * fewest.users && fastest.offered >= 1.3 * slowest.offered;
}

} // namespace

std::optional<double> Knee::errorsFactor() const
{
    return usable && reached && firstErrors > 0 && offered > 0 ? std::optional(firstErrors / offered) : std::nullopt;
}

static Knee kneeOfClimb(const std::vector<LoadStep> &steps, bool closed, const KneeOptions &options)
{
    return closed ? closedKnee(steps, options) : openKnee(steps, options);
}

/// A second test in the same run: its result stands beside that of the first, and where it is clearly worse neither can
/// be relied on.
static void weighSecondClimb(Knee &knee, const std::vector<LoadStep> &steps, bool closed, const KneeOptions &options)
{
    const std::vector<LoadStep> again = secondClimb(steps, closed ? users : offered);
    if (!knee.usable || again.empty())
        return;
    const Knee second = kneeOfClimb(again, closed, options);
    const bool pastIt = !second.usable && second.firstErrors + second.baselineP95 > 0;
    const bool worse = second.usable && second.reached && second.throughput < 0.9 * knee.throughput;
    if (!pastIt && !worse)
        return;
    knee.secondClimb = second.usable ? second.throughput : 0;
    knee.confidence = Confidence::Low;
    knee.caveats.push_back(Text{"負荷を 2 度上げた試験で、2 度目の膝は %1 req/s と低くなっています。",
                                "The load was raised twice, and the second time the knee was lower, at %1 req/s."}
                               .arg(formatNumber(*knee.secondClimb)));
}

Knee findKnee(const std::vector<LoadStep> &steps, LoadModel model, const KneeOptions &options)
{
    const bool closed = model == LoadModel::Closed && !isPaced(steps);
    Knee knee = kneeOfClimb(steps, closed, options);
    if (!closed && model != LoadModel::Open)
        knee.confidence = lowered(knee.confidence);
    weighSecondClimb(knee, steps, closed, options);
    return knee;
}

Knee findKnee(const LoadTestRun &run, const std::vector<LoadStep> &steps, const KneeOptions &options)
{
    Knee knee = findKnee(steps, run.model, options);
    knee.spread = spreadOf(knee, run, steps, options);
    if (knee.spread && knee.spread->agreement < 0.5)
        knee.confidence = Confidence::Low; // another draw of the same seconds says another step
    if (!run.knowsErrors)
        knee.caveats.push_back(run.errors > 0
                                   ? Text{"このファイルには誤りの一部しか記録されていません。", "The file holds only some of the failures."}
                                   : Text{"このファイルには誤りの記録がなく、誤りは判定していません。",
                                          "The file tells nothing of failures, so errors were not judged."});
    knee.earlyLabel = earlyLabelOf(run, steps, knee, options);
    if (knee.earlyLabel)
        knee.caveats.push_back(knee.earlyLabel->inWords());
    return knee;
}

} // namespace tenken
