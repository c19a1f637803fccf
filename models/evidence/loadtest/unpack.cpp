// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/unpack.h>

#include <zlib.h>
#include <zstd.h>

namespace tenken
{

namespace
{

constexpr qint64 packedChunk = 64 * 1024; // unpacked it may be fifty times as much, and between two one may cancel

class GzipReader : public ByteFilter
{
public:
    explicit GzipReader(Source source) : m_source(std::move(source)), m_packed(new char[packedChunk])
    {
        m_ended = m_cutOff = inflateInit2(&m_stream, 15 + 16) != Z_OK;
    }
    ~GzipReader() override { inflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(GzipReader)
    qint64 read(char *to, qint64 capacity) override;
    bool cutOff() const override { return m_cutOff; }

private:
    bool nextMember();

    Source m_source;
    std::unique_ptr<char[]> m_packed;
    z_stream m_stream{};
    bool m_between = false; ///< a member has ended, another may follow
    bool m_ended = false;
    bool m_cutOff = false;
};

// `cat a.gz b.gz` is a gzip file of two members; what follows the last one may also be zero padding.
bool GzipReader::nextMember()
{
    while (m_stream.avail_in > 0 && *m_stream.next_in == 0) {
        ++m_stream.next_in;
        --m_stream.avail_in;
    }
    if (m_stream.avail_in == 0)
        return true; // wants more input
    m_between = false;
    return inflateReset(&m_stream) == Z_OK;
}

qint64 GzipReader::read(char *to, qint64 capacity)
{
    m_stream.next_out = reinterpret_cast<Bytef *>(to);
    m_stream.avail_out = uInt(capacity);
    while (!m_ended && m_stream.avail_out > 0) {
        if (m_stream.avail_in == 0) {
            m_stream.next_in = reinterpret_cast<Bytef *>(m_packed.get());
            m_stream.avail_in = uInt(m_source(m_packed.get(), packedChunk));
            if (m_stream.avail_in == 0) {
                m_ended = true;
                m_cutOff = !m_between;
                break;
            }
        }
        if (m_between && (!nextMember() || m_between))
            continue;
        const int state = inflate(&m_stream, Z_NO_FLUSH);
        m_between = state == Z_STREAM_END;
        if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
            m_ended = m_cutOff = true;
    }
    return capacity - m_stream.avail_out;
}

class ZstdReader : public ByteFilter
{
public:
    explicit ZstdReader(Source source)
        : m_source(std::move(source)), m_packed(new char[packedChunk]), m_stream(ZSTD_createDStream(), ZSTD_freeDStream)
    {
        m_ended = m_cutOff = !m_stream;
    }
    qint64 read(char *to, qint64 capacity) override;
    bool cutOff() const override { return m_cutOff; }

private:
    Source m_source;
    std::unique_ptr<char[]> m_packed;
    std::unique_ptr<ZSTD_DStream, size_t (*)(ZSTD_DStream *)> m_stream;
    ZSTD_inBuffer m_in{};
    size_t m_wanted = 1; ///< 0 where a frame has ended; another may follow
    bool m_ended = false;
    bool m_cutOff = false;
};

qint64 ZstdReader::read(char *to, qint64 capacity)
{
    ZSTD_outBuffer out{to, size_t(capacity), 0};
    while (!m_ended && out.pos < out.size) {
        if (m_in.pos == m_in.size) {
            // What the frame still holds comes out before more is read.
            const size_t before = out.pos;
            if (m_wanted != 0 && m_in.size > 0)
                m_wanted = ZSTD_decompressStream(m_stream.get(), &out, &m_in);
            if (ZSTD_isError(m_wanted)) {
                m_ended = m_cutOff = true;
                break;
            }
            if (out.pos > before)
                continue;
            m_in = {m_packed.get(), size_t(std::max<qint64>(0, m_source(m_packed.get(), packedChunk))), 0};
            if (m_in.size == 0) {
                m_ended = true;
                m_cutOff = m_wanted != 0;
                break;
            }
        }
        m_wanted = ZSTD_decompressStream(m_stream.get(), &out, &m_in);
        if (ZSTD_isError(m_wanted))
            m_ended = m_cutOff = true;
    }
    return qint64(out.pos);
}

class Utf16Reader : public ByteFilter
{
public:
    Utf16Reader(Source source, bool bigEndian)
        : m_source(std::move(source)), m_raw(new char[packedChunk]), m_bigEndian(bigEndian)
    {
    }
    qint64 read(char *to, qint64 capacity) override;

private:
    void convert(qint64 size);
    void unit(char16_t unit);
    void append(char32_t character);

    Source m_source;
    std::unique_ptr<char[]> m_raw;
    std::string m_text; ///< converted, not yet given
    size_t m_given = 0;
    qint64 m_kept = 0; ///< bytes of a unit that is not whole yet
    char32_t m_high = 0; ///< first half of a pair
    bool m_bigEndian;
    bool m_first = true;
    bool m_ended = false;
};

void Utf16Reader::append(char32_t c)
{
    const auto more = [&](int shift) { m_text += char(0x80 | (c >> shift & 0x3F)); };
    if (c < 0x80) {
        m_text += char(c);
        return;
    }
    m_text += char(c < 0x800 ? 0xC0 | c >> 6 : c < 0x10000 ? 0xE0 | c >> 12 : 0xF0 | c >> 18);
    if (c >= 0x10000)
        more(12);
    if (c >= 0x800)
        more(6);
    more(0);
}

void Utf16Reader::unit(char16_t unit)
{
    const bool high = unit >= 0xD800 && unit < 0xDC00, low = unit >= 0xDC00 && unit < 0xE000;
    if (m_high != 0 && low) {
        append(0x10000 + ((m_high - 0xD800) << 10) + (char32_t(unit) - 0xDC00));
        m_high = 0;
        return;
    }
    if (m_high != 0)
        append(0xFFFD);
    m_high = high ? unit : 0;
    if (!high && !(unit == 0xFEFF && m_first))
        append(low ? 0xFFFD : char32_t(unit));
    m_first = false;
}

void Utf16Reader::convert(qint64 size)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(m_raw.get());
    for (qint64 i = 0; i + 1 < size; i += 2)
        unit(char16_t(m_bigEndian ? bytes[i] << 8 | bytes[i + 1] : bytes[i + 1] << 8 | bytes[i]));
    m_kept = size % 2;
    if (m_kept == 1)
        m_raw[0] = m_raw[size_t(size - 1)];
}

qint64 Utf16Reader::read(char *to, qint64 capacity)
{
    while (!m_ended && m_given == m_text.size()) {
        m_text.clear();
        m_given = 0;
        const qint64 got = m_source(m_raw.get() + m_kept, packedChunk - m_kept);
        m_ended = got <= 0;
        if (!m_ended)
            convert(m_kept + got);
        else if (m_high != 0 || m_kept > 0)
            append(0xFFFD);
    }
    const size_t length = m_text.copy(to, size_t(capacity), m_given);
    m_given += length;
    return qint64(length);
}

} // namespace

std::unique_ptr<ByteFilter> unpackerFor(std::string_view firstBytes, ByteFilter::Source source)
{
    if (firstBytes.starts_with("\x1f\x8b"))
        return std::make_unique<GzipReader>(std::move(source));
    if (firstBytes.starts_with("\x28\xB5\x2F\xFD"))
        return std::make_unique<ZstdReader>(std::move(source));
    return nullptr;
}

std::unique_ptr<ByteFilter> utf16ReaderFor(std::string_view firstBytes, ByteFilter::Source source)
{
    const bool big = firstBytes.starts_with("\xFE\xFF");
    if (!big && !firstBytes.starts_with("\xFF\xFE"))
        return nullptr;
    return std::make_unique<Utf16Reader>(std::move(source), big);
}

} // namespace tenken
