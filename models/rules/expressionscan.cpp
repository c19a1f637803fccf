// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/expressionscan.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr qsizetype longest = 4096;
constexpr size_t deepest = 50;
constexpr qint64 mostCopies = 100'000;

const QStringList &functions()
{
    static const QStringList names{
        QStringLiteral("abs"), QStringLiteral("avg"), QStringLiteral("ceil"), QStringLiteral("contains"),
        QStringLiteral("ends_with"), QStringLiteral("floor"), QStringLiteral("keys"), QStringLiteral("length"),
        QStringLiteral("map"), QStringLiteral("max"), QStringLiteral("max_by"), QStringLiteral("merge"),
        QStringLiteral("min"), QStringLiteral("min_by"), QStringLiteral("not_null"), QStringLiteral("reverse"),
        QStringLiteral("sort"), QStringLiteral("sort_by"), QStringLiteral("starts_with"), QStringLiteral("sum"),
        QStringLiteral("to_array"), QStringLiteral("to_number"), QStringLiteral("to_string"), QStringLiteral("type"),
        QStringLiteral("values")};
    return names;
}

bool isWordStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool isWord(char c) { return isWordStart(c) || (c >= '0' && c <= '9'); }

class Scanner
{
public:
    explicit Scanner(const QByteArray &text) : m_text(text) { }

    std::expected<ExpressionScan, Expression::Mistake> scan()
    {
        if (m_text.size() > longest)
            return std::unexpected(Expression::Mistake{
                Text{"式が %1 文字を超えています。", "The expression has more than %1 characters."}.arg(int(longest)),
                {"いくつかの規則に分けてください。", "Split it into several rules."}, longest});
        if (m_text.trimmed().isEmpty())
            return std::unexpected(Expression::Mistake{{"式が空です。", "The expression is empty."}, {}, 0});
        while (m_at < m_text.size() && !m_mistake)
            step();
        if (m_mistake)
            return std::unexpected(*m_mistake);
        return ExpressionScan{m_copies};
    }

private:
    void refuse(qsizetype at, const Text &message, const Text &hint = {})
    {
        if (!m_mistake)
            m_mistake = Expression::Mistake{message, hint, at};
    }

    void multiply(qint64 by)
    {
        m_copies *= by;
        if (m_copies > mostCopies)
            refuse(m_at, {"式の並びの組み合わせが多すぎます。", "The expression combines too many lists."},
                   {"いくつかの規則に分けてください。", "Split it into several rules."});
    }

    void step()
    {
        const char c = m_text.at(m_at);
        if (c == '\'' || c == '"')
            return skipQuoted(c);
        if (c == '`')
            return skipLiteral();
        if (c == '$')
            return refuse(m_at, {"変数 ($) は使えません。", "Variables ($) cannot be used."},
                          {"`@` からの道で書いてください。", "Write a path from `@`."});
        if (isWordStart(c))
            return word();
        if (c == '[' || c == '{' || c == '(')
            open(c);
        else if (c == ']' || c == '}' || c == ')')
            close();
        else if (c == ',' && !m_open.empty())
            ++m_open.back().elements;
        ++m_at;
    }

    void open(char c)
    {
        m_open.push_back({c, 1});
        if (m_open.size() > deepest)
            refuse(m_at, {"式の括弧が深すぎます。", "The expression is nested too deeply."});
    }

    void close()
    {
        if (m_open.empty())
            return; // told by the parser
        if (m_open.back().bracket != '(')
            multiply(m_open.back().elements);
        m_open.pop_back();
    }

    void skipQuoted(char quote)
    {
        for (++m_at; m_at < m_text.size() && m_text.at(m_at) != quote; ++m_at) {
            if (m_text.at(m_at) == '\\')
                ++m_at;
        }
        ++m_at;
    }

    /// JSON between backticks: a list there may be gone through once per element of another.
    void skipLiteral()
    {
        qint64 elements = 1;
        for (++m_at; m_at < m_text.size() && m_text.at(m_at) != '`'; ++m_at) {
            if (m_text.at(m_at) == '\\')
                ++m_at;
            else if (m_text.at(m_at) == ',')
                ++elements;
        }
        multiply(elements);
        ++m_at;
    }

    void word()
    {
        const qsizetype begin = m_at;
        while (m_at < m_text.size() && isWord(m_text.at(m_at)))
            ++m_at;
        qsizetype next = m_at;
        while (next < m_text.size() && (m_text.at(next) == ' ' || m_text.at(next) == '\n' || m_text.at(next) == '\t'))
            ++next;
        if (next >= m_text.size() || m_text.at(next) != '(')
            return;
        const QString name = QString::fromUtf8(m_text.sliced(begin, m_at - begin));
        if (!functions().contains(name)) {
            const auto near = didYouMean(name, functions());
            refuse(begin, Text{"関数 %1 は使えません。", "The function %1 cannot be used."}.arg(name),
                   near ? Text{"%1 のことですか。", "Did you mean %1?"}.arg(*near)
                        : Text{"使える関数: %1", "Known: %1"}.arg(functions().join(QStringLiteral(", "))));
        }
        if (name == u"to_string")
            multiply(2); // escapes
    }

    struct Bracket {
        char bracket;
        qint64 elements;
    };
    const QByteArray &m_text;
    qsizetype m_at = 0;
    qint64 m_copies = 1;
    std::vector<Bracket> m_open;
    std::optional<Expression::Mistake> m_mistake;
};

bool isBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// Walks the source of a scalar, one unit of its text at a time: a character, an escape or a run of blanks.
class ScalarSource
{
public:
    ScalarSource(const QByteArray &text, qsizetype begin) : m_text(text), m_at(begin)
    {
        const char first = m_at < m_text.size() ? m_text.at(m_at) : ' ';
        if (first == '|' || first == '>') {
            const qsizetype line = m_text.indexOf('\n', m_at);
            m_at = line < 0 ? m_text.size() : line + 1;
        } else if (first == '"' || first == '\'') {
            m_quote = first;
            ++m_at;
        }
        skipBlanks();
    }

    qsizetype at() const { return m_at; }

    /// Past the character here and the blanks behind it.
    void next()
    {
        if (m_at >= m_text.size())
            return;
        m_at += unit();
        skipBlanks();
    }

private:
    /// Bytes in the source that stand for one byte (or one escaped character) of the text.
    qsizetype unit() const
    {
        if (m_quote == '\'' && m_text.sliced(m_at).startsWith("''"))
            return 2;
        if (m_quote != '"' || m_text.at(m_at) != '\\' || m_at + 1 >= m_text.size())
            return 1;
        switch (m_text.at(m_at + 1)) {
        case 'x':
            return 4;
        case 'u':
            return 6;
        case 'U':
            return 10;
        default:
            return 2;
        }
    }

    bool isEscapedBlank() const
    {
        if (m_quote != '"' || m_at + 1 >= m_text.size() || m_text.at(m_at) != '\\')
            return false;
        const char c = m_text.at(m_at + 1);
        return c == 'n' || c == 't' || c == 'r' || isBlank(c);
    }

    void skipBlanks()
    {
        while (m_at < m_text.size() && (isBlank(m_text.at(m_at)) || isEscapedBlank()))
            m_at += isBlank(m_text.at(m_at)) ? 1 : 2;
    }

    const QByteArray &m_text;
    qsizetype m_at;
    char m_quote = 0;
};

qsizetype byteOf(const QByteArray &text, int line, int column)
{
    qsizetype at = text.startsWith("\xef\xbb\xbf") ? 3 : 0;
    for (int i = 1; i < line; ++i) {
        const qsizetype end = text.indexOf('\n', at);
        if (end < 0)
            return text.size();
        at = end + 1;
    }
    for (int i = 1; i < column && at < text.size(); ++i) {
        ++at;
        while (at < text.size() && (text.at(at) & 0xc0) == 0x80)
            ++at;
    }
    return at;
}

Span placeOfByte(const QByteArray &text, qsizetype at)
{
    const qsizetype begin = at == 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
    const int line = int(QByteArrayView(text).first(begin).count('\n')) + 1;
    const QByteArrayView head = QByteArrayView(text).sliced(begin, at - begin);
    const int column = int(std::ranges::count_if(head, [](char c) { return (c & 0xc0) != 0x80; })) + 1;
    return {line, column, line, column + 1};
}

} // namespace

std::expected<ExpressionScan, Expression::Mistake> scanExpression(const QByteArray &utf8)
{
    return Scanner(utf8).scan();
}

Span placeInScalar(Yaml scalar, const QByteArray &fileText, qsizetype offset)
{
    const Span whole = scalar.span();
    if (!whole.isValid())
        return whole;
    const std::string_view text = scalar.text();
    ScalarSource source(fileText, byteOf(fileText, whole.line, whole.column));
    // Blanks are laid out anew by YAML, so only the characters between them are counted.
    for (qsizetype i = 0; i < std::min<qsizetype>(offset, qsizetype(text.size())); ++i) {
        if (!isBlank(text[size_t(i)]))
            source.next();
    }
    const Span place = placeOfByte(fileText, std::min(source.at(), fileText.size()));
    const bool inside = place.line < whole.endLine || (place.line == whole.endLine && place.column <= whole.endColumn);
    return inside ? place : Span{whole.endLine, whole.endColumn, whole.endLine, whole.endColumn};
}

} // namespace tenken
