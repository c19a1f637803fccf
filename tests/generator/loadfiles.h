// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/input.h>
#include <evidence/loadtest/reader.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <zlib.h>

namespace tenken::test
{

/// A folder that goes away with the test, for files written on the spot.
class Scratch
{
public:
    QString write(const QString &name, const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }

private:
    QTemporaryDir m_folder;
};

inline QByteArray gzipped(const QByteArray &bytes)
{
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(qsizetype(deflateBound(&stream, uLong(bytes.size()))) + 64, Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return out;
}

inline QString sharedLoadTest(const QString &relative)
{
    return QDir(QStringLiteral(TENKEN_SHARED_DATA)).filePath(QStringLiteral("loadtest/") + relative);
}

inline bool hasRemark(const LoadTestRun &run, const QString &english)
{
    for (const Text &remark : run.remarks) {
        if (remark.en.contains(english) && !remark.ja.isEmpty())
            return true;
    }
    return false;
}

} // namespace tenken::test
