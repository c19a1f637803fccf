// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/resampling.h>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

constexpr size_t mostBlocks = 20; // of a half

} // namespace

size_t Draws::below(size_t count)
{
    quint64 z = (m_state += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return size_t((z ^ (z >> 31)) % count);
}

ResampledStep::ResampledStep(const LoadTestRun &run, const LoadStep &step)
{
    if (run.seconds.empty() || step.latency.count() == 0)
        return;
    const double base = double(run.seconds.front().second);
    const size_t begin = size_t(std::clamp(step.start - base, 0.0, double(run.seconds.size())));
    const size_t end = size_t(std::clamp(step.end - base, 0.0, double(run.seconds.size())));
    for (const auto &[index, count] : step.latency.buckets())
        m_middles.push_back((LatencyHistogram::bucketLowMs(index) + LatencyHistogram::bucketHighMs(index)) / 2);
    const auto &used = step.latency.buckets();
    for (size_t half = 0; half < 2; ++half) {
        const size_t middle = (begin + end) / 2, from = half == 0 ? begin : middle, to = half == 0 ? middle : end;
        const size_t width = std::max<size_t>(1, (to - from + mostBlocks - 1) / mostBlocks);
        for (size_t at = from; at < to; at += width) {
            Block block;
            LatencyHistogram latency;
            for (size_t i = at; i < std::min(to, at + width); ++i) {
                const LoadSecond &second = run.seconds[i];
                block.seconds += 1;
                block.started += double(second.started);
                block.completed += double(second.completed);
                block.failed += double(second.failed);
                latency.merge(second.latency);
            }
            size_t place = 0; // every bucket of a second is one of the step's, in the same order
            for (const auto &[index, count] : latency.buckets()) {
                while (place < used.size() && used[place].first < index)
                    ++place;
                if (place < used.size() && used[place].first == index)
                    block.latency.emplace_back(quint32(place), count);
            }
            m_halves[half].push_back(std::move(block));
        }
    }
}

void ResampledStep::draw(Draws &draws)
{
    m_drawn = {};
    for (size_t half = 0; half < 2; ++half) {
        m_counts[half].assign(m_middles.size(), 0);
        for (size_t i = 0; i < m_halves[half].size(); ++i) {
            const Block &block = m_halves[half][draws.below(m_halves[half].size())];
            m_drawn.seconds += block.seconds;
            m_drawn.started += block.started;
            m_drawn.completed += block.completed;
            m_drawn.failed += block.failed;
            for (const auto &[place, count] : block.latency)
                m_counts[half][place] += count;
        }
    }
}

double ResampledStep::percentileOf(const std::vector<qint64> &counts, double q) const
{
    qint64 all = 0;
    for (const qint64 count : counts)
        all += count;
    const qint64 wanted = std::max<qint64>(1, qint64(std::ceil(q * double(all) * (1 - 1e-9))));
    qint64 seen = 0;
    for (size_t i = 0; i < counts.size(); ++i) {
        seen += counts[i];
        if (seen >= wanted)
            return m_middles[i];
    }
    return 0;
}

double ResampledStep::percentile(double q) const
{
    std::vector<qint64> both = m_counts[0];
    for (size_t i = 0; i < both.size(); ++i)
        both[i] += m_counts[1][i];
    return percentileOf(both, q);
}

double ResampledStep::growth() const
{
    const double before = percentileOf(m_counts[0], 0.5), after = percentileOf(m_counts[1], 0.5);
    return before > 0 && after > 0 ? after / before : 1;
}

} // namespace tenken
