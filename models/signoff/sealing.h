// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signoff/program.h>
#include <signoff/seal.h>

namespace tenken {

/// With what a document is sealed: files of a person's or an organisation's own, in PEM.
struct SealKey {
    QString certificate, key;
    QString chain; ///< further certificates up to the authority; may be empty
    QString passphraseFile; ///< its first line opens the key; empty: OpenSSL asks for it
};

/// Whose certificates are trusted, in PEM: from the verifier, and no others, not even the system's.
struct SealTrust {
    QString authorities;
    QString timestampAuthorities;
    bool isTold() const { return !authorities.isEmpty() || !timestampAuthorities.isEmpty(); }
};

/// A signature over the bytes, as CMS. The key is only ever seen by OpenSSL.
Result<QByteArray> sealSignature(const QByteArray &covered, const SealKey &key,
                                 Asking asking = Asking::Terminal);

/// What a timestamp authority is asked (RFC 3161): to say when it saw the signature.
Result<QByteArray> timestampQuery(const QByteArray &cms);

/// The signature with the authority's answer in it. A Problem where it does not answer the question, or is
/// not from an authority of the file: a timestamp that nobody could verify is not taken.
Result<QByteArray> withTimestamp(const QByteArray &cms, const QByteArray &query, const QByteArray &answer,
                                 const QString &timestampAuthorities);

struct SealVerdict {
    /// Untold: it fits, and nobody told whose certificates are trusted. Expired: good until its certificate
    /// was.
    enum class State { Good, Broken, Untrusted, Expired, Untold, NotChecked };
    State state = State::NotChecked;
    QString signer; ///< as the certificate says
    QDateTime timestamp; ///< of an authority that is trusted; invalid: no proven time
    Text words;
};

SealVerdict checkSeal(const Seal &seal, const SealTrust &trust);

} // namespace tenken
