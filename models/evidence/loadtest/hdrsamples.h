// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/hdrinterval.h>
#include <evidence/loadtest/run.h>

#include <map>
#include <unordered_map>
#include <unordered_set>

namespace tenken
{

/// Intervals of HdrHistogram's log as seconds of a run.
class HdrSamples
{
public:
    void setUnit(HdrUnit unit) { m_unit = unit; }
    /// False, and nothing is added, where the interval is not one of this run.
    bool add(const HdrInterval &interval, double length);
    LoadTestRun take(); ///< all that counts, without words

    HdrUnit unit() const { return m_unit; }
    bool hasBoth() const { return m_untagged.any && m_tagged.any; }
    qint64 tooLong() const { return m_tooLong; } ///< requests left out
    bool tooManyParts() const { return m_tooManyParts; } ///< logs in the file, which are read as one load then

private:
    struct Samples {
        std::map<qint64, LoadSecond> seconds;
        std::vector<LoadLevel> parts; ///< one for each log in the file
        int part = -1;
        double first = 0, last = 0;
        bool any = false;
    };
    void addPart(Samples &samples, int part, double start, double end);
    LoadLabel &labelOf(const std::string &tag);
    void addTag(const std::string &tag, const std::vector<HdrBucket> &buckets);
    bool fits(const std::vector<HdrBucket> &buckets, qint64 width);
    std::vector<HdrBucket> usable(const std::vector<HdrBucket> &buckets);
    qint64 microseconds(qint64 value) const { return m_unit == HdrUnit::Microseconds ? value : (value + 500) / 1000; }
    void count(LatencyHistogram &latency, const HdrBucket &bucket, qint64 count) const;

    Samples m_untagged, m_tagged;
    std::vector<LoadLabel> m_tags;
    std::unordered_map<std::string, size_t> m_placeOfTag;
    LoadLabel m_otherTags;
    std::unordered_set<size_t> m_otherNames; ///< as hashes
    bool m_tooManyParts = false;
    double m_sum = 0;
    qint64 m_cells = 0;
    qint64 m_tooLong = 0;
    HdrUnit m_unit = HdrUnit::Open;
};

} // namespace tenken
