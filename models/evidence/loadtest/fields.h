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

    FieldEnds() { m_ends[0] = quint32(-1); } // the first field begins behind it
    /// Finds the first `wanted` fields, all for 0, where the line has them. The text is not empty, shorter than 4 GiB,
    /// and at least 64 readable bytes follow it.
    FirstLine split(std::string_view text, char delimiter, size_t wanted);
    void clear() { m_count = 0; }
    void add(size_t end) ///< of one more field, behind which the next one begins
    {
        if (m_count < most)
            m_ends[++m_count] = quint32(end);
    }
    size_t count() const { return m_count; }
    std::string_view field(const char *line, size_t i) const
    {
        const quint32 begin = m_ends[i] + 1;
        return {line + begin, m_ends[i + 1] - begin};
    }

private:
    template <typename Lanes>
    FirstLine splitBy(std::string_view text, char delimiter, size_t wanted);
    FirstLine splitWide(std::string_view text, char delimiter, size_t wanted);

    size_t m_count = 0;
    std::array<quint32, 1 + most + 4> m_ends; ///< room for what is written in vain behind the last one
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
    size_t operator[](size_t i) const { return m_places[i]; }

private:
    template <typename Lanes>
    bool findBy(std::string_view line);
    bool findWide(std::string_view line);

    size_t m_count = 0;
    std::array<quint32, most + 64> m_places;
};

} // namespace tenken
