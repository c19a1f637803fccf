// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/bytestream.h>
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/gob.h>
#include <evidence/loadtest/requestformats.h>
#include <evidence/loadtest/vegeta.h>

#include <QtEndian>

// What `vegeta attack` writes: Go's encoding/gob, a stream of messages that first describes its types. Result
// grew from six fields to twelve over the years; fields are found by their names.

namespace tenken
{

namespace
{

enum class Role { None, Attack, Code, Timestamp, Latency, Error };

Role roleOf(std::string_view field)
{
    static constexpr std::pair<std::string_view, Role> roles[] = {
        {"Attack", Role::Attack},   {"Code", Role::Code},   {"Timestamp", Role::Timestamp},
        {"Latency", Role::Latency}, {"Error", Role::Error},
    };
    for (const auto &[name, role] : roles) {
        if (field == name)
            return role;
    }
    return Role::None;
}

/// time.Time's MarshalBinary: version, seconds since the year 1, nanoseconds, minutes of the zone.
bool parseGoTime(std::string_view bytes, qint64 &epochNs)
{
    constexpr qint64 epoch = 62'135'596'800; // seconds from the year 1 to 1970
    constexpr qint64 latest = 9'000'000'000; // later, nanoseconds would overflow
    if (bytes.size() < 15 || bytes[0] < 1 || bytes[0] > 2)
        return false;
    const qint64 seconds = qFromBigEndian<qint64>(bytes.data() + 1);
    const qint32 fraction = qFromBigEndian<qint32>(bytes.data() + 9);
    if (seconds < epoch || seconds > epoch + latest || fraction < 0 || fraction >= 1'000'000'000)
        return false;
    epochNs = (seconds - epoch) * 1'000'000'000 + fraction;
    return true;
}

class VegetaGobReader
{
public:
    explicit VegetaGobReader(LineReader &lines) : m_in(lines) {}
    Result<LoadTestRun> read();

private:
    enum class Next { Message, End, CutOff };
    Next nextMessage();
    bool nextLength(quint64 &length, bool &atEnd);
    bool message(GobCursor cursor);
    bool result(const GobTypes::Type &type, GobCursor &cursor);
    bool field(const GobTypes::Field &field, GobCursor &cursor, VegetaResult &result, bool &timed);

    ByteStream m_in;
    GobTypes m_types;
    VegetaRun m_run;
    qint64 m_messages = 0;
};

bool VegetaGobReader::field(const GobTypes::Field &field, GobCursor &cursor, VegetaResult &result,
                            bool &timed)
{
    const Role role = roleOf(field.name);
    std::string_view bytes;
    if (role == Role::Attack && field.type == GobTypes::String)
        return cursor.bytes(result.attack);
    if (role == Role::Error && field.type == GobTypes::String)
        return cursor.bytes(result.error);
    if (role == Role::Code && field.type == GobTypes::Uint)
        return cursor.unsignedInt(result.code);
    if (role == Role::Latency && field.type == GobTypes::Int)
        return cursor.signedInt(result.latencyNs);
    const GobTypes::Type *type = role == Role::Timestamp ? m_types.find(field.type) : nullptr;
    if (type && type->kind == GobTypes::Type::Encoded) {
        timed = cursor.bytes(bytes) && parseGoTime(bytes, result.startNs);
        return timed;
    }
    return m_types.skip(field.type, cursor);
}

bool VegetaGobReader::result(const GobTypes::Type &type, GobCursor &cursor)
{
    VegetaResult result;
    bool timed = false;
    const bool read = GobTypes::walkStruct(cursor, type.fields.size(), [&](size_t index, GobCursor &at) {
        return field(type.fields[index], at, result, timed);
    });
    return read && timed && m_run.add(result);
}

bool VegetaGobReader::message(GobCursor cursor)
{
    qint64 id = 0;
    if (!cursor.signedInt(id))
        return false;
    if (id < 0)
        return id > std::numeric_limits<qint64>::min() && m_types.define(-id, cursor);
    const GobTypes::Type *type = m_types.find(id);
    return type && type->kind == GobTypes::Type::Struct && result(*type, cursor);
}

bool VegetaGobReader::nextLength(quint64 &length, bool &atEnd)
{
    quint8 first = 0;
    atEnd = !m_in.byte(first);
    if (atEnd)
        return false;
    length = first;
    if (first < 0x80)
        return true;
    std::string_view bytes;
    const size_t size = 256 - size_t(first);
    if (size > 8 || !m_in.take(size, bytes))
        return false;
    length = 0;
    for (const char c : bytes)
        length = length << 8 | quint8(c);
    return true;
}

VegetaGobReader::Next VegetaGobReader::nextMessage()
{
    quint64 length = 0;
    bool atEnd = false;
    if (!nextLength(length, atEnd))
        return atEnd ? Next::End : Next::CutOff;
    ++m_messages;
    std::string_view bytes;
    if (length > ByteStream::mostAtOnce) { // an answer's body may be that long
        m_run.skip(m_messages);
        return m_in.skip(length) ? Next::Message : Next::CutOff;
    }
    if (!m_in.take(size_t(length), bytes))
        return Next::CutOff;
    if (!message(GobCursor(bytes)))
        m_run.skip(m_messages);
    return Next::Message;
}

Result<LoadTestRun> VegetaGobReader::read()
{
    Next next = Next::Message;
    while (next == Next::Message)
        next = nextMessage();
    if (next == Next::CutOff)
        m_run.cutOff();
    return m_run.finish();
}

/// Of the first type that the stream describes.
bool namesVegetaFields(std::string_view head)
{
    const std::string_view begin = head.substr(0, 512);
    const auto has = [&](std::string_view word) { return begin.find(word) != std::string_view::npos; };
    return !begin.starts_with('{') && has("\x06Result") && has("\x09Timestamp") && has("\x07Latency");
}

} // namespace

bool isVegetaGob(std::string_view head)
{
    GobCursor cursor(head);
    quint64 length = 0;
    qint64 id = 0;
    return namesVegetaFields(head) && cursor.unsignedInt(length) && length > 20 && length < 4096
        && cursor.signedInt(id) && id < 0;
}

bool isDamagedGob(std::string_view head)
{
    std::string narrow; // UTF-16: every other byte
    for (size_t i = head.starts_with("\xFE\xFF") ? 1 : 0; i < std::min<size_t>(head.size(), 1024); i += 2)
        narrow += head[i];
    return namesVegetaFields(narrow) || (namesVegetaFields(head) && !isVegetaGob(head));
}

Result<LoadTestRun> readVegetaGob(LineReader &lines)
{
    return VegetaGobReader(lines).read();
}

} // namespace tenken
