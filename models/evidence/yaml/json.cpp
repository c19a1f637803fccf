// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/yaml/reader.h>

namespace tenken {

namespace {

class JsonReader
{
public:
    JsonReader(const YamlStore &store, YamlBuilder &builder)
        : m_text(store.bytes())
        , m_at(store.start)
        , m_builder(builder)
    {
    }

    bool documents()
    {
        skipBlank();
        while (m_at < m_text.size()) {
            m_builder.beginDocument();
            if (!value() || m_builder.stopped())
                return m_builder.stopped(); // a limit is an answer, broken JSON is none
            m_builder.endDocument();
            skipBlank();
        }
        return true;
    }

private:
    void skipBlank()
    {
        while (m_at < m_text.size() && std::string_view(" \t\r\n").contains(m_text[m_at]))
            ++m_at;
    }

    bool take(char c)
    {
        skipBlank();
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    bool value()
    {
        skipBlank();
        const char c = m_at < m_text.size() ? m_text[m_at] : '\0';
        if (c == '{' || c == '[')
            return collection(c == '{');
        if (c == '"')
            return string();
        return word();
    }

    bool collection(bool isMap) // recursion ends where the builder stops at its depth
    {
        m_builder.beginCollection({m_at++, 0, {}}, isMap ? YamlNodeKind::Map : YamlNodeKind::Sequence, true);
        const char close = isMap ? '}' : ']';
        if (m_builder.stopped())
            return false;
        bool open = !take(close);
        while (open) {
            skipBlank();
            if (isMap && !(m_at < m_text.size() && m_text[m_at] == '"' && string() && take(':')))
                return false;
            if (!value() || m_builder.stopped())
                return false;
            open = take(',');
            if (!open && !take(close))
                return false;
        }
        m_builder.endCollection();
        return true;
    }

    bool word()
    {
        const uint32_t begin = m_at;
        while (m_at < m_text.size() && !std::string_view(" \t\r\n,]}:[{\"").contains(m_text[m_at]))
            ++m_at;
        const std::string_view word = m_text.substr(begin, m_at - begin);
        if (word == "null")
            m_builder.null({begin, 0, {}});
        else if (word == "true" || word == "false" || isNumber(word))
            m_builder.scalar({begin, 0, {}}, word);
        else
            return false;
        return true;
    }

    static bool isNumber(std::string_view word)
    {
        const std::string_view digits = word.starts_with('-') ? word.substr(1) : word;
        const bool leadingZero = digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9';
        return !digits.empty() && digits[0] >= '0' && digits[0] <= '9' && !leadingZero && !digits.ends_with('.')
            && digits.find_first_not_of("0123456789.eE+-") == std::string_view::npos && yamlNumber(word).has_value();
    }

    bool string()
    {
        const uint32_t begin = m_at++;
        std::string undone;
        while (m_at < m_text.size()) {
            const size_t next = std::min(m_text.find_first_of("\"\\\n", m_at), m_text.size());
            undone.append(m_text, m_at, next - m_at);
            m_at = static_cast<uint32_t>(next) + 1;
            if (next == m_text.size() || m_text[next] == '\n')
                return false;
            if (m_text[next] == '"') {
                m_builder.scalar({begin, 0, {}}, undone);
                return true;
            }
            if (!escape(undone))
                return false;
        }
        return false;
    }

    bool escape(std::string &out)
    {
        const char c = m_at < m_text.size() ? m_text[m_at++] : '\0';
        static constexpr std::string_view from = "\"\\/bfnrt", to = "\"\\/\b\f\n\r\t";
        if (const size_t i = from.find(c); i != std::string_view::npos) {
            out += to[i];
            return true;
        }
        if (c != 'u')
            return false;
        uint32_t code = hex();
        if (code >= 0xd800 && code < 0xdc00 && m_text.substr(m_at, 2) == "\\u") {
            m_at += 2;
            const uint32_t low = hex();
            if (low < 0xdc00 || low > 0xdfff)
                return false;
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        } else if (code >= 0xd800 && code <= 0xdfff) {
            code = 0xfffd; // half a pair, as Go's JSON reads it
        }
        if (code > 0x10ffff)
            return false;
        out += QString::fromUcs4(reinterpret_cast<const char32_t *>(&code), 1).toStdString();
        return true;
    }

    uint32_t hex()
    {
        uint32_t code = 0;
        for (int i = 0; i < 4; ++i, ++m_at) {
            const char c = m_at < m_text.size() ? m_text[m_at] : '\0';
            const size_t digit = std::string_view("0123456789abcdef").find(
                static_cast<char>(c >= 'A' && c <= 'F' ? c + 32 : c));
            if (digit == std::string_view::npos)
                return UINT32_MAX;
            code = code * 16 + static_cast<uint32_t>(digit);
        }
        return code;
    }

    std::string_view m_text;
    uint32_t m_at;
    YamlBuilder &m_builder;
};

} // namespace

bool readJsonEvents(const YamlStore &store, YamlBuilder &builder)
{
    return JsonReader(store, builder).documents();
}

} // namespace tenken
