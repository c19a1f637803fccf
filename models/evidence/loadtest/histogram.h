// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <cstdint>
#include <utility>
#include <vector>

namespace tenken
{

/// Latencies in log-spaced buckets: 128 per power of two of microseconds, so that a bucket's middle is within
/// 0.4 % of every value in it. Sparse, merges exactly; count, sum, minimum and maximum are exact.
class LatencyHistogram
{
public:
    void add(qint64 microseconds, qint64 count = 1);
    void merge(const LatencyHistogram &other);

    qint64 count() const { return m_count; }
    double meanMs() const;
    double minMs() const;
    double maxMs() const;
    /// Nearest-rank percentile, q in 0…1; 0 when empty. The answer is a bucket's middle, clamped to min and
    /// max.
    double percentileMs(double q) const;
    const std::vector<std::pair<quint32, qint64>> &buckets() const
    {
        return m_buckets;
    } ///< sorted index, count
    static double bucketLowMs(quint32 index);
    static double bucketHighMs(quint32 index);
    static quint32 bucketOf(qint64 microseconds);

private:
    std::vector<std::pair<quint32, qint64>> m_buckets;
    qint64 m_count = 0;
    qint64 m_sumUs = 0;
    qint64 m_minUs = 0;
    qint64 m_maxUs = 0;
};

} // namespace tenken
