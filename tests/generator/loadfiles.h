// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/input.h>
#include <evidence/loadtest/reader.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <zlib.h>
#include <zstd.h>

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

inline QByteArray zstdPacked(const QByteArray &bytes)
{
    QByteArray out(qsizetype(ZSTD_compressBound(size_t(bytes.size()))), Qt::Uninitialized);
    out.resize(qsizetype(ZSTD_compress(out.data(), size_t(out.size()), bytes.data(), size_t(bytes.size()), 3)));
    return out;
}

/// As PowerShell's “>” writes it.
inline QByteArray utf16(const QByteArray &text, bool bigEndian = false)
{
    QByteArray out = bigEndian ? QByteArray("\xFE\xFF") : QByteArray("\xFF\xFE");
    const QString units = QString::fromUtf8(text);
    for (const QChar unit : units) {
        out += char(bigEndian ? unit.row() : unit.cell());
        out += char(bigEndian ? unit.cell() : unit.row());
    }
    return out;
}

/// All that a run says, a line each: to compare two of them.
inline QStringList everythingIn(const LoadTestRun &run)
{
    const auto latency = [](const LatencyHistogram &h) {
        QString text = QStringLiteral("n %1 mean %2 min %3 max %4:").arg(h.count()).arg(h.meanMs(), 0, 'g', 17).arg(h.minMs()).arg(h.maxMs());
        for (const auto &[index, count] : h.buckets())
            text += QStringLiteral(" %1×%2").arg(index).arg(count);
        return text;
    };
    QStringList lines;
    for (const Text &remark : run.remarks)
        lines << remark.en;
    lines << QStringLiteral("%1 %2 model %3 samples %4 errors %5 from %6 to %7 skipped %8")
                 .arg(run.tool, run.toolVersion).arg(int(run.model)).arg(run.samples).arg(run.errors)
                 .arg(run.startSeconds, 0, 'f', 6).arg(run.endSeconds, 0, 'f', 6).arg(run.skippedLines);
    lines << latency(run.latency);
    for (auto kind = run.errorKinds.begin(); kind != run.errorKinds.end(); ++kind)
        lines << QStringLiteral("error %1 ×%2").arg(kind.key()).arg(kind.value());
    for (const LoadSecond &s : run.seconds)
        lines << QStringLiteral("%1: %2 %3 %4 users %5 arrivals %6 ").arg(s.second).arg(s.started).arg(s.completed).arg(s.failed)
                     .arg(s.users, 0, 'g', 17).arg(s.arrivals) + latency(s.latency);
    for (const LoadLabel &label : run.labels) {
        lines << QStringLiteral("label %1: %2 %3 ").arg(label.name).arg(label.samples).arg(label.errors) + latency(label.latency);
        for (const LoadLabel::Second &s : label.seconds)
            lines << QStringLiteral("%1: %2 %3 %4 ").arg(s.second).arg(s.started).arg(s.completed).arg(s.failed) + latency(s.latency);
    }
    return lines;
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
