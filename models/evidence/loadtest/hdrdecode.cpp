// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/hdrdecode.h>

#include <QByteArray>
#include <QtEndian>

#include <zlib.h>

#include <bit>

namespace tenken
{

namespace
{

constexpr size_t largestHistogram = 16 * 1024 * 1024; // unpacked
constexpr qint64 largestCount = 1'000'000'000'000; // of one bucket: a million of them can be added
constexpr quint32 cookieMask = ~0xf0U; // the word size stands between
constexpr quint32 packedCookies[] = {0x1c849309, 0x1c849302, 0x1c849304}; // V0, V1, V2
constexpr quint32 cookieV0 = 0x1c849308, cookieV1 = 0x1c849301, cookieV2 = 0x1c849303;

/// How counts are numbered: see HdrHistogram's AbstractHistogram.
struct Layout {
    int unitMagnitude = 0;
    int halfCountMagnitude = 0;

    static std::optional<Layout> from(int digits, qint64 lowest)
    {
        if (digits < 0 || digits > 5 || lowest < 1)
            return {};
        quint64 resolution = 2;
        for (int i = 0; i < digits; ++i)
            resolution *= 10;
        Layout layout;
        layout.unitMagnitude = int(std::bit_width(quint64(lowest))) - 1;
        layout.halfCountMagnitude = std::max(1, int(std::bit_width(resolution - 1))) - 1;
        return layout;
    }
    /// The highest value that the counter stands for; nothing beyond 63 bits.
    std::optional<qint64> highest(quint64 index) const
    {
        const quint64 half = quint64(1) << halfCountMagnitude;
        const quint64 above = index >> halfCountMagnitude;
        const quint64 bucket = above > 0 ? above - 1 : 0;
        const quint64 sub = above > 0 ? (index & (half - 1)) + half : index;
        const quint64 shift = bucket + quint64(unitMagnitude);
        if (shift + quint64(std::bit_width(sub)) > 62)
            return {};
        return qint64((sub + 1) << shift) - 1;
    }
};

std::optional<QByteArray> inflated(const QByteArray &packed)
{
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK)
        return {};
    QByteArray out;
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.data()));
    stream.avail_in = uInt(packed.size());
    int state = Z_OK;
    while (state == Z_OK && size_t(out.size()) < largestHistogram) {
        constexpr qsizetype piece = 64 * 1024;
        const qsizetype before = out.size();
        out.resize(before + piece);
        stream.next_out = reinterpret_cast<Bytef *>(out.data() + before);
        stream.avail_out = uInt(piece);
        state = inflate(&stream, Z_NO_FLUSH);
        out.resize(before + piece - qsizetype(stream.avail_out));
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END ? std::optional(out) : std::nullopt;
}

class Decoder
{
public:
    explicit Decoder(const QByteArray &bytes) : m_bytes(bytes) {}
    std::optional<std::vector<HdrBucket>> decode();

private:
    template <typename Number>
    Number take()
    {
        const auto value = qFromBigEndian<Number>(m_bytes.data() + m_at);
        m_at += qsizetype(sizeof(Number));
        return value;
    }
    qsizetype left() const { return m_bytes.size() - m_at; }
    bool add(quint64 index, qint64 count);
    bool words(int size);
    bool zigZag();
    quint64 leb128();

    const QByteArray &m_bytes;
    qsizetype m_at = 0;
    Layout m_layout;
    std::vector<HdrBucket> m_buckets;
};

bool Decoder::add(quint64 index, qint64 count)
{
    if (count == 0)
        return true;
    const std::optional<qint64> highest = m_layout.highest(index);
    if (!highest || count < 0 || count > largestCount)
        return false;
    m_buckets.push_back({*highest, count});
    return true;
}

bool Decoder::words(int size)
{
    for (quint64 index = 0; left() >= size; ++index) {
        const qint64 count = size == 2 ? qint64(take<qint16>())
            : size == 4                ? qint64(take<qint32>())
                                       : take<qint64>();
        if (!add(index, count))
            return false;
    }
    return true;
}

/// Seven bits in each byte, eight in the ninth.
quint64 Decoder::leb128()
{
    quint64 value = 0;
    for (int i = 0; i < 9 && left() > 0; ++i) {
        const quint8 byte = quint8(m_bytes[m_at++]);
        value |= quint64(i < 8 ? byte & 0x7f : byte) << (7 * i);
        if (i == 8 || byte < 0x80)
            break;
    }
    return value;
}

/// A negative number says how many counters in a row are zero.
bool Decoder::zigZag()
{
    for (quint64 index = 0; left() > 0;) {
        const quint64 bits = leb128();
        const qint64 value = qint64(bits >> 1) ^ -qint64(bits & 1);
        if (value == std::numeric_limits<qint64>::min() || (value < 0 && -value > qint64(largestHistogram)))
            return false;
        if (!add(index, std::max<qint64>(0, value)))
            return false;
        index += value < 0 ? quint64(-value) : 1;
    }
    return true;
}

std::optional<std::vector<HdrBucket>> Decoder::decode()
{
    constexpr qsizetype headerV0 = 32, header = 40;
    if (left() < headerV0)
        return {};
    const quint32 cookie = take<quint32>();
    const quint32 version = cookie & cookieMask;
    const int wordSize = int(cookie >> 4 & 0xf);
    qint32 digits = 0;
    if (version == cookieV0) {
        digits = take<qint32>();
    } else if ((version == cookieV1 || version == cookieV2) && left() >= header - 4) {
        const qint32 length = take<qint32>();
        const qint32 offset = take<qint32>();
        digits = take<qint32>();
        if (length < 0 || length > m_bytes.size() - header || offset != 0)
            return {};
    } else {
        return {};
    }
    const std::optional<Layout> layout = Layout::from(digits, take<qint64>());
    if (!layout)
        return {};
    m_layout = *layout;
    m_at = version == cookieV0 ? headerV0 : header;
    const bool wordy = wordSize == 2 || wordSize == 4 || wordSize == 8;
    const bool read = version == cookieV2 ? zigZag() : wordy && words(wordSize);
    return read ? std::optional(std::move(m_buckets)) : std::nullopt;
}

} // namespace

std::optional<std::vector<HdrBucket>> decodeHdr(std::string_view base64)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(QByteArray(base64.data(), qsizetype(base64.size())),
                                       QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    constexpr qsizetype header = 8; // cookie and length
    if (!decoded || decoded.decoded.size() < header)
        return {};
    const quint32 cookie = qFromBigEndian<quint32>(decoded.decoded.data()) & cookieMask;
    if (std::ranges::none_of(packedCookies, [&](quint32 known) { return (known & cookieMask) == cookie; }))
        return {};
    const std::optional<QByteArray> bytes = inflated(decoded.decoded.mid(header));
    return bytes ? Decoder(*bytes).decode() : std::nullopt;
}

} // namespace tenken
