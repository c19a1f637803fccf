// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/expression.h>

#include <QRegularExpression>
#include <QStringList>

namespace tenken {

namespace {

using Op = Expr::Op;
using Kind = ExprValue::Kind;

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
