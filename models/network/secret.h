// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

class QDebug;
class QTextStream;

namespace tenken
{

/// A key, token or password. It does not print: whoever needs its bytes has to say so, and that place can be
/// searched for.
class Secret
{
public:
    Secret() = default;
    explicit Secret(const QByteArray &bytes) : m_bytes(bytes.trimmed()) {}

    bool isEmpty() const { return m_bytes.isEmpty(); }
    const QByteArray &reveal() const { return m_bytes; }

    friend bool operator==(const Secret &, const Secret &) = default;
    friend QDebug operator<<(QDebug, const Secret &) = delete;
    friend QTextStream &operator<<(QTextStream &, const Secret &) = delete;

private:
    QByteArray m_bytes;
};

} // namespace tenken
