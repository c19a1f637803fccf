// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/roots.h>

#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QHash>
#include <QSet>
#include <QTimer>

namespace tenken {

/// Says when files of a service changed on disk. Changes that come together are told once, 200 ms after the
/// last (2 s after the first, when they do not end). A file that was replaced is watched again: to the system
/// it is another.
class Watch final : public QObject
{
    Q_OBJECT
public:
    explicit Watch(QObject *parent = nullptr);

    /// Watches the folder's review, these files, and the folders they lie in for new ones.
    void watch(const QString &folder, const std::vector<SourceFile> &files, const Roots *roots = nullptr);
    void stop();

signals:
    void reviewChanged();   ///< review.yaml may have changed, or this program wrote it
    void evidenceChanged(); ///< a file that was read changed, or one came or went beside it

private:
    using Stamp = std::pair<qint64, qint64>; ///< size, milliseconds
    void touched(const QString &path);
    void tell();
    void watchAgain();
    QHash<QString, Stamp> look() const;

    QFileSystemWatcher m_watcher;
    QTimer m_pause;
    QElapsedTimer m_since;            ///< the first change that was not told yet
    QStringList m_paths;              ///< files and folders that are to be watched
    QStringList m_folders;
    QSet<QString> m_touched;
    QHash<QString, Stamp> m_seen;     ///< all files in the watched folders, and evidence
    QHash<QString, Stamp> m_outdated; ///< what was told because it differed from what was read
    QString m_review;
};

} // namespace tenken
