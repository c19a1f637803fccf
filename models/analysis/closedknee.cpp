// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/closedknee.h>
#include <analysis/kneerefusals.h>
#include <analysis/kneesteps.h>
#include <analysis/kneetrust.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

constexpr double plateau = 0.9; // of the most that was reached

Text closedLoopCaveat()
{
    return {"閉じたループの試験です。膝より先の遅延は列の待ち時間で、並列数に比例して伸びます。遅い間は要求を送らないため、"
            "分位点は利用者が感じる値より小さく出ます (coordinated omission)。",
            "A closed loop: latency past the knee is queueing and grows with the users by construction. While the service "
            "is slow nothing is sent, so percentiles look better than what users would see (coordinated omission)."};
}

/// The way up, by the number of users.
struct ClosedClimb {
    const std::vector<LoadStep> &steps;
    std::vector<int> order;            ///< places in `steps`
    double most = 0;                   ///< completed req/s
    double fastest = HUGE_VAL;         ///< ms, the lowest p50
    size_t top = 0;                    ///< place in `order`: the first level on the plateau
    std::optional<size_t> lastGood = {}; ///< that, or the last one before the errors, where they lead up to it

    const LoadStep &step(size_t place) const { return steps[size_t(order[place])]; }
    const LoadStep &last() const { return steps[size_t(order.back())]; }
};

ClosedClimb climbOf(const std::vector<LoadStep> &steps, std::vector<int> order, const KneeOptions &options)
{
    ClosedClimb climb{steps, std::move(order)};
    for (const int i : climb.order) {
        const LoadStep &step = steps[size_t(i)];
        climb.most = std::max(climb.most, step.throughput);
        if (step.samples > step.errors && step.p50 > 0 && !step.distrusted)
            climb.fastest = std::min(climb.fastest, step.p50);
    }
    const auto reaches = [&](int i) { return steps[size_t(i)].throughput >= plateau * climb.most; };
    climb.top = size_t(std::ranges::find_if(climb.order, reaches) - climb.order.begin());
    for (size_t at = climb.top + 1; at-- > 0 && !climb.lastGood;) {
        if (errorRate(climb.step(at)) <= options.errorRate)
            climb.lastGood = at;
    }
    return climb;
}

/// More users must bring clearly less than their share, or the plateau is only the end of the test.
bool flattens(const ClosedClimb &climb)
{
    constexpr double clearlyMore = 0.2 - 1e-9;
    const size_t at = *climb.lastGood;
    const LoadStep &good = climb.step(at);
    const double moreUsers = climb.last().users / good.users - 1, moreWork = climb.last().throughput / good.throughput - 1;
    return at < climb.top || (at + 1 < climb.order.size() && moreUsers >= clearlyMore && moreWork < 0.5 * moreUsers);
}

/// The level before the errors that last to the end; nothing where the last level has none.
std::optional<size_t> beforeErrors(const ClosedClimb &climb, const KneeOptions &options)
{
    size_t first = climb.order.size();
    while (first > *climb.lastGood + 1 && errorRate(climb.step(first - 1)) > options.errorRate)
        --first;
    return first < climb.order.size() ? std::optional(first - 1) : std::nullopt;
}

/// No plateau, only the end of the test: at least this.
void endWithoutKnee(Knee &knee, const ClosedClimb &climb, bool doubtful)
{
    const LoadStep &last = climb.last();
    knee.lastGoodStep = climb.order.back();
    knee.throughput = last.throughput;
    knee.offered = last.offered;
    knee.users = last.users;
    const bool isTrusted = trusted(last, knee);
    knee.confidence = doubtful || !isTrusted ? Confidence::Low : confidence((climb.order.size() >= 5 ? 1 : 0) + 1);
}

void endAtKnee(Knee &knee, const ClosedClimb &climb, bool doubtful, const KneeOptions &options)
{
    const size_t at = *climb.lastGood;
    const bool twiceTheUsers = climb.last().users >= 2 * climb.step(at).users;
    const LoadStep &good = climb.step(at), &bad = climb.step(at + 1);
    knee.firstBad = bad.offered;
    knee.firstBadStep = climb.order[at + 1];
    knee.users = good.users;
    knee.firstBadUsers = bad.users;
    knee.jump = jumpOf(bad, knee);
    knee.signs = signsOf(bad, knee.baselineP95, knee.percentile, options);
    knee.crossing = std::isfinite(climb.fastest) ? climb.most * climb.fastest / 1000 : -1;
    const double below = at > 0 ? climb.step(at - 1).users : good.users / 2;
    const bool crosses = knee.crossing > 0.8 * below && knee.crossing < 1.2 * bad.users;
    const bool thin = !trusted(good, knee) || !trusted(bad, knee);
    knee.confidence =
        doubtful || thin ? Confidence::Low : confidence(1 + (twiceTheUsers ? 1 : 0) + (crosses ? 1 : 0));
}

/// What is known of it before it is clear whether it was reached.
Knee begunKnee(const ClosedClimb &climb, const QString &method, const KneeOptions &options)
{
    Knee knee;
    knee.method = method;
    knee.usable = climb.most > 0;
    if (!knee.usable)
        knee.whyNotUsable = {"成功した要求がありません。", "No request succeeded."};
    knee.percentile = sharedPercentile(climb.steps, climb.order, options.percentile);
    knee.caveats = caveatsOf(climb.steps, knee.percentile, options.percentile);
    knee.caveats.push_back(closedLoopCaveat());
    knee.baselineP95 = baseline(climb.steps, climb.order, knee.percentile);
    knee.firstErrors = firstErrors(climb.steps, climb.order, options);
    const LoadStep &good = climb.step(*climb.lastGood);
    knee.lastGoodStep = climb.order[*climb.lastGood];
    knee.throughput = good.throughput;
    knee.offered = good.offered;
    for (size_t i = 0; i < *climb.lastGood; ++i) {
        if (errorRate(climb.step(i)) > options.errorRate)
            knee.spikes.push_back(climb.order[i]);
    }
    return knee;
}

} // namespace

double usersOf(const LoadStep &step) { return step.users; }

Knee closedKnee(const std::vector<LoadStep> &steps, const KneeOptions &options)
{
    const QString method = QStringLiteral("closed-loop");
    if (std::ranges::any_of(steps, [](const LoadStep &step) { return step.users <= 0; })) {
        return notUsable({"同時実行数がファイルに記録されていないため、ひざを判定できません。",
                          "The file does not say how many users ran, so a knee cannot be told."},
                         method);
    }
    std::vector<int> order = wayUp(steps, usersOf);
    if (order.size() < 3)
        return notUsable(tooFewSteps(order.size()), method);
    ClosedClimb climb = climbOf(steps, std::move(order), options);
    if (!climb.lastGood) {
        Knee none = pastFromTheStart(steps, method);
        none.firstErrors = firstErrors(steps, climb.order, options);
        return none;
    }
    bool reached = flattens(climb);
    if (const auto last = reached ? std::nullopt : beforeErrors(climb, options)) {
        climb.lastGood = last;
        reached = true;
    }
    Knee knee = begunKnee(climb, method, options);
    knee.reached = reached;
    const bool doubtful = areDoubtful(knee.spikes, climb.order, steps, options);
    if (reached)
        endAtKnee(knee, climb, doubtful, options);
    else
        endWithoutKnee(knee, climb, doubtful);
    return knee;
}

} // namespace tenken
