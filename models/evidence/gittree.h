// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/files.h>

#include <QDateTime>

namespace tenken {

/// A commit of the repository that a folder lies in.
struct GitCommit {
    QString hash;          ///< whole
    QDateTime at;          ///< when it was committed
};

/// What a person calls a commit: a hash, a tag, "HEAD~3". A Problem where git knows none by that name.
Result<GitCommit> findCommit(const QString &folder, const QString &revision);

/// Writes what a commit has below `folder` to `target`, an empty folder. Objects are read as they are stored: no filter
/// and no hook runs. Links, submodules and files of more than 64 MB are left out; their paths come back. A Problem
/// where that would be more than 512 MB or 20,000 files.
Result<QStringList> writeTree(const QString &folder, const GitCommit &commit, const QString &target);

} // namespace tenken
