// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tenken {

enum class SecretKey {
    No,
    Password,  ///< whatever stands there is secret
    Token,     ///< secret where the value looks like one: `id-token: write` is not
};

SecretKey secretKeyKind(QStringView key);         ///< "DB_PASSWORD", "apiKey", "tokenRef" …
bool isReference(QStringView value);              ///< "${X}", "$(X)", "{{ x }}", "<x>", null, true …
bool looksRandom(QStringView value);              ///< as keys are; not words, versions, digests, UUIDs
bool isSecretValue(SecretKey kind, QStringView value);

QString maskSecretObjects(const QString &text);   ///< data and stringData of `kind: Secret`
QString maskKeyBlocks(const QString &text);       ///< -----BEGIN … PRIVATE KEY-----

inline const QString secretMask = QStringLiteral("••••");

} // namespace tenken
