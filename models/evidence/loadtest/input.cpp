// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/input.h>

#include <cstring>

namespace tenken
{

namespace
{

constexpr size_t bufferSize = 2 * LineReader::maxRecord;

Problem cannotOpen(const QString &path, const QString &why)
{
    return {path, {}, Text{"ファイルを開けません（%1）。", "The file cannot be opened (%1)."}.arg(why), {}};
}

} // namespace

ByteInput::ByteInput(const QString &path, ReadProgress progress)
    : m_file(path), m_progress(std::move(progress))
{
}

Result<void> ByteInput::open()
{
    if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure(cannotOpen(m_file.fileName(), m_file.errorString()));
    if (m_file.isSequential())
        return failure(cannotOpen(m_file.fileName(), QStringLiteral("not a regular file")));
    const QByteArray first = m_file.peek(4);
    m_unpacker = unpackerFor({first.data(), size_t(first.size())},
                             [this](char *to, qint64 capacity) { return readRaw(to, capacity); });
    m_ahead.assign(2, '\0');
    if (m_unpacker)
        m_ahead.resize(size_t(m_unpacker->read(m_ahead.data(), 2)));
    else
        m_ahead = first.first(std::min<qsizetype>(2, first.size())).toStdString();
    const auto unpacked = [this](char *to, qint64 capacity) { return readUnpacked(to, capacity); };
    m_utf16 = utf16ReaderFor(m_ahead, unpacked);
    if (!m_unpacker)
        m_ahead.clear(); // was only peeked at
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

qint64 ByteInput::readUnpacked(char *to, qint64 capacity)
{
    if (!m_ahead.empty()) {
        const size_t length = m_ahead.copy(to, size_t(capacity));
        m_ahead.erase(0, length);
        return qint64(length);
    }
    return m_unpacker ? m_unpacker->read(to, capacity) : readRaw(to, capacity);
}

qint64 ByteInput::read(char *to, qint64 capacity)
{
    return m_utf16 ? m_utf16->read(to, capacity) : readUnpacked(to, capacity);
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
    if (m_next == m_end && capacity >= 64 * 1024 && !m_atEnd) { // large pieces need no copy in between
        const qint64 got = m_input.read(to, qint64(capacity));
        m_atEnd = got <= 0;
        return size_t(std::max<qint64>(0, got));
    }
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
