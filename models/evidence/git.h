// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/files.h>

#include <QHash>

namespace tenken {

/// Where a work tree stands.
struct GitHead {
    bool inside = false;   ///< there is a .git in the folder or above it
    QString commit;        ///< short hash; empty where there is none, or git could not be asked
    QString branch;        ///< empty when detached
    Text problem;          ///< why git could not be asked
};

bool isInGit(const QString &folder);
GitHead readGitHead(const QString &folder);

/// What git prints: only for commands that read objects. A Problem with git's first line where it fails.
Result<QByteArray> askGit(const QString &folder, const QStringList &arguments, const QByteArray &input = {});

/// Paths of those files that are not in HEAD as they were read, in order; all of them when git cannot tell.
QStringList filesNotInHead(const Root &root, const std::vector<SourceFile> &files, const QHash<QString, QByteArray> &blobs = {});

/// Those of these paths that HEAD has and that could be compared: not where an attribute (a filter other than
/// LFS, an encoding, `ident`) makes git keep other bytes than those on disk. All of them when git cannot tell.
QStringList comparableInHead(const Root &root, const QStringList &paths);

/// Whether one of these files is not in HEAD as it was read. `blobs` holds gitBlobHash of the bytes as read, by
/// path; a file without one is read again. When git cannot tell, the answer is yes.
bool differsFromHead(const Root &root, const std::vector<SourceFile> &files, const QHash<QString, QByteArray> &blobs);

/// What git calls a file of these bytes (SHA-1), in hex.
QByteArray gitBlobHash(const QByteArray &bytes);

} // namespace tenken
