// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/resampling.h>
#include <analysis/runcomparison.h>

#include <evidence/numbers.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

constexpr int draws = 500;
constexpr quint64 seed = 20260102;
constexpr size_t fewestBlocks = 8; // of a step: with fewer the interval is a guess
constexpr double sameLoad = 0.05;
constexpr double leastChange = 0.01; // a percentile is known to 0.4 %
constexpr double leastErrorChange = 0.0005;

/// Both runs' seconds at one load.
struct Pair {
    const LoadStep *before = nullptr, *after = nullptr;
    ResampledStep beforeAgain, afterAgain;
    bool canTest() const
    {
        return !beforeAgain.isEmpty() && !afterAgain.isEmpty() && beforeAgain.blocks() >= fewestBlocks
            && afterAgain.blocks() >= fewestBlocks;
    }
};

/// How one figure changed in every draw.
struct Drawn {
    std::vector<double> p50, p95, p99, throughput, errors;
};

double ratio(double before, double after)
{
    return before > 0 && after > 0 ? after / before - 1 : 0;
}

Drawn drawPair(Pair &pair, Draws &random)
{
    Drawn drawn;
    for (int i = 0; i < draws; ++i) {
        ResampledStep &b = pair.beforeAgain, &a = pair.afterAgain;
        b.draw(random);
        a.draw(random);
        drawn.p50.push_back(ratio(b.percentile(0.5), a.percentile(0.5)));
        drawn.p95.push_back(ratio(b.percentile(0.95), a.percentile(0.95)));
        drawn.p99.push_back(ratio(b.percentile(0.99), a.percentile(0.99)));
        drawn.throughput.push_back(ratio(b.throughput(), a.throughput()));
        drawn.errors.push_back(a.errorShare() - b.errorShare());
    }
    return drawn;
}

Change judged(double before, double after, double by, std::vector<double> drawn, double least)
{
    Change change{before, after, by, 0, 0, Change::Outcome::NotComparable};
    if (before < 0 || after < 0 || drawn.empty())
        return change;
    std::ranges::sort(drawn);
    const auto at = [&](double q) { return drawn[size_t(std::lround(q * double(drawn.size() - 1)))]; };
    change.low = at(0.025);
    change.high = at(0.975);
    const bool clear = std::abs(by) >= least && (change.low > 0 || change.high < 0);
    change.outcome = !clear ? Change::Outcome::NoneShown : by > 0 ? Change::Outcome::Higher : Change::Outcome::Lower;
    return change;
}

Change latencyChange(const Pair &pair, double q, const std::vector<double> &drawn)
{
    const double before = pair.before->percentile(q), after = pair.after->percentile(q);
    const bool trusted = pair.before->trusts(q) && pair.after->trusts(q);
    return judged(before, after, ratio(before, after), trusted ? drawn : std::vector<double>{}, leastChange);
}

LevelChange compareLevel(Pair &pair, Drawn &drawn, Draws &random, bool errorsKnown)
{
    LevelChange level;
    if (pair.canTest())
        drawn = drawPair(pair, random);
    level.p50 = latencyChange(pair, 0.5, drawn.p50);
    level.p95 = latencyChange(pair, 0.95, drawn.p95);
    level.p99 = latencyChange(pair, 0.99, drawn.p99);
    const double before = pair.before->throughput, after = pair.after->throughput;
    level.throughput = judged(before, after, ratio(before, after), drawn.throughput, leastChange);
    const double failedBefore = errorRate(*pair.before), failedAfter = errorRate(*pair.after);
    level.errors = judged(failedBefore, failedAfter, failedAfter - failedBefore,
                          errorsKnown ? drawn.errors : std::vector<double>{}, leastErrorChange);
    const auto keptUp = [](const LoadStep &s) { return s.throughput >= 0.95 * s.offered; };
    level.keptUp = keptUp(*pair.before) && keptUp(*pair.after);
    return level;
}

bool sameAs(double a, double b)
{
    return std::abs(a - b) <= sameLoad * std::max(a, b);
}

double loadOf(const LoadStep &step, bool byUsers)
{
    return byUsers ? step.users : step.offered;
}

/// Indexes of steps that held the same load, each used once; what is left over goes to the "only" lists.
std::vector<std::pair<int, int>> matched(const std::vector<LoadStep> &before, const std::vector<LoadStep> &after,
                                         RunComparison &result)
{
    std::vector<std::pair<int, int>> pairs;
    std::vector<bool> used(after.size());
    for (size_t i = 0; i < before.size(); ++i) {
        const double load = loadOf(before[i], result.byUsers);
        int best = -1;
        for (size_t k = 0; k < after.size(); ++k) {
            const double other = loadOf(after[k], result.byUsers);
            const auto away = [&](int at) { return std::abs(loadOf(after[size_t(at)], result.byUsers) - load); };
            if (!used[k] && sameAs(load, other) && (best < 0 || away(int(k)) < away(best)))
                best = int(k);
        }
        if (best < 0) {
            result.onlyBefore.push_back(load);
            continue;
        }
        used[size_t(best)] = true;
        pairs.emplace_back(int(i), best);
    }
    for (size_t k = 0; k < after.size(); ++k) {
        if (!used[k])
            result.onlyAfter.push_back(loadOf(after[k], result.byUsers));
    }
    return pairs;
}

/// The mean of the logarithms over the levels below the knee, draw by draw.
Change overall(const std::vector<LevelChange> &levels, const std::vector<Drawn> &drawn)
{
    double by = 0;
    size_t counted = 0;
    std::vector<double> sums(draws);
    for (size_t i = 0; i < levels.size(); ++i) {
        if (!levels[i].keptUp || levels[i].p95.outcome == Change::Outcome::NotComparable)
            continue;
        ++counted;
        by += std::log1p(levels[i].p95.by);
        for (size_t k = 0; k < sums.size(); ++k)
            sums[k] += std::log1p(drawn[i].p95[k]);
    }
    if (counted == 0)
        return {-1, -1, 0, 0, 0, Change::Outcome::NotComparable};
    for (double &sum : sums)
        sum = std::expm1(sum / double(counted));
    by = std::expm1(by / double(counted));
    return judged(1, 1 + by, by, sums, leastChange);
}

QString percent(double share)
{
    return formatNumber(std::abs(std::round(share * 1000) / 10));
}

/// "8–17 %"; an interval over zero keeps its signs.
QString interval(const Change &c)
{
    const auto bound = [](double v) { return formatNumber(std::round(v * 1000) / 10); };
    if (c.low > 0 || c.high < 0) {
        const double low = std::min(std::abs(c.low), std::abs(c.high)), high = std::max(std::abs(c.low), std::abs(c.high));
        return QStringLiteral("%1–%2 %").arg(bound(low), bound(high));
    }
    return QStringLiteral("%1 … %2 %").arg(bound(c.low), bound(c.high));
}

Text verdictOf(const RunComparison &result)
{
    if (result.levels.empty())
        return {"比較できません。両方の試験が保った負荷がありません。", "Not comparable: the two runs held no load in common."};
    const Change &c = result.latency;
    switch (c.outcome) {
    case Change::Outcome::Higher:
        return Text{"p95 は %1 % 遅くなりました (95 %: %2)。", "p95 is slower by %1 % (95 %: %2)."}.arg(percent(c.by), interval(c));
    case Change::Outcome::Lower:
        return Text{"p95 は %1 % 速くなりました (95 %: %2)。", "p95 is faster by %1 % (95 %: %2)."}.arg(percent(c.by), interval(c));
    case Change::Outcome::NoneShown:
        return Text{"p95 に差は認められません (95 %: %1)。", "No difference shown in p95 (95 %: %1)."}.arg(interval(c));
    case Change::Outcome::NotComparable:
        break;
    }
    return {"差を検定できません。膝より下で、要求ごとの遅延が 8 秒以上ある段が要ります。",
            "The difference cannot be tested: that takes levels below the knee, held for 8 s or longer, with the latency of "
            "each request."};
}

RunComparison refused(const Text &why)
{
    RunComparison result;
    result.latency = {-1, -1, 0, 0, 0, Change::Outcome::NotComparable};
    result.verdict = why;
    return result;
}

} // namespace

RunComparison compareRuns(const LoadTestRun &before, const std::vector<LoadStep> &beforeSteps,
                          const LoadTestRun &after, const std::vector<LoadStep> &afterSteps)
{
    const bool closed = before.model == LoadModel::Closed;
    if (closed != (after.model == LoadModel::Closed))
        return refused({"比較できません。負荷のかけ方 (開いたモデルと閉じたモデル) が違います。",
                        "Not comparable: one test sets the rate (open), the other the users (closed)."});
    RunComparison result;
    const auto knowsUsers = [](const LoadStep &s) { return s.users > 0; };
    result.byUsers = closed && std::ranges::all_of(beforeSteps, knowsUsers) && std::ranges::all_of(afterSteps, knowsUsers);
    const auto pairs = matched(beforeSteps, afterSteps, result);
    std::vector<Drawn> drawn(pairs.size());
    Draws random(seed);
    for (size_t i = 0; i < pairs.size(); ++i) {
        const auto [b, a] = pairs[i];
        const LoadStep &old = beforeSteps[size_t(b)], &now = afterSteps[size_t(a)];
        Pair pair{&old, &now, ResampledStep(before, old), ResampledStep(after, now)};
        LevelChange level = compareLevel(pair, drawn[i], random, before.knowsErrors && after.knowsErrors);
        level.load = loadOf(old, result.byUsers);
        level.before = b;
        level.after = a;
        result.levels.push_back(level);
    }
    result.latency = overall(result.levels, drawn);
    result.verdict = verdictOf(result);
    return result;
}

Text wordsFor(const Change &change)
{
    switch (change.outcome) {
    case Change::Outcome::Higher:
        return Text{"%1 % 高い (95 %: %2)", "%1 % higher (95 %: %2)"}.arg(percent(change.by), interval(change));
    case Change::Outcome::Lower:
        return Text{"%1 % 低い (95 %: %2)", "%1 % lower (95 %: %2)"}.arg(percent(change.by), interval(change));
    case Change::Outcome::NoneShown:
        return {"差は認められません", "no difference shown"};
    case Change::Outcome::NotComparable:
        break;
    }
    return {"比較できません", "not comparable"};
}

} // namespace tenken
