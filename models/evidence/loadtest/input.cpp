// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/input.h>

#include <zlib.h>

#include <cstring>

namespace tenken
{

namespace
{

constexpr qint64 packedChunk = 256 * 1024;
constexpr size_t maxRecord = 1024 * 1024;
constexpr size_t bufferSize = 2 * maxRecord;

Problem cannotOpen(const QString &path, const QString &why)
{
    return {path, {}, Text{"ファイルを開けません（%1）。", "The file cannot be opened (%1)."}.arg(why), {}};
}

} // namespace

ByteInput::ByteInput(const QString &path, ReadProgress progress)
    : m_file(path), m_progress(std::move(progress))
{
}

ByteInput::~ByteInput()
{
    if (m_gzip)
        inflateEnd(m_gzip.get());
}

Result<void> ByteInput::open()
{
    if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure(cannotOpen(m_file.fileName(), m_file.errorString()));
    if (m_file.isSequential())
        return failure(cannotOpen(m_file.fileName(), QStringLiteral("not a regular file")));
    if (m_file.peek(2) == QByteArrayView("\x1f\x8b")) {
        m_gzip = std::make_unique<z_stream>();
        m_packed = std::make_unique<char[]>(packedChunk);
        if (inflateInit2(m_gzip.get(), 15 + 16) != Z_OK)
            return failure(cannotOpen(m_file.fileName(), QStringLiteral("zlib")));
    }
    return {};
}

qint64 ByteInput::readRaw(char *to, qint64 capacity)
{
    if (m_cancelled)
        return 0;
    const qint64 got = std::max<qint64>(0, m_file.read(to, capacity));
    m_done += got;
    if (m_progress && !m_progress(m_done, std::max(m_done, m_file.size())))
        m_cancelled = true;
    return m_cancelled ? 0 : got;
}

qint64 ByteInput::read(char *to, qint64 capacity)
{
    return m_gzip ? inflateInto(to, capacity) : readRaw(to, capacity);
}

// `cat a.gz b.gz` is a gzip file of two members; what follows the last one may also be zero padding.
bool ByteInput::nextMember()
{
    while (m_gzip->avail_in > 0 && *m_gzip->next_in == 0) {
        ++m_gzip->next_in;
        --m_gzip->avail_in;
    }
    if (m_gzip->avail_in == 0)
        return true; // wants more input
    m_between = false;
    return inflateReset(m_gzip.get()) == Z_OK;
}

qint64 ByteInput::inflateInto(char *to, qint64 capacity)
{
    m_gzip->next_out = reinterpret_cast<Bytef *>(to);
    m_gzip->avail_out = uInt(capacity);
    while (!m_ended && m_gzip->avail_out > 0) {
        if (m_gzip->avail_in == 0) {
            m_gzip->next_in = reinterpret_cast<Bytef *>(m_packed.get());
            m_gzip->avail_in = uInt(readRaw(m_packed.get(), packedChunk));
            if (m_gzip->avail_in == 0) {
                m_ended = true;
                m_cutOff = !m_between;
                break;
            }
        }
        if (m_between && (!nextMember() || m_between))
            continue;
        const int state = inflate(m_gzip.get(), Z_NO_FLUSH);
        m_between = state == Z_STREAM_END;
        if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
            m_ended = m_cutOff = true;
    }
    return capacity - m_gzip->avail_out;
}

LineReader::LineReader(ByteInput &input) : m_input(input), m_buffer(new char[bufferSize + padding]()) {}

// Makes room by moving the record to the front, then reads. False when nothing more comes.
bool LineReader::fill()
{
    if (m_atEnd)
        return false;
    if (m_start > 0) {
        std::memmove(m_buffer.get(), m_buffer.get() + m_start, m_end - m_start);
        m_end -= m_start;
        m_next -= m_start;
        m_firstEnd = m_firstEnd > m_start ? m_firstEnd - m_start : 0;
        m_start = 0;
    }
    const qint64 got = m_input.read(m_buffer.get() + m_end, qint64(bufferSize - m_end));
    m_atEnd = got <= 0;
    m_end += size_t(std::max<qint64>(0, got));
    return !m_atEnd;
}

std::string_view LineReader::head()
{
    while (m_end - m_next < 64 * 1024 && fill()) {}
    return {m_buffer.get() + m_next, std::min<size_t>(m_end - m_next, 64 * 1024)};
}

void LineReader::skipByteOrderMark()
{
    if (head().starts_with("\xEF\xBB\xBF"))
        m_next += 3;
}

bool LineReader::findLineEnd(size_t from, size_t &end)
{
    size_t searched = from - m_start; // relative: fill() moves the record
    while (true) {
        const char *begin = m_buffer.get() + m_start + searched;
        const size_t length = m_end - m_start - searched;
        if (const void *at = std::memchr(begin, '\n', length)) {
            end = size_t(static_cast<const char *>(at) - m_buffer.get());
            return true;
        }
        searched = m_end - m_start;
        if (searched > maxRecord || !fill())
            return false;
    }
}

std::string_view LineReader::recordTo(size_t end) const
{
    if (end > m_start && m_buffer[end - 1] == '\r')
        --end;
    return {m_buffer.get() + m_start, end - m_start};
}

bool LineReader::next(std::string_view &line)
{
    while (true) {
        m_start = m_next;
        size_t end = 0;
        const bool found = findLineEnd(m_start, end);
        if (!found && m_end - m_start > maxRecord) { // drop what is there, up to the next line break
            ++m_tooLong;
            ++m_line;
            const void *at = nullptr;
            do {
                m_start = m_next = m_end;
            } while (fill() && !(at = std::memchr(m_buffer.get(), '\n', m_end)));
            m_next = at ? size_t(static_cast<const char *>(at) - m_buffer.get()) + 1 : m_end;
            continue;
        }
        if (!found && m_start == m_end)
            return false;
        if (found && end - m_start > maxRecord) {
            ++m_tooLong;
            ++m_line;
            m_next = end + 1;
            continue;
        }
        m_lastLineCut = !found;
        m_next = m_firstEnd = found ? end + 1 : m_end;
        m_firstLine = ++m_line;
        line = recordTo(found ? end : m_end);
        return true;
    }
}

bool LineReader::extend(std::string_view &record)
{
    size_t end = 0;
    const bool found = findLineEnd(m_next, end);
    if (m_end - m_start > maxRecord && (!found || end - m_start > maxRecord))
        return false;
    if (!found && m_next == m_end)
        return false;
    m_lastLineCut = !found;
    m_next = found ? end + 1 : m_end;
    ++m_line;
    record = recordTo(found ? end : m_end);
    return true;
}

size_t LineReader::readBytes(char *to, size_t capacity)
{
    if (m_next == m_end) {
        m_start = m_next;
        fill();
    }
    const size_t length = std::min(capacity, m_end - m_next);
    std::memcpy(to, m_buffer.get() + m_next, length);
    m_next += length;
    return length;
}

std::optional<std::string> LineReader::rest(size_t most)
{
    std::string text;
    constexpr size_t piece = 64 * 1024;
    while (true) {
        const size_t before = text.size();
        text.resize(before + piece);
        const size_t got = readBytes(text.data() + before, piece);
        text.resize(before + got);
        if (got == 0)
            return text;
        if (text.size() > most)
            return std::nullopt;
    }
}

void LineReader::backToFirstLine()
{
    m_next = m_firstEnd;
    m_line = m_firstLine;
}

} // namespace tenken
