// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QDateTime>
#include <QStringList>

namespace tenken {

/// A file that was read as evidence, as it was when it was read.
struct SourceFile {
    QString path;        ///< relative to the service's folder, '/' separated
    QByteArray sha256;   ///< hex
    qint64 bytes = 0;
    QDateTime modified;  ///< UTC

    friend bool operator==(const SourceFile &, const SourceFile &) = default;
};

/// The folder that evidence may come from. Every path is resolved against it, symbolic links included;
/// what would leave it is refused.
class Root
{
public:
    explicit Root(const QString &folder, const QString &name = {}); ///< `name`: a further root of a service

    const QString &folder() const { return m_folder; }               ///< canonical, absolute
    Result<QString> resolve(const QString &relative) const;           ///< absolute path inside the root
    Result<QByteArray> read(const QString &relative, qint64 limit, SourceFile *source = nullptr) const;

    /// Files that match a path: a file, a folder (all files below it that end in one of `suffixes`), or a
    /// glob with `*`, `?`, `[…]` and `**`. Sorted, relative to the root. Hidden folders, node_modules and
    /// vendor are left out of folders and `**`. At most `limit` files are returned, more is a problem.
    Partial<QStringList> find(const QString &pattern, const QStringList &suffixes, int limit = 20'000) const;

    const Text &called() const { return m_called; }                 ///< "the service's folder", "the root “app”"

private:
    QString m_folder;
    Text m_called;
};

QByteArray sha256Hex(const QByteArray &bytes);

/// Writes a file so that a reader (or a crash) finds the old or the new content, never less.
Result<void> writeAtomically(const QString &path, const QByteArray &bytes);

} // namespace tenken
