// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace tenken
{

/// A stream of bytes made of another one, in bounded memory.
class ByteFilter
{
public:
    using Source = std::function<qint64(char *to, qint64 capacity)>; ///< 0 at the end
    virtual ~ByteFilter() = default;
    virtual qint64 read(char *to, qint64 capacity) = 0; ///< 0 at the end, and where the data are damaged
    virtual bool cutOff() const { return false; } ///< they end early or are damaged
};

/// For gzip and zstd by their first bytes; null for what is neither.
std::unique_ptr<ByteFilter> unpackerFor(std::string_view firstBytes, ByteFilter::Source source);

/// UTF-16 to UTF-8 by its byte order mark; null without one. Half a pair becomes U+FFFD.
std::unique_ptr<ByteFilter> utf16ReaderFor(std::string_view firstBytes, ByteFilter::Source source);

} // namespace tenken
