// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/watch.h>

#include <review/reviewfile.h>

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace tenken {

namespace {

constexpr int pauseMs = 200;
constexpr int patienceMs = 2'000;
constexpr qsizetype mostWatches = 4'000; // the system's limit is shared with every other program

/// What programs leave beside a file while they write it; the review's own such files among them. Records of
/// meetings are no evidence.
bool isPassing(const QString &name)
{
    return name.startsWith(u'.') || name.endsWith(u'~') || name.startsWith(u'#')
        || name.startsWith(u"review.yaml") || name.endsWith(u".tmp") || name.endsWith(u".swp")
        || name == u"4913" || name == u"meetings";
}

std::pair<qint64, qint64> stampOf(const QFileInfo &info)
{
    return info.exists() ? std::pair(info.size(), info.lastModified().toMSecsSinceEpoch())
                         : std::pair(qint64(-1), qint64(-1));
}

} // namespace

Watch::Watch(QObject *parent)
    : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, &Watch::tell);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &Watch::touched);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &Watch::touched);
}

void Watch::stop()
{
    m_pause.stop();
    m_since.invalidate();
    m_touched.clear();
    m_folders.clear();
    m_paths.clear();
    if (const QStringList all = m_watcher.files() + m_watcher.directories(); !all.isEmpty())
        m_watcher.removePaths(all);
}

void Watch::watch(const QString &folder, const std::vector<SourceFile> &files, const Roots *roots)
{
    stop();
    m_review = folder + u'/' + QString::fromLatin1(reviewPath);
    QSet<QString> folders{QFileInfo(m_review).absolutePath()};
    QHash<QString, Stamp> outdated; // written between being read and being watched
    for (const SourceFile &file : files) {
        const QFileInfo info(roots ? roots->absolute(file.path) : folder + u'/' + file.path);
        m_paths.append(info.absoluteFilePath());
        folders.insert(info.absolutePath());
        if (file.modified.isValid() && stampOf(info) != Stamp(file.bytes, file.modified.toMSecsSinceEpoch()))
            outdated.insert(info.absoluteFilePath(), stampOf(info));
    }
    m_folders = QStringList(folders.cbegin(), folders.cend());
    m_paths = m_folders + QStringList{m_review} + m_paths;
    m_paths.removeDuplicates();
    m_paths.resize(std::min(m_paths.size(), mostWatches));
    watchAgain();
    m_seen = look();
    // Once is enough: should reading it again tell the same, the difference is not one of time.
    if (!outdated.isEmpty() && outdated != m_outdated)
        touched(outdated.cbegin().key());
    m_outdated = outdated;
}

void Watch::touched(const QString &path)
{
    if (m_paths.isEmpty())
        return;
    m_touched.insert(path);
    if (!m_since.isValid())
        m_since.start();
    if (m_since.elapsed() < patienceMs)
        m_pause.start();
}

void Watch::tell()
{
    m_since.invalidate();
    const QSet<QString> touched = std::exchange(m_touched, {});
    watchAgain();
    QHash<QString, Stamp> now = look();
    const bool listed = now != m_seen;
    m_seen = std::move(now);
    const bool evidence = listed || std::ranges::any_of(touched, [this](const QString &path) {
        return path != m_review && !m_folders.contains(path);
    });
    // A replaced review shows as a change of its folder only.
    if (touched.contains(m_review) || touched.contains(QFileInfo(m_review).absolutePath()))
        emit reviewChanged();
    if (evidence)
        emit evidenceChanged();
}

void Watch::watchAgain()
{
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    const QSet<QString> known(watched.cbegin(), watched.cend());
    QStringList missing;
    for (const QString &path : std::as_const(m_paths)) {
        if (!known.contains(path) && QFileInfo::exists(path))
            missing.append(path);
    }
    if (!missing.isEmpty())
        m_watcher.addPaths(missing);
}

QHash<QString, Watch::Stamp> Watch::look() const
{
    QHash<QString, Stamp> seen;
    for (const QString &folder : m_folders) {
        for (const QFileInfo &info : QDir(folder).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot)) {
            if (!isPassing(info.fileName()))
                seen.insert(info.absoluteFilePath(), info.isDir() ? Stamp() : stampOf(info));
        }
    }
    return seen;
}

} // namespace tenken
