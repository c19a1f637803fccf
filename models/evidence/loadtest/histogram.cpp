// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/histogram.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace tenken
{

namespace
{

constexpr int subBits = 7; // 128 sub-buckets per power of two
constexpr quint32 subCount = 1U << subBits;

qint64 lowUs(quint32 index)
{
    if (index < subCount)
        return index;
    const quint32 shift = index / subCount - 1;
    return qint64(subCount + index % subCount) << shift;
}

qint64 widthUs(quint32 index)
{
    return index < subCount ? 1 : qint64(1) << (index / subCount - 1);
}

} // namespace

quint32 LatencyHistogram::bucketOf(qint64 microseconds)
{
    if (microseconds < qint64(subCount))
        return quint32(std::max<qint64>(0, microseconds));
    const int shift = std::bit_width(quint64(microseconds)) - 1 - subBits;
    return quint32(shift) * subCount + quint32(microseconds >> shift);
}

double LatencyHistogram::bucketLowMs(quint32 index)
{
    return double(lowUs(index)) / 1000;
}

double LatencyHistogram::bucketHighMs(quint32 index)
{
    return double(lowUs(index) + widthUs(index)) / 1000;
}

void LatencyHistogram::add(qint64 microseconds, qint64 count)
{
    if (count <= 0)
        return;
    microseconds = std::max<qint64>(0, microseconds);
    m_minUs = m_count == 0 ? microseconds : std::min(m_minUs, microseconds);
    m_maxUs = std::max(m_maxUs, microseconds);
    m_count += count;
    m_sumUs += microseconds * count;

    const quint32 index = bucketOf(microseconds);
    const auto at = std::ranges::lower_bound(m_buckets, index, {}, &std::pair<quint32, qint64>::first);
    if (at != m_buckets.end() && at->first == index)
        at->second += count;
    else
        m_buckets.insert(at, {index, count});
}

void LatencyHistogram::merge(const LatencyHistogram &other)
{
    if (other.m_count == 0)
        return;
    m_minUs = m_count == 0 ? other.m_minUs : std::min(m_minUs, other.m_minUs);
    m_maxUs = std::max(m_maxUs, other.m_maxUs);
    m_count += other.m_count;
    m_sumUs += other.m_sumUs;

    std::vector<std::pair<quint32, qint64>> merged;
    merged.reserve(m_buckets.size() + other.m_buckets.size());
    auto mine = m_buckets.cbegin();
    auto theirs = other.m_buckets.cbegin();
    while (mine != m_buckets.cend() || theirs != other.m_buckets.cend()) {
        if (theirs == other.m_buckets.cend() || (mine != m_buckets.cend() && mine->first < theirs->first)) {
            merged.push_back(*mine++);
        } else if (mine == m_buckets.cend() || theirs->first < mine->first) {
            merged.push_back(*theirs++);
        } else {
            merged.emplace_back(mine->first, mine->second + theirs->second);
            ++mine;
            ++theirs;
        }
    }
    m_buckets = std::move(merged);
}

double LatencyHistogram::meanMs() const
{
    return m_count == 0 ? 0 : double(m_sumUs) / double(m_count) / 1000;
}

double LatencyHistogram::minMs() const
{
    return double(m_minUs) / 1000;
}

double LatencyHistogram::maxMs() const
{
    return double(m_maxUs) / 1000;
}

double LatencyHistogram::percentileMs(double q) const
{
    if (m_count == 0)
        return 0;
    // 0.95 × 20 is a hair above 19 in floating point: that must not move the rank to 20.
    const double rank = std::ceil(std::clamp(q, 0.0, 1.0) * double(m_count) - 1e-9 * double(m_count));
    const qint64 wanted = std::clamp<qint64>(qint64(rank), 1, m_count);
    if (wanted == 1)
        return minMs();
    if (wanted == m_count)
        return maxMs();
    qint64 seen = 0;
    for (const auto &[index, count] : m_buckets) {
        seen += count;
        if (seen < wanted)
            continue;
        const double middle = double(lowUs(index)) + double(widthUs(index) - 1) / 2;
        return std::clamp(middle, double(m_minUs), double(m_maxUs)) / 1000;
    }
    return maxMs();
}

} // namespace tenken
