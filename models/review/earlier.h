// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// Lines that an answer relied on, as git still has them, and those that stand there now.
struct EarlierLines {
    QString commit, date;     ///< of the version that was relied on; empty where git does not have it
    int first = 1;            ///< number of the first line, before
    QStringList before, now;
    bool found = false;       ///< `before` is what was relied on
};

/// Asks git for the file's earlier versions: may take a while, so not on the GUI thread. Secret-like values are masked.
EarlierLines earlierLines(const Roots &roots, const Relied &relied, const QString &commit);

} // namespace tenken
