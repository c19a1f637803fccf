// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <optional>
#include <string_view>
#include <vector>

namespace tenken
{

struct HdrBucket {
    qint64 highest = 0; ///< of the values that count as the same, in the log's own unit
    qint64 count = 0;
};

/// A histogram of HdrHistogram as its logs hold it: base64 of a deflated V0, V1 or V2 encoding. Buckets in
/// ascending order, without empty ones; nothing where it is damaged.
std::optional<std::vector<HdrBucket>> decodeHdr(std::string_view base64);

} // namespace tenken
