// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/files.h>
#include <evidence/numbers.h>

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTimeZone>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tenken {

namespace {

Problem problem(const QString &file, const Text &message, const Text &hint = {})
{
    return {file, {}, message, hint};
}

Problem systemProblem(const QString &file, int error)
{
    const QString words = QString::fromLocal8Bit(std::strerror(error));
    if (error == EACCES)
        return problem(file, {"読む権限がありません", "may not be read: permission denied"},
                       {"ファイルの権限を確かめてください", "check the file's permissions"});
    return problem(file, Text{"読めません(%1)", "cannot be read (%1)"}.arg(words));
}

Problem outside(const QString &file, const Text &root)
{
    return problem(file, Text{"%1の外を指しています", "leads outside %1"}.arg(root),
                   {"フォルダーの中のファイルを指すか、写しを置いてください",
                    "name a file inside the folder, or put a copy there"});
}

/// An open file descriptor that closes itself.
class Descriptor
{
public:
    explicit Descriptor(const QString &path, int flags)
        : m_fd(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC))
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int get() const { return m_fd; }

private:
    int m_fd;
};

Result<QByteArray> readAll(int fd, qint64 size, qint64 limit, const QString &name)
{
    QByteArray bytes;
    bytes.reserve(std::min(size, limit) + 1);
    while (true) {
        const qsizetype before = bytes.size();
        const qsizetype chunk = std::max<qsizetype>(bytes.capacity() - before, 64 * 1024);
        bytes.resize(before + chunk);
        const ssize_t got = ::read(fd, bytes.data() + before, static_cast<size_t>(chunk));
        if (got < 0 && errno != EINTR)
            return failure(systemProblem(name, errno));
        bytes.resize(before + std::max<ssize_t>(got, 0));
        if (bytes.size() > limit) // it grew while it was read
            return failure(problem(name, Text{"%1 より大きいファイルです", "is larger than %1"}.arg(
                formatWithUnit(static_cast<double>(limit) / (1024 * 1024), QStringLiteral("MiB")))));
        if (got == 0)
            return bytes;
    }
}

} // namespace

Root::Root(const QString &folder, const QString &name)
    : m_folder(QFileInfo(folder).canonicalFilePath())
    , m_called(name.isEmpty() ? Text{"サービスのフォルダー", "the service's folder"}
                              : Text{"ルート「%1」", "the root “%1”"}.arg(name))
{
    if (m_folder.isEmpty())
        m_folder = QDir::cleanPath(QDir::current().absoluteFilePath(folder));
}

Result<QString> Root::resolve(const QString &relative) const
{
    if (relative.contains(QChar(0)))
        return failure(problem(QString(relative).replace(QChar(0), QChar(0xfffd)),
                               {"パスに NUL があります", "the path holds a NUL character"}));
    const QString clean = QDir::cleanPath(relative.isEmpty() ? QStringLiteral(".") : relative);
    if (QDir::isAbsolutePath(clean))
        return failure(problem(relative, {"絶対パスは使えません", "an absolute path is not allowed"},
                               Text{"%1からの相対パスで書いてください", "write the path relative to %1"}.arg(m_called)));
    if (clean == u".." || clean.startsWith(u"../"))
        return failure(outside(relative, m_called));
    const QFileInfo info(m_folder + u'/' + clean);
    const QString canonical = info.canonicalFilePath();
    if (canonical.isEmpty()) {
        if (info.isSymLink())
            return failure(problem(relative, {"リンクの先がありません", "is a link that leads nowhere"}));
        return failure(problem(relative, {"ファイルがありません", "does not exist"},
                               Text{"%1からの相対パスを確かめてください", "check the path; it is relative to %1"}.arg(m_called)));
    }
    const QString base = m_folder.endsWith(u'/') ? m_folder : m_folder + u'/';
    if (canonical != m_folder && !canonical.startsWith(base))
        return failure(outside(relative, m_called));
    return canonical;
}

Result<QByteArray> Root::read(const QString &relative, qint64 limit, SourceFile *source) const
{
    const Result<QString> path = resolve(relative);
    if (!path)
        return failure(path.error());
    // Links are resolved by now: one that appears since then is refused, and a pipe must not block.
    const Descriptor file(*path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (file.get() < 0)
        return failure(systemProblem(relative, errno));
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0)
        return failure(systemProblem(relative, errno));
    if (!S_ISREG(status.st_mode))
        return failure(problem(relative, {"ふつうのファイルではありません", "is not a regular file"}));
    if (status.st_size > limit)
        return failure(problem(relative, Text{"%1 あり、上限の %2 を超えています", "has %1, more than the limit of %2"}.arg(
            formatWithUnit(static_cast<double>(status.st_size) / (1024 * 1024), QStringLiteral("MiB")),
            formatWithUnit(static_cast<double>(limit) / (1024 * 1024), QStringLiteral("MiB")))));
    Result<QByteArray> bytes = readAll(file.get(), status.st_size, limit, relative);
    if (bytes && source) {
        source->path = QDir::cleanPath(relative);
        source->sha256 = sha256Hex(*bytes);
        source->bytes = bytes->size();
        source->modified = QDateTime::fromMSecsSinceEpoch(
            qint64(status.st_mtim.tv_sec) * 1000 + status.st_mtim.tv_nsec / 1'000'000, QTimeZone::UTC);
    }
    return bytes;
}

QByteArray sha256Hex(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

Result<void> writeAtomically(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path); // writes beside, syncs, renames; keeps the permissions, follows a link
    const auto failed = [&] {
        return failure(problem(path, Text{"書けません(%1)", "cannot be written (%1)"}.arg(file.errorString())));
    };
    if (!file.open(QIODevice::WriteOnly))
        return failed();
    if (file.write(bytes) != bytes.size() || !file.commit())
        return failed();
    // The rename itself is only lasting once the folder is on disk too.
    const Descriptor folder(QFileInfo(path).absolutePath(), O_RDONLY | O_DIRECTORY);
    if (folder.get() >= 0)
        ::fsync(folder.get());
    return {};
}

} // namespace tenken
