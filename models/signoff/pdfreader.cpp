// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/pdfvalue.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr int deepest = 32;
constexpr int mostParts = 200'000;
constexpr size_t mostKeys = 4'096;

bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }
bool isDelimiter(char c) { return QByteArrayView("()<>[]{}/%").contains(c); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

int hexOf(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

class Reader
{
public:
    Reader(QByteArrayView bytes, qsizetype at) : m_bytes(bytes), m_at(at) { }
    std::optional<PdfValue> value(int depth = 0);
    qsizetype at() const { return m_at; }

private:
    bool more() const { return m_at < m_bytes.size(); }
    char now() const { return m_bytes[m_at]; }
    bool begins(const char *word) const { return m_bytes.sliced(m_at).startsWith(word); }
    QByteArray token();
    std::optional<PdfValue> string();
    std::optional<PdfValue> hexString();
    std::optional<PdfValue> list(int depth);
    std::optional<PdfValue> dictionary(int depth);
    std::optional<PdfValue> numberOrReference();

    QByteArrayView m_bytes;
    qsizetype m_at;
    int m_parts = 0;
};

QByteArray Reader::token()
{
    const qsizetype from = m_at;
    while (more() && !isSpace(now()) && !isDelimiter(now()))
        ++m_at;
    return m_bytes.sliced(from, m_at - from).toByteArray();
}

std::optional<PdfValue> Reader::string()
{
    const qsizetype from = m_at++;
    for (int open = 1; more(); ++m_at) {
        if (now() == '\\')
            ++m_at;
        else if (now() == '(')
            ++open;
        else if (now() == ')' && --open == 0) {
            ++m_at;
            return PdfValue{PdfValue::Kind::String, m_bytes.sliced(from, m_at - from).toByteArray()};
        }
    }
    return std::nullopt;
}

std::optional<PdfValue> Reader::hexString()
{
    const qsizetype from = m_at++;
    while (more() && (isSpace(now()) || hexOf(now()) >= 0))
        ++m_at;
    if (!more() || now() != '>')
        return std::nullopt;
    ++m_at;
    return PdfValue{PdfValue::Kind::String, m_bytes.sliced(from, m_at - from).toByteArray()};
}

std::optional<PdfValue> Reader::list(int depth)
{
    PdfValue array{PdfValue::Kind::Array};
    ++m_at;
    while (true) {
        skipPdfSpace(m_bytes, m_at);
        if (!more())
            return std::nullopt;
        if (now() == ']') {
            ++m_at;
            return array;
        }
        auto entry = value(depth + 1);
        if (!entry)
            return std::nullopt;
        array.items.push_back(std::move(*entry));
    }
}

std::optional<PdfValue> Reader::dictionary(int depth)
{
    PdfValue map{PdfValue::Kind::Dictionary};
    m_at += 2;
    while (true) {
        skipPdfSpace(m_bytes, m_at);
        if (!more())
            return std::nullopt;
        if (begins(">>")) {
            m_at += 2;
            return map;
        }
        if (now() != '/')
            return std::nullopt;
        ++m_at;
        map.keys.push_back(token());
        // Of two equal keys some viewers take the first, some the last; an escape may hide that they are
        // equal.
        if (map.keys.size() > mostKeys || map.keys.back().contains('#')
            || std::ranges::contains(map.keys.begin(), map.keys.end() - 1, map.keys.back()))
            return std::nullopt;
        auto entry = value(depth + 1);
        if (!entry)
            return std::nullopt;
        map.items.push_back(std::move(*entry));
    }
}

std::optional<PdfValue> Reader::numberOrReference()
{
    qsizetype after = m_at;
    if (const auto object = readPdfInteger(m_bytes, after);
        object && after < m_bytes.size() && isSpace(m_bytes[after])) {
        skipPdfSpace(m_bytes, after);
        const auto generation = readPdfInteger(m_bytes, after);
        skipPdfSpace(m_bytes, after);
        const bool ends =
            after + 1 >= m_bytes.size() || isSpace(m_bytes[after + 1]) || isDelimiter(m_bytes[after + 1]);
        if (generation && after < m_bytes.size() && m_bytes[after] == 'R' && ends) {
            if (*generation != 0 || *object > 8'388'607)
                return std::nullopt;
            m_at = after + 1;
            return PdfValue::reference(int(*object));
        }
    }
    return PdfValue{PdfValue::Kind::Number, token()};
}

std::optional<PdfValue> Reader::value(int depth)
{
    skipPdfSpace(m_bytes, m_at);
    if (!more() || depth > deepest || ++m_parts > mostParts)
        return std::nullopt;
    if (begins("<<"))
        return dictionary(depth);
    switch (now()) {
    case '<':
        return hexString();
    case '(':
        return string();
    case '[':
        return list(depth);
    case '/':
        ++m_at;
        return PdfValue::name(token());
    default:
        break;
    }
    if (isDigit(now()) || now() == '+' || now() == '-' || now() == '.')
        return numberOrReference();
    const QByteArray word = token();
    if (word == "null")
        return PdfValue{};
    if (word == "true" || word == "false")
        return PdfValue{PdfValue::Kind::Boolean, word};
    return std::nullopt;
}

} // namespace

void skipPdfSpace(QByteArrayView bytes, qsizetype &at)
{
    while (at < bytes.size()) {
        if (bytes[at] == '%') {
            while (at < bytes.size() && bytes[at] != '\n' && bytes[at] != '\r')
                ++at;
        } else if (isSpace(bytes[at])) {
            ++at;
        } else {
            return;
        }
    }
}

std::optional<qint64> readPdfInteger(QByteArrayView bytes, qsizetype &at)
{
    const qsizetype from = at;
    qint64 value = 0;
    while (at < bytes.size() && isDigit(bytes[at])) {
        if (at - from >= 10)
            return std::nullopt;
        value = value * 10 + (bytes[at++] - '0');
    }
    return at == from ? std::nullopt : std::optional(value);
}

std::optional<PdfValue> readPdfValue(QByteArrayView bytes, qsizetype &at)
{
    if (at < 0 || at > bytes.size())
        return std::nullopt;
    Reader reader(bytes, at);
    auto value = reader.value();
    at = reader.at();
    return value;
}

} // namespace tenken
