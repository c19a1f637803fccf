// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QDateTime>

namespace tenken {

/// An X.509 signature over the whole signed document, as PDF viewers know it (PAdES): the last thing in the
/// file.
struct Seal {
    QDateTime claimedAt; ///< what the sealer's clock said
    QByteArray cms; ///< DER
    QByteArray covered; ///< the bytes it is over: all of the file but the signature itself
};

/// The document with an empty place for a signature.
struct SealRoom {
    QByteArray file;
    qsizetype from = 0, size = 0; ///< of the place, with its angle brackets
    QByteArray covered() const { return file.first(from) + file.sliced(from + size); }
};

/// The same document and time give the same bytes.
Result<SealRoom> roomForSeal(const QByteArray &document, const QDateTime &at);

/// A Problem where the signature does not fit in.
Result<QByteArray> sealed(SealRoom room, const QByteArray &cms);

/// The seal of a file that is the document and a seal as Tenken makes it, and nothing else.
std::optional<Seal> readSeal(const QByteArray &file, const QByteArray &document);

} // namespace tenken
