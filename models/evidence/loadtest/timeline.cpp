// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/timeline.h>

#include <algorithm>
#include <iterator>

namespace tenken
{

namespace
{

constexpr qint64 largestHole = 6 * 3600; // further away is another run, or garbage
constexpr qint64 longestRun = 4 * 24 * 3600;
constexpr qint64 mostChunks = longestRun / 64 + 64;

} // namespace

bool RunTimeline::Cell::isEmpty() const
{
    return second.started == 0 && second.completed == 0 && arrivals == 0 && iterationStarts == 0;
}

void RunTimeline::Cell::merge(const Cell &other)
{
    second.started += other.second.started;
    second.completed += other.second.completed;
    second.failed += other.second.failed;
    second.latency.merge(other.second.latency);
    gaugeMilli += other.gaugeMilli;
    gaugeCount += other.gaugeCount;
    starts += other.starts;
    ends += other.ends;
    arrivals += other.arrivals;
    iterationStarts += other.iterationStarts;
    iterationEnds += other.iterationEnds;
    failedApart += other.failedApart;
    busyUs += other.busyUs;
    batches += other.batches;
}

RunTimeline::Chunk *RunTimeline::findChunk(qint64 number)
{
    auto found = m_chunks.find(number);
    if (found == m_chunks.end()) {
        if (qint64(m_chunks.size()) >= mostChunks)
            return nullptr;
        found = m_chunks.try_emplace(number).first;
    }
    Recent &recent = m_recent[size_t(number & 1)];
    recent.number = number;
    recent.chunk = &found->second;
    return recent.chunk;
}

void RunTimeline::batch(qint64 second, qint64 samples, qint64 line)
{
    Chunk &chunk = *chunkAt(second >> chunkBits);
    noteSamples(chunk, samples, second * usPerSecond, (second + 1) * usPerSecond, line);
    chunk.beyondRows += samples - 1;
}

void RunTimeline::merge(const RunTimeline &later, qint64 linesBefore)
{
    for (const auto &[number, from] : later.m_chunks) {
        Chunk *to = &m_chunks[number];
        if (from.samples > 0)
            noteSamples(*to, from.samples, from.firstUs, from.lastUs, from.line > 0 ? from.line + linesBefore : 0);
        to->beyondRows += from.beyondRows;
        for (size_t i = 0; i < from.cells.size(); ++i)
            to->cells[i].merge(from.cells[i]);
    }
}

RunTimeline::Stretch RunTimeline::described(ChunkIterator first, ChunkIterator end)
{
    Chunk sum;
    for (auto at = first; at != end; ++at) {
        const Chunk &chunk = at->second;
        if (chunk.samples > 0)
            noteSamples(sum, chunk.samples, chunk.firstUs, chunk.lastUs, chunk.line);
        sum.beyondRows += chunk.beyondRows;
    }
    return {first->first * chunkSeconds, (std::prev(end)->first + 1) * chunkSeconds, sum.samples,
            sum.samples - sum.beyondRows, sum.firstUs, sum.lastUs, sum.line, {}};
}

void RunTimeline::fill(Stretch &stretch)
{
    const qint64 last = stretch.end / chunkSeconds;
    for (auto at = m_chunks.find(stretch.first / chunkSeconds); at != m_chunks.end() && at->first < last; ++at) {
        stretch.cells.resize(size_t(at->first * chunkSeconds - stretch.first));
        std::ranges::move(at->second.cells, std::back_inserter(stretch.cells));
    }
}

std::vector<RunTimeline::Stretch> RunTimeline::takeStretches()
{
    std::vector<Stretch> stretches;
    for (auto first = m_chunks.begin(); first != m_chunks.end();) {
        auto end = std::next(first);
        for (auto last = first; end != m_chunks.end(); last = end++) {
            if ((end->first - last->first - 1) * chunkSeconds > largestHole
                || (end->first - first->first + 1) * chunkSeconds > longestRun)
                break;
        }
        stretches.push_back(described(first, end));
        first = end;
    }
    std::ranges::stable_sort(stretches, [](const Stretch &a, const Stretch &b) {
        return a.samples != b.samples ? a.samples > b.samples : a.line < b.line;
    });
    if (!stretches.empty())
        fill(stretches.front());
    m_chunks.clear();
    m_recent = {};
    return stretches;
}

} // namespace tenken
