// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/input.h>

namespace tenken
{

/// A LineReader's bytes for binary formats. Every read either gives what was asked for, or fails at the end.
class ByteStream
{
public:
    explicit ByteStream(LineReader &input) : m_input(input) {}

    /// The next `count` bytes; the view is good until the next call. False beyond the end or `mostAtOnce`.
    bool take(size_t count, std::string_view &bytes);
    bool skip(quint64 count);
    bool byte(quint8 &value);
    bool bigEndian32(qint32 &value);
    bool bigEndian64(qint64 &value);
    bool atEnd() { return !reach(1); }
    qint64 position() const { return m_passed + qint64(m_at); } ///< bytes given so far

    static constexpr size_t mostAtOnce = 16 * 1024 * 1024;

private:
    bool reach(size_t count) { return m_buffer.size() - m_at >= count || fill(count); }
    bool fill(size_t count);

    LineReader &m_input;
    std::string m_buffer;
    size_t m_at = 0;
    qint64 m_passed = 0; ///< bytes before the buffer
};

} // namespace tenken
