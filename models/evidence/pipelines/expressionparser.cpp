// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/expression.h>

#include <QStringList>

namespace tenken {

namespace {

using Op = Expr::Op;

constexpr int deepest = 60;
constexpr qsizetype longest = 8000;

bool isNameStart(QChar c) { return c.isLetter() || c == u'_' || c == u'$'; }
bool isNamePart(QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-'; }

Expr unknown() { return {Op::Unknown, {}, {}, {}}; }

/// Both languages share their shape; they differ in names, strings and regular expressions.
class ExprParser
{
public:
    ExprParser(const QString &text, bool gitlab)
        : m_text(text)
        , m_gitlab(gitlab)
    {
    }

    Expr parse()
    {
        Expr e = any(0);
        skipBlank();
        return m_failed || m_at < m_text.size() ? unknown() : e;
    }

private:
    void skipBlank()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
    }

    bool take(QStringView sign)
    {
        skipBlank();
        if (!QStringView(m_text).sliced(m_at).startsWith(sign))
            return false;
        m_at += sign.size();
        return true;
    }

    Expr fail()
    {
        m_failed = true;
        return unknown();
    }

    Expr any(int depth)
    {
        if (depth > deepest)
            return fail();
        Expr e = all(depth + 1);
        while (!m_failed && take(u"||"))
            e = Expr::join(Op::Or, std::move(e), all(depth + 1));
        return e;
    }

    Expr all(int depth)
    {
        Expr e = comparison(depth + 1);
        while (!m_failed && take(u"&&"))
            e = Expr::join(Op::And, std::move(e), comparison(depth + 1));
        return e;
    }

    Expr comparison(int depth)
    {
        Expr e = unary(depth + 1);
        while (!m_failed) {
            if (take(u"=="))
                e = Expr::join(Op::Equal, std::move(e), unary(depth + 1));
            else if (take(u"!="))
                e = Expr::join(Op::NotEqual, std::move(e), unary(depth + 1));
            else if (m_gitlab && take(u"=~"))
                e = match(std::move(e));
            else if (m_gitlab && take(u"!~"))
                e = {Op::Not, {}, {}, {match(std::move(e))}};
            else if (take(u"<=") || take(u">=") || take(u"<") || take(u">")) {
                unary(depth + 1);
                e = unknown();
            } else
                return e;
        }
        return e;
    }

    Expr match(Expr subject)
    {
        skipBlank();
        if (m_at < m_text.size() && m_text[m_at] == u'$') { // the pattern is in a variable
            unary(0);
            return unknown();
        }
        if (!take(u"/"))
            return fail();
        QString pattern;
        while (m_at < m_text.size() && m_text[m_at] != u'/') {
            if (m_text[m_at] == u'\\' && m_at + 1 < m_text.size() && m_text[m_at + 1] == u'/')
                ++m_at;
            else if (m_text[m_at] == u'\\' && m_at + 1 < m_text.size())
                pattern += m_text[m_at++];
            pattern += m_text[m_at++];
        }
        if (!take(u"/"))
            return fail();
        while (m_at < m_text.size() && m_text[m_at].isLetter()) {
            if (m_text[m_at] == u'i')
                pattern.prepend(QStringLiteral("(?i)"));
            ++m_at;
        }
        Expr e{Op::Match, {}, pattern, {}};
        e.args.push_back(std::move(subject));
        return e;
    }

    Expr unary(int depth)
    {
        if (depth > deepest || m_failed)
            return fail();
        skipBlank();
        if (m_at + 1 < m_text.size() && m_text[m_at] == u'!' && m_text[m_at + 1] != u'=') {
            ++m_at;
            Expr e{Op::Not, {}, {}, {}};
            e.args.push_back(unary(depth + 1));
            return e;
        }
        return primary(depth);
    }

    Expr primary(int depth)
    {
        skipBlank();
        if (m_at >= m_text.size())
            return fail();
        if (take(u"(")) {
            Expr e = any(depth + 1);
            return take(u")") ? e : fail();
        }
        const QChar c = m_text[m_at];
        if (c == u'\'' || (m_gitlab && c == u'"'))
            return string(c);
        if (c.isDigit() || c == u'-' || c == u'.')
            return number();
        return isNameStart(c) ? name(depth) : fail();
    }

    Expr string(QChar quote)
    {
        QString s;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] != quote) {
                s += m_text[m_at];
            } else if (!m_gitlab && m_at + 1 < m_text.size() && m_text[m_at + 1] == quote) {
                s += quote; // '' stands for one
                ++m_at;
            } else {
                ++m_at;
                return {Op::Literal, ExprValue::of(s), {}, {}};
            }
        }
        return fail();
    }

    Expr number()
    {
        const qsizetype from = m_at++;
        while (m_at < m_text.size() && (m_text[m_at].isLetterOrNumber() || m_text[m_at] == u'.'))
            ++m_at;
        return {Op::Literal, ExprValue::of(m_text.sliced(from, m_at - from)), {}, {}};
    }

    Expr name(int depth)
    {
        QString name(m_text[m_at++]);
        bool known = true;
        while (m_at < m_text.size()) {
            const QChar c = m_text[m_at];
            if (isNamePart(c) || ((c == u'.' || c == u'*') && !m_gitlab)) {
                name += c;
                ++m_at;
            } else if (c == u'[' && !m_gitlab) {
                ++m_at;
                const Expr key = any(depth + 1);
                if (!take(u"]"))
                    return fail();
                known = known && key.op == Op::Literal;
                name += u'.' + key.value.text;
            } else {
                break;
            }
        }
        skipBlank();
        if (m_at < m_text.size() && m_text[m_at] == u'(' && !m_gitlab)
            return call(name.toLower(), depth);
        if (name == u"true" || name == u"false")
            return {Op::Literal, ExprValue::boolean(name == u"true"), {}, {}};
        if (name == u"null")
            return {Op::Literal, ExprValue::null(), {}, {}};
        return known ? Expr{Op::Name, {}, name, {}} : unknown();
    }

    Expr call(const QString &function, int depth)
    {
        Expr e{Op::Call, {}, function, {}};
        take(u"(");
        if (take(u")"))
            return e;
        do {
            e.args.push_back(any(depth + 1));
        } while (!m_failed && take(u","));
        return take(u")") ? e : fail();
    }

    const QString &m_text;
    bool m_gitlab;
    qsizetype m_at = 0;
    bool m_failed = false;
};

} // namespace

Expr parseGithubExpression(const QString &text)
{
    if (text.trimmed().isEmpty())
        return Expr::literal(true);
    return text.size() > longest ? unknown() : ExprParser(text, false).parse();
}

Expr parseGitlabExpression(const QString &text)
{
    return text.size() > longest ? unknown() : ExprParser(text, true).parse();
}

} // namespace tenken
