// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

namespace tenken {

/// Whether a program may ask for a passphrase on the terminal it was started from, or only through
/// SSH_ASKPASS.
enum class Asking { Terminal, Askpass };

constexpr int patienceMs = 20'000;

/// How a program ended that was run without a shell.
struct Run {
    bool started = false, inTime = false;
    int code = -1;
    QByteArray out, err;         ///< of bounded size
    bool ok() const { return inTime && code == 0; }
};

/// Waits for it, and ends it when time is over. It speaks English.
Run runProgram(const QString &name, const QStringList &arguments, const QByteArray &input = {},
               int milliseconds = patienceMs, Asking asking = Asking::Askpass);

/// A file of ours in a temporary folder.
bool putFile(const QString &path, const QByteArray &bytes);

Problem noTemporaryFile(const QString &path);
Problem noOpenSsh();

} // namespace tenken
