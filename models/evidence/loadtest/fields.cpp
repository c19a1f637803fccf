// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/fields.h>

#include <algorithm>
#include <bit>
#ifdef __SSE2__
#include <immintrin.h>
#endif

namespace tenken
{

namespace
{

// Masks have a bit for each byte, the lowest for the first of them.
#ifdef __SSE2__ // which every 64-bit x86 has
struct Narrow {
    static inline quint64 sixteen(const char *text, char wanted)
    {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(text));
        return quint32(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted))));
    }
    static inline quint64 sixteenBelowSpace(const char *text)
    {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(text));
        return quint32(_mm_movemask_epi8(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20))));
    }
    static inline bool isAmong(const char *text, char wanted)
    {
        const auto equal = [&](int at) {
            return _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i *>(text + at)), _mm_set1_epi8(wanted));
        };
        return _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(equal(0), equal(16)), _mm_or_si128(equal(32), equal(48)))) != 0;
    }
#else
struct Narrow {
    static inline quint64 sixteen(const char *text, char wanted)
    {
        quint64 mask = 0;
        for (size_t i = 0; i < 16; ++i)
            mask |= quint64(text[i] == wanted) << i;
        return mask;
    }
    static inline quint64 sixteenBelowSpace(const char *text)
    {
        quint64 mask = 0;
        for (size_t i = 0; i < 16; ++i)
            mask |= quint64(static_cast<signed char>(text[i]) < 0x20) << i;
        return mask;
    }
    static inline bool isAmong(const char *text, char wanted) { return std::string_view(text, 64).contains(wanted); }
#endif
    static inline quint64 among(const char *text, char wanted)
    {
        return sixteen(text, wanted) | sixteen(text + 16, wanted) << 16 | sixteen(text + 32, wanted) << 32
            | sixteen(text + 48, wanted) << 48;
    }
    /// Signed: 0x80 and above too.
    static inline quint64 belowSpace(const char *text)
    {
        return sixteenBelowSpace(text) | sixteenBelowSpace(text + 16) << 16 | sixteenBelowSpace(text + 32) << 32
            | sixteenBelowSpace(text + 48) << 48;
    }
};

// Processors of the last ten years compare twice as much at a time, and count and find bits with one instruction each.
#if defined(__x86_64__) && defined(__GNUC__)
#define TENKEN_WIDE [[gnu::target("avx2,bmi,bmi2,lzcnt,popcnt,tune=znver3")]]
struct Wide {
    TENKEN_WIDE static inline __m256i equal(const char *text, char wanted)
    {
        return _mm256_cmpeq_epi8(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(text)), _mm256_set1_epi8(wanted));
    }
    TENKEN_WIDE static inline quint64 both(__m256i low, __m256i high)
    {
        return quint32(_mm256_movemask_epi8(low)) | quint64(quint32(_mm256_movemask_epi8(high))) << 32;
    }
    TENKEN_WIDE static inline quint64 among(const char *text, char wanted)
    {
        return both(equal(text, wanted), equal(text + 32, wanted));
    }
    TENKEN_WIDE static inline bool isAmong(const char *text, char wanted)
    {
        const __m256i hits = _mm256_or_si256(equal(text, wanted), equal(text + 32, wanted));
        return _mm256_testz_si256(hits, hits) == 0;
    }
    TENKEN_WIDE static inline quint64 belowSpace(const char *text)
    {
        const __m256i space = _mm256_set1_epi8(0x20);
        const auto *bytes = reinterpret_cast<const __m256i *>(text);
        return both(_mm256_cmpgt_epi8(space, _mm256_loadu_si256(bytes)),
                    _mm256_cmpgt_epi8(space, _mm256_loadu_si256(bytes + 1)));
    }
};
const bool hasWide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")
    && __builtin_cpu_supports("lzcnt") && __builtin_cpu_supports("popcnt");
#endif

/// The places of a mask's first bits, `from` added: of `most` of them, and some that mean nothing behind the last one.
/// Answers how many there are.
///
/// Four at a time whether there are as many or not: what a processor mispredicts costs more than what it does in vain.
[[gnu::always_inline]] inline size_t places(quint64 mask, size_t from, size_t most, quint32 *to)
{
    const size_t count = std::min(size_t(std::popcount(mask)), most);
    for (size_t done = 0; done < count; done += 4) {
#pragma GCC unroll 4
        for (size_t i = 0; i < 4; ++i) {
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
        for (quint64 hits = Narrow::sixteen(text.data() + at, delimiter); hits != 0; hits &= hits - 1) {
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

template <typename Lanes>
[[gnu::always_inline]] inline FirstLine FieldEnds::splitBy(std::string_view text, char delimiter, size_t wanted)
{
    constexpr size_t step = 64;
    FirstLine line;
    m_count = 0;
    wanted = wanted == 0 ? most : std::min(wanted, most);
    for (size_t at = 0;; at += step) {
        const char *const bytes = text.data() + at;
        const quint64 beyond = text.size() - at < step ? ~quint64(0) << (text.size() - at) : 0;
        const quint64 ends = (Lanes::isAmong(bytes, '\n') ? Lanes::among(bytes, '\n') : 0) | beyond;
        const quint64 inside = ends == 0 ? ~quint64(0) : (ends & -ends) - 1; // before the first end
        if (Lanes::isAmong(bytes, '"'))
            line.quoted = line.quoted || (Lanes::among(bytes, '"') & inside) != 0;
        if (m_count < wanted) { // most of them are in the first step, where there is nothing to add
            quint32 *const to = m_ends.data() + 1 + m_count;
            m_count += at == 0 ? places(Lanes::among(bytes, delimiter) & inside, 0, wanted, to)
                               : places(Lanes::among(bytes, delimiter) & inside, at, wanted - m_count, to);
        }
        if (ends == 0)
            continue;
        const size_t stop = at + size_t(std::countr_zero(ends));
        line.next = stop < text.size() ? stop + 1 : stop;
        line.end = stop > 0 && text[stop - 1] == '\r' ? stop - 1 : stop;
        break;
    }
    if (m_count < wanted)
        add(line.end);
    return line;
}

template <typename Lanes>
[[gnu::always_inline]] inline bool QuotePlaces::findBy(std::string_view line)
{
    m_count = 0;
    for (size_t at = 0; at < line.size(); at += 64) {
        const char *const bytes = line.data() + at;
        const quint64 inside = line.size() - at < 64 ? (quint64(1) << (line.size() - at)) - 1 : ~quint64(0);
        if (((Lanes::belowSpace(bytes) | Lanes::among(bytes, '\\')) & inside) != 0 || m_count > most)
            return false;
        m_count += places(Lanes::among(bytes, '"') & inside, at, 64, m_places.data() + m_count);
    }
    return m_count <= most;
}

#ifdef TENKEN_WIDE
TENKEN_WIDE FirstLine FieldEnds::splitWide(std::string_view text, char delimiter, size_t wanted)
{
    return splitBy<Wide>(text, delimiter, wanted);
}
TENKEN_WIDE bool QuotePlaces::findWide(std::string_view line)
{
    return findBy<Wide>(line);
}

FirstLine FieldEnds::split(std::string_view text, char delimiter, size_t wanted)
{
    return hasWide ? splitWide(text, delimiter, wanted) : splitBy<Narrow>(text, delimiter, wanted);
}
bool QuotePlaces::find(std::string_view line)
{
    return hasWide ? findWide(line) : findBy<Narrow>(line);
}
#else
FirstLine FieldEnds::split(std::string_view text, char delimiter, size_t wanted)
{
    return splitBy<Narrow>(text, delimiter, wanted);
}
bool QuotePlaces::find(std::string_view line)
{
    return findBy<Narrow>(line);
}
#endif

} // namespace tenken
