// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/shellwords.h>

namespace tenken {

namespace {

bool endsWord(QChar c)
{
    return c.isSpace() || QStringView(u";&|()<>").contains(c);
}

bool isNameChar(QChar c, bool first)
{
    return (c.isLetter() && c.unicode() < 0x80) || c == u'_' || (!first && c.isDigit());
}

} // namespace

void ShellWords::skipBlank()
{
    while (m_at < m_text.size()) {
        const QChar c = m_text[m_at];
        const bool continued = c == u'\\' && m_at + 1 < m_text.size() && m_text[m_at + 1] == u'\n';
        if (continued)
            m_at += 2;
        else if (c == u' ' || c == u'\t' || c == u'\r')
            ++m_at;
        else if (c == u'#') { // only asked at the beginning of a word
            const qsizetype end = m_text.indexOf(u'\n', m_at);
            m_at = end < 0 ? m_text.size() : end;
        } else
            return;
    }
}

ShellToken ShellWords::next()
{
    skipBlank();
    ShellToken token;
    token.begin = token.end = m_at;
    if (m_at >= m_text.size())
        return token;
    const QChar c = m_text[m_at];
    if (c == u'\n') {
        token.kind = ShellToken::Kind::Newline;
        ++m_at;
        skipHeredocs();
        token.end = m_at;
        return token;
    }
    if (c == u'<' || c == u'>')
        return redirection();
    const QStringView rest = QStringView(m_text).sliced(m_at);
    if (rest.startsWith(u"&>"))
        return redirection();
    for (const QStringView op : {u";;&", u";;", u";&", u"&&", u"||", u"|&", u";", u"&", u"|", u"(", u")"}) {
        if (!rest.startsWith(op))
            continue;
        m_at += op.size();
        token.kind = ShellToken::Kind::Operator;
        token.text = op.toString();
        token.end = m_at;
        return token;
    }
    return word();
}

/// `> file`, `2>&1`, `<<EOF`: of no interest, but for the lines that a heredoc takes. Gives the token after it.
ShellToken ShellWords::redirection()
{
    const QStringView rest = QStringView(m_text).sliced(m_at);
    if (rest.startsWith(u"<(") || rest.startsWith(u">(")) {
        m_at += 1;
        balanced(u"(", u")");
        return next();
    }
    bool heredoc = false, tabs = false;
    for (const QStringView op : {u"<<<", u"<<-", u"<<", u"<&", u"<>", u">>", u">&", u">|", u"&>>", u"&>", u"<", u">"}) {
        if (!rest.startsWith(op))
            continue;
        heredoc = op == u"<<" || op == u"<<-";
        tabs = op == u"<<-";
        m_at += op.size();
        break;
    }
    skipBlank();
    if (m_at < m_text.size() && !endsWord(m_text[m_at])) {
        const ShellToken target = word();
        if (heredoc)
            m_heredocs.append({target.text, tabs});
    }
    return next();
}

void ShellWords::skipHeredocs()
{
    for (const auto &[delimiter, tabs] : std::as_const(m_heredocs))
        skipHeredoc(delimiter, tabs);
    m_heredocs.clear();
}

void ShellWords::skipHeredoc(const QString &delimiter, bool tabs)
{
    while (m_at < m_text.size()) {
        const qsizetype newline = m_text.indexOf(u'\n', m_at);
        const qsizetype end = newline < 0 ? m_text.size() : newline;
        QStringView line = QStringView(m_text).sliced(m_at, end - m_at);
        m_at = newline < 0 ? end : end + 1;
        while (tabs && line.startsWith(u'\t'))
            line = line.sliced(1);
        if (line == delimiter || (line.endsWith(u'\r') && line.chopped(1) == delimiter))
            return;
    }
    m_unclosed = true;
}

ShellToken ShellWords::word()
{
    ShellToken token;
    token.kind = ShellToken::Kind::Word;
    token.begin = m_at;
    token.plain = true;
    while (m_at < m_text.size() && !endsWord(m_text[m_at])) {
        const QChar c = m_text[m_at];
        if (c == u'\\') {
            token.plain = false;
            ++m_at;
            if (m_at < m_text.size() && m_text[m_at] != u'\n')
                token.text += m_text[m_at];
            ++m_at;
        } else if (c == u'\'' || c == u'"') {
            token.plain = false;
            quoted(token);
        } else if (c == u'$') {
            token.plain = false;
            variable(token, false);
        } else if (c == u'`') {
            token.plain = false;
            substitution(token, balanced(u"`", u"`"));
        } else {
            token.text += c;
            ++m_at;
        }
    }
    m_at = std::min(m_at, m_text.size());
    token.end = m_at;
    // A number in front of a redirection belongs to it: 2>&1.
    const bool redirects = m_at < m_text.size() && (m_text[m_at] == u'>' || m_text[m_at] == u'<');
    if (redirects && token.plain && token.text.size() == 1 && token.text[0].isDigit())
        return redirection();
    return token;
}

void ShellWords::quoted(ShellToken &token)
{
    const QChar quote = m_text[m_at++];
    while (m_at < m_text.size() && m_text[m_at] != quote) {
        const QChar c = m_text[m_at];
        if (quote == u'"' && c == u'\\' && m_at + 1 < m_text.size()) {
            const QChar escaped = m_text[m_at + 1];
            if (!QStringView(u"\"\\$`\n").contains(escaped))
                token.text += c;
            if (escaped != u'\n')
                token.text += escaped;
            m_at += 2;
        } else if (quote == u'"' && c == u'$') {
            variable(token, true);
        } else if (quote == u'"' && c == u'`') {
            substitution(token, balanced(u"`", u"`"));
        } else {
            token.text += c;
            ++m_at;
        }
    }
    if (m_at >= m_text.size())
        m_unclosed = true;
    ++m_at;
    m_at = std::min(m_at, m_text.size());
}

/// What stands between the brackets is run; `$(( ))` is arithmetic.
void ShellWords::substitution(ShellToken &token, const QString &written)
{
    constexpr qsizetype most = 20;
    token.text += written;
    const bool arithmetic = written.startsWith(u"((");
    if (!arithmetic && written.size() > 2 && token.commands.size() < most)
        token.commands.append(written.sliced(1).chopped(1));
}

/// Stands on `$`. What is not known stays as it is written.
void ShellWords::variable(ShellToken &token, bool inQuotes)
{
    const QStringView rest = QStringView(m_text).sliced(m_at);
    if (rest.startsWith(u"${{")) {
        const qsizetype end = m_text.indexOf(u"}}", m_at);
        const qsizetype after = end < 0 ? m_text.size() : end + 2;
        m_unclosed |= end < 0;
        token.text += m_text.sliced(m_at, after - m_at);
        m_at = after;
        return;
    }
    if (rest.startsWith(u"$(")) {
        m_at += 1;
        token.text += u'$';
        substitution(token, balanced(u"(", u")"));
        return;
    }
    QString name, written;
    if (rest.startsWith(u"${")) {
        m_at += 1;
        written = u'$' + balanced(u"{", u"}");
        name = written.sliced(2).chopped(written.endsWith(u'}') ? 1 : 0);
        const qsizetype fallback = name.indexOf(u":-");
        if (fallback > 0 && !m_variables.contains(name.left(fallback)))
            name.clear();
        else if (fallback > 0)
            name = name.left(fallback);
    } else {
        qsizetype end = m_at + 1;
        while (end < m_text.size() && isNameChar(m_text[end], end == m_at + 1))
            ++end;
        name = m_text.sliced(m_at + 1, end - m_at - 1);
        written = u'$' + name;
        m_at = end;
    }
    const auto known = m_variables.constFind(name);
    if (name.isEmpty() || known == m_variables.constEnd()) {
        token.text += written;
        return;
    }
    token.splits |= !inQuotes && known->contains(u' ');
    token.text += *known;
}

/// The text from an opening bracket (where it stands) to its match, quotations inside seen through.
QString ShellWords::balanced(QStringView open, QStringView close)
{
    const qsizetype from = m_at++;
    int level = 1;
    while (m_at < m_text.size() && level > 0) {
        const QChar c = m_text[m_at];
        if (c == u'\\') {
            ++m_at;
        } else if (c == u'\'' && open != u"`") {
            const qsizetype end = m_text.indexOf(u'\'', m_at + 1);
            m_at = end < 0 ? m_text.size() : end;
        } else if (c == close[0]) {
            --level;
        } else if (c == open[0]) {
            ++level;
        }
        ++m_at;
    }
    m_at = std::min(m_at, m_text.size());
    m_unclosed |= level > 0;
    return m_text.sliced(from, m_at - from);
}

} // namespace tenken
