// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/gob.h>

namespace tenken
{

namespace
{

constexpr size_t mostTypes = 1000, mostFields = 1000;
constexpr int deepest = 16;

/// Struct fields in the order of Go's wireType: which kind of type the description is.
constexpr GobTypes::Type::Kind kinds[] = {
    GobTypes::Type::Array,   GobTypes::Type::Slice,   GobTypes::Type::Struct,  GobTypes::Type::Map,
    GobTypes::Type::Encoded, GobTypes::Type::Encoded, GobTypes::Type::Encoded,
};

/// CommonType: name and number, both known otherwise.
bool skipCommon(GobCursor &message)
{
    return GobTypes::walkStruct(message, 2, [](size_t index, GobCursor &at) {
        std::string_view name;
        qint64 id = 0;
        return index == 0 ? at.bytes(name) : at.signedInt(id);
    });
}

bool readFields(GobCursor &message, std::vector<GobTypes::Field> &fields)
{
    quint64 count = 0;
    if (!message.unsignedInt(count) || count > mostFields)
        return false;
    for (quint64 i = 0; i < count; ++i) {
        GobTypes::Field field;
        const bool read = GobTypes::walkStruct(message, 2, [&](size_t index, GobCursor &at) {
            if (index == 1)
                return at.signedInt(field.type);
            std::string_view name;
            const bool named = at.bytes(name);
            field.name = name.substr(0, 64);
            return named;
        });
        if (!read)
            return false;
        fields.push_back(std::move(field));
    }
    return true;
}

/// ArrayType {common, element, length}, SliceType {common, element}, MapType {common, key, element},
/// StructType {common, fields}, GobEncoderType {common}.
bool readType(GobTypes::Type &type, GobCursor &message)
{
    using Type = GobTypes::Type;
    return GobTypes::walkStruct(message, 3, [&](size_t index, GobCursor &at) {
        qint64 number = 0;
        if (index == 0)
            return skipCommon(at);
        if (type.kind == Type::Struct && index == 1)
            return readFields(at, type.fields);
        if (!at.signedInt(number))
            return false;
        if (type.kind == Type::Map)
            (index == 1 ? type.key : type.element) = number;
        else if (index == 1)
            type.element = number;
        return true;
    });
}

} // namespace

bool GobCursor::unsignedInt(quint64 &value)
{
    if (m_bytes.empty())
        return false;
    const quint8 first = quint8(m_bytes.front());
    m_bytes.remove_prefix(1);
    value = first;
    if (first < 0x80)
        return true;
    const size_t length = 256 - size_t(first); // the byte count, negated
    if (length > 8 || length > m_bytes.size())
        return false;
    value = 0;
    for (size_t i = 0; i < length; ++i)
        value = value << 8 | quint8(m_bytes[i]);
    m_bytes.remove_prefix(length);
    return true;
}

bool GobCursor::signedInt(qint64 &value)
{
    quint64 bits = 0;
    if (!unsignedInt(bits))
        return false;
    value = qint64(bits & 1 ? ~(bits >> 1) : bits >> 1);
    return true;
}

bool GobCursor::bytes(std::string_view &value)
{
    quint64 length = 0;
    if (!unsignedInt(length) || length > m_bytes.size())
        return false;
    value = m_bytes.substr(0, size_t(length));
    m_bytes.remove_prefix(size_t(length));
    return true;
}

bool GobTypes::define(qint64 id, GobCursor &message)
{
    if (m_types.size() >= mostTypes && !m_types.contains(id))
        return false;
    Type type;
    bool known = false;
    const bool read = walkStruct(message, std::size(kinds), [&](size_t index, GobCursor &at) {
        type.kind = kinds[index];
        return !std::exchange(known, true) && readType(type, at);
    });
    if (read && known)
        m_types.insert_or_assign(id, std::move(type));
    return read && known;
}

const GobTypes::Type *GobTypes::find(qint64 id) const
{
    const auto type = m_types.find(id);
    return type == m_types.end() ? nullptr : &type->second;
}

bool GobTypes::skip(qint64 id, GobCursor &message, int depth) const
{
    quint64 number = 0;
    std::string_view bytes;
    switch (id) {
    case Bool:
    case Int:
    case Uint:
    case Float:
        return message.unsignedInt(number);
    case Bytes:
    case String:
        return message.bytes(bytes);
    case Complex:
        return message.unsignedInt(number) && message.unsignedInt(number);
    case Interface: // the concrete type's name, its number, and the value with its length
        return message.bytes(bytes)
            && (bytes.empty() || (message.unsignedInt(number) && message.bytes(bytes)));
    default:
        break;
    }
    const Type *type = find(id);
    if (!type || depth > deepest)
        return false;
    if (type->kind == Type::Encoded)
        return message.bytes(bytes);
    if (type->kind == Type::Struct) {
        return walkStruct(message, type->fields.size(), [&](size_t index, GobCursor &at) {
            return skip(type->fields[index].type, at, depth + 1);
        });
    }
    if (!message.unsignedInt(number) || number > message.left())
        return false; // each element takes a byte at least
    for (; number > 0; --number) {
        if ((type->kind == Type::Map && !skip(type->key, message, depth + 1))
            || !skip(type->element, message, depth + 1))
            return false;
    }
    return true;
}

} // namespace tenken
