// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/expression.h>

#include <QRegularExpression>
#include <QStringList>

namespace tenken {

namespace {

using Op = Expr::Op;
using Kind = ExprValue::Kind;

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

/// GitHub compares texts without regard to case.
Tri equal(const ExprValue &a, const ExprValue &b)
{
    if (a.kind == Kind::Unknown || b.kind == Kind::Unknown)
        return Tri::Maybe;
    if (a.kind == Kind::Prefix && b.kind == Kind::Prefix)
        return Tri::Maybe;
    if (a.kind == Kind::Prefix || b.kind == Kind::Prefix) {
        const ExprValue &prefix = a.kind == Kind::Prefix ? a : b;
        const ExprValue &other = a.kind == Kind::Prefix ? b : a;
        const bool may = other.kind == Kind::Text && other.text.startsWith(prefix.text, Qt::CaseInsensitive);
        return may ? Tri::Maybe : Tri::No;
    }
    if (a.kind == Kind::Text && b.kind == Kind::Text)
        return tri(a.text.compare(b.text, Qt::CaseInsensitive) == 0);
    if (a.kind == b.kind)
        return tri(a.kind == Kind::Null || a.truth == b.truth);
    const auto isText = [](const ExprValue &v) { return v.kind == Kind::Text; };
    const auto isBool = [](const ExprValue &v) { return v.kind == Kind::Bool; };
    if ((isText(a) && isBool(b)) || (isText(b) && isBool(a))) // inputs are texts or booleans, as they were declared
        return Tri::Maybe;
    return isText(a) ? tri(a.text.isEmpty()) : isText(b) ? tri(b.text.isEmpty()) : Tri::No;
}

ExprValue fromTri(Tri t) { return t == Tri::Maybe ? ExprValue() : ExprValue::boolean(t == Tri::Yes); }

Tri textTest(const QString &function, const ExprValue &text, const ExprValue &part)
{
    if (part.kind != Kind::Text || text.kind == Kind::Unknown)
        return Tri::Maybe;
    if (text.kind == Kind::Null)
        return tri(part.text.isEmpty());
    if (function == u"startswith") {
        if (text.text.startsWith(part.text, Qt::CaseInsensitive))
            return Tri::Yes;
        return text.kind == Kind::Prefix && part.text.startsWith(text.text, Qt::CaseInsensitive) ? Tri::Maybe : Tri::No;
    }
    const bool found = function == u"contains" ? text.text.contains(part.text, Qt::CaseInsensitive)
                                               : text.text.endsWith(part.text, Qt::CaseInsensitive);
    if (text.kind == Kind::Prefix)
        return found && function == u"contains" ? Tri::Yes : Tri::Maybe;
    return tri(found);
}

ExprValue evaluateCall(const Expr &expr, const ExprContext &context)
{
    static const QStringList states{QStringLiteral("success"), QStringLiteral("failure"), QStringLiteral("always"),
                                    QStringLiteral("cancelled")};
    if (states.contains(expr.name))
        return fromTri(context.status ? context.status(expr.name) : Tri::Maybe);
    static const QStringList tests{QStringLiteral("startswith"), QStringLiteral("endswith"), QStringLiteral("contains")};
    if (tests.contains(expr.name) && expr.args.size() == 2)
        return fromTri(textTest(expr.name, evaluate(expr.args[0], context), evaluate(expr.args[1], context)));
    if (expr.name == u"fromjson" && expr.args.size() == 1) {
        const ExprValue inner = evaluate(expr.args[0], context);
        if (inner.kind == Kind::Text && (inner.text == u"true" || inner.text == u"false"))
            return ExprValue::boolean(inner.text == u"true");
    }
    return {};
}

Tri matches(const Expr &expr, const ExprContext &context)
{
    const ExprValue subject = evaluate(expr.args[0], context);
    if (subject.kind == Kind::Null)
        return Tri::No;
    if (subject.kind != Kind::Text)
        return Tri::Maybe;
    const QRegularExpression regex(expr.name);
    return regex.isValid() ? tri(regex.match(subject.text).hasMatch()) : Tri::Maybe;
}

} // namespace

Expr Expr::literal(bool truth)
{
    return {Op::Literal, ExprValue::boolean(truth), {}, {}};
}

Expr Expr::call(const QString &name)
{
    return {Op::Call, {}, name, {}};
}

Expr Expr::join(Op op, Expr a, Expr b)
{
    Expr e{op, {}, {}, {}};
    e.args.push_back(std::move(a));
    e.args.push_back(std::move(b));
    return e;
}

bool Expr::calls(const QStringList &functions) const
{
    return (op == Op::Call && functions.contains(name))
        || std::ranges::any_of(args, [&](const Expr &e) { return e.calls(functions); });
}

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

Tri truthOf(const ExprValue &value)
{
    switch (value.kind) {
    case Kind::Unknown:
        return Tri::Maybe;
    case Kind::Null:
        return Tri::No;
    case Kind::Bool:
        return tri(value.truth);
    case Kind::Text:
        return tri(!value.text.isEmpty() && value.text != u"0");
    case Kind::Prefix:
        return value.text.isEmpty() ? Tri::Maybe : Tri::Yes;
    }
    return Tri::Maybe;
}

ExprValue evaluate(const Expr &expr, const ExprContext &context)
{
    switch (expr.op) {
    case Op::Literal:
        return expr.value;
    case Op::Name:
        return context.name ? context.name(expr.name) : ExprValue();
    case Op::Call:
        return evaluateCall(expr, context);
    case Op::Not:
        return fromTri(negated(holds(expr.args[0], context)));
    case Op::And: { // gives the operand that decides, as in `a && 'x' || 'y'`
        const ExprValue a = evaluate(expr.args[0], context);
        const Tri first = truthOf(a);
        if (first != Tri::Maybe)
            return first == Tri::Yes ? evaluate(expr.args[1], context) : a;
        return holds(expr.args[1], context) == Tri::No ? ExprValue::boolean(false) : ExprValue();
    }
    case Op::Or: {
        const ExprValue a = evaluate(expr.args[0], context);
        const Tri first = truthOf(a);
        if (first != Tri::Maybe)
            return first == Tri::Yes ? a : evaluate(expr.args[1], context);
        return holds(expr.args[1], context) == Tri::Yes ? ExprValue::boolean(true) : ExprValue();
    }
    case Op::Equal:
        return fromTri(equal(evaluate(expr.args[0], context), evaluate(expr.args[1], context)));
    case Op::NotEqual:
        return fromTri(negated(equal(evaluate(expr.args[0], context), evaluate(expr.args[1], context))));
    case Op::Match:
        return fromTri(matches(expr, context));
    case Op::Unknown:
        break;
    }
    return {};
}

Tri holds(const Expr &expr, const ExprContext &context)
{
    return truthOf(evaluate(expr, context));
}

} // namespace tenken
