// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/reader.h>
#include <evidence/loadtest/unpack.h>

#include <QFile>

#include <optional>

namespace tenken
{

/// The bytes of a file in the order they stand in it: unpacked where they are gzip or zstd, as UTF-8 where they
/// are UTF-16. Never holds more than a chunk.
class ByteInput
{
public:
    explicit ByteInput(const QString &path, ReadProgress progress = {});
    Q_DISABLE_COPY_MOVE(ByteInput)

    Result<void> open();
    qint64 read(char *to, qint64 capacity); ///< 0 at the end, after cancelling, and where packed data are damaged
    bool cancelled() const { return m_cancelled; }
    bool cutOff() const { return m_unpacker && m_unpacker->cutOff(); } ///< packed data that end early
    bool utf16() const { return m_utf16 != nullptr; }
    bool plain() const { return !m_unpacker && !m_utf16; } ///< read() gives the file's own bytes

private:
    qint64 readRaw(char *to, qint64 capacity);
    qint64 readUnpacked(char *to, qint64 capacity);

    QFile m_file;
    ReadProgress m_progress;
    qint64 m_done = 0;
    std::unique_ptr<ByteFilter> m_unpacker, m_utf16;
    std::string m_ahead; ///< unpacked, looked at, not given yet
    bool m_cancelled = false;
};

/// Lines of a ByteInput, without their ends. A view is good until the next call. Lines longer than 1 MiB are
/// left out and counted. At least 64 readable bytes follow every line (simdjson wants them).
class LineReader
{
public:
    explicit LineReader(ByteInput &input);

    std::string_view head(); ///< the first 64 KiB (or less), nothing is consumed
    void skipByteOrderMark();
    bool next(std::string_view &line);
    /// The last line joined with the one after it (a quoted field with a line break). False at the end of the
    /// file and where the record grows too long.
    bool extend(std::string_view &record);
    /// Everything from here on as one text, for formats that are one document; nothing when it is longer than
    /// `most` bytes.
    std::optional<std::string> rest(size_t most = 64 * 1024 * 1024);
    /// Bytes from here on, for binary formats; 0 at the end.
    size_t readBytes(char *to, size_t capacity);
    void backToFirstLine(); ///< forget the extensions: the next line is again the one after the first

    qint64 lineNumber() const { return m_firstLine; } ///< of the record's first line
    bool lastLineCut() const { return m_lastLineCut; } ///< the line just given ends without a line break
    bool cancelled() const { return m_input.cancelled(); }
    qint64 tooLong() const { return m_tooLong; }
    void countTooLong(qint64 lines) { m_tooLong += lines; } ///< for who reads bytes and cuts lines by itself
    static constexpr size_t maxRecord = 1024 * 1024;
    static constexpr size_t padding = 64;

private:
    bool fill();
    bool findLineEnd(size_t from, size_t &end); ///< of the line that begins there, reading more as needed
    std::string_view recordTo(size_t end) const;

    ByteInput &m_input;
    std::unique_ptr<char[]> m_buffer;
    size_t m_start = 0; ///< of the record
    size_t m_firstEnd = 0; ///< one past the record's first line break
    size_t m_next = 0; ///< where the next line begins
    size_t m_end = 0; ///< of what was read
    qint64 m_line = 0; ///< lines given so far
    qint64 m_firstLine = 0;
    qint64 m_tooLong = 0;
    bool m_atEnd = false;
    bool m_lastLineCut = false;
};

} // namespace tenken
