// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/sshsignature.h>

#include <QCryptographicHash>
#include <QtEndian>

namespace tenken {

namespace {

constexpr qsizetype largestSignature = 64 * 1024;

std::optional<QByteArray> takeString(QByteArray &blob)
{
    if (blob.size() < 4)
        return std::nullopt;
    const quint32 size = qFromBigEndian<quint32>(blob.constData());
    if (size > quint32(blob.size() - 4))
        return std::nullopt;
    const QByteArray value = blob.sliced(4, size);
    blob = blob.sliced(4 + qsizetype(size));
    return value;
}

} // namespace

std::optional<SshSignature> readSshSignature(const QByteArray &armoured)
{
    const QByteArray begin = "-----BEGIN SSH SIGNATURE-----", end = "-----END SSH SIGNATURE-----";
    const QByteArray text = armoured.trimmed();
    if (armoured.size() > largestSignature || !text.startsWith(begin) || !text.endsWith(end)
        || text.size() < begin.size() + end.size())
        return std::nullopt;
    const QByteArray body =
        text.sliced(begin.size(), text.size() - begin.size() - end.size()).simplified().replace(' ', "");
    auto decoded = QByteArray::fromBase64Encoding(body, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::nullopt;
    QByteArray blob = std::move(decoded.decoded);
    if (!blob.startsWith("SSHSIG") || blob.size() < 10 || qFromBigEndian<quint32>(blob.constData() + 6) != 1)
        return std::nullopt;
    blob = blob.sliced(10);
    const auto key = takeString(blob);
    const auto nameSpace = key ? takeString(blob) : std::nullopt;
    QByteArray rest = key.value_or(QByteArray());
    const auto type = nameSpace ? takeString(rest) : std::nullopt;
    if (!type)
        return std::nullopt;
    const QByteArray digest = QCryptographicHash::hash(*key, QCryptographicHash::Sha256)
                                  .toBase64(QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals);
    return SshSignature{*type, type->contains("-cert-") ? QByteArray() : "SHA256:" + digest, *nameSpace};
}

} // namespace tenken
