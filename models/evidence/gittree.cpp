// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/gittree.h>

#include <evidence/git.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <vector>

namespace tenken {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 64 << 20, mostBytes = 512 << 20, batchBytes = 32 << 20;
constexpr size_t mostFiles = 20'000;

struct Entry {
    QByteArray hash;
    QString path;
    qint64 bytes = 0;
};

struct Listing {
    std::vector<Entry> files;
    QStringList leftOut;
    qint64 bytes = 0;
};

/// Git refuses such names itself; a repository made by hand may still hold them.
bool staysBelow(const QString &path)
{
    return !path.isEmpty() && !path.startsWith(u'/') && QDir::cleanPath(path) == path && path != u".." && !path.startsWith(u"../"_s);
}

/// "100644 blob <hash>     123\tdeploy/app.yaml"
void take(const QByteArray &line, Listing &listing)
{
    const qsizetype tab = line.indexOf('\t');
    const QList<QByteArray> fields = line.first(std::max<qsizetype>(tab, 0)).simplified().split(' ');
    if (fields.size() != 4)
        return;
    const Entry entry{fields[2], QString::fromUtf8(line.sliced(tab + 1)), fields[3].toLongLong()};
    if (!fields[0].startsWith("100") || entry.bytes > largestFile || !staysBelow(entry.path)) {
        listing.leftOut << entry.path;
        return;
    }
    listing.bytes += entry.bytes;
    listing.files.push_back(entry);
}

Result<Listing> list(const QString &folder, const GitCommit &commit)
{
    const auto said = askGit(folder, {u"ls-tree"_s, u"-r"_s, u"-z"_s, u"-l"_s, commit.hash});
    if (!said)
        return failure(said.error());
    Listing listing;
    for (const QByteArray &line : said->split('\0'))
        take(line, listing);
    if (listing.files.size() > mostFiles || listing.bytes > mostBytes)
        return failure({folder, {}, Text{"コミット %1 のファイルが多すぎます。", "Commit %1 holds too many files."}.arg(commit.hash.first(7)),
                        {"20,000 個、512 MB まで読みます。", "Up to 20,000 files and 512 MB are read."}});
    return listing;
}

Result<void> write(const QString &path, QByteArrayView bytes)
{
    QFile file(path);
    if (QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly | QIODevice::NewOnly)
        && file.write(bytes.data(), bytes.size()) == bytes.size())
        return {};
    return failure({path, {}, Text{"書けません(%1)", "It cannot be written (%1)"}.arg(file.errorString()), {}});
}

/// One answer of `git cat-file --batch`: "<hash> blob <size>\n<bytes>\n", in the order that was asked.
Result<void> writeBatch(const QString &folder, std::span<const Entry> entries, const QString &target)
{
    QByteArray wanted;
    for (const Entry &entry : entries)
        wanted += entry.hash + '\n';
    const auto said = askGit(folder, {u"cat-file"_s, u"--batch"_s}, wanted);
    if (!said)
        return failure(said.error());
    QByteArrayView rest = *said;
    for (const Entry &entry : entries) {
        const QByteArray head = entry.hash + " blob " + QByteArray::number(entry.bytes) + '\n';
        if (!rest.startsWith(head) || rest.size() < head.size() + entry.bytes + 1)
            return failure({folder, {}, Text{"git の中に %1 がありません。", "Git does not have %1."}.arg(entry.path),
                            {"浅い clone なら git fetch --unshallow を。", "In a shallow clone: git fetch --unshallow."}});
        if (auto written = write(target + u'/' + entry.path, rest.sliced(head.size(), entry.bytes)); !written)
            return written;
        rest = rest.sliced(head.size() + entry.bytes + 1);
    }
    return {};
}

} // namespace

Result<GitCommit> findCommit(const QString &folder, const QString &revision)
{
    const auto hash = askGit(folder, {u"rev-parse"_s, u"--quiet"_s, u"--verify"_s, u"--end-of-options"_s, revision + u"^{commit}"_s});
    const QString name = hash ? QString::fromLatin1(*hash).trimmed() : QString();
    if (name.isEmpty())
        return failure({folder, {}, Text{"git に %1 というコミットはありません。", "Git knows no commit %1."}.arg(revision),
                        {"git log で確かめてください。", "See git log."}});
    const auto at = askGit(folder, {u"show"_s, u"--no-patch"_s, u"--no-show-signature"_s, u"--format=%cI"_s, name});
    if (!at)
        return failure(at.error());
    return GitCommit{name, QDateTime::fromString(QString::fromLatin1(*at).trimmed(), Qt::ISODate)};
}

Result<QStringList> writeTree(const QString &folder, const GitCommit &commit, const QString &target)
{
    const auto listing = list(folder, commit);
    if (!listing)
        return failure(listing.error());
    const std::span<const Entry> all = listing->files;
    for (size_t first = 0; first < all.size();) {
        size_t count = 0;
        for (qint64 bytes = 0; first + count < all.size() && (count == 0 || bytes + all[first + count].bytes <= batchBytes); ++count)
            bytes += all[first + count].bytes;
        if (auto written = writeBatch(folder, all.subspan(first, count), target); !written)
            return failure(written.error());
        first += count;
    }
    return listing->leftOut;
}

} // namespace tenken
