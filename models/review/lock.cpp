// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/lock.h>

#include <QFileInfo>

namespace tenken {

namespace {

QString whoHolds(const QLockFile &lock)
{
    qint64 pid = 0;
    QString host, program;
    const bool known = lock.getLockInfo(&pid, &host, &program);
    const QString user = QFileInfo(lock.fileName()).owner();
    QString who = user.isEmpty() ? QStringLiteral("?") : user;
    if (known)
        who += QStringLiteral("@%1 (pid %2)").arg(host).arg(pid);
    return who;
}

} // namespace

QString ReviewLock::pathIn(const QString &folder)
{
    return folder + QStringLiteral("/readiness/.review.yaml.lock");
}

Result<void> ReviewLock::take(const QString &folder)
{
    const QString path = pathIn(folder);
    if (m_lock && m_lock->fileName() == path)
        return {};
    m_owner.clear();
    auto lock = std::make_unique<QLockFile>(path);
    lock->setStaleLockTime(0);
    m_lock.reset();
    if (lock->tryLock()) {
        m_lock = std::move(lock);
        return {};
    }
    if (lock->error() == QLockFile::LockFailedError) {
        m_owner = whoHolds(*lock);
        return failure({path, {}, Text{"%1 がこのレビューを開いています。", "%1 has this review open."}.arg(m_owner),
                        {"読み取り専用で開きました。向こうを閉じてから、編集できるようにしてください。",
                         "It is opened read-only. Close it there, then take over."}});
    }
    return failure({path, {}, {"readiness フォルダーに書けません。", "The folder readiness cannot be written to."},
                    {"読み取り専用で開きました。フォルダーの権限を確かめてください。",
                     "It is opened read-only. Check the folder's permissions."}});
}

} // namespace tenken
