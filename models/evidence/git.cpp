// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/git.h>

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QProcessEnvironment>

namespace tenken {

namespace {

constexpr int patienceMs = 20'000;
constexpr qint64 largestCompared = 64 * 1024 * 1024;

struct Answer {
    bool ok = false;
    QByteArray out;
    QString error;
};

/// Only commands that read objects: they run nothing that a repository's own configuration names.
Answer git(const QString &folder, const QStringList &arguments, const QByteArray &input = {})
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith(u"GIT_")) // set inside a hook, they would point at another repository
            environment.remove(name);
    }
    environment.insert(QStringLiteral("GIT_NO_LAZY_FETCH"), QStringLiteral("1"));
    environment.insert(QStringLiteral("GIT_OPTIONAL_LOCKS"), QStringLiteral("0"));
    environment.insert(QStringLiteral("GIT_TERMINAL_PROMPT"), QStringLiteral("0"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    if (input.isEmpty())
        process.setStandardInputFile(QProcess::nullDevice());
    process.start(QStringLiteral("git"), QStringList{QStringLiteral("--no-pager"), QStringLiteral("-c"),
                                                     QStringLiteral("core.fsmonitor=false")} + arguments);
    if (!process.waitForStarted(patienceMs))
        return {false, {}, QStringLiteral("git: ") + process.errorString()};
    if (!input.isEmpty()) {
        process.write(input);
        process.closeWriteChannel();
    }
    if (!process.waitForFinished(patienceMs)) {
        process.kill();
        process.waitForFinished(1'000);
        return {false, {}, QStringLiteral("git: timeout")};
    }
    const QString error = QString::fromUtf8(process.readAllStandardError()).section(u'\n', 0, 0).left(200);
    const bool ok = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    return {ok, process.readAllStandardOutput(), error};
}

QByteArray blobHash(const QByteArray &bytes, QCryptographicHash::Algorithm algorithm)
{
    QCryptographicHash hash(algorithm);
    hash.addData("blob " + QByteArray::number(bytes.size()) + '\0');
    hash.addData(bytes);
    return hash.result().toHex();
}

struct Committed {
    QByteArray mode;
    QByteArray hash;
};

/// What HEAD holds under these paths.
std::optional<QHash<QString, Committed>> committed(const QString &folder, const QStringList &paths)
{
    constexpr qsizetype batch = 500;
    QHash<QString, Committed> found;
    for (qsizetype first = 0; first < paths.size(); first += batch) {
        const Answer answer = git(folder, QStringList{QStringLiteral("ls-tree"), QStringLiteral("-z"), QStringLiteral("-r"),
                                                      QStringLiteral("HEAD"), QStringLiteral("--")} + paths.mid(first, batch));
        if (!answer.ok)
            return {};
        for (const QByteArray &line : answer.out.split('\0')) { // "mode type hash\tpath"
            const qsizetype tab = line.indexOf('\t');
            const QList<QByteArray> parts = line.left(std::max<qsizetype>(tab, 0)).split(' ');
            if (parts.size() == 3)
                found.insert(QString::fromUtf8(line.mid(tab + 1)), {parts[0], parts[2]});
        }
    }
    return found;
}

/// Git may keep other bytes than those on disk: line ends converted, or a pointer to large file storage.
bool sameContent(const Root &root, const SourceFile &file, const QByteArray &hash)
{
    const auto algorithm = hash.size() == 64 ? QCryptographicHash::Sha256 : QCryptographicHash::Sha1;
    const QByteArray pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + file.sha256 + "\nsize "
        + QByteArray::number(file.bytes) + '\n';
    if (hash == blobHash(pointer, algorithm))
        return true;
    const Result<QByteArray> bytes = root.read(file.path, largestCompared);
    if (!bytes || sha256Hex(*bytes) != file.sha256)
        return false;
    return hash == blobHash(*bytes, algorithm) || hash == blobHash(QByteArray(*bytes).replace("\r\n", "\n"), algorithm);
}

} // namespace

QByteArray gitBlobHash(const QByteArray &bytes)
{
    return blobHash(bytes, QCryptographicHash::Sha1);
}

bool isInGit(const QString &folder)
{
    QDir dir(folder);
    do {
        if (QFileInfo::exists(dir.filePath(QStringLiteral(".git"))))
            return true;
    } while (dir.cdUp());
    return false;
}

GitHead readGitHead(const QString &folder)
{
    GitHead head;
    head.inside = isInGit(folder);
    if (!head.inside)
        return head;
    const Answer branch = git(folder, {QStringLiteral("symbolic-ref"), QStringLiteral("--quiet"), QStringLiteral("--short"),
                                       QStringLiteral("HEAD")});
    head.branch = QString::fromUtf8(branch.out).trimmed();
    const Answer commit = git(folder, {QStringLiteral("rev-parse"), QStringLiteral("--quiet"), QStringLiteral("--verify"),
                                       QStringLiteral("--short"), QStringLiteral("HEAD")});
    head.commit = QString::fromUtf8(commit.out).trimmed();
    if (!commit.ok && head.branch.isEmpty()) // a branch without commits is no problem
        head.problem = Text{"git に版を尋ねられません(%1)", "git could not be asked for the commit (%1)"}.arg(
            commit.error.isEmpty() ? branch.error : commit.error);
    return head;
}

Result<QByteArray> askGit(const QString &folder, const QStringList &arguments, const QByteArray &input)
{
    Answer answer = git(folder, arguments, input);
    if (answer.ok)
        return std::move(answer.out);
    return failure({folder, {}, Text{"git が答えません(%1)", "git gives no answer (%1)"}.arg(answer.error), {}});
}

QStringList filesNotInHead(const Root &root, const std::vector<SourceFile> &files, const QHash<QString, QByteArray> &blobs)
{
    QStringList differing;
    QHash<QString, QString> real; // a link's target is what was read
    QStringList paths;
    for (const SourceFile &file : files) {
        if (const Result<QString> path = root.resolve(file.path)) {
            real.insert(file.path, QDir(root.folder()).relativeFilePath(*path));
            paths.append(real.value(file.path));
        }
    }
    paths.removeDuplicates();
    const auto head = paths.isEmpty() ? std::optional(QHash<QString, Committed>()) : committed(root.folder(), paths);
    for (const SourceFile &file : files) {
        const Committed entry = head && real.contains(file.path) ? head->value(real.value(file.path)) : Committed();
        const bool isFile = entry.mode.startsWith("100"); // else it is not there, or gone since it was read
        if (!isFile || (entry.hash != blobs.value(file.path) && !sameContent(root, file, entry.hash)))
            differing.append(file.path);
    }
    return differing;
}

namespace {

/// Paths whose bytes a program or git itself changes on their way to the disk.
QStringList converted(const QString &folder, const QStringList &paths)
{
    const Answer answer = git(folder, {QStringLiteral("check-attr"), QStringLiteral("-z"), QStringLiteral("--stdin"),
                                       QStringLiteral("filter"), QStringLiteral("ident"),
                                       QStringLiteral("working-tree-encoding")},
                              paths.join(QChar(u'\0')).toUtf8() + '\0');
    QStringList found;
    const QList<QByteArray> words = answer.out.split('\0'); // path, attribute, value
    for (qsizetype i = 0; answer.ok && i + 2 < words.size(); i += 3) {
        const QByteArray &value = words[i + 2];
        if (value != "unspecified" && value != "unset" && value != "lfs")
            found.append(QString::fromUtf8(words[i]));
    }
    return found;
}

} // namespace

QStringList comparableInHead(const Root &root, const QStringList &paths)
{
    QHash<QString, QString> real;
    for (const QString &path : paths) {
        const Result<QString> absolute = root.resolve(path);
        real.insert(path, absolute ? QDir(root.folder()).relativeFilePath(*absolute) : path);
    }
    const bool any = !paths.isEmpty() && isInGit(root.folder()) && readGitHead(root.folder()).commit.size() > 0;
    const auto head = any ? committed(root.folder(), real.values()) : std::optional(QHash<QString, Committed>());
    const QStringList other = any ? converted(root.folder(), real.values()) : QStringList();
    QStringList found;
    for (const QString &path : paths) {
        if (!head || (head->contains(real.value(path)) && !other.contains(real.value(path))))
            found.append(path);
    }
    return found;
}

bool differsFromHead(const Root &root, const std::vector<SourceFile> &files, const QHash<QString, QByteArray> &blobs)
{
    return !filesNotInHead(root, files, blobs).isEmpty();
}

} // namespace tenken
