// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/labelknee.h>
#include <evidence/numbers.h>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr qint64 leastLatencies = 200; // for p95, as for a step
constexpr size_t leastBad = 2; // steps in a row, the knee's own included

/// What one label did in one step.
struct LabelStep {
    const LoadStep *step = nullptr;
    double p95 = 0;
    bool fails = false;
};

/// The steps up to the knee, from little load to much.
std::vector<const LoadStep *> upToTheKnee(const std::vector<LoadStep> &steps, const Knee &knee)
{
    const auto load = [&](const LoadStep &step) { return knee.users > 0 ? step.users : step.offered; };
    std::vector<const LoadStep *> good;
    const double most = load(steps[size_t(knee.lastGoodStep)]);
    for (const LoadStep &step : steps) {
        if (load(step) <= most)
            good.push_back(&step);
    }
    std::ranges::stable_sort(good, {}, [&](const LoadStep *step) { return load(*step); });
    return good;
}

std::optional<LabelStep> labelIn(const LoadStep &step, const LoadLabel &label, double allowedErrors)
{
    LatencySum sum;
    LatencyHistogram latency;
    qint64 completed = 0, failed = 0;
    const auto first = std::ranges::lower_bound(label.seconds, qint64(step.start), {}, &LoadLabel::Second::second);
    for (auto at = first; at != label.seconds.end() && double(at->second) < step.end; ++at) {
        sum.add(at->latency);
        completed += at->completed;
        failed += at->failed;
    }
    sum.moveInto(latency);
    if (latency.count() < leastLatencies)
        return {};
    return LabelStep{&step, latency.percentileMs(0.95),
                     completed > 0 && double(failed) > allowedErrors * double(completed)};
}

std::optional<EarlyLabel> earlyIn(const std::vector<const LoadStep *> &steps, const LoadLabel &label,
                                  const KneeOptions &options)
{
    std::vector<LabelStep> judged;
    for (const LoadStep *step : steps) {
        if (const auto here = labelIn(*step, label, options.errorRate))
            judged.push_back(*here);
    }
    if (judged.size() <= leastBad || judged.back().step != steps.back())
        return {};
    const double baseline = judged.front().p95;
    const auto isBad = [&](const LabelStep &s) { return s.fails || (baseline > 0 && s.p95 > options.ratio * baseline); };
    size_t first = judged.size();
    while (first > 0 && isBad(judged[first - 1]))
        --first;
    if (first == 0 || judged.size() - first < leastBad) // bad from the beginning: that is no jump
        return {};
    const LabelStep &bad = judged[first];
    return EarlyLabel{label.name, bad.step->offered, bad.step->users, baseline, bad.p95, bad.fails};
}

} // namespace

Text EarlyLabel::inWords() const
{
    const Text load = users > 0 ? Text{"並列 %1", "%1 users"}.arg(formatNumber(users))
                                : Text{"全体 %1 req/s", "%1 req/s in all"}.arg(formatNumber(offered));
    if (fails) {
        return Text{"「%1」は、全体の膝より前の%2から失敗します。", "“%1” fails from %2 on, before the knee of the whole."}.arg(
            name, load);
    }
    return Text{"「%1」の p95 は、全体の膝より前の%2で %3 から %4 に伸びます。全体の分位点には現れません。",
                "The p95 of “%1” goes from %3 to %4 at %2, before the knee of the whole: the percentiles of all requests do "
                "not show it."}
        .arg(name, load, formatMs(baselineP95), formatMs(p95));
}

std::optional<EarlyLabel> earlyLabelOf(const LoadTestRun &run, const std::vector<LoadStep> &steps, const Knee &knee,
                                       const KneeOptions &options)
{
    if (!knee.usable || knee.lastGoodStep < 0 || run.labels.size() < 2)
        return {};
    const std::vector<const LoadStep *> good = upToTheKnee(steps, knee);
    std::optional<EarlyLabel> earliest;
    for (const LoadLabel &label : run.labels) {
        const auto early = earlyIn(good, label, options);
        const auto load = [&](const EarlyLabel &l) { return knee.users > 0 ? l.users : l.offered; };
        if (early && (!earliest || load(*early) < load(*earliest)))
            earliest = early;
    }
    return earliest;
}

} // namespace tenken
