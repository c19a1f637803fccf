// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/closedknee.h>
#include <analysis/knee.h>
#include <analysis/kneedle.h>
#include <analysis/kneerefusals.h>
#include <analysis/kneespread.h>
#include <analysis/kneesteps.h>
#include <analysis/kneetrust.h>
#include <analysis/labelknee.h>
#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

double offered(const LoadStep &step)
{
    return step.offered;
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
    const std::vector<LoadStep> again = secondClimb(steps, closed ? usersOf : offered);
    if (!knee.usable || again.empty())
        return;
    const Knee second = kneeOfClimb(again, closed, options);
    const bool worse = second.usable && second.reached && second.throughput < 0.9 * knee.throughput;
    if (!second.pastFromTheStart && !worse)
        return;
    knee.secondClimb = second.usable ? second.throughput : 0;
    knee.confidence = Confidence::Low;
    knee.caveats.push_back(
        *knee.secondClimb > 0 ? Text{"負荷を 2 度上げた試験で、2 度目の膝は %1 req/s と低くなっています。",
                                     "The load was raised twice, and the second time the knee was lower, at %1 req/s."}
                                    .arg(formatNumber(*knee.secondClimb))
                              : Text{"負荷を 2 度上げた試験で、2 度目は最初の段から限界を超えています。",
                                     "The load was raised twice, and the second time every level was past the knee."});
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
