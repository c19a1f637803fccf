// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/earlier.h>

#include <evidence/git.h>
#include <evidence/sourcelines.h>

#include <QFileInfo>

namespace tenken {

namespace {

constexpr qint64 largest = 4 * 1024 * 1024;
constexpr int mostVersions = 200, mostLines = 400;

QStringList shown(const QByteArray &text, int first, int last)
{
    const QByteArrayList all = linesIn(text);
    const qsizetype from = first > 0 ? first - 1 : 0;
    const qsizetype count =
        std::min<qsizetype>(first > 0 ? qsizetype(last) - first + 1 : all.size(), mostLines);
    QStringList lines;
    for (const QByteArray &line : all.mid(from, count))
        lines << visible(maskSecrets(QString::fromUtf8(line)));
    return lines;
}

/// The bytes that were relied on, in this commit; nothing where it holds others.
std::optional<QByteArray> bytesIn(const QString &commit, const QFileInfo &file, const Relied &relied)
{
    if (commit.isEmpty() || commit.startsWith(u'-'))
        return {};
    const auto blob = askGit(file.path(),
                             {QStringLiteral("cat-file"), QStringLiteral("blob"),
                              QStringLiteral("%1:./%2").arg(commit, file.fileName())});
    if (!blob || blob->size() > largest || !sha256Hex(*blob).startsWith(relied.file))
        return {};
    return *blob;
}

} // namespace

EarlierLines earlierLines(const Roots &roots, const Relied &relied, const QString &commit)
{
    EarlierLines lines;
    lines.first = std::max(1, relied.first);
    const QString path = roots.absolute(relied.path);
    if (path.isEmpty())
        return lines;
    if (const auto now = roots.read(relied.path, largest))
        lines.now = shown(*now, relied.first, relied.last);
    const QFileInfo file(path);
    QStringList versions{commit};
    const auto log = askGit(file.path(),
                            {QStringLiteral("log"), QStringLiteral("--format=%H %cs"), QStringLiteral("-n"),
                             QString::number(mostVersions), QStringLiteral("--"), file.fileName()});
    for (const QByteArray &line : log.value_or(QByteArray()).split('\n'))
        versions << QString::fromLatin1(line);
    for (const QString &version : std::as_const(versions)) {
        const auto bytes = bytesIn(version.section(u' ', 0, 0), file, relied);
        if (!bytes)
            continue;
        lines.commit = version.section(u' ', 0, 0).left(12);
        lines.date = version.section(u' ', 1, 1);
        lines.before = shown(*bytes, relied.first, relied.last);
        lines.found = true;
        break;
    }
    return lines;
}

} // namespace tenken
