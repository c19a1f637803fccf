// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/histogram.h>

#include <array>

namespace tenken
{

/// Counts latencies of one histogram while they come: a nanosecond each, and two for each bucket to empty it.
class LatencyTray
{
public:
    static constexpr qint64 most = 0xFFFF; ///< that one bucket can count

    void add(quint32 bucket)
    {
        ++m_counts[bucket];
        m_used[bucket / 64] |= quint64(1) << bucket % 64;
    }
    /// Appends the buckets that have any, sorted, and forgets them. Answers how many latencies they hold.
    qint64 moveTo(std::vector<LatencyHistogram::Bucket> &buckets)
    {
        qint64 latencies = 0;
        for (quint32 i = 0; i < m_used.size(); ++i) {
            for (quint64 used = std::exchange(m_used[i], 0); used != 0; used &= used - 1) {
                const quint32 bucket = 64 * i + quint32(std::countr_zero(used));
                const qint64 count = std::exchange(m_counts[bucket], 0);
                buckets.emplace_back(bucket, count);
                latencies += count;
            }
        }
        return latencies;
    }

private:
    std::array<quint64, LatencyHistogram::bucketLimit / 64> m_used{};
    std::array<quint16, LatencyHistogram::bucketLimit> m_counts{};
};

} // namespace tenken
