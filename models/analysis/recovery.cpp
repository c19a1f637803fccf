// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/recovery.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace tenken
{

namespace
{

constexpr double leastSeconds = 60; // of a baseline, and of normal load at the end
constexpr double samplesForP95 = 200;

double medianOf(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

int blockLength(const LoadTestRun &run)
{
    qint64 started = 0;
    for (const LoadSecond &s : run.seconds)
        started += s.started;
    const double rate = run.seconds.empty() ? 0 : double(started) / double(run.seconds.size());
    if (rate <= 0)
        return 60;
    return std::clamp(int(std::ceil(samplesForP95 / rate / 10)) * 10, 10, 60);
}

RecoveryBlock blockOf(std::span<const LoadSecond> seconds)
{
    RecoveryBlock block;
    LatencyHistogram latency;
    qint64 sent = 0, completed = 0, failed = 0;
    for (const LoadSecond &s : seconds) {
        sent += std::max(s.started, s.arrivals);
        completed += s.completed;
        failed += s.failed;
        latency.merge(s.latency);
    }
    block.from = double(seconds.front().second);
    block.rate = double(sent) / double(seconds.size());
    // Sent, and nothing came back: as bad as it gets.
    block.errorShare = completed > 0 ? double(failed) / double(completed) : sent > 0 ? 1 : 0;
    if (latency.count() > 0) // of none it would be 0 ms: better than ever
        block.p95Ms = latency.percentileMs(0.95);
    return block;
}

std::vector<RecoveryBlock> blocksOf(const LoadTestRun &run, int length)
{
    std::vector<RecoveryBlock> blocks;
    const std::span<const LoadSecond> all(run.seconds);
    for (size_t i = 0; i + size_t(length) <= all.size(); i += size_t(length))
        blocks.push_back(blockOf(all.subspan(i, size_t(length))));
    if (!blocks.empty() && all.size() % size_t(length) != 0) { // the rest counts too: it reaches back over a whole length
        blocks.push_back(blockOf(all.last(size_t(length))));
        blocks.back().isRest = true;
    }
    return blocks;
}

struct Baseline {
    double errors = 0, ms = 0, rate = 0;
};

Baseline baselineOf(std::span<const RecoveryBlock> blocks)
{
    std::vector<double> errors, ms, rates;
    for (const RecoveryBlock &b : blocks) {
        errors.push_back(b.errorShare);
        ms.push_back(b.p95Ms);
        rates.push_back(b.rate);
    }
    return {medianOf(errors), medianOf(ms), medianOf(rates)};
}

bool isNormal(const RecoveryBlock &block, const Baseline &baseline, const RecoveryLimits &limits)
{
    return block.p95Ms >= 0 && (block.isRest || block.rate >= baseline.rate / 2) && block.errorShare <= baseline.errors + limits.errorRate
        && block.p95Ms <= baseline.ms * limits.latencyFactor;
}

/// Blocks that lie wholly before the outage; without its time the first minute (a later outage only moves the
/// baseline's end, an earlier one shows as no baseline).
size_t baselineBlocks(const std::vector<RecoveryBlock> &blocks, int length, const OutageTimes &outage)
{
    if (!outage.began)
        return std::min(blocks.size(), size_t(std::ceil(leastSeconds / length)));
    return size_t(std::ranges::count_if(blocks, [&](const RecoveryBlock &b) { return b.from + length <= *outage.began; }));
}

/// One that fails itself, or is not steady, is none: the outage may have begun in it.
bool isBaseline(std::span<const RecoveryBlock> blocks, const Baseline &baseline, int length)
{
    const auto [least, most] = std::ranges::minmax(blocks, {}, &RecoveryBlock::p95Ms);
    const double worst = std::ranges::max(blocks, {}, &RecoveryBlock::errorShare).errorShare;
    return baseline.rate * double(blocks.size()) * length >= samplesForP95 && least.p95Ms > 0
        && most.p95Ms <= 3 * least.p95Ms && worst <= 0.05;
}

} // namespace

Recovery findRecovery(const LoadTestRun &run, const OutageTimes &outage, const RecoveryLimits &limits)
{
    Recovery r;
    if (run.samples > 0 && std::ranges::all_of(run.seconds, [](const LoadSecond &s) { return s.latency.count() == 0; })) {
        r.state = Recovery::State::NoLatencies;
        return r;
    }
    const int length = blockLength(run);
    r.blockSeconds = length;
    r.blocks = blocksOf(run, length);
    const size_t before = baselineBlocks(r.blocks, length, outage);
    if (double(before) * length < leastSeconds || before == r.blocks.size())
        return r;
    const Baseline baseline = baselineOf(std::span(r.blocks).first(before));
    r.baselineErrors = baseline.errors;
    r.baselineMs = baseline.ms;
    if (!isBaseline(std::span(r.blocks).first(before), baseline, length))
        return r;
    for (RecoveryBlock &block : r.blocks)
        block.normal = isNormal(block, baseline, limits);

    const auto firstBad = std::find_if(r.blocks.begin() + std::ptrdiff_t(before), r.blocks.end(), [](const RecoveryBlock &b) { return !b.normal; });
    if (firstBad == r.blocks.end() && !outage.began && !outage.over) {
        r.state = Recovery::State::NoOutage;
        return r;
    }
    const double end = r.blocks.back().from + length;
    r.began = outage.began ? *outage.began : firstBad != r.blocks.end() ? firstBad->from : *outage.over;
    const auto lastBad = std::find_if(r.blocks.rbegin(), r.blocks.rend(), [](const RecoveryBlock &b) { return !b.normal; });
    // Where nothing was bad after the outage began, it was back at once.
    r.back = lastBad == r.blocks.rend() ? r.began : std::max(r.began, lastBad->from + length);
    const double from = outage.over.value_or(r.began);
    r.isUpperBound = !outage.over;
    r.noEffect = firstBad == r.blocks.end();
    r.seconds = std::max(0.0, r.back - from);
    if (lastBad == r.blocks.rbegin())
        r.state = Recovery::State::NotBack;
    else
        r.state = end - std::max(r.back, from) < leastSeconds ? Recovery::State::TooShort : Recovery::State::Back;
    return r;
}

} // namespace tenken
