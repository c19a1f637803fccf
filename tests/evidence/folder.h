// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/evidence.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

namespace tenken::test {

/// A folder with files that a test writes.
class Folder
{
public:
    QString path(const QString &relative = {}) const { return relative.isEmpty() ? m_dir.path() : m_dir.filePath(relative); }
    void put(const QString &relative, const QByteArray &bytes) const
    {
        QDir().mkpath(QFileInfo(path(relative)).path());
        QFile file(path(relative));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the fixture");
    }
    bool git(const QString &folder, const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(path(folder));
        process.start(QStringLiteral("git"), QStringList{QStringLiteral("-c"), QStringLiteral("user.name=t"), QStringLiteral("-c"),
                                                         QStringLiteral("user.email=t@example.com")} + arguments);
        return process.waitForFinished() && process.exitCode() == 0;
    }
    bool commit(const QString &folder) const
    {
        return git(folder, {QStringLiteral("init"), QStringLiteral("-q")}) && git(folder, {QStringLiteral("add"), QStringLiteral("-A")})
            && git(folder, {QStringLiteral("commit"), QStringLiteral("-qm"), QStringLiteral("x")});
    }

private:
    QTemporaryDir m_dir;
};

inline QStringList linesOf(const std::vector<Problem> &problems)
{
    QStringList lines;
    for (const Problem &problem : problems)
        lines << problem.toString(Lang::En);
    return lines;
}

inline bool says(const std::vector<Problem> &problems, const QString &words)
{
    if (!linesOf(problems).filter(words).isEmpty())
        return true;
    qWarning("“%s” is not said:\n%s", qPrintable(words), qPrintable(linesOf(problems).join(u'\n')));
    return false;
}

} // namespace tenken::test
