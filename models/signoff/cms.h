// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace tenken {

/// What the seal needs of a CMS signature. Who signed, and whether it holds, OpenSSL says.
struct CmsParts {
    QByteArray signature; ///< the value that a timestamp is over
    QByteArray token; ///< of the timestamp, a CMS itself; empty: none
};

/// Reads a CMS in DER with one signer, SHA-2 and nothing signed inside it; nothing for anything else.
std::optional<CmsParts> readCms(const QByteArray &der);

/// The same with the token as an unsigned attribute. Nothing where it has unsigned attributes already.
std::optional<QByteArray> cmsWithToken(const QByteArray &der, const QByteArray &token);

/// How many bytes the value at the beginning takes, by its own length; nothing where it is no DER.
std::optional<qsizetype> derSize(const QByteArray &bytes);

} // namespace tenken
