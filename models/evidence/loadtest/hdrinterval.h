// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/hdrdecode.h>

#include <span>
#include <string>

namespace tenken
{

/// A line of HdrHistogram's interval log.
struct HdrInterval {
    std::string tag;
    double base = 0; ///< what turns its times into those of a clock
    double start = 0, second = 0, max = 0; ///< as written; the second is a length, or an end
    int part = 0; ///< several logs may stand in one file
    std::vector<HdrBucket> buckets;
};

/// What the values count. Open: nothing in the file tells it.
enum class HdrUnit { Open, Nanoseconds, Microseconds };

/// The C library writes where an interval ends instead of how long it is. Its head ("EndTimestamp") alone does not
/// tell: jHiccup's first logs have it over lengths.
bool secondIsEnd(std::span<const HdrInterval> first, bool headSaysEnd);

/// Writers scale `max` to ms: by a million, as is the default, where they count nanoseconds. Many leave the default
/// although they count something else: nanoseconds are believed where a request can be that short.
HdrUnit hdrUnitOf(std::span<const HdrInterval> first);

} // namespace tenken
