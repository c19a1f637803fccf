// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/bytestream.h>

#include <QtEndian>

#include <algorithm>

namespace tenken
{

bool ByteStream::fill(size_t count)
{
    constexpr size_t chunk = 256 * 1024;
    if (count > mostAtOnce)
        return false;
    m_passed += qint64(m_at);
    m_buffer.erase(0, m_at);
    m_at = 0;
    while (m_buffer.size() < count) {
        const size_t before = m_buffer.size();
        m_buffer.resize(before + chunk);
        const size_t got = m_input.readBytes(m_buffer.data() + before, chunk);
        m_buffer.resize(before + got);
        if (got == 0)
            return false;
    }
    return true;
}

bool ByteStream::take(size_t count, std::string_view &bytes)
{
    if (!reach(count))
        return false;
    bytes = std::string_view(m_buffer).substr(m_at, count);
    m_at += count;
    return true;
}

bool ByteStream::skip(quint64 count)
{
    while (count > 0) {
        if (!reach(1))
            return false;
        const size_t now = size_t(std::min<quint64>(count, m_buffer.size() - m_at));
        m_at += now;
        count -= now;
    }
    return true;
}

bool ByteStream::byte(quint8 &value)
{
    if (!reach(1))
        return false;
    value = quint8(m_buffer[m_at++]);
    return true;
}

bool ByteStream::bigEndian32(qint32 &value)
{
    std::string_view bytes;
    if (!take(4, bytes))
        return false;
    value = qFromBigEndian<qint32>(bytes.data());
    return true;
}

bool ByteStream::bigEndian64(qint64 &value)
{
    std::string_view bytes;
    if (!take(8, bytes))
        return false;
    value = qFromBigEndian<qint64>(bytes.data());
    return true;
}

} // namespace tenken
