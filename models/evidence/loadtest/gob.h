// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tenken
{

/// Reads the values of one message of Go's encoding/gob. Every read fails at the message's end.
class GobCursor
{
public:
    explicit GobCursor(std::string_view bytes) : m_bytes(bytes) {}
    bool unsignedInt(quint64 &value);
    bool signedInt(qint64 &value);
    bool bytes(std::string_view &value); ///< strings, byte slices, what GobEncode wrote
    bool isAtEnd() const { return m_bytes.empty(); }
    size_t left() const { return m_bytes.size(); }

private:
    std::string_view m_bytes;
};

/// The types that a gob stream describes before it uses them.
class GobTypes
{
public:
    enum Builtin : qint64 { Bool = 1, Int, Uint, Float, Bytes, String, Complex, Interface };
    struct Field {
        std::string name;
        qint64 type = 0;
    };
    struct Type {
        enum Kind { Array, Slice, Struct, Map, Encoded } kind = Encoded;
        qint64 element = 0, key = 0;
        std::vector<Field> fields;
    };

    /// The description that follows a negative type number.
    bool define(qint64 id, GobCursor &message);
    const Type *find(qint64 id) const;
    /// Passes over a value of that type, whatever it is.
    bool skip(qint64 id, GobCursor &message, int depth = 0) const;
    /// Walks over a struct's fields; `field(index, cursor)` reads or skips each one's value.
    template <typename Reader>
    static bool walkStruct(GobCursor &message, size_t fields, Reader field)
    {
        quint64 delta = 0;
        for (size_t next = 0; message.unsignedInt(delta); next += size_t(delta)) {
            if (delta == 0)
                return true;
            if (delta > fields - next || !field(next + size_t(delta) - 1, message))
                return false;
        }
        return false;
    }

private:
    std::unordered_map<qint64, Type> m_types;
};

} // namespace tenken
