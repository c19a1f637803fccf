// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signoff/program.h>

#include <QDateTime>

namespace tenken {

/// A key that a person can sign with.
struct SshKey {
    QString path;              ///< private or public key file; empty: only the agent has it
    QByteArray publicLine;     ///< "ssh-ed25519 AAAA…", where it is known
    QString fingerprint;       ///< "SHA256:…"
    QString type;              ///< "ED25519"
    QString comment;
    bool inAgent = false;
};

/// What OpenSSH says of a key file. Private ones need not be opened for it.
Result<SshKey> sshKeyOf(const QString &path);

/// Those of the running agent, then ~/.ssh/*.pub; each once. Empty where there are none.
std::vector<SshKey> sshKeysAtHand();

/// The signature file's bytes over a message, in Tenken's own namespace. Waits for a passphrase or a touch of
/// the key for at most two minutes. The private key is only ever seen by OpenSSH.
Result<QByteArray> sshSign(const SshKey &key, const QByteArray &message, Asking asking = Asking::Terminal);

/// Whose keys are trusted: from the verifier, never from what is verified.
struct Trust {
    QString allowedSigners;    ///< file; empty: nobody told whose keys are known
    QString revoked;           ///< file of revoked keys (KRL or public keys); may be empty
};

struct SignatureVerdict {
    enum class State {
        Good,
        Broken,
        OtherNamespace,
        UnknownSigner,
        Expired,
        NotYetValid,
        NotPermitted,
        Revoked,
        Untold,
        NotChecked
    };
    State state = State::NotChecked;
    QString fingerprint;       ///< of the key that really signed; empty where that cannot be told
    Text words;                ///< one sentence
};

/// Whether the identity signed the message, by a key that was good at that time and is not revoked.
SignatureVerdict sshVerify(const QByteArray &message, const QByteArray &signature, const QString &identity,
                           const QDateTime &at, const Trust &trust);

} // namespace tenken
