// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/histogram.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tenken
{

qint64 LatencyHistogram::lowUs(quint32 index)
{
    if (index < subCount)
        return index;
    const quint32 shift = index / subCount - 1;
    return qint64(subCount + index % subCount) << shift;
}

qint64 LatencyHistogram::widthUs(quint32 index)
{
    return index < subCount ? 1 : qint64(1) << (index / subCount - 1);
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
    tally(microseconds, count);
    const Bucket bucket{bucketOf(microseconds), count};
    addBuckets({&bucket, 1});
}

void LatencyHistogram::put(size_t i, Bucket bucket)
{
    quint16 *words = m_words.data() + i * (1 + m_countWords);
    words[0] = quint16(bucket.first);
    for (size_t w = 1; w <= m_countWords; ++w, bucket.second >>= 16)
        words[w] = quint16(bucket.second);
}

void LatencyHistogram::assign(std::span<const Bucket> sorted)
{
    qint64 largest = 0;
    for (const Bucket &bucket : sorted)
        largest = std::max(largest, bucket.second);
    m_countWords = largest <= 0xFFFF ? 1 : largest <= 0xFFFF'FFFF ? 2 : 4;
    std::vector<quint16>(sorted.size() * (1 + m_countWords)).swap(m_words); // exactly as long as needed
    for (size_t i = 0; i < sorted.size(); ++i)
        put(i, sorted[i]);
}

void LatencyHistogram::addBuckets(std::span<const Bucket> sorted)
{
    if (m_words.empty())
        return assign(sorted);
    static thread_local std::vector<Bucket> merged;
    merged.clear();
    size_t mine = 0;
    auto theirs = sorted.begin();
    while (mine < size() || theirs != sorted.end()) {
        if (theirs == sorted.end()) {
            merged.push_back(at(mine++));
            continue;
        }
        const Bucket own = mine < size() ? at(mine) : Bucket{bucketLimit, 0};
        if (own.first < theirs->first) {
            merged.push_back(own);
            ++mine;
            continue;
        }
        merged.push_back(*theirs++);
        if (own.first == merged.back().first) {
            merged.back().second = added(merged.back().second, own.second);
            ++mine;
        }
    }
    assign(merged);
}

void LatencyHistogram::mergeTally(const LatencyHistogram &other)
{
    if (other.m_count == 0)
        return;
    m_minUs = m_count == 0 ? other.m_minUs : std::min(m_minUs, other.m_minUs);
    m_maxUs = std::max(m_maxUs, other.m_maxUs);
    m_count = added(m_count, other.m_count);
    m_sumUs = added(m_sumUs, other.m_sumUs);
}

void LatencyHistogram::merge(const LatencyHistogram &other)
{
    mergeTally(other);
    if (other.m_words.empty())
        return;
    if (m_words.empty()) {
        m_words = other.m_words;
        m_countWords = other.m_countWords;
    } else {
        addBuckets(other.buckets());
    }
}

std::vector<LatencyHistogram::Bucket> LatencyHistogram::buckets() const
{
    std::vector<Bucket> all(size());
    for (size_t i = 0; i < all.size(); ++i)
        all[i] = at(i);
    return all;
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
    for (size_t i = 0; i < size(); ++i) {
        const auto [index, count] = at(i);
        seen = added(seen, count);
        if (seen < wanted)
            continue;
        const double middle = double(lowUs(index)) + double(widthUs(index) - 1) / 2;
        return std::clamp(middle, double(m_minUs), double(m_maxUs)) / 1000;
    }
    return maxMs();
}

void LatencySum::addBuckets(std::span<const LatencyHistogram::Bucket> buckets)
{
    if (buckets.empty())
        return;
    m_first = std::min(m_first, buckets.front().first);
    m_last = std::max(m_last, buckets.back().first);
    for (const auto &[index, count] : buckets)
        m_counts[index] = LatencyHistogram::added(m_counts[index], count);
}

void LatencySum::add(const LatencyHistogram &histogram)
{
    m_tally.mergeTally(histogram);
    const size_t size = histogram.size();
    if (size == 0)
        return;
    m_first = std::min(m_first, histogram.at(0).first);
    m_last = std::max(m_last, histogram.at(size - 1).first);
    for (size_t i = 0; i < size; ++i) {
        const auto [index, count] = histogram.at(i);
        m_counts[index] = LatencyHistogram::added(m_counts[index], count);
    }
}

void LatencySum::moveInto(LatencyHistogram &to)
{
    m_found.clear();
    for (quint32 i = m_first; i <= m_last; ++i) {
        if (m_counts[i] > 0)
            m_found.emplace_back(i, std::exchange(m_counts[i], 0));
    }
    to.addBuckets(m_found);
    to.mergeTally(std::exchange(m_tally, {}));
    m_first = LatencyHistogram::bucketLimit;
    m_last = 0;
}

} // namespace tenken
