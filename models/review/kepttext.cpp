// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/kepttext.h>

#include <algorithm>

namespace tenken {

namespace {

qsizetype indentOf(const QByteArray &line)
{
    return std::ranges::find_if(line, [](char c) { return c != ' '; }) - line.begin();
}

bool isBlank(const QByteArray &line) { return line.trimmed().isEmpty(); }

/// "a: 1", "- a: 1": nothing but spaces and dashes before the key.
bool startsLine(const QByteArray &line, qsizetype column)
{
    return column <= line.size()
        && std::all_of(line.begin(), line.begin() + column, [](char c) { return c == ' ' || c == '-'; });
}

} // namespace

KeptText::KeptText(const QByteArray &text)
    : m_lines(text.split('\n'))
{
    for (QByteArray &line : m_lines) {
        if (line.endsWith('\r'))
            line.chop(1);
    }
    if (m_lines.front().startsWith("\xef\xbb\xbf"))
        m_lines.front().remove(0, 3);
}

bool KeptText::isComment(qsizetype line) const { return m_lines[line].trimmed().startsWith('#'); }

QByteArrayList KeptText::above(Yaml value) const
{
    QByteArrayList comments;
    const qsizetype keyIndent = value.keySpan().column - 1;
    for (qsizetype line = value.keySpan().line - 2; line >= 0 && line < m_lines.size(); --line) {
        if (isBlank(m_lines[line]))
            continue;
        // Deeper than the key it would be a line of the text block above, whatever it looks like.
        if (!isComment(line) || indentOf(m_lines[line]) > keyIndent)
            break;
        comments.prepend(m_lines[line].trimmed());
    }
    return comments;
}

QByteArray KeptText::behind(Yaml value) const
{
    const Span key = value.keySpan();
    if (!key.isValid() || key.endLine > m_lines.size())
        return {};
    const bool sameLine =
        value.isScalar() && value.span().line == key.line && value.span().endLine == key.line;
    const int column = sameLine ? value.span().endColumn : key.endColumn;
    QString rest = QString::fromUtf8(m_lines[key.endLine - 1]);
    for (int i = 1; i < column && !rest.isEmpty(); ++i)
        rest.remove(0, rest.front().isHighSurrogate() ? 2 : 1);
    if (!sameLine && rest.startsWith(u':'))
        rest.remove(0, 1);
    return rest.startsWith(u' ') && rest.trimmed().startsWith(u'#') ? rest.trimmed().toUtf8() : QByteArray();
}

qsizetype KeptText::lastLine(Yaml value, qsizetype first, qsizetype indent) const
{
    // What a span says at least, and whatever is indented below the key; lists may stand at the key's own
    // column.
    const Span span = value.span();
    qsizetype last = std::max<qsizetype>(first, (span.endColumn > 1 ? span.endLine : span.endLine - 1) - 1);
    for (qsizetype line = first + 1; line < m_lines.size(); ++line) {
        const QByteArray &text = m_lines[line];
        if (isBlank(text))
            continue;
        const qsizetype depth = indentOf(text);
        const bool dash = text.mid(depth) == "-" || text.mid(depth).startsWith("- ");
        const bool listed = depth == indent && value.isSequence() && dash;
        if (depth <= indent && !listed && line > last)
            break;
        last = std::max(last, line);
    }
    return std::min(last, m_lines.size() - 1);
}

QByteArrayList KeptText::entry(Yaml value) const
{
    const qsizetype first = value.keySpan().line - 1;
    const qsizetype indent = value.keySpan().column - 1;
    if (!value.keySpan().isValid() || first >= m_lines.size() || !startsLine(m_lines[first], indent))
        return {};
    QByteArrayList lines{m_lines[first].mid(indent)};
    const qsizetype last = lastLine(value, first, indent);
    for (qsizetype line = first + 1; line <= last; ++line)
        lines.append(m_lines[line].mid(std::min(indent, indentOf(m_lines[line]))));
    return lines;
}

QByteArrayList KeptText::below() const
{
    QByteArrayList comments;
    for (qsizetype line = m_lines.size() - 1; line >= 0; --line) {
        if (isBlank(m_lines[line]))
            continue;
        if (!m_lines[line].startsWith('#'))
            break;
        comments.prepend(m_lines[line].trimmed());
    }
    return comments;
}

} // namespace tenken
