// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/cms.h>

#include <algorithm>
#include <array>
#include <vector>

namespace tenken {

namespace {

constexpr size_t mostParts = 1'000;
constexpr char sequence = 0x30, set = 0x31, octets = 0x04, objectId = 0x06, context0 = char(0xa0),
               context1 = char(0xa1);

struct Der {
    char tag = 0;
    QByteArrayView content, whole;
};

std::optional<Der> readDer(QByteArrayView bytes)
{
    if (bytes.size() < 2 || (bytes[0] & 0x1f) == 0x1f)
        return std::nullopt;
    qsizetype length = uchar(bytes[1]), from = 2;
    if (length >= 0x80) {
        const qsizetype count = length & 0x7f; // 0: of unknown length, which is no DER
        if (count < 1 || count > 4 || bytes.size() < 2 + count)
            return std::nullopt;
        length = 0;
        for (qsizetype i = 0; i < count; ++i)
            length = length * 256 + uchar(bytes[2 + i]);
        from = 2 + count;
    }
    if (length > bytes.size() - from)
        return std::nullopt;
    return Der{bytes[0], bytes.sliced(from, length), bytes.first(from + length)};
}

std::optional<std::vector<Der>> partsOf(const Der &value, char tag)
{
    std::vector<Der> parts;
    if (value.tag != tag)
        return std::nullopt;
    for (QByteArrayView rest = value.content; !rest.isEmpty();
         rest = rest.sliced(parts.back().whole.size())) {
        const auto part = readDer(rest);
        if (!part || parts.size() >= mostParts)
            return std::nullopt;
        parts.push_back(*part);
    }
    return parts;
}

QByteArray written(char tag, const QByteArray &content)
{
    QByteArray length;
    for (qsizetype rest = content.size(); rest > 0; rest /= 256)
        length.prepend(char(rest % 256));
    if (content.size() < 0x80)
        return tag + QByteArray(1, char(content.size())) + content;
    return tag + QByteArray(1, char(0x80 + length.size())) + length + content;
}

bool isObject(const Der &value, QByteArrayView id) { return value.tag == objectId && value.content == id; }

constexpr char signedData[] = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02",
               data[] = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
constexpr char timeStampToken[] = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x0e";

bool isSha2(const Der &algorithm)
{
    const auto parts = partsOf(algorithm, sequence);
    return parts && !parts->empty()
        && std::ranges::any_of(std::array{"\x60\x86\x48\x01\x65\x03\x04\x02\x01",
                                          "\x60\x86\x48\x01\x65\x03\x04\x02\x02",
                                          "\x60\x86\x48\x01\x65\x03\x04\x02\x03"},
                               [&](const char *id) { return isObject(parts->front(), id); });
}

/// The parts of the only signer.
std::optional<std::vector<Der>> signerOf(const QByteArray &der)
{
    const auto outer = readDer(der);
    const auto content =
        outer && outer->whole.size() == der.size() ? partsOf(*outer, sequence) : std::nullopt;
    if (!content || content->size() != 2 || !isObject(content->front(), signedData))
        return std::nullopt;
    const auto inner = partsOf(content->back(), context0);
    const auto fields = inner && inner->size() == 1 ? partsOf(inner->front(), sequence) : std::nullopt;
    if (!fields || fields->size() < 4)
        return std::nullopt;
    const auto enclosed = partsOf((*fields)[2], sequence); // only the kind: what is signed lies outside
    if (!enclosed || enclosed->size() != 1 || !isObject(enclosed->front(), data))
        return std::nullopt;
    const auto signers = partsOf(fields->back(), set);
    return signers && signers->size() == 1 ? partsOf(signers->front(), sequence) : std::nullopt;
}

/// Adds to the end of what lies `depth` values deep, each time in the last one.
QByteArray appended(const Der &value, int depth, const QByteArray &more)
{
    if (depth == 0)
        return written(value.tag, value.content.toByteArray() + more);
    const Der last = partsOf(value, value.tag)->back();
    const QByteArrayView before = value.content.first(value.content.size() - last.whole.size());
    return written(value.tag, before.toByteArray() + appended(last, depth - 1, more));
}

/// The token among the unsigned attributes: the only one there is.
std::optional<QByteArray> tokenIn(const Der &attributes)
{
    const auto list = partsOf(attributes, context1);
    const auto attribute = list && list->size() == 1 ? partsOf(list->front(), sequence) : std::nullopt;
    if (!attribute || attribute->size() != 2 || !isObject(attribute->front(), timeStampToken))
        return std::nullopt;
    const auto values = partsOf(attribute->back(), set);
    return values && values->size() == 1 ? std::optional(values->front().whole.toByteArray()) : std::nullopt;
}

} // namespace

std::optional<CmsParts> readCms(const QByteArray &der)
{
    // Version, who, digest, what is signed with it, how, the signature; the token where there is one.
    const auto signer = signerOf(der);
    if (!signer || signer->size() < 6 || signer->size() > 7 || !isSha2((*signer)[2])
        || (*signer)[3].tag != context0 || (*signer)[5].tag != octets)
        return std::nullopt;
    CmsParts parts{(*signer)[5].content.toByteArray(), {}};
    if (signer->size() == 7) {
        auto token = tokenIn(signer->back());
        if (!token)
            return std::nullopt;
        parts.token = *std::move(token);
    }
    return parts;
}

std::optional<QByteArray> cmsWithToken(const QByteArray &der, const QByteArray &token)
{
    const auto parts = readCms(der);
    if (!parts || !parts->token.isEmpty() || !readDer(token))
        return std::nullopt;
    const QByteArray attribute = written(sequence, written(objectId, timeStampToken) + written(set, token));
    // ContentInfo, its content, SignedData, its signers, the one signer.
    return appended(*readDer(der), 4, written(context1, attribute));
}

std::optional<qsizetype> derSize(const QByteArray &bytes)
{
    const auto value = readDer(bytes);
    return value ? std::optional(value->whole.size()) : std::nullopt;
}

} // namespace tenken
