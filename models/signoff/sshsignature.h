// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace tenken {

/// What an OpenSSH signature file says of itself; nothing of it is proven by reading it.
struct SshSignature {
    QByteArray keyType;           ///< "ssh-ed25519"
    QByteArray fingerprint;       ///< "SHA256:…"; empty for certificates
    QByteArray nameSpace;
};

/// Reads the armoured file ("-----BEGIN SSH SIGNATURE-----"); nothing where it is none.
std::optional<SshSignature> readSshSignature(const QByteArray &armoured);

} // namespace tenken
