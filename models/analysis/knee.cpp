// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/knee.h>
#include <analysis/kneedle.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tenken
{

namespace
{

constexpr qint64 fewestSamples = 20; // below, a step's percentiles say nothing
constexpr double plateau = 0.9; // of the most that was reached

Knee notUsable(const Text &why, const QString &method)
{
    Knee knee;
    knee.method = method;
    knee.whyNotUsable = why;
    return knee;
}

Text tooFewSteps(size_t steps)
{
    return Text{"負荷の段階が %1 つだけです。ひざの判定には、5 秒以上続く段階が 3 つ以上必要です。",
                "%1 levels of load only: a knee needs three or more, each held for 5 seconds or longer."}
        .arg(qint64(steps));
}

/// The way up: what follows the highest load (a second round, a ramp down) still carries its queue. In the
/// order of the load, and without steps that hold too few samples.
std::vector<int> wayUp(const std::vector<LoadStep> &steps, double (*load)(const LoadStep &))
{
    double most = 0;
    for (const LoadStep &step : steps)
        most = std::max(most, load(step));
    std::vector<int> order;
    bool atTop = false;
    for (int i = 0; i < int(steps.size()); ++i) {
        const bool top = load(steps[size_t(i)]) >= 0.97 * most;
        if (atTop && !top)
            break;
        atTop = top;
        if (steps[size_t(i)].samples >= fewestSamples)
            order.push_back(i);
    }
    std::ranges::stable_sort(order, {}, [&](int i) { return load(steps[size_t(i)]); });
    return order;
}

double offered(const LoadStep &step)
{
    return step.offered;
}
double users(const LoadStep &step)
{
    return step.users;
}

/// Median of the lower half's lowest values: a cold first step does not set it, nor does one spike.
double baseline(const std::vector<LoadStep> &steps, const std::vector<int> &order)
{
    std::vector<double> low;
    for (size_t i = 0; i < (order.size() + 1) / 2; ++i)
        low.push_back(steps[size_t(order[i])].p95);
    std::ranges::sort(low);
    low.resize((low.size() + 1) / 2);
    const size_t middle = low.size() / 2;
    return low.size() % 2 == 1 ? low[middle] : (low[middle - 1] + low[middle]) / 2;
}

std::vector<KneeSign> signsOf(const LoadStep &step, double baseline, const KneeOptions &options)
{
    std::vector<KneeSign> signs;
    if (step.p95 > options.ratio * baseline)
        signs.push_back(KneeSign::LatencyJump);
    // Requests still in flight at the end of a step are no shortfall.
    const double missing = (step.offered - step.throughput) * (step.end - step.start);
    const double inFlight = step.offered * baseline / 1000;
    if (step.throughput < (1 - options.shortfall) * step.offered && missing > 2 * inFlight + 3)
        signs.push_back(KneeSign::Shortfall);
    if (step.growth > options.growth && step.p95 > 1.3 * baseline)
        signs.push_back(KneeSign::GrowthInStep);
    if (errorRate(step) > options.errorRate)
        signs.push_back(KneeSign::Errors);
    return signs;
}

double firstErrors(const std::vector<LoadStep> &steps, const std::vector<int> &order,
                   const KneeOptions &options)
{
    for (const int i : order) {
        if (errorRate(steps[size_t(i)]) > options.errorRate)
            return steps[size_t(i)].offered;
    }
    return 0;
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

Confidence kneeConfidence(const std::vector<LoadStep> &steps, const std::vector<int> &order, size_t good,
                          const Knee &knee)
{
    const LoadStep &last = steps[size_t(order[good])], &bad = steps[size_t(order[good + 1])];
    std::vector<double> load, logP95;
    for (const int i : order) {
        load.push_back(steps[size_t(i)].offered);
        logP95.push_back(std::log(std::max(1e-3, steps[size_t(i)].p95)));
    }
    const std::optional<size_t> second = kneedle(load, logP95);
    const bool agrees = second && (*second > good ? *second - good : good - *second) <= 1;
    int points = 0;
    points +=
        knee.signs.size() >= 2 || good + 2 < order.size() ? 1 : 0; // more signs, or more bad steps behind
    points += last.p95Trusted() && bad.p95Trusted() ? 1 : 0;
    points += agrees ? 1 : 0;
    const bool wide = last.offered < 0.6 * bad.offered; // the knee is somewhere in a large interval
    return wide ? lowered(confidence(points)) : confidence(points);
}

Knee openKnee(const std::vector<LoadStep> &steps, const KneeOptions &options)
{
    const QString method = QStringLiteral("persistent-ratio");
    const std::vector<int> order = wayUp(steps, offered);
    if (order.size() < 3)
        return notUsable(tooFewSteps(order.size()), method);

    Knee knee;
    knee.method = method;
    knee.baselineP95 = baseline(steps, order);
    knee.firstErrors = firstErrors(steps, order, options);
    std::vector<std::vector<KneeSign>> signs;
    for (const int i : order)
        signs.push_back(signsOf(steps[size_t(i)], knee.baselineP95, options));
    size_t tail = order.size(); // where the bad steps begin that last to the end
    while (tail > 0 && !signs[tail - 1].empty())
        --tail;
    if (tail == 0) {
        Knee none = notUsable(
            {QStringLiteral("最初の段階からすでに限界を超えています。もっと低い負荷から始めてください。"),
             QStringLiteral("Every level is past the knee already: begin with less load.")},
            method);
        none.baselineP95 = knee.baselineP95;
        none.firstErrors = knee.firstErrors;
        return none;
    }
    for (size_t i = 0; i < tail; ++i) {
        if (!signs[i].empty())
            knee.spikes.push_back(order[i]);
    }
    knee.usable = true;
    knee.reached = tail < order.size();
    knee.lastGoodStep = order[tail - 1];
    const LoadStep &good = steps[size_t(knee.lastGoodStep)];
    knee.throughput = good.throughput;
    knee.offered = good.offered;
    if (!knee.reached) {
        knee.confidence = confidence((order.size() >= 5 ? 1 : 0) + (good.p95Trusted() ? 1 : 0)
                                     + (knee.spikes.empty() ? 1 : 0));
        return knee;
    }
    const LoadStep &bad = steps[size_t(order[tail])];
    knee.firstBad = bad.offered;
    knee.signs = signs[tail];
    knee.jump = knee.baselineP95 > 0 ? bad.p95 / knee.baselineP95 : 1;
    knee.confidence = kneeConfidence(steps, order, tail - 1, knee);
    return knee;
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
        if (steps[size_t(i)].samples > steps[size_t(i)].errors)
            fastest = std::min(fastest, steps[size_t(i)].p50);
    }
    const auto reaches = [&](int i) { return steps[size_t(i)].throughput >= plateau * most; };
    const size_t at = size_t(std::ranges::find_if(order, reaches) - order.begin());
    const LoadStep &good = steps[size_t(order[at])], &last = steps[size_t(order.back())];

    Knee knee;
    knee.method = method;
    knee.usable = most > 0;
    knee.baselineP95 = baseline(steps, order);
    knee.firstErrors = firstErrors(steps, order, options);
    knee.lastGoodStep = order[at];
    knee.throughput = good.throughput;
    knee.offered = good.offered;
    // More users must bring clearly less than their share, or the plateau is only the end of the test.
    const double moreUsers = last.users / good.users - 1, moreWork = last.throughput / good.throughput - 1;
    knee.reached = at + 1 < order.size() && moreUsers > 0.2 && moreWork < 0.5 * moreUsers;
    if (!knee.reached) {
        knee.lastGoodStep = order.back();
        knee.throughput = last.throughput;
        knee.offered = last.offered;
        knee.confidence = confidence((order.size() >= 5 ? 1 : 0) + (last.p95Trusted() ? 1 : 0));
        return knee;
    }
    const LoadStep &bad = steps[size_t(order[at + 1])];
    knee.firstBad = bad.offered;
    knee.jump = knee.baselineP95 > 0 ? bad.p95 / knee.baselineP95 : 1;
    knee.signs = signsOf(bad, knee.baselineP95, options);
    const double crossing = most * fastest / 1000;
    const double below = at > 0 ? steps[size_t(order[at - 1])].users : good.users / 2;
    knee.confidence = confidence((good.p95Trusted() && bad.p95Trusted() ? 1 : 0) + (moreUsers >= 1 ? 1 : 0)
                                 + (crossing > 0.8 * below && crossing < 1.2 * bad.users ? 1 : 0));
    return knee;
}

} // namespace

Knee findKnee(const std::vector<LoadStep> &steps, LoadModel model, const KneeOptions &options)
{
    if (model == LoadModel::Closed)
        return closedKnee(steps, options);
    Knee knee = openKnee(steps, options);
    if (model == LoadModel::Unknown)
        knee.confidence = lowered(knee.confidence);
    return knee;
}

} // namespace tenken
