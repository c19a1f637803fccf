// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/fields.h>

#include <algorithm>
#include <bit>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace tenken
{

namespace
{

// Bits are counted and found by one instruction each on processors of the last ten years. Sanitizers start too late
// for what chooses between the two.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define TENKEN_FOR_EACH_PROCESSOR [[gnu::target_clones("arch=x86-64-v3", "default")]]
#else
#define TENKEN_FOR_EACH_PROCESSOR
#endif

// Masks have a bit for each byte, the lowest for the first of them.
#ifdef __SSE2__ // which every 64-bit x86 has
[[gnu::always_inline]] inline quint64 amongSixteen(const char *text, char wanted)
{
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(text));
    return quint32(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted))));
}
[[gnu::always_inline]] inline quint64 beyondPrintable(const char *text)
{
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(text));
    return quint32(_mm_movemask_epi8(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)))); // signed: 0x80 and above too
}
[[gnu::always_inline]] inline bool isAmongSixtyFour(const char *text, char wanted)
{
    const auto equal = [&](int at) {
        return _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i *>(text + at)), _mm_set1_epi8(wanted));
    };
    return _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(equal(0), equal(16)), _mm_or_si128(equal(32), equal(48)))) != 0;
}
#else
[[gnu::always_inline]] inline quint64 amongSixteen(const char *text, char wanted)
{
    quint64 mask = 0;
    for (size_t i = 0; i < 16; ++i)
        mask |= quint64(text[i] == wanted) << i;
    return mask;
}
bool isAmongSixtyFour(const char *text, char wanted)
{
    return std::string_view(text, 64).contains(wanted);
}
quint64 beyondPrintable(const char *text)
{
    quint64 mask = 0;
    for (size_t i = 0; i < 16; ++i)
        mask |= quint64(static_cast<signed char>(text[i]) < 0x20) << i;
    return mask;
}
#endif

[[gnu::always_inline]] inline quint64 amongSixtyFour(const char *text, char wanted)
{
    return amongSixteen(text, wanted) | amongSixteen(text + 16, wanted) << 16 | amongSixteen(text + 32, wanted) << 32
        | amongSixteen(text + 48, wanted) << 48;
}

/// The places of a mask's bits, `from` added. Writes up to 64 of them. Answers how many there are.
///
/// Eight at a time whether there are as many or not: what a processor mispredicts costs more than
/// what it does in vain.
[[gnu::always_inline]] inline size_t places(quint64 mask, size_t from, quint32 *to)
{
    const size_t count = size_t(std::popcount(mask));
    for (size_t done = 0; done < count; done += 8) {
#pragma GCC unroll 8
        for (size_t i = 0; i < 8; ++i) {
            to[done + i] = quint32(from) + quint32(std::countr_zero(mask));
            mask &= mask - 1;
        }
    }
    return count;
}

} // namespace

size_t splitFields(std::string_view text, char delimiter, std::span<std::string_view> fields)
{
    size_t count = 0, begin = 0, at = 0;
    const auto cut = [&](size_t position) {
        fields[count++] = {text.data() + begin, position - begin};
        begin = position + 1;
        return count == fields.size();
    };
    for (; at + 16 <= text.size(); at += 16) {
        for (quint64 hits = amongSixteen(text.data() + at, delimiter); hits != 0; hits &= hits - 1) {
            if (cut(at + size_t(std::countr_zero(hits))))
                return count;
        }
    }
    for (; at < text.size(); ++at) {
        if (text[at] == delimiter && cut(at))
            return count;
    }
    cut(text.size());
    return count;
}

TENKEN_FOR_EACH_PROCESSOR
FirstLine FieldEnds::split(std::string_view text, char delimiter, size_t wanted)
{
    constexpr size_t step = 64;
    static_assert(step <= most, "a step's fields have to find room behind the last ones");
    FirstLine line;
    m_count = 0;
    wanted = wanted == 0 ? most : std::min(wanted, most);
    for (size_t at = 0;; at += step) {
        const char *const bytes = text.data() + at;
        const quint64 beyond = text.size() - at < step ? ~quint64(0) << (text.size() - at) : 0;
        const quint64 ends = (isAmongSixtyFour(bytes, '\n') ? amongSixtyFour(bytes, '\n') : 0) | beyond;
        const quint64 inside = ends == 0 ? ~quint64(0) : (ends & -ends) - 1; // before the first end
        if (isAmongSixtyFour(bytes, '"'))
            line.quoted = line.quoted || (amongSixtyFour(bytes, '"') & inside) != 0;
        if (m_count < wanted)
            m_count += places(amongSixtyFour(bytes, delimiter) & inside, at, m_ends.data() + m_count);
        if (ends == 0)
            continue;
        const size_t stop = at + size_t(std::countr_zero(ends));
        line.next = stop < text.size() ? stop + 1 : stop;
        line.end = stop > 0 && text[stop - 1] == '\r' ? stop - 1 : stop;
        break;
    }
    if (m_count < wanted)
        m_ends[m_count++] = quint32(line.end);
    m_count = std::min(m_count, most);
    return line;
}

TENKEN_FOR_EACH_PROCESSOR
bool QuotePlaces::find(std::string_view line)
{
    m_count = m_at = 0;
    for (size_t at = 0; at < line.size(); at += 64) {
        const char *const bytes = line.data() + at;
        const quint64 inside = line.size() - at < 64 ? (quint64(1) << (line.size() - at)) - 1 : ~quint64(0);
        const quint64 control = beyondPrintable(bytes) | beyondPrintable(bytes + 16) << 16
            | beyondPrintable(bytes + 32) << 32 | beyondPrintable(bytes + 48) << 48;
        if (((control | amongSixtyFour(bytes, '\\')) & inside) != 0 || m_count > most)
            return false;
        m_count += places(amongSixtyFour(bytes, '"') & inside, at, m_places.data() + m_count);
    }
    return m_count <= most;
}

} // namespace tenken
