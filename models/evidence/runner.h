// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QStringList>

#include <functional>

namespace tenken {

/// How far a renderer may go.
struct RunLimits {
    int milliseconds = 30'000;
    qint64 bytes = 16 * 1024 * 1024;
    std::function<bool()> go = {};      ///< asked now and then; false stops it
};

/// Runs a program that prints manifests, in `folder`, and gives what it printed. It is started without a shell, with
/// an empty environment but for a home inside `folder`, proxies that lead nowhere and no search path; where the
/// system allows it, also without a network. It and what it started are killed at the end of time or output.
Result<QByteArray> runRenderer(const QString &program, const QStringList &arguments, const QString &folder,
                               const RunLimits &limits);

} // namespace tenken
