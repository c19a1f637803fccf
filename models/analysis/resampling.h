// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/loadsteps.h>

namespace tenken
{

/// A seeded source of numbers (SplitMix64): the same on every machine, so that a verdict never changes by itself.
class Draws
{
public:
    explicit Draws(quint64 seed) : m_state(seed) {}
    size_t below(size_t count);

private:
    quint64 m_state;
};

/// The seconds of one step, to be drawn again and again with replacement. Neighbouring seconds share a queue, so
/// blocks of them are drawn, each half of the step from itself.
class ResampledStep
{
public:
    ResampledStep(const LoadTestRun &run, const LoadStep &step);
    bool isEmpty() const { return m_halves[0].empty() || m_halves[1].empty(); }
    size_t blocks() const { return m_halves[0].size() + m_halves[1].size(); }

    void draw(Draws &draws);
    // Of the last draw:
    double seconds() const { return m_drawn.seconds; }
    double startedRate() const { return m_drawn.started / m_drawn.seconds; }
    double throughput() const { return (m_drawn.completed - m_drawn.failed) / m_drawn.seconds; }
    double errorShare() const { return m_drawn.started > 0 ? m_drawn.failed / m_drawn.started : 0; }
    double percentile(double q) const; ///< ms; 0 without latencies
    double growth() const;

private:
    struct Block {
        double seconds = 0, started = 0, completed = 0, failed = 0;
        std::vector<std::pair<quint32, qint64>> latency; ///< index into m_middles, count
    };
    double percentileOf(const std::vector<qint64> &counts, double q) const;

    std::vector<double> m_middles; ///< ms, of the buckets that the step uses, ascending
    std::vector<Block> m_halves[2];
    Block m_drawn;
    std::vector<qint64> m_counts[2]; ///< drawn, by half
};

} // namespace tenken
