// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

#include <algorithm>
#include <array>
#include <map>

namespace tenken
{

/// The seconds of a run while it is gathered, in whatever order its records come and however many gather. Which
/// times are the run and which are garbage is decided at the end, so that no order and no split of the file
/// changes the answer. A garbage time stamp costs a chunk; there is a limit to their number.
class RunTimeline
{
public:
    struct Cell {
        LoadSecond second;
        qint64 gaugeMilli = 0; ///< sum of what a gauge said, in thousandths: exact in any order
        qint64 gaugeCount = 0;
        qint64 starts = 0, ends = 0;
        qint64 arrivals = 0, iterationStarts = 0, iterationEnds = 0;
        qint64 failedApart = 0;
        qint64 busyUs = 0;
        qint64 batches = 0; ///< rows that stand for several requests each
        bool isEmpty() const;
        void merge(const Cell &other);
    };
    /// Seconds without large holes between them.
    struct Stretch {
        qint64 first = 0, end = 0; ///< seconds [first, end)
        qint64 samples = 0;
        qint64 rows = 0; ///< that held them
        qint64 firstUs = 0, lastUs = 0;
        qint64 line = 0; ///< of the first sample; 0: nobody told
        std::vector<Cell> cells; ///< one for each second
    };

    Cell *at(qint64 second) ///< null where too many times are all over the place
    {
        Chunk *chunk = chunkAt(second >> chunkBits);
        return chunk ? &chunk->cells[size_t(second & (chunkSeconds - 1))] : nullptr;
    }
    void sample(qint64 second, qint64 startUs, qint64 endUs, qint64 line) ///< of a request that began in it; its cell exists
    {
        noteSamples(*chunkAt(second >> chunkBits), 1, startUs, endUs, line);
    }
    /// Of one row for several: somewhere in its second they began and ended.
    void batch(qint64 second, qint64 samples, qint64 line);
    void merge(const RunTimeline &later, qint64 linesBefore); ///< of records that come behind in the file
    /// The one with most samples first; of equals, the first in the file. Only that one has its cells: there may
    /// be thousands of others.
    std::vector<Stretch> takeStretches();

private:
    static constexpr int chunkBits = 6;
    static constexpr qint64 chunkSeconds = 1 << chunkBits;
    struct Chunk {
        qint64 samples = 0;
        qint64 beyondRows = 0; ///< samples less the rows that held them
        qint64 firstUs = 0, lastUs = 0, line = 0;
        std::array<Cell, chunkSeconds> cells;
    };
    /// What was used last; a copied timeline starts with none.
    struct Recent {
        qint64 number = -1;
        Chunk *chunk = nullptr;
        Recent() = default;
        Recent(const Recent &) {}
        Recent &operator=(const Recent &)
        {
            chunk = nullptr;
            return *this;
        }
    };
    Chunk *chunkAt(qint64 number)
    {
        const Recent &recent = m_recent[size_t(number & 1)];
        return recent.chunk && recent.number == number ? recent.chunk : findChunk(number);
    }
    Chunk *findChunk(qint64 number);
    static qint64 sooner(qint64 line, qint64 other) ///< 0: nobody told
    {
        return line == 0 ? other : other == 0 ? line : std::min(line, other);
    }
    static void noteSamples(Chunk &chunk, qint64 samples, qint64 firstUs, qint64 lastUs, qint64 line)
    {
        chunk.firstUs = chunk.samples == 0 ? firstUs : std::min(chunk.firstUs, firstUs);
        chunk.lastUs = chunk.samples == 0 ? lastUs : std::max(chunk.lastUs, lastUs);
        chunk.line = sooner(chunk.line, line);
        chunk.samples += samples;
    }
    using ChunkIterator = std::map<qint64, Chunk>::const_iterator;
    static Stretch described(ChunkIterator first, ChunkIterator end);
    void fill(Stretch &stretch);

    std::map<qint64, Chunk> m_chunks; ///< by their number: seconds ÷ chunkSeconds
    std::array<Recent, 2> m_recent;
};

constexpr qint64 usPerSecond = 1'000'000;
constexpr qint64 secondOf(qint64 us)
{
    return us >= 0 ? us / usPerSecond : (us - usPerSecond + 1) / usPerSecond;
}

} // namespace tenken
