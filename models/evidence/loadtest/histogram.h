// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace tenken
{

/// Latencies in log-spaced buckets: 128 per power of two of microseconds, so that a bucket's middle is within
/// 0.4 % of every value in it. Sparse, merges exactly; count, sum, minimum and maximum are exact.
class LatencyHistogram
{
public:
    using Bucket = std::pair<quint32, qint64>; ///< index, count

    void add(qint64 microseconds, qint64 count = 1);
    void merge(const LatencyHistogram &other);

    /// The two halves of add(), for who gathers many: all but the buckets now, the buckets later, sorted and
    /// without repetitions.
    void tally(qint64 microseconds, qint64 count = 1)
    {
        if (count <= 0)
            return;
        microseconds = std::max<qint64>(0, microseconds);
        m_minUs = m_count == 0 ? microseconds : std::min(m_minUs, microseconds);
        m_maxUs = std::max(m_maxUs, microseconds);
        m_count = added(m_count, count);
        qint64 sum = 0;
        m_sumUs = added(m_sumUs, __builtin_mul_overflow(microseconds, count, &sum) ? most : sum);
    }
    void addBuckets(std::span<const Bucket> sorted);

    qint64 count() const { return m_count; }
    double meanMs() const;
    double minMs() const;
    double maxMs() const;
    /// Nearest-rank percentile, q in 0…1; 0 when empty. The answer is a bucket's middle, clamped to min and
    /// max.
    double percentileMs(double q) const;
    std::vector<Bucket> buckets() const; ///< sorted
    size_t heapBytes() const { return m_words.capacity() * sizeof(quint16); }
    static double bucketLowMs(quint32 index);
    static double bucketHighMs(quint32 index);
    static quint32 bucketOf(qint64 microseconds)
    {
        if (microseconds < qint64(subCount))
            return quint32(std::max<qint64>(0, microseconds));
        const int shift = std::bit_width(quint64(microseconds)) - 1 - subBits;
        return quint32(shift) * subCount + quint32(microseconds >> shift);
    }
    static constexpr quint32 bucketLimit = 8192; ///< every index is below it

private:
    friend class LatencySum;
    static constexpr int subBits = 7; ///< 128 sub-buckets per power of two
    static constexpr quint32 subCount = 1U << subBits;
    static constexpr qint64 most = std::numeric_limits<qint64>::max();

    /// Files may claim any count: a sum stays at the largest number instead of turning negative.
    static qint64 added(qint64 a, qint64 b)
    {
        qint64 sum = 0;
        return __builtin_add_overflow(a, b, &sum) ? most : sum;
    }
    static qint64 lowUs(quint32 index);
    static qint64 widthUs(quint32 index);
    size_t size() const { return m_words.size() / (1 + m_countWords); }
    Bucket at(size_t i) const
    {
        const quint16 *words = m_words.data() + i * (1 + m_countWords);
        if (m_countWords == 1) // as in most
            return {words[0], words[1]};
        quint64 count = 0;
        for (size_t w = m_countWords; w > 0; --w)
            count = count << 16 | words[w];
        return {words[0], qint64(count)};
    }
    void put(size_t i, Bucket bucket);
    void assign(std::span<const Bucket> sorted);
    void mergeTally(const LatencyHistogram &other);

    /// Of each bucket its index and its count, the latter in as many words as the largest needs: 1, 2 or 4.
    /// There are hundreds of thousands of buckets in a run, most of them with a handful of requests.
    std::vector<quint16> m_words;
    quint8 m_countWords = 1;
    qint64 m_count = 0;
    qint64 m_sumUs = 0;
    qint64 m_minUs = 0;
    qint64 m_maxUs = 0;
};

/// Adds up many histograms, faster than one by one.
class LatencySum
{
public:
    LatencySum() : m_counts(LatencyHistogram::bucketLimit) {}
    void add(const LatencyHistogram &histogram);
    void addBuckets(std::span<const LatencyHistogram::Bucket> buckets);
    void moveInto(LatencyHistogram &to); ///< adds to what is there; begins anew

private:
    std::vector<qint64> m_counts;
    std::vector<LatencyHistogram::Bucket> m_found;
    LatencyHistogram m_tally;
    quint32 m_first = LatencyHistogram::bucketLimit, m_last = 0;
};

} // namespace tenken
