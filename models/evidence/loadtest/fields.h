// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <array>
#include <span>
#include <string_view>

namespace tenken
{

/// Splits at every delimiter until `fields` is full: what is behind its last field is dropped. Answers how many
/// fields there are.
size_t splitFields(std::string_view text, char delimiter, std::span<std::string_view> fields);

/// The first line of a text, found and taken apart in one pass.
struct FirstLine {
    size_t end = 0; ///< of its content: neither "\n" nor a "\r" before it belongs to it
    size_t next = 0; ///< where the next line begins
    bool quoted = false; ///< a double quote is in it: the fields may not be what they seem
};

/// The places where the fields of a line end.
class FieldEnds
{
public:
    static constexpr size_t most = 64; ///< fields; what a line has beyond them is dropped

    /// Finds at least the first `wanted` fields, where the line has them. The text is not empty, shorter than 4 GiB,
    /// and at least 64 readable bytes follow it.
    FirstLine split(std::string_view text, char delimiter, size_t wanted);
    size_t count() const { return m_count; }
    std::string_view field(const char *line, size_t i) const
    {
        const quint32 begin = i == 0 ? 0 : m_ends[i - 1] + 1;
        return {line + begin, m_ends[i] - begin};
    }

private:
    size_t m_count = 0;
    std::array<quint32, 2 * most> m_ends; ///< room for what a mask's bits may add beyond the last one
};

/// Where the double quotes of a line stand, found in one pass.
class QuotePlaces
{
public:
    static constexpr size_t most = 192;

    /// False where the line has control characters, escapes or bytes beyond ASCII, or more quotes than that. At
    /// least 64 readable bytes have to follow it.
    bool find(std::string_view line);
    size_t count() const { return m_count; }
    /// The first one at `from` or behind it, npos where there is none; `from` never goes back.
    size_t next(size_t from)
    {
        while (m_at < m_count && m_places[m_at] < from)
            ++m_at;
        return m_at < m_count ? m_places[m_at] : std::string_view::npos;
    }

private:
    size_t m_count = 0, m_at = 0;
    std::array<quint32, most + 64> m_places;
};

} // namespace tenken
